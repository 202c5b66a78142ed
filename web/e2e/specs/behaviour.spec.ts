// The behaviour script in a real browser, on pages of a shop without a desk: what it notices, what it keeps to itself,
// and what it does when the network, the page or the shopper goes away.

import { expect, test } from "@playwright/test";
import { ShopPage } from "../desk/shopPage.ts";
import { LANGUAGES, shopTexts } from "../words.ts";

const FORM = `
  <form onsubmit="event.preventDefault()">
    <input name="email" type="email" required>
    <textarea name="note"></textarea>
    <button>send</button>
  </form>
  <button id="dead">does nothing</button>
  <button id="works" onclick="this.textContent += '!'">works</button>
  <div><button id="plus"><b>⊕</b></button><output>1</output></div>
  <p style="height: 3000px">text</p>`;

test("nothing is stored or sent before consent, and much is noticed after it", async ({ page }) => {
  const shop = await ShopPage.plain(page, () => FORM).start();
  await shop.visit("/p/tent?email=anna@secret.example");
  await page.locator("#dead").click();
  await page.waitForTimeout(500);
  expect(shop.batches).toEqual([]);
  expect(await page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie])).toEqual([
    0,
    0,
    "",
  ]);

  await shop.allow();
  for (let n = 0; n < 3; n++) await page.locator("#dead").click();
  await expect.poll(() => shop.named("Rage Click").length).toBe(1);
  await expect.poll(() => shop.named("Dead Click").length).toBe(1);
  expect(shop.named("Page Viewed")[0]?.context.page.path).toBe("/p/tent");

  // What answers is not dead, a stepper is not rage, and neither is writing.
  await page.locator("#works").click();
  for (let n = 0; n < 5; n++) await page.locator("#plus").click();
  await page.locator("textarea").click({ clickCount: 3 });
  await page.locator("textarea").pressSequentially("anna's secret note 13812345678");
  await page.locator("[name=email]").fill("no-address-secret");
  await page.locator("form button").click();
  await expect.poll(() => shop.named("Form Error").length).toBe(1);
  expect(shop.named("Form Error")[0]?.properties).toEqual({ field_kind: "email" });
  await page.waitForTimeout(3_000);
  await page.evaluate(() => scrollTo(0, 2_000));
  await page.evaluate(() => history.pushState(null, "", "/p/lamp"));
  await expect.poll(() => shop.named("Page Dwell").length).toBeGreaterThan(0);
  // Pressing plus changes nothing on this page, and the form's answer is the browser's own.
  expect(shop.named("Rage Click")).toHaveLength(1);
  expect(JSON.stringify(shop.batches)).not.toMatch(/secret|anna|1381|does nothing/);
  expect(shop.complaints).toEqual([]);
});

test("what a page has when it's left arrives, and what failed comes from the next page with the same id", async ({
  page,
}) => {
  const shop = await ShopPage.plain(page, (path) => `<h1>${path}</h1><a href="/b">b</a>`).start();
  await shop.visit("/a");
  await shop.allow();
  await expect.poll(() => shop.named("Page Viewed").length).toBe(1);
  shop.status = 503;
  await page.evaluate(() =>
    (window as unknown as { tandem(...call: unknown[]): void }).tandem("track", "Product Viewed", {
      product_id: "tent",
    }),
  );
  await page.getByRole("link").click();
  await expect.poll(() => shop.named("Product Viewed").length).toBeGreaterThan(0);
  shop.status = 200;
  await shop.visit("/c");
  const before = shop.named("Product Viewed").length;
  await expect.poll(() => shop.named("Product Viewed").length).toBeGreaterThan(before - 1);
  await expect
    .poll(() => page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes(":out:")).length))
    .toBeLessThan(2);
  expect(new Set(shop.named("Product Viewed").map((event) => event.event_id)).size).toBe(1);
});

test("coming back at once is a U-turn, also over the browser's own back", async ({ page }) => {
  const shop = await ShopPage.plain(page, () => '<a href="/returns">returns</a>').start();
  await shop.visit("/p/tent");
  await shop.allow();
  await page.getByRole("link").click();
  await page.waitForURL("**/returns");
  await page.waitForTimeout(1_500);
  await page.goBack();
  await expect.poll(() => shop.named("U-Turn").length).toBe(1);
  expect(shop.named("U-Turn")[0]?.properties).toMatchObject({ from: "/returns", to: "/p/tent" });
  await expect
    .poll(() => shop.named("Policy Viewed").map((event) => event.properties?.policy_id))
    .toEqual(["returns"]);
});

test("withdrawing erases everything in all tabs", async ({ page, context }) => {
  const shop = await ShopPage.plain(page, () => FORM).start();
  await shop.visit("/a");
  await shop.allow();
  const other = await ShopPage.plain(await context.newPage(), () => FORM).start();
  await other.visit("/b");
  await expect.poll(() => other.named("Page Viewed").length).toBe(1);
  await shop.allow(false);
  const keys = () => page.evaluate(() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)]);
  expect(await keys()).toEqual(["tandem-behaviour:main:consent"]);
  const sent = other.events.length;
  await other.page.locator("#dead").click();
  await other.page.waitForTimeout(3_500);
  expect(other.events).toHaveLength(sent);
  expect(await keys()).toEqual(["tandem-behaviour:main:consent"]);
});

test("the chat loads it, and shows what the desk says before it was asked", async ({ page }) => {
  const shop = await ShopPage.chat(page, "<h1>shop</h1>").start();
  shop.answers["/api/widget/config"] = {
    shop: { id: "shp_1", key: "main", name: { zh: "店", en: "shop" } },
    languages: ["zh", "en"],
    greeting: { zh: "您好", en: "Hello" },
    suggestions: { zh: [], en: [] },
    agents_online: 0,
    business_open: true,
    limits: { message_chars: 2000, file_bytes: 1, files_per_message: 1, file_types: [] },
    colors: { accent: "#0a6b4f" },
  };
  shop.answers["/api/widget/connect"] = {
    token: "t",
    expires_at: Date.now() + 3_600_000,
    visitor: "v.token",
    shopper: { id: "shr_1", verified: false },
    conversation: null,
  };
  const said: { type: string; action?: string }[] = [];
  await page.routeWebSocket(/api\/widget\/ws/, (socket) => {
    socket.onMessage((text) => said.push(JSON.parse(text as string)));
    socket.send(
      JSON.stringify({
        type: "teaser",
        id: "otr_1",
        text: "签收次日起 7 天内可退。",
        trigger: "policy_loop",
        expires_at: Date.now() + 60_000,
      }),
    );
  });
  await shop.visit("/a");
  await shop.allow({ behaviour: true, service_outreach: false });
  await expect.poll(() => shop.named("Page Viewed").length).toBe(1);
  expect(said).toEqual([]);
  // Only who wants to be helped unasked has a line before they say something.
  await shop.allow({ behaviour: true, service_outreach: true });
  const bubble = page.getByRole("region", { name: "智能客服 · 自动消息" });
  await expect(bubble).toContainText("签收次日起 7 天内可退。");
  await bubble.getByRole("button", { name: "继续了解" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await expect(bubble).toHaveCount(0);
  await expect.poll(() => shop.named("Help Opened").length).toBe(1);
  await expect.poll(() => shop.batches[shop.batches.length - 1]?.visitor).toBe("v.token");
  expect(said.filter((frame) => frame.type === "teaser").map((frame) => frame.action)).toEqual([
    "seen",
    "continue",
  ]);
  expect(shop.complaints).toEqual([]);
});

for (const language of LANGUAGES) {
  test(`${language}: the storefront asks first, and then tells what is bought`, async ({ browser }) => {
    const context = await browser.newContext({ locale: language === "zh" ? "zh-CN" : "en-US" });
    const page = await context.newPage();
    const t = shopTexts[language];
    const shop = await ShopPage.storefront(page).start();
    const product = {
      key: "ridge-tent-2",
      title: { zh: "双人帐篷", en: "Tent" },
      category: "outdoor",
      brand: "Ridge",
      description: { zh: "轻", en: "Light" },
      attributes: [],
      variants: [{ key: "rt2-green", options: [], price: { minor: 89_900, currency: "CNY" }, stock: 3 }],
      on_sale: true,
    };
    shop.answers["/shop/api/me"] = { customer: null };
    shop.answers["/shop/api/products"] = { items: [product] };
    shop.answers["/shop/api/products/ridge-tent-2"] = product;
    await shop.visit("/shop/products/ridge-tent-2");
    await page.getByRole("button", { name: t.add, exact: true }).click();
    const strip = page.getByRole("region", { name: t.consent });
    await strip.getByRole("button", { name: t.consent_quiet }).click();
    await expect(strip).toHaveCount(0);
    await page.getByRole("button", { name: t.add, exact: true }).click();
    await page.getByRole("button", { name: t.buy, exact: true }).click();
    await expect.poll(() => shop.named("Cart Viewed").length).toBe(1);
    expect(shop.batches[0]?.consent).toMatchObject({
      analytics: true,
      service_outreach: false,
      version: "2026-11",
    });
    // The one before the answer isn't told of.
    expect(shop.named("Product Added")[0]?.properties).toMatchObject({
      product_id: "ridge-tent-2",
      sku: "rt2-green",
      quantity: 1,
      price_minor: 89_900,
      currency: "CNY",
    });
    expect(shop.named("Product Added")).toHaveLength(2);
    expect(shop.named("Page Viewed").map((event) => event.context.page)).toEqual([
      { path: "/shop/products/ridge-tent-2", type: "products" },
      { path: "/shop/cart", type: "cart" },
    ]);
    await page.reload();
    await expect(page.getByRole("heading", { name: t.cart })).toBeVisible();
    await expect(strip).toHaveCount(0);
    await page.getByRole("button", { name: t.consent }).click();
    await strip.getByRole("button", { name: t.consent_none, exact: true }).click();
    expect(
      await page.evaluate(() =>
        Object.keys(localStorage).filter((key) => key.startsWith("tandem-behaviour")),
      ),
    ).toEqual(["tandem-behaviour:demo:consent"]);
    expect(shop.complaints).toEqual([]);
    await context.close();
  });
}
