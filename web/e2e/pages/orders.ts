// An order in the shopper's side panel, and the drawer in which something is done to it.

import type { Locator } from "@playwright/test";
import { fill } from "../words.ts";
import type { Console } from "./console.ts";

export class OrderPanel {
  readonly order: Locator;
  readonly drawer: Locator;

  constructor(
    private readonly console: Console,
    key: RegExp,
  ) {
    const { page, t } = console;
    const panel = page.getByRole("complementary", { name: t.panel.name });
    this.order = panel.locator("details.order").filter({ hasText: key });
    this.drawer = page.getByRole("dialog");
  }

  /** What was done to the order, one line for each. */
  get records(): Locator {
    return this.order.locator(".record");
  }

  async show(): Promise<void> {
    await this.order.waitFor();
    if ((await this.order.getAttribute("open")) === null) await this.order.locator("summary").click();
  }

  /** By the keyboard from the button on. */
  async begin(action: string): Promise<void> {
    const { t } = this.console;
    await this.order.getByRole("button", { name: t.orderActions.open }).press("Enter");
    await this.drawer.getByRole("button", { name: new RegExp(`^${action}`) }).press("Enter");
  }

  field(name: string): Locator {
    return this.drawer.getByLabel(name, { exact: true });
  }

  button(name: string): Locator {
    return this.drawer.getByRole("button", { name });
  }

  async undo(): Promise<void> {
    const { t, page } = this.console;
    await this.records.getByRole("button", { name: t.orderActions.undo }).click();
    await page.getByRole("tooltip").getByRole("button", { name: t.orderActions.undo }).click();
  }

  condition(text: string): string {
    return fill(this.console.t.orderActions.condition, { text });
  }
}
