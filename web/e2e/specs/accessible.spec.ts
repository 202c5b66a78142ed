// Usable without a mouse and without sight: axe finds nothing serious, and the keyboard is enough.

import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import { expectAccessible } from "../pages/accessible.ts";
import type { Widget } from "../pages/widget.ts";
import { asks, fill, LANGUAGES } from "../words.ts";

for (const language of LANGUAGES) {
  for (const theme of ["light", "dark"] as const) {
    test(`${language}, ${theme}: the chat has no serious faults`, async ({ people }) => {
      const shop = await people.shopper({ language, theme });
      const { widget, page } = shop;
      await expectAccessible(page);
      await shop.signIn(language === "zh" ? "林晓" : "Emma Clark");
      await widget.open();
      await widget.write(asks[language].question);
      await expect(widget.bots).toHaveCount(1);
      await widget.write(asks[language].parcel);
      await expect(widget.orders).toHaveCount(1);
      await widget.toHuman.click();
      await expect(widget.dialog.getByRole("textbox", { name: widget.t.contact })).toBeVisible();
      await expectAccessible(page, "tandem-chat");
    });
  }

  test(`${language}: the console has no serious faults`, async ({ people, desk, browser }) => {
    const stranger = await browser.newPage({ locale: language === "zh" ? "zh-CN" : "en-US" });
    await stranger.goto(`${desk.url}/console/`);
    await stranger.locator("#email").waitFor();
    await expectAccessible(stranger);
    await stranger.close();

    const { widget } = await people.shopper({ language });
    await widget.write(asks[language].question);
    await expect(widget.bots).toHaveCount(1);
    await widget.toHuman.click();
    await expect(widget.serving).toContainText(widget.t.queue);
    const console = await people.team({ language, as: "supervisor" });
    const { page } = console;
    await console.inbox("queue");
    await expect(console.rows).toHaveCount(1);
    await expectAccessible(page);
    await console.rows.click();
    await console.takeOver();
    await console.say("您好 / hello");
    await expect(console.agents).toHaveCount(1);
    await expectAccessible(page);
    await page.emulateMedia({ colorScheme: "dark" });
    await expectAccessible(page);
    await console.visit("knowledge");
    await page.locator("td a").first().waitFor();
    await expectAccessible(page);
    await page.emulateMedia({ colorScheme: "light" });
    await expectAccessible(page);
  });
}

/** Walks with Tab until what has the focus is called so. */
async function walkTo(page: Page, name: string | RegExp, key = "Tab"): Promise<void> {
  for (let step = 0; step < 90; step++) {
    await page.keyboard.press(key);
    const focused = await page.evaluate(() => {
      let at = document.activeElement;
      while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
      return at?.getAttribute("aria-label") ?? at?.textContent ?? "";
    });
    if (typeof name === "string" ? focused.trim() === name : name.test(focused)) return;
  }
  throw new Error(`no way to ${name} by ${key}`);
}

const hasFocusWithin = (widget: Widget) =>
  widget.dialog.evaluate((dialog) => dialog.contains((dialog.getRootNode() as ShadowRoot).activeElement));

for (const language of LANGUAGES) {
  test(`${language}: the chat needs no mouse`, async ({ people }) => {
    const console = await people.team({ language });
    const { widget, page } = await people.shopper({ language, opens: false });
    await walkTo(page, widget.t.open);
    await page.keyboard.press("Enter");
    await expect(widget.field).toBeFocused();
    await page.keyboard.type(asks[language].question);
    await page.keyboard.press("Enter");
    await expect(widget.bots).toHaveCount(1);
    await walkTo(page, widget.t.to_human, "Shift+Tab");
    await page.keyboard.press("Enter");
    await expect(widget.serving).toContainText(widget.t.turn_came);
    // The button that was pressed is gone; whoever stood on it must not fall out of the chat.
    expect(await hasFocusWithin(widget)).toBe(true);
    await console.open(await widget.conversation());
    await console.takeOver();
    await console.resolve();
    await expect(widget.serving).toContainText(widget.t.ended);
    await walkTo(page, fill(widget.t.star, { n: 1 }));
    for (let star = 2; star <= 4; star++) await page.keyboard.press("ArrowRight");
    await walkTo(page, widget.t.submit);
    await page.keyboard.press("Enter");
    await expect(widget.dialog).toContainText(fill(widget.t.rated, { n: 4 }));
    expect(await hasFocusWithin(widget)).toBe(true);
    await page.keyboard.press("Escape");
    await expect(widget.dialog).toBeHidden();
    await expect(widget.launcher).toBeFocused();
  });
}
