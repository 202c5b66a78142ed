// A full floor: two agents, a supervisor and three shoppers at once. Whatever happens, every shopper has one partner at a
// time, nothing is lost or doubled, and the bot is silent from a takeover until it has control again.

import type { Desk } from "../desk/desk.ts";
import { assign, assignFromTheSilent } from "../desk/floor.ts";
import type { LogEvent } from "../desk/staff.ts";
import { expect, type People, test } from "../fixtures.ts";
import type { Console } from "../pages/console.ts";
import type { Shop } from "../pages/shop.ts";
import { asks, fill, type Language } from "../words.ts";

const LANGUAGES: Language[] = ["zh", "en", "zh"];

const logOf = async (desk: Desk, { widget }: Shop): Promise<LogEvent[]> =>
  (await desk.as("supervisor")).log(await widget.conversation());

/** The agent in control, by what is in the log. */
function holderOf(log: LogEvent[]): string | undefined {
  const last = log.filter((event) => event.controller).at(-1)?.controller;
  return last?.kind === "agent" ? last.agent : undefined;
}

const partnerOf = async (desk: Desk, shop: Shop): Promise<string | undefined> =>
  holderOf(await logOf(desk, shop));

/** Without holes, one controller after the other, and no word of the bot while a person is in control. */
function expectOrder(log: LogEvent[]): void {
  expect(log.map((event) => event.seq)).toEqual(log.map((_, at) => at + 1));
  let holder = "bot";
  for (const event of log) {
    holder = event.controller?.kind ?? holder;
    if (event.kind === "message" && event.by === "bot") expect(holder, `seq ${event.seq}`).not.toBe("agent");
  }
}

const saidBy = (log: LogEvent[], ...who: LogEvent["by"][]): string[] =>
  log
    .filter((event) => event.kind === "message" && who.includes(event.by))
    .map((event) => event.message?.body.text ?? "");

/** The shopper, whoever has the conversation open, and the log tell the same story. */
async function expectSame(desk: Desk, shop: Shop, console: Console): Promise<void> {
  const log = await logOf(desk, shop);
  expectOrder(log);
  const said = saidBy(log, "shopper", "agent");
  expect(new Set(said).size, "nothing is doubled").toBe(said.length);
  await expect.poll(() => shop.widget.told()).toEqual(said);
  await console.open(await shop.widget.conversation());
  await expect.poll(() => console.told()).toEqual(said);
  await expect(console.bots).toHaveCount(saidBy(log, "bot").length);
}

const shoppersAt = (people: People, desk: Desk): Promise<Shop[]> =>
  Promise.all(LANGUAGES.map((language) => people.shopper({ language, desk })));

test("under load everybody is served once, passed on, sent back to the bot, and finds all of it after a reload", async ({
  people,
  startDesk,
}) => {
  test.slow();
  const desk = await startDesk();
  await assign(desk, 2);
  const agents = new Map<string, Console>();
  for (const as of ["agent", "agent2"] as const)
    agents.set((await desk.as(as)).id, await people.team({ desk, as }));
  const chief = await people.team({ desk, as: "supervisor", isOnline: false });
  const team = [...agents.values()];
  await Promise.all(team.map((each) => each.inbox("mine")));
  await chief.visit("board");
  const shops = await shoppersAt(people, desk);
  await Promise.all(
    shops.map(async ({ widget, language }) => {
      await widget.write(asks[language].other);
      await expect(widget.bots).toHaveCount(1);
    }),
  );

  // All at once, and still talking while they are passed on.
  await Promise.all(
    shops.map(async ({ widget }, at) => {
      await widget.toHuman.click();
      await widget.write(`第 ${at} 位还在说 / still talking`);
    }),
  );
  const names = new RegExp(team.map((each) => each.name).join("|"));
  for (const { widget } of shops) await expect(widget.serving).toContainText(names);
  const holders = await Promise.all(shops.map((shop) => partnerOf(desk, shop)));
  expect([...agents.keys()].map((id) => holders.filter((each) => each === id).length).sort()).toEqual([1, 2]);
  for (const [id, console] of agents)
    await expect(console.rows).toHaveCount(holders.filter((each) => each === id).length);
  await expect(chief.page.getByRole("region", { name: team[0]?.name, exact: true })).toBeVisible();

  // Both answer at the same time; each shopper reads their own answer only.
  const at = (shop: number) => agents.get(holders[shop] ?? "") as Console;
  for (const [index, shop] of shops.entries()) {
    await at(index).open(await shop.widget.conversation());
    await at(index).say(`答 ${index} / answer`);
  }
  await Promise.all(
    shops.map(({ widget }, index) => expect(widget.agents).toHaveText([`答 ${index} / answer`])),
  );

  // Passed on to the colleague, who goes on speaking.
  const [first, second, third] = shops as [Shop, Shop, Shop];
  const colleague = team.find((each) => each !== at(0)) as Console;
  await at(0).open(await first.widget.conversation());
  await at(0).page.locator("body").press("x");
  const find = at(0).page.getByRole("textbox", { name: at(0).t.transfer.search });
  await find.fill(colleague.name);
  await expect(at(0).page.getByRole("option", { name: colleague.name })).toBeVisible();
  await find.press("Enter");
  await at(0).page.keyboard.press("Control+Enter");
  await expect(first.widget.serving).toContainText(colleague.name);
  await colleague.open(await first.widget.conversation());
  await colleague.say("我接着来 / I go on");
  await expect(first.widget.agents).toHaveCount(2);

  // Back to the bot, which answers the next question and doesn't send them round in a circle.
  await at(1).open(await second.widget.conversation());
  const told = await second.widget.bots.count();
  await at(1).page.keyboard.press("b");
  await expect(second.widget.serving).toContainText(second.widget.t.bot);
  await second.widget.write(asks.en.question);
  await expect(second.widget.bots).toHaveCount(told + 1);
  await expect(second.widget.bots.last()).toContainText(asks.en.fact);
  await expect(second.widget.serving).toContainText(second.widget.t.bot);

  // The supervisor takes over from the board, with one click; the bot and the agent are silent from then on.
  await chief.visit("board");
  const row = chief.page.getByRole("region", { name: at(2).name, exact: true }).locator(".board-row");
  const id = await third.widget.conversation();
  await row
    .filter({ has: chief.page.locator(`a[href*="${id}"]`) })
    .getByRole("button")
    .last()
    .click();
  await expect(third.widget.serving).toContainText(chief.name);
  await third.widget.write("主管好 / hello");
  await expect(chief.shoppers.last()).toHaveText("主管好 / hello");
  await chief.say("我是主管 / I am in charge");
  await expect(third.widget.agents.last()).toHaveText("我是主管 / I am in charge");

  await Promise.all([...shops, ...team, chief].map(({ page }) => page.reload()));
  await Promise.all(shops.map(({ widget }) => widget.open()));
  await expectSame(desk, first, colleague);
  await expectSame(desk, second, team[0] as Console);
  await expectSame(desk, third, chief);
});

test("a silent agent loses the shopper to the colleague, and when all are gone the backlog waits for who comes", async ({
  people,
  startDesk,
}) => {
  test.slow();
  const desk = await startDesk();
  await assignFromTheSilent(desk, 3);
  const agents = new Map<string, Console>();
  for (const as of ["agent", "agent2"] as const)
    agents.set((await desk.as(as)).id, await people.team({ desk, as }));
  for (const console of agents.values()) await console.inbox("mine");
  const shops = await shoppersAt(people, desk);
  const [first, ...others] = shops as [Shop, ...Shop[]];
  await first.widget.toHuman.click();
  await expect.poll(() => partnerOf(desk, first)).toBeDefined();
  const silent = (await partnerOf(desk, first)) ?? "";
  await first.widget.write("有人吗 / anybody?");

  // Nobody answers: the colleague has it, and their console says so by itself.
  await expect.poll(() => partnerOf(desk, first), { timeout: 60_000 }).not.toBe(silent);
  const [other] = [...agents].filter(([id]) => id !== silent);
  await expect(first.widget.serving).toContainText(other?.[1].name ?? "");
  await expect(other?.[1].rows ?? first.widget.root).toHaveCount(1);

  // From here on nobody is hurried. Everybody goes home; who waits, waits in the queue and is told.
  await assign(desk, 3);
  for (const console of agents.values()) await console.page.context().close();
  await expect(first.widget.serving).toContainText(first.widget.t.nobody, { timeout: 60_000 });
  for (const { widget } of others) {
    await widget.toHuman.click();
    await expect(widget.serving).toContainText(widget.t.nobody);
  }
  for (const shop of shops) expectOrder(await logOf(desk, shop));

  // The first who is back finds all of them.
  const back = await people.team({ desk, as: "agent" });
  await back.inbox("mine");
  await expect(back.rows).toHaveCount(shops.length);
  for (const [at, shop] of shops.entries()) {
    await expect(shop.widget.serving).toContainText(back.name);
    await back.open(await shop.widget.conversation());
    await back.say(fill("久等了 {n} / sorry", { n: at }));
    await expect(shop.widget.agents.last()).toHaveText(`久等了 ${at} / sorry`);
    await expectSame(desk, shop, back);
  }
});
