// Pictures and files, both ways; what may not be sent is refused in the shopper's language.

import { png } from "../desk/things.ts";
import { expect, test } from "../fixtures.ts";
import { fill, LANGUAGES } from "../words.ts";

const isShown = (picture: HTMLImageElement) => picture.complete && picture.naturalWidth > 0;

for (const language of LANGUAGES) {
  test(`${language}: pictures travel both ways`, async ({ people }) => {
    const console = await people.team({ language });
    const { widget } = await people.shopper({ language });
    await widget.picker.setInputFiles({ name: "破损.png", mimeType: "image/png", buffer: png() });
    await expect(widget.button(fill(widget.t.remove, { name: "破损.png" }))).toBeVisible();
    await expect(widget.button(widget.t.send)).toBeEnabled();
    await widget.write("收到时是坏的 / broken");
    await expect(widget.log.getByRole("link", { name: "破损.png" })).toBeVisible();
    await widget.toHuman.click();
    await expect(widget.serving).toContainText(widget.t.turn_came);

    await console.open(await widget.conversation());
    const seen = console.stream.getByRole("img", { name: "破损.png" });
    await expect(seen).toBeVisible();
    await expect.poll(() => seen.evaluate(isShown)).toBe(true);
    await seen.click();
    await expect(console.page.getByRole("dialog", { name: "破损.png" })).toBeVisible();
    await console.page.keyboard.press("Escape");
    await expect(console.page.getByRole("dialog", { name: "破损.png" })).toBeHidden();

    await console.takeOver();
    await console.page.locator('.reply input[type="file"]').setInputFiles([
      { name: "label.png", mimeType: "image/png", buffer: png(60, 60) },
      { name: "说明.txt", mimeType: "text/plain", buffer: Buffer.from("退货说明") },
    ]);
    await expect(
      console.page.getByRole("button", { name: fill(console.t.file.remove, { name: "说明.txt" }) }),
    ).toBeVisible();
    await console.reply.fill("贴这个 / use this");
    await expect(
      console.page.locator(".reply").getByRole("button", { name: console.t.composer.send }),
    ).toBeEnabled();
    await console.reply.press("Enter");
    const got = widget.log.getByRole("img", { name: "label.png" });
    await expect.poll(() => got.evaluate(isShown)).toBe(true);
    await expect(widget.log.getByRole("link", { name: "说明.txt" })).toHaveAttribute(
      "href",
      /\/api\/files\//,
    );
  });

  test(`${language}: what may not be sent is refused in words`, async ({ people }) => {
    const { widget } = await people.shopper({ language });
    const refused = async (text: string) => {
      await expect(widget.dialog.getByRole("alert")).toContainText(text);
      await widget.dialog.getByRole("alert").getByRole("button").click();
    };
    await widget.picker.setInputFiles({
      name: "virus.exe",
      mimeType: "application/x-msdownload",
      buffer: Buffer.from("MZ"),
    });
    await refused(fill(widget.t.bad_type, { name: "virus.exe" }));
    await widget.picker.setInputFiles({
      name: "big.png",
      mimeType: "image/png",
      buffer: Buffer.concat([png(), Buffer.alloc(8 * 1024 * 1024)]),
    });
    await refused(fill(widget.t.too_large, { name: "big.png", size: "8 MB" }));
    // A lie about the type passes the page and not the desk.
    await widget.picker.setInputFiles({
      name: "lie.png",
      mimeType: "image/png",
      buffer: Buffer.from(`MZ${"\0".repeat(200)}`),
    });
    await expect(widget.dialog.getByRole("alert")).toContainText(
      language === "zh" ? /[\u4e00-\u9fff]{4}/ : /^[ -~]{8}/,
    );
    await expect(widget.button(fill(widget.t.remove, { name: "lie.png" }))).toHaveCount(0);

    // And what is too long to read.
    await widget.write("长".repeat(2001));
    await expect(widget.dialog.getByRole("alert")).toContainText(fill(widget.t.too_long, { n: 2000 }));
    await expect(widget.mine).toHaveCount(0);
  });
}
