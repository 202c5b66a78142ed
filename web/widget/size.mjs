// Fails when everything the widget loads is more than the budget: a shop pays for each byte on each page.
import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const BUDGET_BYTES = 20 * 1024;
const folder = new URL("./dist/", import.meta.url);
let total = 0;
for (const name of readdirSync(folder)) {
  const raw = readFileSync(new URL(name, folder));
  const packed = gzipSync(raw, { level: 9 }).length;
  total += packed;
  console.log(`${name}: ${raw.length} bytes, ${packed} gzip`);
}
console.log(`total ${total} of ${BUDGET_BYTES} bytes gzip`);
if (total > BUDGET_BYTES) {
  console.error("The widget is over its size budget.");
  process.exit(1);
}
