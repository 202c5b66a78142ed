// Two agents and a supervisor around one conversation: suggestion by key, collision, mention, question, whisper, tags,
// sleep, transfer, draft, task, several side by side. Everything that has a key goes by key.

import type { Desk } from "../desk/desk.ts";
import { expect, test } from "../fixtures.ts";
import type { Console } from "../pages/console.ts";
import { asks, fill, LANGUAGES } from "../words.ts";

const PASSWORD = "a long enough password";

/** A second agent of the demo shop. */
async function colleague(desk: Desk, name: string) {
  const admin = await desk.as("admin");
  const email = `${name.toLowerCase()}-${Date.now()}@example.com`;
  const draft = { email, name, roles: ["agent"], shops: [admin.shop], language: "zh", password: PASSWORD };
  await admin.call("POST", "staff", draft);
  return { email, password: PASSWORD };
}

async function write(console: Console, key: string, text: string): Promise<void> {
  await console.page.keyboard.press(key);
  const box = console.page.getByRole("textbox", { name: console.t.composer.noteLabel });
  await box.fill(text);
  await box.press("Enter");
}

for (const language of LANGUAGES) {
  test(`${language}: a draft by key, a colleague asked, a supervisor's whisper, tags, sleep and transfer`, async ({
    people,
    desk,
  }) => {
    const second = await colleague(desk, "Berta");
    const { widget } = await people.shopper({ language });
    await widget.write(asks[language].question);
    await expect(widget.bots).toHaveCount(1);
    const id = await widget.conversation();

    const anna = await people.team({ language });
    const berta = await people.team({ language, as: second });
    const chief = await people.team({ language, as: "supervisor" });
    const { t } = anna;
    await anna.open(id);
    await anna.takeOver();

    // The shopper asks again; the article's answer is offered, taken by key, changed and sent.
    await widget.write(asks[language].question);
    const drafts = anna.page.getByRole("region", { name: t.suggest.name });
    await expect(drafts).toContainText(asks[language].fact);
    await anna.reply.press("Alt+Digit1");
    await expect(anna.reply).toHaveValue(new RegExp(asks[language].fact));
    await anna.reply.press("End");
    await anna.reply.pressSequentially(" :)");
    await anna.reply.press("Enter");
    await expect(widget.agents).toHaveCount(1);
    await expect
      .poll(async () => (await draftsUsed(desk)).find((each) => each.kind === "article")?.sent ?? 0)
      .toBeGreaterThan(0);

    // A colleague opens it too: both see each other; who writes is told apart.
    await berta.open(id);
    await expect(anna.page.getByRole("status").filter({ hasText: "Berta" })).toBeVisible();
    await anna.reply.fill(language === "zh" ? "我正在" : "I am just");
    await expect(berta.page.getByText(fill(t.work.writes, { names: anna.name }))).toBeVisible();
    // Her draft is hers until she shares it or Berta takes over.
    await anna.page.waitForTimeout(1800);
    await berta.page.reload();
    await expect(berta.page.getByText(fill(t.work.draftHidden, { name: anna.name }))).toBeVisible();
    await anna.reply.fill("");
    await anna.reply.press("Escape");

    // Asked without leaving, answered from the notice.
    await berta.inbox("open");
    await write(anna, "q", "@Berta ok?");
    await expect(berta.page.locator(".nav-bell .nav-count")).toBeVisible();
    await berta.page.keyboard.press("g");
    await berta.page.keyboard.press("n");
    const answer = berta.page.getByRole("textbox", { name: t.notice.answerHere });
    await answer.fill("yes, 47");
    await answer.press("Enter");
    await expect(anna.stream.locator(".note.is-answer")).toContainText("yes, 47");

    // A whisper reaches the one who serves and nobody else.
    await chief.open(id);
    await write(chief, "w", "offer a voucher");
    await expect(anna.stream.locator(".note.is-whisper")).toContainText("offer a voucher");
    await berta.open(id);
    await expect(berta.stream.locator(".note.is-answer")).toBeVisible();
    await expect(berta.stream.locator(".note.is-whisper")).toHaveCount(0);

    // Words the shop never says are marked while typing.
    await anna.page.keyboard.press("Escape");
    await anna.page.keyboard.press("r");
    await anna.reply.fill("加我微信");
    await expect(anna.page.locator(".word-check mark").first()).toHaveText("加我");
    await anna.page.getByRole("button", { name: t.work.rewrite }).click();
    await expect(anna.reply).not.toHaveValue(/微信/);
    await expect(anna.page.locator(".word-check")).toHaveCount(0);
    await anna.reply.fill("");
    await anna.reply.press("Escape");

    // A tag, by which lists can be filtered.
    await anna.page.keyboard.press("l");
    await anna.page.getByRole("combobox", { name: t.tags.title }).fill("vip");
    await anna.page.keyboard.press("Enter");
    await expect(anna.head).toContainText("#vip");
    // One closes the list of tags, another the dialog; while the list is closing a press does nothing.
    await expect(async () => {
      await anna.page.keyboard.press("Escape");
      await expect(anna.page.getByRole("dialog")).toHaveCount(0, { timeout: 1000 });
    }).toPass();

    // Asleep until the shopper writes; then it is back.
    await anna.page.keyboard.press("z");
    await anna.page.getByRole("button", { name: t.snooze.shopper }).click();
    await expect(anna.head).toContainText(t.snooze.shopper);
    await widget.write("hello again");
    await expect(anna.head).not.toContainText(t.snooze.shopper);

    // Passed on by key, with a word; Berta is called and speaks.
    await anna.page.locator("body").press("x");
    const find = anna.page.getByRole("textbox", { name: t.transfer.search });
    await find.fill("Berta");
    await expect(anna.page.getByRole("option", { name: /Berta/ })).toBeVisible();
    await find.press("Enter");
    const word = anna.page.getByRole("textbox", { name: t.transfer.note });
    await word.fill("please go on");
    await word.press("Control+Enter");
    await expect(berta.reply).toBeVisible();
    await expect(berta.stream.locator(".note").filter({ hasText: "please go on" })).toBeVisible();
    await berta.say("here I am");
    await expect(widget.agents).toHaveCount(2);
    const log = await (await desk.as("supervisor")).log(id);
    expect(log.map((event) => event.seq)).toEqual(log.map((_, at) => at + 1));
    // Nothing of all this reached the shopper.
    await expect(widget.log).not.toContainText("voucher");
    await expect(widget.log).not.toContainText("47");
  });
}

async function draftsUsed(desk: Desk): Promise<{ kind: string; sent: number }[]> {
  return (await desk.as("supervisor")).call("GET", "suggestions/use");
}

test("tasks are listed and ticked off, a summary opens, and two conversations stand side by side", async ({
  people,
}) => {
  const one = await people.shopper();
  await one.widget.write(asks.zh.question);
  await expect(one.widget.bots).toHaveCount(1);
  const other = await people.shopper();
  await other.widget.write(asks.zh.other);
  await expect(other.widget.bots).toHaveCount(1);
  const console = await people.team();
  const { t, page } = console;
  await console.open(await one.widget.conversation());

  await page.keyboard.press("f");
  const what = page.getByRole("textbox", { name: t.task.what });
  await what.fill("回电确认地址");
  await what.press("Enter");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.keyboard.press("u");
  await expect(page.getByRole("dialog", { name: t.work.summary })).toContainText(asks.zh.question);
  await page.keyboard.press("Escape");

  // The other one spoke last and is first in the list.
  await console.rows.first().click({ modifiers: ["Shift"] });
  await expect(page.locator(".pane")).toHaveCount(2);
  await page.locator(".pane").last().getByRole("button", { name: t.do.close }).click();
  await expect(page.locator(".pane")).toHaveCount(0);

  await page.keyboard.press("g");
  await page.keyboard.press("t");
  const task = page.locator(".task").filter({ hasText: "回电确认地址" });
  await task.getByRole("checkbox").click();
  await expect(task).toHaveCount(0);
});
