// The bot's pages in the console: its skills and their tester, the policy, the guarantee, its settings and the chat
// model; and why it said what it said.

import { ChatModel } from "../desk/chatModel.ts";
import { expect, test } from "../fixtures.ts";
import { expectAccessible } from "../pages/accessible.ts";
import { asks, LANGUAGES, pattern } from "../words.ts";

for (const language of LANGUAGES) {
  test(`${language}: skills are listed and tried, and the policy says what would happen`, async ({
    people,
  }) => {
    const shop = await people.shopper({ language, opens: false });
    await shop.signIn(language === "zh" ? "陈思远" : "Noah Reed");
    const { widget } = shop;
    await widget.open();
    await widget.write(language === "zh" ? "你好" : "Hello");
    await expect(widget.bots).toHaveCount(1);

    const console = await people.team({ language, as: "supervisor" });
    const { page, t } = console;
    await console.visit("bot/skills");
    const skills = page.locator("details.skill");
    await expect(skills.first()).toBeVisible();
    expect(await skills.count()).toBeGreaterThanOrEqual(20);
    await page
      .getByRole("textbox", { name: t.skill.sentence })
      .fill(language === "zh" ? "帮我取消订单" : "cancel my order");
    await page.getByRole("button", { name: t.preview.ask }).click();
    // The reader learns from words where there is no embedding model.
    const read = page
      .getByRole("status")
      .filter({ hasText: language === "zh" ? "取消订单" : "Cancel an order" });
    await expect(read).toBeVisible();
    await expectAccessible(page);

    await console.visit(`bot/policy?conversation=${await widget.conversation()}`);
    await expect(page.getByRole("heading", { name: t.action.cancel_order })).toBeVisible();
    const asking = page.getByRole("complementary", { name: t.whatIf.name });
    await asking.getByLabel(t.whatIf.order).fill("SL20000101");
    await asking.getByLabel(t.whatIf.reason).fill("x");
    await asking.getByRole("button", { name: t.whatIf.ask }).click();
    await expect(asking.getByRole("status")).toContainText(t.whatIf.refused);
    await expect(asking.getByRole("status")).toContainText("order_known");
    await expectAccessible(page);
  });

  test(`${language}: a reply says why, in the reader's words`, async ({ people }) => {
    const { widget } = await people.shopper({ language });
    await widget.write(asks[language].question);
    await expect(widget.bots).toHaveCount(1);
    const console = await people.team({ language });
    const { page, t } = console;
    await console.open(await widget.conversation());
    await console.bots.last().hover();
    await page.getByRole("button", { name: t.trace.why }).last().click();
    const why = page.getByRole("dialog", { name: t.trace.why });
    await expect(why).toContainText(t.trace.understand);
    await expect(why).toContainText(language === "zh" ? "中文；主题" : "English; topics");
    await expect(why).toContainText(t.traceValue.calm);
    await expect(why.getByText(/语言 zh|Language en|情绪 calm/)).toHaveCount(0);
    await expectAccessible(page);
  });

  test(`${language}: an operator changes how the bot sounds, at once`, async ({ people, startDesk }) => {
    const desk = await startDesk();
    const console = await people.team({ language, as: "operator", desk, isOnline: false });
    const { page, t } = console;
    await console.visit("bot/settings");
    await page.getByText(t.warmth.dear, { exact: true }).click();
    const line = (name: string, of: "zh" | "en") =>
      page.getByLabel(`${name} ${t.language[of]}`, { exact: true });
    await line(t.toneLine.sign_off, "zh").fill("全场 8 折");
    await line(t.toneLine.sign_off, "en").fill("20% off");
    const save = page.getByRole("button", { name: t.do.save });
    await save.click();
    await expect(page.getByRole("alert").first()).toBeVisible();
    await line(t.toneLine.sign_off, "zh").fill("山岚生活");
    await line(t.toneLine.sign_off, "en").fill("Shanlan Living");
    await page.getByLabel(t.botSettings.bannedWords).fill("某某竞品");
    const cancelling = page.getByRole("radiogroup", { name: t.action.cancel_order });
    await cancelling.getByText(t.reach.never).click();
    await save.click();
    await expect(page.getByText(t.botSettings.saved)).toBeVisible();
    await page.reload();
    await expect(page.getByLabel(t.botSettings.bannedWords)).toHaveValue("某某竞品");
    await expectAccessible(page);

    const { widget } = await people.shopper({ language, desk });
    await widget.write(language === "zh" ? "谢谢" : "Thank you");
    await expect(widget.bots.last()).toContainText(language === "zh" ? "山岚生活" : "Shanlan Living");
  });
}

for (const language of LANGUAGES) {
  test(`${language}: an operator chooses what may not be said and tries it`, async ({
    people,
    startDesk,
  }) => {
    const desk = await startDesk();
    const console = await people.team({ language, as: "operator", desk, isOnline: false });
    const { page, t } = console;
    await console.visit("bot/compliance");
    await page.getByRole("radio").nth(1).check();
    await page.getByLabel(t.compliance.competitors).fill("某某竞品");
    await page.getByRole("button", { name: t.do.save }).click();
    await expect(page.getByText(t.compliance.saved)).toBeVisible();
    const text = language === "zh" ? "某某竞品没有这款，加我微信" : "Add me on WeChat for more";
    await page.getByLabel(t.compliance.tryLabel).fill(text);
    await page.getByRole("button", { name: t.compliance.check }).click();
    await expect(page.locator(".marked-text mark.is-block").first()).toBeVisible();
    await expect(page.getByText(t.compliance.rewritten)).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("button", { name: t.compliance.take }).click();
    await page.getByRole("button", { name: t.compliance.check }).click();
    await expect(page.getByText(t.compliance.fine)).toBeVisible();
  });
}

test("the guarantee says plainly what it can't promise yet, and its terms are kept", async ({
  people,
  startDesk,
}) => {
  const desk = await startDesk();
  const console = await people.team({ as: "operator", desk, isOnline: false });
  const { page, t } = console;
  await console.visit("bot/guarantee");
  await expect(page.getByRole("status").first()).toContainText(pattern(t.guarantee.tooFew));
  await page.getByLabel(t.guarantee.error, { exact: true }).fill("60");
  await expect(page.getByRole("alert")).toBeVisible();
  await page.getByLabel(t.guarantee.error, { exact: true }).fill("2");
  await expectAccessible(page);
  await page.getByRole("button", { name: t.do.save }).first().click();
  await expect(page.getByText(t.guarantee.saved)).toBeVisible();
  const operator = await desk.as("operator");
  const { terms } = await operator.call<{ terms: { error: number } }>(
    "GET",
    `guarantee?shop=${operator.shop}`,
  );
  expect(terms.error).toBe(0.02);

  // Whoever judges is told that nothing waits, and what there is of it already.
  const judge = await people.team({ as: "supervisor", desk });
  await judge.visit("bot/guarantee");
  await expect(judge.page.getByText(t.judge.none)).toBeVisible();
});

test("the chat model is shown, tried, and its cost counted", async ({ people, startDesk }) => {
  const model = await ChatModel.start();
  const desk = await startDesk({
    TANDEM_CHAT_MODEL__URL: model.url,
    TANDEM_CHAT_MODEL__NAME: "scripted-1",
    TANDEM_CHAT_MODEL__API_KEY: "a secret key",
    TANDEM_CHAT_MODEL__ALLOWS_PRIVATE_ADDRESSES: "true",
  });
  const console = await people.team({ as: "operator", desk, isOnline: false });
  const { page, t } = console;
  await console.visit("bot/model");
  await expect(page.getByRole("heading", { name: "scripted-1" })).toBeVisible();
  await expect(page.getByText(t.model.unused)).toBeVisible();
  await page.getByRole("button", { name: t.model.try }).click();
  await expect(page.getByRole("status")).toContainText(t.model.answered);
  await expect(page.getByRole("status")).toContainText("token");
  await expect(page.getByRole("row").filter({ hasText: "scripted-1" })).toBeVisible();
  await expect(page.locator("body")).not.toContainText("a secret key");
  await expectAccessible(page);
  model.close();
  await page.getByRole("button", { name: t.model.try }).click();
  await expect(page.getByRole("status")).toContainText(t.modelError.unreachable);
});

test("without a chat model the page says how to connect one", async ({ people }) => {
  const console = await people.team({ as: "operator", language: "en", isOnline: false });
  await console.visit("bot/model");
  await expect(console.page.getByText(console.t.model.none)).toBeVisible();
  await expectAccessible(console.page);
});
