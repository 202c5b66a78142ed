// Nobody of the team is there: the shopper is told, and can leave word.

import { expect, test } from "../fixtures.ts";
import { fill, LANGUAGES } from "../words.ts";

for (const language of LANGUAGES) {
  test(`${language}: with nobody online the shopper leaves contact details`, async ({ people }) => {
    const { widget } = await people.shopper({ language });
    await widget.toHuman.click();
    await expect(widget.serving).toContainText(widget.t.nobody);
    const contact = widget.dialog.getByRole("textbox", { name: widget.t.contact });
    await contact.fill("x");
    await widget.button(widget.t.submit).first().click();
    await expect(widget.dialog.getByRole("alert")).toContainText(widget.t.contact_bad);
    await contact.fill("13800138000");
    await widget.dialog.getByRole("textbox", { name: widget.t.contact_text }).fill("杯子漏水 / leaks");
    await contact.press("Enter");
    await expect(widget.dialog).toContainText(fill(widget.t.contact_done, { contact: "13800138000" }));

    const console = await people.team({ language, isOnline: false });
    await console.inbox("queue");
    await expect(console.rows).toContainText("13800138000");
    await console.rows.click();
    await expect(console.stream).toContainText("13800138000");
    await expect(console.stream).toContainText("杯子漏水 / leaks");
    const panel = console.page.getByRole("complementary", { name: console.t.panel.name });
    await expect(panel).toContainText("13800138000");

    // Somebody comes back and answers; the shopper reads it on the next visit.
    await console.takeOver();
    await console.say("换新的 / a new one");
    await widget.page.reload();
    await widget.open();
    await expect(widget.agents).toHaveText(["换新的 / a new one"]);
  });
}
