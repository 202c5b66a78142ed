// Somebody of the team over the API: what the tests look up, and what they arrange without clicking.

import type { Account } from "./desk.ts";

export interface LogEvent {
  seq: number;
  by: "shopper" | "bot" | "agent" | "system";
  kind: string;
  message?: { body: { text: string; attachments?: { name: string }[] } };
  /** Of a change of control: who has it now. */
  controller?: { kind: "bot" } | { kind: "queue" } | { kind: "agent"; agent: string };
  /** Of a note or a tag. */
  tag?: string;
  trace?: string;
}
interface Row {
  conversation: string;
}

export class Staff {
  private constructor(
    private base: () => string,
    readonly cookie: string,
    private csrf: string,
    readonly id: string,
    readonly name: string,
    readonly shop: string,
  ) {}

  static async signIn(base: () => string, account: Account): Promise<Staff> {
    const answer = await fetch(`${base()}/api/console/sign-in`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Origin: base() },
      body: JSON.stringify({ email: account.email, password: account.password }),
    });
    if (!answer.ok) throw new Error(`signing in ${account.email}: ${answer.status} ${await answer.text()}`);
    const cookie = answer.headers.getSetCookie()[0]?.split(";")[0] ?? "";
    const me = await answer.json();
    return new Staff(base, cookie, me.csrf, me.id, me.name, me.shops[0]?.id);
  }

  async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await fetch(`${this.base()}/api/console/${path}`, {
      method,
      headers: {
        Cookie: this.cookie,
        Origin: this.base(),
        "X-CSRF-Token": this.csrf,
        "Content-Type": "application/json",
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text ? JSON.parse(text) : (undefined as T);
  }

  async inbox(view: "queue" | "open"): Promise<Row[]> {
    return (await this.call<{ items: Row[] }>("GET", `inbox?view=${view}&limit=100`)).items;
  }

  act(conversation: string, action: string): Promise<unknown> {
    return this.call("POST", `conversations/${conversation}/${action}`, {});
  }

  presence(presence: "online" | "offline"): Promise<unknown> {
    return this.call("PUT", "me/presence", { presence });
  }

  /** What really happened, from the first event to the last. */
  async log(conversation: string): Promise<LogEvent[]> {
    const { events } = await this.call<{ events: LogEvent[] }>(
      "GET",
      `conversations/${conversation}/events?after=0&limit=200`,
    );
    return events;
  }
}
