// Orders: shown to the customer whose they are, and to nobody else.

import { expect, test } from "../fixtures.ts";
import { asks, LANGUAGES } from "../words.ts";

const CUSTOMER = {
  zh: { name: "林晓", tracking: /SL\d{8}90101/ },
  en: { name: "Emma Clark", tracking: /SL\d{8}90201/ },
};

for (const language of LANGUAGES) {
  const ask = asks[language];
  const customer = CUSTOMER[language];

  test(`${language}: a customer asks for the parcel and sees the order`, async ({ people }) => {
    const shop = await people.shopper({ language, opens: false });
    await shop.signIn(customer.name);
    const { widget } = shop;
    await widget.open();
    await widget.write(ask.parcel);
    await expect(widget.orders).toHaveCount(1);
    await expect(widget.orders).toContainText(customer.tracking);
    await expect(widget.bots.last()).not.toContainText(ask.pleaseSignIn);

    // The agent sees the verified person and the same order.
    const console = await people.team({ language });
    await console.open(await widget.conversation());
    await expect(console.head).toContainText(customer.name);
    await expect(console.head.getByLabel(console.t.shopper.verified)).toBeVisible();
    await expect(console.stream).toContainText(customer.tracking);
    const panel = console.page.getByRole("complementary", { name: console.t.panel.name });
    await expect(panel).toContainText(customer.tracking);
  });

  test(`${language}: a visitor is asked to sign in, learns nothing, and keeps the conversation`, async ({
    people,
  }) => {
    const shop = await people.shopper({ language });
    const { widget } = shop;
    await widget.write(ask.parcel);
    await expect(widget.bots).toContainText(ask.pleaseSignIn);
    await expect(widget.orders).toHaveCount(0);
    await expect(widget.log).not.toContainText(/SL\d{6}/);
    const before = await widget.conversation();

    await widget.button(ask.signIn).click();
    // The shop offers its customers by itself.
    await expect(shop.page.getByText(shop.t.choose_customer)).toBeVisible();
    await shop.signIn(customer.name);
    await widget.open();
    await expect(widget.mine).toHaveText([ask.parcel]);
    await widget.write(ask.parcel);
    await expect(widget.orders).toHaveCount(1);
    await expect(widget.orders).toContainText(customer.tracking);
    expect(await widget.conversation()).toBe(before);
  });
}

test("another customer's order number gets nothing out of the bot", async ({ people, desk }) => {
  const own = await people.shopper({ opens: false });
  await own.signIn("林晓");
  await own.widget.open();
  await own.widget.write(asks.zh.parcel);
  await expect(own.widget.orders).toHaveCount(1);
  const number = /SL\d+/.exec((await own.widget.orders.getAttribute("aria-label")) ?? "")?.[0] ?? "";
  expect(number).toMatch(/90101$/);

  const other = await people.shopper({ language: "en", opens: false });
  await other.signIn("Emma Clark");
  await other.widget.open();
  await other.widget.write(`Where is order ${number}?`);
  await expect(other.widget.bots).toHaveCount(1);
  await expect(other.widget.orders.filter({ hasText: number })).toHaveCount(0);
  await expect(other.widget.bots).not.toContainText("帐篷");

  // Nor is the shop's own API an easier way.
  const answer = await other.page.request.get(`${desk.url}/shop/api/orders/${number}`);
  expect(answer.status()).toBe(404);
});

test("signing out leaves nothing of the customer on the page", async ({ people }) => {
  const shop = await people.shopper({ opens: false });
  await shop.signIn("林晓");
  const { widget, page } = shop;
  await widget.open();
  await widget.write(asks.zh.parcel);
  await expect(widget.orders).toHaveCount(1);
  await page.locator(".demo-bar > .wide button").click();
  await page.getByRole("button", { name: shop.t.sign_out }).click();
  await expect(widget.orders).toHaveCount(0);
  await expect(widget.mine).toHaveCount(0);
  await page.reload();
  await widget.open();
  await expect(widget.dialog).toContainText(widget.t.ask);
  await expect(widget.mine).toHaveCount(0);
});
