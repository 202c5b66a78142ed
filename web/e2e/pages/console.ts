// The team's console.

import type { Locator, Page } from "@playwright/test";
import { consoleTexts, type Language } from "../words.ts";

export class Console {
  readonly stream: Locator;
  readonly reply: Locator;
  readonly head: Locator;
  readonly bubbles: Locator;
  readonly shoppers: Locator;
  readonly bots: Locator;
  readonly agents: Locator;
  readonly rows: Locator;

  constructor(
    readonly page: Page,
    readonly base: string,
    readonly language: Language,
    readonly name: string,
  ) {
    const { t } = this;
    this.stream = page.getByRole("log", { name: t.conversation.log });
    this.reply = page.getByRole("textbox", { name: t.composer.label });
    this.head = page.locator(".conversation-head");
    this.bubbles = this.stream.locator(".bubble");
    this.shoppers = this.stream.locator(".bubble-shopper");
    this.bots = this.stream.locator(".bubble-bot");
    this.agents = this.stream.locator(".bubble-agent");
    this.rows = page.getByRole("region", { name: t.nav.inbox }).locator("a.row");
  }

  get t() {
    return consoleTexts[this.language];
  }

  async visit(path: string): Promise<void> {
    await this.page.goto(`${this.base}/console/${path}`);
  }

  async inbox(view: "queue" | "mine" | "bot" | "open" | "resolved" = "queue"): Promise<void> {
    await this.visit(`inbox?view=${view}`);
    await this.page.getByRole("tab", { name: this.t.inbox[view] }).waitFor();
  }

  row(text: string): Locator {
    return this.rows.filter({ hasText: text });
  }

  async open(conversation: string): Promise<void> {
    await this.visit(`inbox/${conversation}?view=open`);
    await this.stream.locator(".bubble, .divider").first().waitFor();
  }

  /** By the key, as agents do. */
  async takeOver(): Promise<void> {
    await this.head.getByRole("button", { name: this.t.act.takeOver }).waitFor();
    await this.page.keyboard.press("t");
    await this.reply.waitFor();
  }

  async say(text: string): Promise<void> {
    await this.reply.fill(text);
    await this.reply.press("Enter");
  }

  async resolve(): Promise<void> {
    await this.head.getByRole("button", { name: this.t.act.resolve }).click();
    const sure = this.page.getByRole("dialog").getByRole("button", { name: this.t.act.resolve });
    const done = this.head.getByText(this.t.stage.resolved);
    await done.or(sure).first().waitFor();
    if (await sure.isVisible()) await sure.click();
    await done.waitFor();
  }

  /** What the shopper wrote and the agents answered, in order. */
  async told(): Promise<string[]> {
    return this.stream.locator(".bubble-shopper, .bubble-agent").allInnerTexts();
  }
}
