// Fails when what the widget loads is more than its budget: a shop pays for each byte on each page. The teaser is loaded
// when there is one to show, and has a budget of its own.
import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const BUDGET_BYTES = 20 * 1024;
const LATER_BYTES = { "teaser.js": 2_560 };
const folder = new URL("./dist/", import.meta.url);
let total = 0;
let isOver = false;
for (const name of readdirSync(folder)) {
  const raw = readFileSync(new URL(name, folder));
  const packed = gzipSync(raw, { level: 9 }).length;
  const later = LATER_BYTES[name];
  if (later === undefined) total += packed;
  else isOver ||= packed > later;
  console.log(`${name}: ${raw.length} bytes, ${packed} gzip${later ? ` of ${later}, loaded later` : ""}`);
}
console.log(`total ${total} of ${BUDGET_BYTES} bytes gzip`);
if (isOver || total > BUDGET_BYTES) {
  console.error("The widget is over its size budget.");
  process.exit(1);
}
