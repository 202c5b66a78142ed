// Fails when the script is over its budget: a shop pays for each byte on each page.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const BUDGET_BYTES = 6 * 1024;
const raw = readFileSync(new URL("./dist/behaviour.js", import.meta.url));
const packed = gzipSync(raw, { level: 9 }).length;
console.log(`behaviour.js: ${raw.length} bytes, ${packed} of ${BUDGET_BYTES} bytes gzip`);
if (packed > BUDGET_BYTES) {
  console.error("The behaviour script is over its size budget.");
  process.exit(1);
}
