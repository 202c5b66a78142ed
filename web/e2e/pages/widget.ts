// The chat on the shop's page, as a shopper finds it.

import type { Locator, Page } from "@playwright/test";
import { fill, type Language, widgetTexts } from "../words.ts";

export class Widget {
  readonly root: Locator;
  readonly dialog: Locator;
  /** Everything that was said, the greeting first. */
  readonly log: Locator;
  readonly field: Locator;
  /** Who serves the shopper, in words. */
  readonly serving: Locator;
  readonly launcher: Locator;
  /** Of the messages: all, the shopper's, the bot's without its greeting, the agents'. */
  readonly bubbles: Locator;
  readonly mine: Locator;
  readonly bots: Locator;
  readonly agents: Locator;
  readonly orders: Locator;
  readonly picker: Locator;

  constructor(
    readonly page: Page,
    readonly language: Language,
  ) {
    const t = this.t;
    this.root = page.locator("tandem-chat");
    this.dialog = this.root.getByRole("dialog", { name: t.chat });
    this.log = this.root.getByRole("log");
    this.field = this.root.getByRole("textbox", { name: t.placeholder });
    this.serving = this.dialog.getByRole("status").first();
    this.launcher = this.root.locator("button.launcher");
    this.bubbles = this.log.locator(".msg:not(:first-child) .bubble");
    this.mine = this.log.locator(".msg.me .bubble");
    this.bots = this.log.locator(".msg.bot:not(:first-child) .bubble");
    this.agents = this.log.locator(".msg.agent .bubble");
    this.orders = this.log.getByRole("region", { name: new RegExp(`^${t.order} SL`) });
    this.picker = this.root.locator('input[type="file"]');
  }

  get t() {
    return widgetTexts[this.language];
  }

  async open(): Promise<void> {
    if (await this.dialog.isVisible()) return;
    await this.root.getByRole("button", { name: this.t.open }).click();
    await this.field.waitFor();
  }

  async write(text: string): Promise<void> {
    await this.field.fill(text);
    await this.field.press("Enter");
  }

  button(name: string): Locator {
    return this.dialog.getByRole("button", { name, exact: true });
  }

  /** The button below the conversation; the menu and the bot's replies have others of that name. */
  get toHuman(): Locator {
    return this.root.locator("button.human").filter({ hasText: this.t.to_human });
  }

  get typing(): Locator {
    return this.root.locator(".typing");
  }

  /** The id of the conversation, for looking it up in the desk. */
  async conversation(): Promise<string> {
    const id = await this.page.waitForFunction(() => localStorage.getItem("tandem:demo:conversation"));
    return String(await id.jsonValue());
  }

  async rate(stars: number): Promise<void> {
    await this.dialog.getByRole("radio", { name: fill(this.t.star, { n: stars }) }).check();
    await this.button(this.t.submit).click();
  }

  /** What the shopper wrote and the agents answered, in order. */
  async told(): Promise<string[]> {
    return this.log.locator(".msg.me .bubble, .msg.agent .bubble").allInnerTexts();
  }
}
