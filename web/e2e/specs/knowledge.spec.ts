// The team's knowledge: edited, looked up, imported, exported, and used by the bot at once.

import { readFile } from "node:fs/promises";
import { expect, test } from "../fixtures.ts";
import type { Console } from "../pages/console.ts";
import { fill, LANGUAGES } from "../words.ts";

/** Articles no other test asks about. */
const EDITED = {
  zh: { question: "发什么快递，可以指定吗？", answer: "一律发云雀速运，编号 7788，不能指定。" },
  en: {
    question: "Where do you ship from?",
    answer: "Everything leaves from our Larkhill warehouse, gate 7788.",
  },
};

async function preview(console: Console, question: string) {
  const panel = console.page.getByRole("complementary", { name: console.t.preview.name });
  await panel.getByRole("textbox").fill(question);
  await panel.getByRole("textbox").press("Enter");
  return panel;
}

for (const language of LANGUAGES) {
  test(`${language}: an edited article is what the preview finds and the bot says`, async ({ people }) => {
    const { question, answer } = EDITED[language];
    const console = await people.team({ as: "operator", language });
    const { t, page } = console;
    await console.visit("knowledge");
    await page.getByRole("textbox", { name: t.article.search }).fill(question);
    await page.getByRole("link", { name: question }).click();
    const wording = page.locator("section.wording").nth(language === "zh" ? 0 : 1);
    await wording.getByRole("textbox", { name: t.field.answer }).fill(answer);
    await page.getByRole("button", { name: t.do.save }).click();
    await expect(page.getByText(fill(t.article.saved, { version: 2 }))).toBeVisible();
    await page.getByRole("link", { name: t.do.back }).click();

    const panel = await preview(console, question);
    await expect(panel.getByText(t.would.answer, { exact: true })).toBeVisible();
    await expect(panel.getByRole("listitem").first()).toContainText(question);
    await expect(panel.getByText(answer)).toBeVisible();

    const { widget } = await people.shopper({ language });
    await widget.write(question);
    await expect(widget.bots).toHaveText([answer]);
    await expect(widget.log.locator(".source")).toContainText(`${question} v2`);
  });
}

test("two who edit the same article lose nothing", async ({ people, desk }) => {
  const admin = await desk.as("admin");
  const colleague = { email: "colleague@demo.tandem", password: "a long enough password" };
  await admin.call("POST", "staff", {
    ...colleague,
    name: "何禾",
    roles: ["operator"],
    shops: [admin.shop],
    language: "zh",
  });
  const first = await people.team({ as: "operator" });
  const second = await people.team({ as: colleague });
  const { t } = first;
  const question = "可以自提吗？";
  for (const { page } of [first, second]) {
    await page.goto(`${first.base}/console/knowledge?text=${encodeURIComponent(question)}`);
    await page.getByRole("link", { name: question }).click();
    await page.locator("section.wording").first().waitFor();
  }
  const edit = async ({ page }: Console, text: string) => {
    const answer = page.locator("section.wording").first().getByRole("textbox", { name: t.field.answer });
    await answer.fill(text);
    await page.getByRole("button", { name: t.do.save }).click();
  };
  await edit(first, "可以，北门自提。");
  await expect(first.page.getByText(fill(t.article.saved, { version: 2 }))).toBeVisible();
  await edit(second, "可以，南门自提。");
  await expect(second.page.getByText(t.conflict.text)).toBeVisible();
  const dialog = second.page.getByRole("dialog");
  await expect(dialog).toContainText("北门");
  await expect(dialog).toContainText("南门");
  await dialog.getByRole("button", { name: t.conflict.keepMine }).click();
  await expect(second.page.getByText(fill(t.article.saved, { version: 3 }))).toBeVisible();
});

test("an import says first what it would do, row by row", async ({ people, desk }) => {
  const console = await people.team({ as: "operator" });
  const { t, page } = console;
  await console.visit("knowledge");
  await page.getByRole("button", { name: t.import.do, exact: true }).click();
  const dialog = page.getByRole("dialog", { name: t.import.name });
  await dialog.locator('input[type="file"]').setInputFiles({
    name: "问答.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(
      [
        "编号,分类,语言,问题,答案,生效日期",
        "import-one,测试,zh,会下雪吗？,会。,",
        "import-two,测试,zh,没有答案的问题？,,",
        "import-three,测试,zh,哪天开始？,明天。,昨天的昨天",
      ].join("\n"),
    ),
  });
  await expect(dialog).toContainText(t.import.nothingYet);
  const rejected = dialog.getByRole("row").filter({ hasText: t.import.isRejected });
  await expect(rejected).toHaveCount(2);
  await expect(rejected.nth(0)).toContainText("3");
  await expect(rejected.nth(1)).toContainText("4");
  const operator = await desk.as("operator");
  const found = () =>
    operator.call<{ total: number }>(
      "GET",
      `articles?shop=${operator.shop}&text=${encodeURIComponent("会下雪吗")}`,
    );
  expect((await found()).total).toBe(0);
  await dialog.getByRole("button", { name: fill(t.import.confirm_other, { count: 1 }) }).click();
  await expect(dialog).toContainText(fill(t.import.doneText, { created: 1, updated: 0, rejected: 2 }));
  expect((await found()).total).toBe(1);
});

test("the export comes as a file that can be imported again", async ({ people }, testInfo) => {
  const console = await people.team({ as: "operator", language: "en" });
  const { t, page } = console;
  await console.visit("knowledge");
  await page.getByRole("button", { name: t.export.do }).click();
  const coming = page.waitForEvent("download");
  await page.getByRole("link", { name: t.export.csv }).click();
  const file = await coming;
  expect(file.suggestedFilename()).toMatch(/\.csv$/);
  const path = testInfo.outputPath(file.suggestedFilename());
  await file.saveAs(path);
  const content = await readFile(path, "utf8");
  expect(content).toContain("付款后多久发货？");

  await page.getByRole("button", { name: t.import.do, exact: true }).click();
  const dialog = page.getByRole("dialog", { name: t.import.name });
  await dialog.locator('input[type="file"]').setInputFiles(path);
  await expect(dialog).toContainText(t.import.nothingYet);
  await expect(dialog.locator("dl").getByText("0", { exact: true })).toHaveCount(3);
});

test("who may only read is told so", async ({ people }) => {
  const console = await people.team({ as: "agent" });
  const { t, page } = console;
  await console.visit("knowledge");
  await expect(page.getByRole("button", { name: t.preview.name })).toBeVisible();
  await expect(page.getByRole("button", { name: t.article.new })).toHaveCount(0);
  await page.locator("td a").first().click();
  await expect(page.getByText(t.article.readOnly)).toBeVisible();
  await expect(page.getByRole("button", { name: t.do.save })).toHaveCount(0);
});
