// What is done to orders: by the shopper through the bot, by an agent in the side panel, and with a supervisor's word.

import { expect, test } from "../fixtures.ts";
import { expectAccessible } from "../pages/accessible.ts";
import { OrderPanel } from "../pages/orders.ts";
import { LANGUAGES, type Language } from "../words.ts";

const CANCELS: Record<Language, { name: string; order: RegExp; ask: string; yes: string; done: string }> = {
  zh: { name: "王雨桐", order: /SL\d{8}90401/, ask: "台灯那单不要了，帮我取消", yes: "确认", done: "已取消" },
  en: {
    name: "Noah Reed",
    order: /SL\d{8}90502/,
    ask: "please cancel my keyboard order",
    yes: "yes",
    done: "is cancelled",
  },
};

for (const language of LANGUAGES) {
  const { name, order, ask, yes, done } = CANCELS[language];

  test(`${language}: a shopper cancels an order, and the console shows who did it`, async ({
    people,
    startDesk,
  }) => {
    const desk = await startDesk();
    const shop = await people.shopper({ language, desk, opens: false });
    await shop.signIn(name);
    const { widget } = shop;
    await widget.open();
    await widget.write(ask);
    await expect(widget.bots.last()).toContainText(order);
    await expect(widget.bots.last()).toContainText("¥");

    const console = await people.team({ language, desk });
    await console.open(await widget.conversation());
    const panel = new OrderPanel(console, order);
    await panel.show();
    await expect(panel.order).toContainText(console.t.order.paid);
    await expect(panel.records).toHaveCount(0);

    await widget.write(yes);
    await expect(widget.bots.last()).toContainText(done);
    await expect(panel.records).toHaveCount(1);
    await expect(panel.records).toContainText(console.t.action.cancel_order);
    await expect(panel.records).toContainText(console.t.actionState.done);
    await expect(panel.records).toContainText(console.t.actor.bot);
    await expect(panel.order).toContainText(console.t.order.cancelled);
    // The policy lets nobody undo a cancellation.
    await expect(panel.records.getByRole("button")).toHaveCount(0);
  });

  test(`${language}: an agent changes an address in the side panel, and takes it back`, async ({
    people,
    startDesk,
  }) => {
    const desk = await startDesk();
    const shop = await people.shopper({ language, desk, opens: false });
    await shop.signIn(name);
    const { widget } = shop;
    await widget.open();
    await widget.write(language === "zh" ? "你好" : "Hello");
    await expect(widget.bots).toHaveCount(1);

    const console = await people.team({ language, desk });
    const { t, page } = console;
    await console.open(await widget.conversation());
    const panel = new OrderPanel(console, order);
    await panel.show();
    await panel.order.getByRole("button", { name: t.orderActions.open }).click();
    // What can't be done is said with the rule that refuses it.
    await expect(panel.drawer.getByText("delivered", { exact: true }).first()).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.press("Escape");
    await panel.begin(t.action.change_address);
    await panel.field(t.address.street).fill("");
    await panel.button(t.orderActions.preview).click();
    await expect(panel.drawer.getByRole("alert")).toHaveText(t.actionFault.address);
    await panel.field(t.address.street).fill("文三路 478 号");
    await expectAccessible(page);
    await panel.button(t.orderActions.preview).click();
    await expect(panel.drawer.getByRole("status")).toContainText(t.orderActions.read);
    await expect(panel.drawer).toContainText("文三路 478 号");
    await expectAccessible(page);
    await panel.button(t.orderActions.confirm).press("Enter");
    await expect(panel.drawer.getByRole("status")).toContainText(t.actionOutcome.done);
    await panel.button(t.orderActions.tell).click();
    await expect(panel.drawer).toBeHidden();

    await expect(panel.records).toContainText(t.actionState.done);
    await expect(panel.records).toContainText(console.name);
    await panel.undo();
    await expect(panel.records).toContainText(t.actionState.undone);
    await expect(panel.records.getByRole("button")).toHaveCount(0);
  });
}

test("a supervisor agrees to a refund the bot may not give alone", async ({ people, startDesk }) => {
  const desk = await startDesk();
  const shop = await people.shopper({ desk, opens: false });
  await shop.signIn("陈思远");
  const { widget } = shop;
  await widget.open();
  await widget.write("那个背包先别发，我要取消");
  await expect(widget.bots.last()).toContainText(/SL\d{8}90302/);
  await widget.write("确认");
  await expect(widget.serving).toContainText(widget.t.queue);

  const console = await people.team({ as: "supervisor", desk });
  const { t, page } = console;
  await console.inbox("queue");
  await page.getByRole("link", { name: `${t.nav.approvals} 1` }).click();
  const waiting = page.getByRole("article", { name: t.action.cancel_order });
  await expect(waiting).toContainText("退款 ¥");
  await expect(waiting).toContainText("陈思远");
  await expect(waiting).toContainText("packing_needs_a_look");
  await expectAccessible(page);
  await waiting.getByRole("button", { name: t.approvals.approve, exact: true }).click();
  await expect(page.getByText(t.approvals.none)).toBeVisible();
  await expect(page.getByRole("link", { name: t.nav.approvals, exact: true })).toBeVisible();

  await console.open(await widget.conversation());
  const panel = new OrderPanel(console, /SL\d{8}90302/);
  await panel.show();
  await expect(panel.order).toContainText(t.order.cancelled);
  await expect(panel.records).toContainText(t.actionState.done);
});
