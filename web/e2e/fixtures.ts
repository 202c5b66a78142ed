// What every test starts with: a desk of the worker, shoppers and team members in browsers of their own, and an
// eye on what the browsers complain about.

import { type Browser, type BrowserContext, test as base, expect } from "@playwright/test";
import { type Account, Desk, type Role } from "./desk/desk.ts";
import { Line } from "./desk/line.ts";
import { Console } from "./pages/console.ts";
import { Shop } from "./pages/shop.ts";
import type { Language } from "./words.ts";

const LOCALE = { zh: "zh-CN", en: "en-US" };

interface ShopperOptions {
  language?: Language;
  /** Where the page is, when not at the top. */
  path?: string;
  line?: Line;
  desk?: Desk;
  theme?: "light" | "dark";
  viewport?: { width: number; height: number };
  /** Opens the chat too; the rule. */
  opens?: boolean;
}
interface TeamOptions {
  as?: Role | Account;
  language?: Language;
  desk?: Desk;
  line?: Line;
  /** Whether shoppers find somebody online; the rule. */
  isOnline?: boolean;
  viewport?: { width: number; height: number };
}

export interface People {
  shopper(options?: ShopperOptions): Promise<Shop>;
  team(options?: TeamOptions): Promise<Console>;
  /** Complaints of the browsers that this test provokes on purpose. */
  expectComplaints(which: RegExp): void;
}

/** A desk apart, for what must not disturb others or needs settings of its own. */
export type StartDesk = (settings?: Record<string, string>, hasPast?: boolean) => Promise<Desk>;

class Everybody implements People {
  private contexts: BrowserContext[] = [];
  private complaints: string[] = [];
  private expected: RegExp[] = [];

  constructor(
    private browser: Browser,
    private desk: Desk,
  ) {}

  private async context(language: Language, options: ShopperOptions): Promise<BrowserContext> {
    const context = await this.browser.newContext({
      locale: LOCALE[language],
      // Where the demo's customers live; the bot writes the shop's time.
      timezoneId: "Asia/Shanghai",
      viewport: options.viewport ?? { width: 1280, height: 860 },
      colorScheme: options.theme ?? "light",
      reducedMotion: "reduce",
    });
    this.contexts.push(context);
    context.on("weberror", (failure) => {
      const thrown = failure.error();
      this.complaints.push(String(thrown.stack ?? thrown));
    });
    context.on("console", (line) => {
      if (/Content Security Policy|Uncaught/.test(line.text())) this.complaints.push(line.text());
    });
    return context;
  }

  async shopper(options: ShopperOptions = {}): Promise<Shop> {
    const { language = "zh", desk = this.desk } = options;
    const context = await this.context(language, options);
    const shop = new Shop(await context.newPage(), options.line?.url ?? desk.url, language);
    await shop.visit(options.path);
    if (options.opens !== false) await shop.widget.open();
    return shop;
  }

  async team(options: TeamOptions = {}): Promise<Console> {
    const { as = "agent", language = "zh", desk = this.desk, isOnline = true } = options;
    const staff = await desk.as(as);
    await staff.call("PUT", "me/language", { language });
    await staff.presence(isOnline ? "online" : "offline");
    const context = await this.context(language, {
      viewport: options.viewport ?? { width: 1440, height: 900 },
    });
    const base = options.line?.url ?? desk.url;
    const [name = "", value = ""] = staff.cookie.split("=");
    await context.addCookies([{ name, value, url: base, httpOnly: true, sameSite: "Strict" }]);
    return new Console(await context.newPage(), base, language, staff.name);
  }

  expectComplaints(which: RegExp): void {
    this.expected.push(which);
  }

  async leave(): Promise<void> {
    for (const context of this.contexts) await context.close();
    const unexpected = this.complaints.filter((text) => !this.expected.some((each) => each.test(text)));
    expect(unexpected, "what the browsers complained about").toEqual([]);
  }
}

export const test = base.extend<
  { people: People; startDesk: StartDesk; line: (desk?: Desk) => Promise<Line> },
  { desk: Desk }
>({
  desk: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names from the pattern
    async ({}, use) => {
      const desk = await Desk.start();
      await use(desk);
      await desk.stop();
    },
    { scope: "worker", timeout: 240_000 },
  ],
  startDesk: async ({ browserName: _ }, use) => {
    const started: Desk[] = [];
    await use(async (settings, hasPast) => {
      const desk = await Desk.start(settings, hasPast);
      started.push(desk);
      return desk;
    });
    for (const desk of started) await desk.stop();
  },
  line: async ({ desk }, use) => {
    const lines: Line[] = [];
    await use(async (to = desk) => {
      const line = await Line.to(to);
      lines.push(line);
      return line;
    });
    for (const line of lines) line.close();
  },
  // After `startDesk` and `line`, so that the browsers close before what they talk to.
  people: async ({ browser, desk, startDesk: _, line: __ }, use) => {
    const everybody = new Everybody(browser, desk);
    await use(everybody);
    await everybody.leave();
    await desk.tidy();
  },
});

export { expect } from "@playwright/test";
