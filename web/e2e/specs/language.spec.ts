// Chinese and English are equals: shop, chat, bot and console each speak the reader's language.

import { expect, test } from "../fixtures.ts";
import { Console } from "../pages/console.ts";
import { Shop } from "../pages/shop.ts";
import { asks } from "../words.ts";

test("the chat follows the shop from Chinese to English and stays there", async ({ people, desk }) => {
  const chinese = await people.shopper({ language: "zh" });
  const { page } = chinese;
  await expect(chinese.widget.log).toContainText(chinese.widget.t.bot);
  await page.getByRole("button", { name: chinese.t.other_language }).first().click();
  const english = new Shop(page, desk.url, "en");
  await expect(english.widget.dialog).toBeVisible();
  await expect(english.widget.toHuman).toBeVisible();
  await english.widget.write(asks.en.question);
  await expect(english.widget.bots).toContainText(asks.en.fact);
  await expect(english.widget.log).not.toContainText(/[\u4e00-\u9fff]{2}/);
  await page.reload();
  await english.widget.open();
  await expect(english.widget.bots).toContainText(asks.en.fact);
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
});

test("the bot answers in the language it is asked in", async ({ people }) => {
  const { widget } = await people.shopper({ language: "en" });
  await widget.write(asks.zh.question);
  await expect(widget.bots.last()).toContainText(asks.zh.fact);
  await widget.write(asks.en.question);
  await expect(widget.bots.last()).toContainText(asks.en.fact);
});

test("the console changes its language, keeps it, and refuses in it", async ({ people, desk }) => {
  const chinese = await people.team({ language: "zh", as: "supervisor" });
  const { page } = chinese;
  await chinese.inbox("queue");
  await page.getByRole("button", { name: new RegExp(chinese.name) }).click();
  await page.getByRole("menuitem", { name: chinese.t.menu.language }).hover();
  const isKept = page.waitForResponse(/\/me\/language$/);
  await page.getByRole("menuitem", { name: "English" }).click();
  await isKept;
  const english = new Console(page, desk.url, "en", chinese.name);
  await expect(page.getByRole("tab", { name: english.t.inbox.queue })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("tab", { name: english.t.inbox.queue })).toBeVisible();
  await expect(page.getByText(english.t.inbox.none.queue)).toBeVisible();
  expect(await page.locator("html").getAttribute("lang")).toMatch(/^en/);
});

test("signing in: refused in words, then where one was going", async ({ people, desk, browser }) => {
  const { email, password } = desk.account("agent");
  const page = await browser.newPage({ locale: "en-US" });
  const console = new Console(page, desk.url, "en", "");
  const { t } = console;
  await console.visit("knowledge");
  await page.getByRole("textbox", { name: t.signIn.email }).fill(email);
  await page.getByLabel(t.signIn.password).fill("wrong");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert")).toContainText(t.signIn.wrong);
  await page.getByLabel(t.signIn.password).fill(password);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/console\/knowledge/);
  await page.close();
  await people.team();
});
