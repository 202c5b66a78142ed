// Messages written but not yet known to be in the log. Each has a key of its own in storage, so that
// two tabs never overwrite each other; sending one twice is harmless because the server knows its client_id.

import type { Attachment, ShopperEvent } from "./contract";
import type { Keep } from "./keep";

export interface Pending {
  client_id: string;
  text: string;
  attachments: Attachment[];
  at: number;
  state: "sending" | "sent" | "failed";
  error?: string;
  seq?: number;
  /** It may have arrived: the log is read before it's sent again. */
  unsure?: boolean;
}

const KEY = "out:";
/** More unsent messages than this means something else is wrong; the oldest are let go. */
const LIMIT = 50;
/** After this long a message waits for the shopper's word instead of surprising them by being sent. */
export const STALE_MS = 3_600_000;

export function newClientId(): string {
  // Pages without https have no randomUUID.
  const { randomUUID } = crypto as Partial<Crypto>;
  return randomUUID ? crypto.randomUUID() : crypto.getRandomValues(new Uint32Array(4)).join("-");
}

export class Outbox {
  items: Pending[] = [];

  constructor(
    private keep: Keep,
    now: number,
  ) {
    for (const key of keep.keys()) {
      if (!key.startsWith(KEY)) continue;
      try {
        const found: Pending = JSON.parse(keep.get(key) ?? "");
        found.unsure = true;
        if (now - found.at > STALE_MS) found.state = "failed";
        this.items.push(found);
      } catch {
        keep.remove(key);
      }
    }
    this.items.sort((a, b) => a.at - b.at);
    for (const old of this.items.slice(0, -LIMIT)) this.remove(old.client_id);
  }

  add(text: string, attachments: Attachment[], at: number): Pending {
    const pending: Pending = { client_id: newClientId(), text, attachments, at, state: "sending" };
    this.items = [...this.items, pending].slice(-LIMIT);
    this.write(pending);
    return pending;
  }

  next(): Pending | undefined {
    return this.items.find((item) => item.state === "sending");
  }

  /** The server has it. It stays on screen until its event arrives, but is never sent again. */
  accepted(client_id: string, seq: number): void {
    this.change(client_id, { state: "sent", seq, error: undefined });
    this.keep.remove(KEY + client_id);
  }

  remove(client_id: string): void {
    this.items = this.items.filter((item) => item.client_id !== client_id);
    this.keep.remove(KEY + client_id);
  }

  /** Lets go of everything that these events show to be in the log. */
  settle(events: ShopperEvent[]): void {
    for (const { message } of events) {
      if (message?.client_id && this.items.some((item) => item.client_id === message.client_id)) {
        this.remove(message.client_id);
      }
    }
  }

  clear(): void {
    for (const item of this.items) this.remove(item.client_id);
  }

  change(client_id: string, patch: Partial<Pending>): void {
    this.items = this.items.map((item) => (item.client_id === client_id ? { ...item, ...patch } : item));
    const item = this.items.find((each) => each.client_id === client_id);
    if (item && item.state !== "sent") this.write(item);
  }

  private write(item: Pending): void {
    this.keep.set(KEY + item.client_id, JSON.stringify(item));
  }
}
