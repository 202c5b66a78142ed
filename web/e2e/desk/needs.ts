// What the browser tests need and don't bring themselves: the desk's binary and a browser.

import { existsSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";

const target = (build: string) => fileURLToPath(new URL(`../../../target/${build}/tandem`, import.meta.url));

/** The binary that is named, or the one built last. */
export function findBinary(): string | undefined {
  const named = process.env.TANDEM_BIN ?? process.env.DESK_BIN;
  if (named) return existsSync(named) ? named : undefined;
  const age = (path: string) => statSync(path).mtimeMs;
  return ["debug", "release"]
    .map(target)
    .filter((path) => existsSync(path))
    .sort((a, b) => age(b) - age(a))[0];
}

export const chromium = process.env.CHROMIUM ?? "/usr/bin/chromium";

/** Ends the run when something is missing: said and skipped, or a failure where everything is required. */
export function requireNeeds(): void {
  const missing = !findBinary() ? "tandem binary" : !existsSync(chromium) ? "Chromium" : undefined;
  if (!missing) return;
  console.log(`skipped: browser tests (no ${missing})`);
  process.exit(process.env.TANDEM_REQUIRE_ALL === "1" ? 1 : 0);
}
