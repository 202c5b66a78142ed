// From the bot to a person: by button and by words, taken over by key, answered, resolved and rated.

import { expect, test } from "../fixtures.ts";
import { asks, fill, LANGUAGES } from "../words.ts";

for (const language of LANGUAGES) {
  test(`${language}: asked for by button, a person answers, resolves and is rated`, async ({
    people,
    desk,
  }) => {
    const console = await people.team({ language });
    await console.inbox("queue");
    const { widget } = await people.shopper({ language });
    await widget.write(asks[language].question);
    await expect(widget.bots).toHaveCount(1);
    await widget.toHuman.click();
    await expect(widget.serving).toContainText(widget.t.queue);
    await expect(widget.serving).toContainText(widget.t.turn_came);
    await expect(widget.serving).toContainText(fill(widget.t.online, { n: 1 }));
    await expect(widget.log).toContainText(widget.t.queued);

    // The queue of the console shows it by itself, with the reason.
    await expect(console.rows).toHaveCount(1);
    await expect(console.rows).toContainText(console.t.reason.asked);
    await console.rows.click();
    await expect(console.page.getByText(console.t.composer.inQueue)).toBeVisible();
    await expect(console.page.getByText(asks[language].question).first()).toBeVisible();
    await console.takeOver();
    await expect(widget.serving).toContainText(`${widget.t.agent} · ${console.name}`);
    await expect(widget.log).toContainText(fill(widget.t.joined, { name: console.name }));

    await console.say("我来帮您看看 / Let me look");
    await expect(widget.agents).toHaveText(["我来帮您看看 / Let me look"]);
    await expect(widget.log.locator(".msg.agent .meta")).toContainText(`${widget.t.agent}${console.name}`);
    await widget.write("好的 / OK");
    await expect(console.shoppers.last()).toHaveText("好的 / OK");
    await console.say("办好了 / Done");
    await expect(widget.agents).toHaveCount(2);
    await expect(console.stream.locator(".delivery").last()).toHaveText(console.t.message.read);

    await console.resolve();
    await expect(widget.serving).toContainText(widget.t.ended);
    await widget.rate(5);
    await expect(widget.dialog).toContainText(fill(widget.t.rated, { n: 5 }));
    await expect(console.stream).toContainText(fill(console.t.divider.rated, { stars: "★★★★★" }));
    const log = await (await desk.as("supervisor")).log(await widget.conversation());
    expect(log.filter((event) => event.by === "bot" && event.kind === "message").length).toBeLessThanOrEqual(
      2,
    );
    expect(log.map((event) => event.seq)).toEqual(log.map((_, at) => at + 1));
  });

  test(`${language}: asked for in words, and back to the bot`, async ({ people }) => {
    const ask = asks[language];
    const console = await people.team({ language });
    await console.inbox("queue");
    const first = await people.shopper({ language });
    const second = await people.shopper({ language });
    await first.widget.write(ask.human);
    await expect(first.widget.serving).toContainText(first.widget.t.turn_came);
    await second.widget.write(ask.human);
    await expect(second.widget.serving).toContainText(fill(second.widget.t.position, { n: 1 }));
    await expect(console.rows).toHaveCount(2);

    // The one in front leaves the queue; the other moves up without asking.
    await first.widget.button(first.widget.t.keep_bot).click();
    await expect(first.widget.serving).toContainText(first.widget.t.bot);
    await expect(second.widget.serving).toContainText(second.widget.t.turn_came);
    await expect(console.rows).toHaveCount(1);
    await first.widget.write(ask.question);
    await expect(first.widget.bots.last()).toContainText(ask.fact);
  });
}
