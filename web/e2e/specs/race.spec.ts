// An agent takes over while the bot composes: what the bot was writing never reaches the shopper.

import { Embedder } from "../desk/embedder.ts";
import { expect, test } from "../fixtures.ts";
import { asks, LANGUAGES } from "../words.ts";

/** Longer than the bot would need, its search included. */
const SILENT_MS = 6_000;

for (const language of LANGUAGES) {
  test(`${language}: a takeover silences the bot in mid-sentence`, async ({ people, startDesk }) => {
    const embedder = await Embedder.start();
    const desk = await startDesk(embedder.settings);
    const console = await people.team({ language, desk });
    const { widget } = await people.shopper({ language, desk });
    await widget.write("你好 hello");
    await expect(widget.bots).toHaveCount(1);
    await console.open(await widget.conversation());
    await expect(console.bots).toHaveCount(1);

    const isComposing = embedder.hold();
    await widget.write(asks[language].question);
    await isComposing;
    await expect(widget.typing).toContainText(widget.t.typing_bot);
    await console.takeOver();
    await expect(widget.serving).toContainText(console.name);
    embedder.release();
    await console.page.waitForTimeout(SILENT_MS);
    await expect(widget.bots).toHaveCount(1);
    await expect(console.bots).toHaveCount(1);

    // The team sees what was held back, and why.
    await console.stream.getByText(console.t.withheld.name).click();
    await expect(console.stream).toContainText(console.t.withheld.control_passed);
    await console.say("我来 / I am here");
    await expect(widget.agents).toHaveText(["我来 / I am here"]);
    const log = await (await desk.as("supervisor")).log(await widget.conversation());
    expect(log.filter((event) => event.kind === "reply_withheld")).toHaveLength(1);
    expect(log.filter((event) => event.kind === "message" && event.by === "bot")).toHaveLength(1);
    embedder.stop();
  });
}
