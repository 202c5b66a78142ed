// The network goes and comes back, and the desk itself falls and rises: nothing lost, nothing doubled.

import type { Staff } from "../desk/staff.ts";
import { expect, test } from "../fixtures.ts";
import type { Console } from "../pages/console.ts";
import type { Widget } from "../pages/widget.ts";
import { LANGUAGES } from "../words.ts";

async function expectSame(widget: Widget, console: Console, staff: Staff, all: string[]): Promise<void> {
  for (const each of all) {
    await expect(widget.bubbles.getByText(each, { exact: true })).toBeVisible({ timeout: 40_000 });
    await expect(console.bubbles.getByText(each, { exact: true })).toBeVisible({ timeout: 40_000 });
  }
  const log = await staff.log(await widget.conversation());
  const said = log
    .filter((event) => event.kind === "message" && event.by !== "bot")
    .map((event) => event.message?.body.text ?? "");
  expect([...said].sort()).toEqual([...all].sort());
  await expect.poll(() => widget.told()).toEqual(said);
  await expect.poll(() => console.told()).toEqual(said);
}

for (const language of LANGUAGES) {
  test(`${language}: the shopper's network is cut and comes back`, async ({ people, desk, line }) => {
    const road = await line();
    const console = await people.team({ language });
    const { widget, page } = await people.shopper({ language, line: road });
    await widget.toHuman.click();
    await expect(widget.serving).toContainText(widget.t.turn_came);
    await console.open(await widget.conversation());
    await console.takeOver();
    await console.say("在的 / here");
    await expect(widget.agents).toHaveCount(1);

    road.cut();
    await page.context().setOffline(true);
    await widget.write("断网一 / offline one");
    await widget.write("断网二 / offline two");
    await console.say("断网时客服说的 / said meanwhile");
    await expect(widget.dialog).toContainText(widget.t.offline);
    await expect(widget.mine).toHaveCount(2);
    await expect(console.agents).toHaveCount(2);
    await expect(console.shoppers).toHaveCount(0);
    road.mend();
    await page.context().setOffline(false);
    await expectSame(widget, console, await desk.as("supervisor"), [
      "在的 / here",
      "断网一 / offline one",
      "断网二 / offline two",
      "断网时客服说的 / said meanwhile",
    ]);
    await expect(widget.dialog).not.toContainText(widget.t.offline);
  });
}

test("what was written without a network survives a reload", async ({ people, desk, line }) => {
  const road = await line();
  const { widget, page } = await people.shopper({ line: road });
  await widget.write("你好");
  await expect(widget.bots).toHaveCount(1);
  road.cut();
  await widget.write("断网时写的");
  await expect(widget.dialog).toContainText(widget.t.offline);
  road.mend();
  await page.reload();
  await widget.open();
  await expect(widget.mine.getByText("断网时写的")).toHaveCount(1);
  await expect(widget.bots).toHaveCount(2);
  const log = await (await desk.as("supervisor")).log(await widget.conversation());
  const said = log.filter((event) => event.by === "shopper" && event.kind === "message");
  expect(said.map((event) => event.message?.body.text)).toEqual(["你好", "断网时写的"]);
});

test("the agent's network is cut and comes back", async ({ people, desk, line }) => {
  const road = await line();
  const console = await people.team({ line: road });
  const { widget } = await people.shopper();
  await widget.toHuman.click();
  await console.open(await widget.conversation());
  await console.takeOver();
  await console.say("一");
  await expect(widget.agents).toHaveCount(1);
  road.cut();
  await console.say("断网时客服写的");
  await widget.write("买家接着说");
  await expect(console.page.getByText(console.t.message.waiting)).toBeVisible();
  road.mend();
  await expectSame(widget, console, await desk.as("supervisor"), ["一", "断网时客服写的", "买家接着说"]);
});

test("the desk is killed in mid-conversation and started again", async ({ people, startDesk }) => {
  test.slow();
  const desk = await startDesk();
  const console = await people.team({ desk });
  const { widget } = await people.shopper({ desk });
  await widget.toHuman.click();
  await expect(widget.serving).toContainText(widget.t.turn_came);
  await console.open(await widget.conversation());
  await console.takeOver();
  await console.say("断电前 / before");
  await expect(widget.agents).toHaveCount(1);

  await widget.write("断电瞬间 / at the moment");
  await desk.kill();
  await widget.write("停机时买家写的 / shopper meanwhile");
  await console.say("停机时客服写的 / agent meanwhile");
  await expect(widget.dialog).toContainText(widget.t.offline);
  await expect(console.page.getByText(console.t.message.waiting)).toBeVisible();
  await desk.again();
  await expectSame(widget, console, await desk.as("supervisor"), [
    "断电前 / before",
    "断电瞬间 / at the moment",
    "停机时买家写的 / shopper meanwhile",
    "停机时客服写的 / agent meanwhile",
  ]);
  await expect(widget.serving).toContainText(console.name);
  await widget.write("恢复后 / after");
  await expect(console.shoppers.last()).toHaveText("恢复后 / after");
});

test("a question asked right before the desk is killed is answered after", async ({ people, startDesk }) => {
  test.slow();
  const desk = await startDesk();
  const { widget } = await people.shopper({ desk });
  await widget.write("你好");
  await expect(widget.bots).toHaveCount(1);
  await widget.write("付款后多久发货？");
  await expect(widget.log.locator(".delivery").last()).not.toHaveText(widget.t.sending);
  await desk.kill();
  await desk.again();
  await expect(widget.bots.last()).toContainText("48 小时内发货", { timeout: 40_000 });
  await expect(widget.mine).toHaveText(["你好", "付款后多久发货？"]);
  await expect(widget.bots).toHaveCount(2);
});
