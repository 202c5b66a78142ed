// Pictures for the README: `npm run screenshots -w e2e`. Not a test.

import tests from "./playwright.config.ts";

export default { ...tests, testDir: "shots", workers: 1, fullyParallel: false, timeout: 240_000 };
