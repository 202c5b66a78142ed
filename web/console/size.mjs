// Measures what the first visit loads (sign-in, inbox, conversation) from Vite's manifest, and fails above the budget.

import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

/** Agents open the console all day on office lines; half a megabyte is where a cold start becomes noticeable. */
const BUDGET_BYTES = 450 * 1024;
const dist = new URL("./dist/", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL(".vite/manifest.json", dist)));

const files = new Set();
function take(key) {
  const chunk = manifest[key];
  if (!chunk || files.has(chunk.file)) return;
  files.add(chunk.file);
  for (const style of chunk.css ?? []) files.add(style);
  for (const next of chunk.imports ?? []) take(next);
}
take("index.html");
// One of the two languages is loaded as well: count the larger.
const sizeOf = (file) => gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length;
const texts = Object.keys(manifest).filter((key) => /texts\/(zh|en)\.json$/.test(key));
const largest = texts.map((key) => manifest[key].file).sort((a, b) => sizeOf(b) - sizeOf(a))[0];
if (largest) files.add(largest);

let total = 0;
for (const file of [...files].sort((a, b) => sizeOf(b) - sizeOf(a))) {
  total += sizeOf(file);
  console.log(`${(sizeOf(file) / 1024).toFixed(1).padStart(8)} KB  ${file}`);
}
console.log(
  `${(total / 1024).toFixed(1).padStart(8)} KB  first load, gzip (budget ${BUDGET_BYTES / 1024} KB)`,
);
if (total > BUDGET_BYTES) {
  console.error("The first load is over its budget.");
  process.exit(1);
}
