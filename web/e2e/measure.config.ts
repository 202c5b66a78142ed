// Figures for docs/measurements.md: `npm run measure -w e2e`. Not a test: nothing fails by being slow.

import tests from "./playwright.config.ts";

export default { ...tests, testDir: "measure", workers: 1, fullyParallel: false, timeout: 900_000 };
