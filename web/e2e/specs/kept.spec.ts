// What an agent has begun or done without a network isn't lost; drafts are shared when asked for; all of it by keyboard.

import { expect, test } from "../fixtures.ts";
import type { Console } from "../pages/console.ts";
import { asks, fill } from "../words.ts";

async function run({ page, t }: Console, name: string): Promise<void> {
  await page.keyboard.press("Control+k");
  const box = page.getByRole("combobox", { name: t.keys.palette });
  await box.fill(name);
  await expect(page.getByRole("option", { name }).first()).toHaveAttribute("aria-selected", "true");
  await box.press("Enter");
  await expect(box).toHaveCount(0);
}

test("a message, a note and resolving wait for the network and are done in order", async ({
  people,
  desk,
  line,
}) => {
  const road = await line();
  const { widget } = await people.shopper();
  await widget.toHuman.click();
  const id = await widget.conversation();
  const agent = await people.team({ line: road });
  await agent.open(id);
  await agent.takeOver();
  await agent.say("在线时说的");
  await expect(widget.agents).toHaveCount(1);

  road.cut();
  await agent.say("断网时说的");
  await agent.reply.press("Escape");
  await agent.page.keyboard.press("n");
  const note = agent.page.getByRole("textbox", { name: agent.t.composer.noteLabel });
  await note.fill("断网时记的");
  await note.press("Enter");
  await expect(agent.page.getByText("断网时记的")).toBeVisible();
  await expect(agent.page.getByText(agent.t.message.waiting).first()).toBeVisible();
  const log = async () => (await desk.as("supervisor")).log(id);
  expect((await log()).some((event) => event.message?.body.text.startsWith("断网"))).toBe(false);

  road.mend();
  await expect(widget.agents).toHaveText(["在线时说的", "断网时说的"], { timeout: 40_000 });
  await expect(agent.stream.locator(".note")).toContainText("断网时记的", { timeout: 40_000 });
  const done = (await log()).filter((event) => event.message?.body.text.startsWith("断网"));
  expect(done).toHaveLength(2);
});

test("a draft outlives reloads and other conversations, and a colleague gets it when it is shared", async ({
  people,
}) => {
  const [one, other] = [await people.shopper(), await people.shopper()];
  for (const { widget } of [one, other]) {
    await widget.write(asks.zh.question);
    await expect(widget.bots).toHaveCount(1);
  }
  const [id, second] = [await one.widget.conversation(), await other.widget.conversation()];
  const anna = await people.team();
  const berta = await people.team({ as: "agent2" });
  await anna.open(id);
  await anna.takeOver();
  await anna.reply.fill("还没写完");
  await anna.open(second);
  await expect(anna.reply).toHaveCount(0);
  await anna.open(id);
  await expect(anna.reply).toHaveValue("还没写完");
  // The desk has it after a pause; what colleagues see of it comes from there.
  await anna.reply.fill("还没写完的回复");
  await berta.open(id);
  const hidden = berta.page.getByText(fill(berta.t.work.draftHidden, { name: anna.name }));
  await expect(hidden).toBeVisible({ timeout: 45_000 });
  await berta.page.getByRole("button", { name: berta.t.work.wantDraft }).click();
  await expect(anna.page.locator(".nav-bell .nav-count")).toBeVisible();
  await anna.page.locator(".nav-bell button").click();
  await anna.page.getByRole("button", { name: anna.t.notice.share }).click();
  await expect(berta.page.getByText("还没写完的回复")).toBeVisible({ timeout: 45_000 });
});

test("a whole conversation without a mouse: list, takeover, answer, tag, task and end from the palette", async ({
  people,
}) => {
  const { widget } = await people.shopper();
  await widget.write(asks.zh.question);
  await expect(widget.bots).toHaveCount(1);
  await widget.toHuman.click();
  const agent = await people.team();
  const { page, t } = agent;
  await agent.visit("tasks");
  await page.getByRole("heading", { name: t.nav.tasks }).waitFor();
  await run(agent, t.nav.inbox);
  await expect(agent.rows).toHaveCount(1);
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await agent.stream.locator(".bubble").first().waitFor();
  await agent.head.getByRole("button", { name: t.act.takeOver }).waitFor();
  await run(agent, t.act.takeOver);
  await agent.reply.waitFor();
  await page.keyboard.press("r");
  await expect(agent.reply).toBeFocused();
  await page.keyboard.type("键盘回复");
  await page.keyboard.press("Enter");
  await expect(widget.agents).toHaveText(["键盘回复"]);
  await page.keyboard.press("Escape");
  await run(agent, t.task.new);
  await page.getByRole("textbox", { name: t.task.what }).fill("回访");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  // By number, as from the list of all open conversations.
  await run(agent, t.inbox.open);
  await expect(page).toHaveURL(/view=open/);
  await run(agent, t.act.resolve);
  await expect(widget.serving).toContainText(widget.t.ended);
});
