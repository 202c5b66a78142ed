// What the script costs a page in a real browser: microseconds for each event the page hears, with and without it.
// `npm run build -w behaviour && npm run cost -w behaviour`; CHROMIUM says where the browser is.

import { readFileSync } from "node:fs";
import { chromium } from "playwright-core";

const script = readFileSync(new URL("../dist/behaviour.js", import.meta.url), "utf8");
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});
// As many elements as a long product list.
const rows = Array.from(
  { length: 400 },
  (_, n) => `<li><a href="#${n}"><b>product ${n}</b></a><button>add</button></li>`,
).join("");

async function measure(isOn) {
  const page = await browser.newPage();
  await page.route("https://shop.example/**", (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === "/widget/behaviour.js")
      return route.fulfill({ contentType: "text/javascript", body: script });
    if (pathname.startsWith("/api/")) return route.fulfill({ body: "{}" });
    const tag = isOn ? `<script src="/widget/behaviour.js" data-shop="main"></script>` : "";
    return route.fulfill({
      contentType: "text/html",
      body: `<!doctype html><title>shop</title><ul>${rows}</ul>${tag}`,
    });
  });
  await page.goto("https://shop.example/");
  if (isOn) await page.evaluate(() => window.tandem("consent", true));
  const costs = await page.evaluate(() => {
    const target = document.querySelectorAll("button")[200];
    const each = (make, times) => {
      const begin = performance.now();
      for (let n = 0; n < times; n++) target.dispatchEvent(make(n));
      return ((performance.now() - begin) / times) * 1_000;
    };
    const run = () => ({
      pointermove: each(() => new PointerEvent("pointermove", { bubbles: true }), 20_000),
      scroll: each(() => new Event("scroll"), 20_000),
      keydown: each(() => new KeyboardEvent("keydown", { bubbles: true }), 20_000),
      click: each(
        (n) => new MouseEvent("click", { bubbles: true, detail: 1, clientX: (n * 97) % 900 }),
        2_000,
      ),
    });
    run();
    return run();
  });
  const track = isOn
    ? await page.evaluate(() => {
        const begin = performance.now();
        for (let n = 0; n < 250; n++)
          window.tandem("track", "Product Viewed", { product_id: `p${n}`, price: 12.5, currency: "CNY" });
        return ((performance.now() - begin) / 250) * 1_000;
      })
    : 0;
  await page.close();
  return { ...costs, track };
}

const [without, with_] = [await measure(false), await measure(true)];
for (const name of Object.keys(with_))
  console.log(`${name}: ${without[name].toFixed(2)} µs without, ${with_[name].toFixed(2)} µs with`);
await browser.close();
