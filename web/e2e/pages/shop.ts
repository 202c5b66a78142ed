// The demo storefront with the chat in it.

import type { Page } from "@playwright/test";
import { type Language, shopTexts } from "../words.ts";
import { Widget } from "./widget.ts";

export class Shop {
  readonly widget: Widget;

  constructor(
    readonly page: Page,
    readonly base: string,
    readonly language: Language,
  ) {
    this.widget = new Widget(page, language);
  }

  get t() {
    return shopTexts[this.language];
  }

  async visit(path = "/"): Promise<void> {
    await this.page.goto(`${this.base}/shop${path}`);
    await this.widget.launcher.waitFor();
  }

  /** As one of the demo's customers; the chooser may be open already. */
  async signIn(name: string): Promise<void> {
    const list = this.page.locator("#customers");
    const bar = this.page.locator(".demo-bar > .wide button");
    if (!(await list.isVisible())) await bar.click();
    await list.getByRole("button", { name }).click();
    await bar.getByText(name, { exact: true }).waitFor();
  }
}
