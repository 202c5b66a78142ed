// A day at the console in pictures, on a demo that has ten days behind it: `npm run screenshots -w e2e -- day`.
// Playing those days takes minutes; `DESK_DATA=folder` takes them from a demo that was started before.

import type { Desk } from "../desk/desk.ts";
import { expect, type People, test } from "../fixtures.ts";
import type { Console } from "../pages/console.ts";
import { asks, type Language } from "../words.ts";
import { shot } from "./shot.ts";

const SIZE = { width: 1360, height: 850 };

const TALK = {
  zh: {
    customer: "林晓",
    more: "已经两天没更新了，周末露营要用，太让人着急了！",
    whisper: "老顾客，可以先补发一顶，我来批。",
    tasks: ["周五上午确认包裹已派送", "回电：核对新的收货地址"],
    find: "转",
    rules: ["生气或会员优先", "退换货找懂售后的人", "问发票"],
    skills: ["售后", "发票"],
    ask: "发票",
  },
  en: {
    customer: "Emma Clark",
    more: "It hasn't moved for two days and I need it this weekend. This is really upsetting!",
    whisper: "A regular: offer a replacement now, I will approve it.",
    tasks: ["Friday morning: has the parcel arrived?", "Call back about the new address"],
    find: "tra",
    rules: ["Angry or VIP first", "Returns need after-sales", "Invoices"],
    skills: ["after-sales", "invoices"],
    ask: "invoice",
  },
};

interface Plan {
  limits: object;
}

/** Rules, skills and shifts, so that the dry run and the staffing panel have something to say. */
async function plan(desk: Desk, language: Language): Promise<void> {
  const { rules, skills, ask } = TALK[language];
  const chief = await desk.as("supervisor");
  const path = `routing/plan?shop=${chief.shop}`;
  const { version, plan } = await chief.call<{ version: number; plan: Plan }>("GET", path);
  const agents = await Promise.all([desk.as("agent"), desk.as("agent2")]);
  const shift = (from: number, until: number) =>
    Array.from({ length: 7 }, () => [{ from: from * 60, until: until * 60 }]);
  await chief.call("PUT", path, {
    version,
    plan: {
      ...plan,
      seats: agents.map(({ id }, at) => ({
        staff: id,
        weight: 100,
        capacity: 300,
        skills: at ? [skills[0]] : skills,
        shifts: at ? shift(14, 21) : shift(9, 18),
      })),
      rules: [
        { name: rules[0], when: "level >= 3 || emotion == 'angry'", priority: 3 },
        { name: rules[1], when: "'return' in intents || 'exchange' in intents", skills: [skills[0]] },
        { name: rules[2], when: `ask.contains('${ask}')`, skills: [skills[1]] },
      ],
    },
  });
}

/** A shopper whom the bot couldn't help, seen in the queue and opened with the card. */
async function handedOver(people: People, desk: Desk, language: Language, agent: Console) {
  const talk = TALK[language];
  const shop = await people.shopper({ desk, language, opens: false });
  await shop.signIn(talk.customer);
  const { widget, page } = shop;
  await widget.open();
  await widget.write(asks[language].parcel);
  await expect(widget.orders).toHaveCount(1);
  await widget.write(talk.more);
  await expect(widget.mine).toHaveCount(2);
  await page.waitForTimeout(2500);
  if (await widget.toHuman.isVisible()) await widget.toHuman.click();
  await expect(widget.serving).toContainText(widget.t.queue);
  await agent.inbox("queue");
  await expect(agent.row(talk.customer)).toBeVisible();
  return widget;
}

async function note({ page, t }: Console, key: string, text: string): Promise<void> {
  await page.keyboard.press(key);
  const box = page.getByRole("textbox", { name: t.composer.noteLabel });
  await box.fill(text);
  await box.press("Enter");
}

async function conversation(people: People, desk: Desk, language: Language, name: (word: string) => string) {
  const talk = TALK[language];
  const agent = await people.team({ desk, language, viewport: SIZE });
  const chief = await people.team({ desk, language, as: "supervisor", viewport: SIZE });
  await people.team({ desk, language, as: "agent2", viewport: SIZE });
  const { page, t } = agent;
  const widget = await handedOver(people, desk, language, agent);
  await agent.row(talk.customer).click();
  await agent.stream.locator(".bubble").first().waitFor();
  await page.waitForTimeout(800);
  await shot(page, name("card"));

  await agent.takeOver();
  await widget.write(asks[language].question);
  const drafts = page.getByRole("region", { name: t.suggest.name });
  await expect(drafts).toContainText(asks[language].fact, { timeout: 60_000 });
  await shot(page, name("suggestions"));

  await chief.open(await widget.conversation());
  await note(chief, "w", talk.whisper);
  await expect(agent.stream.locator(".note.is-whisper")).toContainText(talk.whisper);
  await shot(page, name("whisper"));

  await page.locator("body").press("x");
  await expect(page.getByRole("option").nth(2)).toBeVisible();
  await page.waitForTimeout(400);
  await shot(page, name("transfer"));
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);

  for (const what of talk.tasks) {
    await page.locator("body").press("f");
    const box = page.getByRole("textbox", { name: t.task.what });
    await box.fill(what);
    await box.press("Enter");
    await expect(page.getByRole("dialog")).toHaveCount(0);
  }
  await expect(page.locator(".ant-message-notice")).toHaveCount(0);
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: t.keys.palette }).fill(talk.find);
  await page.waitForTimeout(900);
  await shot(page, name("palette"));
  await page.keyboard.press("Escape");
  await agent.visit("tasks");
  await expect(page.locator(".task")).toHaveCount(2);
  await shot(page, name("tasks"));
  return chief;
}

for (const language of ["zh", "en"] as const) {
  test(`a day at the console, ${language}`, async ({ people, startDesk }) => {
    test.setTimeout(1_800_000);
    const desk = await startDesk({}, true);
    const name = (word: string) => (language === "zh" ? word : `${word}-en`);
    await plan(desk, language);
    const chief = await conversation(people, desk, language, name);
    const { page, t } = chief;
    await chief.inbox("open");
    await expect(chief.rows.nth(3)).toBeVisible();
    await chief.visit("board");
    await page.locator(".chart svg").nth(1).waitFor();
    await page.waitForTimeout(800);
    await shot(page, name("board"));
    await chief.visit("reports");
    await page.locator(".chart svg").waitFor();
    await shot(page, name("reports"));
    await chief.visit("routing?tab=rules");
    await page.getByRole("button", { name: t.routing.dryRun }).click();
    const told = page.getByRole("region", { name: t.routing.dryRun });
    await told.waitFor({ timeout: 60_000 });
    await told.scrollIntoViewIfNeeded();
    await shot(page, name("routing"));
    await chief.visit("routing?tab=staffing");
    await page.locator(".chart svg").waitFor({ timeout: 60_000 });
    await shot(page, name("staffing"));
  });
}
