// Markup in messages, names and articles is text wherever it is shown.

import type { Page } from "@playwright/test";
import { EVIL, identity } from "../desk/things.ts";
import { expect, test } from "../fixtures.ts";

const ran = (page: Page) => page.evaluate(() => (window as { xss?: unknown }).xss);

test("messages, names and notes are shown as text on both sides", async ({ people, desk }) => {
  const admin = await desk.as("admin");
  const account = { email: "evil@demo.tandem", password: "a long enough password" };
  await admin.call("POST", "staff", {
    ...account,
    name: EVIL,
    roles: ["agent"],
    shops: [admin.shop],
    language: "zh",
  });
  const console = await people.team({ as: account });
  const { widget, page } = await people.shopper();
  const token = await identity(desk, "demo-zhao", EVIL);
  const vouch = () =>
    page.evaluate((jwt) => {
      (window as unknown as { Tandem: { identify(jwt: string): void } }).Tandem.identify(jwt);
    }, token);
  await vouch();
  await widget.write(EVIL);
  await expect(widget.mine).toHaveText([EVIL]);
  await widget.toHuman.click();
  await expect(widget.serving).toContainText(widget.t.turn_came);

  await console.inbox("queue");
  await expect(console.rows).toContainText("<img src=x");
  await console.rows.click();
  await expect(console.head).toContainText(EVIL);
  await expect(console.shoppers).toHaveText([EVIL]);
  await console.takeOver();
  await expect(widget.serving).toContainText(EVIL);
  await console.say(EVIL);
  await expect(widget.agents).toHaveText([EVIL]);
  await expect(console.agents).toHaveText([EVIL]);
  await console.page.keyboard.press("Escape");
  await console.page.keyboard.press("n");
  const note = console.page.getByRole("textbox", { name: console.t.composer.noteLabel });
  await note.fill(EVIL);
  await note.press("Enter");
  await expect(console.stream.locator(".note")).toContainText(EVIL);

  await page.reload();
  await widget.open();
  await vouch();
  await expect(widget.agents).toHaveText([EVIL]);
  await console.page.reload();
  await expect(console.agents).toHaveText([EVIL]);
  for (const each of [page, console.page]) expect(await ran(each)).toBeUndefined();
});

test("an article with markup is shown as text by bot, console and preview", async ({ people, desk }) => {
  const operator = await desk.as("operator");
  const question = "月亮背面可以送货吗？";
  await operator.call("POST", "articles", {
    shop: operator.shop,
    key: "evil",
    category: "test",
    scope: { products: [], categories: [] },
    zh: {
      question,
      aliases: [],
      answer: `不可以。${EVIL} [点我](javascript:window.xss=1) **加粗**`,
    },
  });
  const { widget, page } = await people.shopper();
  await widget.write(question);
  await expect(widget.bots).toContainText(EVIL);
  await expect(widget.bots.locator("strong")).toHaveText("加粗");
  await expect(widget.log.locator('a[href^="javascript:"]')).toHaveCount(0);

  const console = await people.team({ as: "agent" });
  await console.open(await widget.conversation());
  await expect(console.bots).toContainText(EVIL);
  await expect(console.stream.locator('a[href^="javascript:"]')).toHaveCount(0);
  await console.visit("knowledge");
  const preview = console.page.getByRole("complementary", { name: console.t.preview.name });
  await preview.getByRole("textbox").fill(question);
  await preview.getByRole("textbox").press("Enter");
  await expect(preview).toContainText(EVIL);
  for (const each of [page, console.page]) expect(await ran(each)).toBeUndefined();
});

test("the console's pages keep to their content policy", async ({ people }) => {
  // What the browsers complain about fails every test; here every page is opened.
  const console = await people.team({ as: "admin" });
  for (const path of ["knowledge", "phrases", "overview", "staff", "audit"] as const) {
    await console.visit(path);
    await expect(console.page.getByRole("heading", { name: console.t.nav[path], level: 1 })).toBeVisible();
  }
});
