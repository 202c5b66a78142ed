// What supervisors watch: from the board one click leads to a whisper; a report is narrowed to one agent and says in words
// what its line shows.

import { expect, test } from "../fixtures.ts";
import { expectAccessible } from "../pages/accessible.ts";
import { asks, fill, LANGUAGES } from "../words.ts";

for (const language of LANGUAGES) {
  test(`${language}: a whisper from the board, and a report of one agent`, async ({ people, startDesk }) => {
    const desk = await startDesk();
    const anna = await people.team({ language, desk });
    const { widget } = await people.shopper({ language, desk });
    await widget.write(asks[language].question);
    await expect(widget.bots).toHaveCount(1);
    await widget.toHuman.click();
    await widget.write("在吗 / anybody?");
    await anna.open(await widget.conversation());
    await anna.takeOver();
    await anna.say("在的 / here");
    await expect(widget.agents).toHaveCount(1);

    const chief = await people.team({ language, desk, as: "supervisor" });
    const { page, t } = chief;
    await chief.visit("board");
    const hers = page.getByRole("region", { name: anna.name, exact: true });
    await expect(hers.locator(".board-row")).toHaveCount(1);
    await expect(page.getByRole("img", { name: new RegExp(`${anna.name} 1`) })).toBeVisible();
    const whisper = new RegExp(fill(t.board.whisper, { name: ".+" }));
    await hers.getByRole("button", { name: whisper }).click();
    const box = page.getByRole("textbox", { name: t.composer.noteLabel });
    await expect(box).toBeFocused();
    await page.keyboard.type("voucher");
    await page.keyboard.press("Enter");
    await expect(anna.stream.locator(".note.is-whisper")).toContainText("voucher");
    await expect(widget.log).not.toContainText("voucher");

    await chief.visit("reports");
    const name = t.measure.first_response_human.name;
    const figures = page.getByRole("region", { name: t.nav.reports });
    const row = figures.getByRole("row").filter({ hasText: name }).first();
    await expect(row).toContainText("1");
    const line = page.getByRole("img", { name: new RegExp(`^${name}`) });
    await expect(line).toBeVisible();
    const whose = page.getByRole("combobox", { name: t.reports.agent, exact: true });
    const { name: other } = await desk.as("agent2");
    const [asked] = await Promise.all([
      page.waitForRequest((request) => /measures\?.*agent=stf_/.test(request.url())),
      whose.fill(other).then(() => whose.press("Enter")),
    ]);
    expect(asked.url()).toContain((await desk.as("agent2")).id);
    await expect(page.getByText(t.reports.noDays)).toBeVisible();
    await expect(line).toHaveCount(0);
  });
}

for (const theme of ["light", "dark"] as const)
  test(`${theme}: board, reports, routing and the bot's pages have no serious faults`, async ({ people }) => {
    const { widget } = await people.shopper();
    await widget.write(asks.zh.question);
    await expect(widget.bots).toHaveCount(1);
    await widget.toHuman.click();
    const chief = await people.team({ as: "supervisor" });
    await chief.page.emulateMedia({ colorScheme: theme });
    for (const path of [
      "board",
      "reports",
      "routing?tab=rules",
      "routing?tab=staffing",
      "bot/guarantee",
      "bot/policy",
    ]) {
      await chief.visit(path);
      await chief.page.locator(".page-body, .bot-main").waitFor();
      await expect(chief.page.locator(".bone")).toHaveCount(0);
      await expectAccessible(chief.page);
    }
    await chief.page.keyboard.press("Control+k");
    await chief.page.getByRole("combobox", { name: chief.t.keys.palette }).waitFor();
    await expectAccessible(chief.page);
  });
