// A shopper asks, the bot answers with its source, and the team sees it happen.

import { expect, test } from "../fixtures.ts";
import { asks, LANGUAGES } from "../words.ts";

for (const language of LANGUAGES) {
  test(`${language}: a question is answered with its source, and the team sees why`, async ({
    people,
    desk,
  }) => {
    const ask = asks[language];
    const console = await people.team({ language });
    await console.inbox("bot");
    const { widget } = await people.shopper({ language });
    await widget.write(ask.question);
    await expect(widget.bots).toContainText(ask.fact);
    await expect(widget.log.locator(".source")).toContainText(`${widget.t.source}${ask.question} v1`);
    await expect(widget.serving).toContainText(widget.t.bot);
    await expect(widget.mine).toHaveText([ask.question]);

    // Live: nobody reloaded the list.
    await console.row(ask.fact.slice(0, 6)).first().click();
    await expect(console.shoppers).toHaveText([ask.question]);
    await expect(console.bots).toContainText(ask.fact);
    await console.stream.getByRole("button", { name: console.t.trace.why }).click();
    const drawer = console.page.getByRole("dialog", { name: console.t.trace.why });
    await expect(drawer.getByText(console.t.trace.replied)).toBeVisible();
    for (const stage of ["understand", "decide", "act", "guard", "deliver"] as const)
      await expect(drawer.getByText(console.t.trace[stage], { exact: true }).first()).toBeVisible();
    await expect(drawer.getByRole("link", { name: `${ask.question} v1` })).toBeVisible();
    await console.page.keyboard.press("Escape");
    await expect(drawer).toBeHidden();

    // A second question arrives without a reload.
    await widget.write(ask.other);
    await expect(console.shoppers).toHaveText([ask.question, ask.other]);
    await expect(widget.bots).toHaveCount(2);
    await expect(console.bots).toHaveCount(2);
    const log = await (await desk.as("supervisor")).log(await widget.conversation());
    expect(log.filter((event) => event.kind === "message").map((event) => event.by)).toEqual([
      "shopper",
      "bot",
      "shopper",
      "bot",
    ]);
  });
}
