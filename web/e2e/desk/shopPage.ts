// A shop's own page with the desk's scripts on it, and no desk: what is asked of it is answered here.

import { readFileSync } from "node:fs";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "@playwright/test";

const SHOP = "https://shop.example";
const DESK = "https://desk.example";
const TYPES: Record<string, string> = {
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".html": "text/html",
};

export interface Seen {
  event_id: string;
  event: string;
  original_ts: number;
  properties?: Record<string, unknown>;
  context: { page: { path: string; type?: string } };
}
export interface Batch {
  sent_at: number;
  anonymous_id: string;
  visitor: string | null;
  consent: Record<string, unknown>;
  events: Seen[];
}

const built = (path: string) => readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)));

export class ShopPage {
  readonly batches: Batch[] = [];
  /** What the desk answers to a batch. */
  status = 200;
  /** Answers to other paths of the desk. */
  readonly answers: Record<string, unknown> = {};
  complaints: string[] = [];

  constructor(
    readonly page: Page,
    /** What stands in the page, by path. */
    private html: (path: string) => string,
    private isStorefront = false,
  ) {}

  get events(): Seen[] {
    return this.batches.flatMap((batch) => batch.events);
  }

  named(name: string): Seen[] {
    return this.events.filter((event) => event.event === name);
  }

  async start(): Promise<this> {
    this.page.on("pageerror", (error) => this.complaints.push(String(error)));
    await this.page.route(`${DESK}/**`, (route) => {
      const { pathname } = new URL(route.request().url());
      const headers = { "Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "*" };
      if (pathname === "/api/widget/events") {
        this.batches.push(JSON.parse(route.request().postData() ?? "{}"));
        return route.fulfill({ status: this.status, headers, body: "{}" });
      }
      if (pathname.startsWith("/widget/")) {
        const name = pathname.slice(8);
        const app = name === "behaviour.js" ? "behaviour" : "widget";
        return route.fulfill({ contentType: "text/javascript", headers, body: built(`${app}/dist/${name}`) });
      }
      const answer = this.answers[pathname];
      return route.fulfill({ status: answer ? 200 : 404, headers, json: answer ?? {} });
    });
    await this.page.route(`${SHOP}/**`, (route) => {
      const { pathname } = new URL(route.request().url());
      const answer = this.answers[pathname];
      if (answer) return route.fulfill({ json: answer });
      if (this.isStorefront && extname(pathname))
        return route.fulfill({
          contentType: TYPES[extname(pathname)],
          body: pathname.startsWith("/shop/pictures/")
            ? '<svg xmlns="http://www.w3.org/2000/svg"/>'
            : built(`storefront/dist/${pathname.slice(6)}`),
        });
      return route.fulfill({ contentType: "text/html", body: this.html(pathname) });
    });
    return this;
  }

  async visit(path = "/"): Promise<void> {
    await this.page.goto(SHOP + path);
  }

  allow(choice: unknown = true): Promise<void> {
    return this.page.evaluate(
      (said) => (window as unknown as { tandem(name: string, value: unknown): void }).tandem("consent", said),
      choice,
    );
  }

  /** A page of the shop whose markup is `body`, with the behaviour script by its own tag. */
  static plain(page: Page, body: (path: string) => string): ShopPage {
    return new ShopPage(
      page,
      (path) =>
        `<!doctype html><title>shop</title>${body(path)}<script src="${DESK}/widget/behaviour.js" data-shop="main"></script>`,
    );
  }

  /** With the chat, which loads the behaviour script. */
  static chat(page: Page, body: string): ShopPage {
    return new ShopPage(
      page,
      () =>
        `<!doctype html><html lang="zh-CN"><title>shop</title>${body}<script src="${DESK}/widget/tandem.js" data-shop="main" data-behaviour defer></script>`,
    );
  }

  /** The demo's storefront as it's built, with its scripts from the desk. */
  static storefront(page: Page): ShopPage {
    const html = built("storefront/dist/index.html")
      .toString()
      .replace("/widget/tandem.js", `${DESK}/widget/tandem.js`);
    return new ShopPage(page, () => html, true);
  }
}
