// Both sides reload in mid-conversation: nothing is lost and nothing doubled.

import { expect, test } from "../fixtures.ts";
import { asks, LANGUAGES } from "../words.ts";

for (const language of LANGUAGES) {
  test(`${language}: both reload in mid-conversation`, async ({ people, desk }) => {
    const ask = asks[language];
    const console = await people.team({ language });
    const { widget, page } = await people.shopper({ language });
    await widget.write(ask.question);
    await expect(widget.bots).toHaveCount(1);
    await widget.toHuman.click();
    await expect(widget.serving).toContainText(widget.t.turn_came);
    const id = await widget.conversation();
    await console.open(id);
    await console.takeOver();
    await console.say("第一句 / one");
    await expect(widget.agents).toHaveCount(1);

    // Sent in the same breath as the reload: whether it arrived is unknown to the page that comes back.
    await widget.write("第二句 / two");
    await page.reload();
    await console.say("第三句 / three");
    await console.page.reload();
    await widget.open();
    await widget.write("第四句 / four");
    await console.say("第五句 / five");
    for (const each of ["第一句 / one", "第二句 / two", "第三句 / three", "第四句 / four", "第五句 / five"]) {
      await expect(widget.bubbles.getByText(each, { exact: true })).toHaveCount(1);
      await expect(console.bubbles.getByText(each, { exact: true })).toHaveCount(1);
    }
    await Promise.all([page.reload(), console.page.reload()]);
    await widget.open();
    await expect(console.bubbles.getByText("第五句 / five", { exact: true })).toBeVisible();

    const said = (await (await desk.as("supervisor")).log(id)).filter((event) => event.kind === "message");
    const told = said.filter((event) => event.by !== "bot").map((event) => event.message?.body.text ?? "");
    expect(told).toHaveLength(6);
    await expect.poll(() => widget.told()).toEqual(told);
    await expect.poll(() => console.told()).toEqual(told);
    const bots = said.filter((event) => event.by === "bot").length;
    await expect(widget.bots).toHaveCount(bots);
    await expect(console.bots).toHaveCount(bots);
  });
}
