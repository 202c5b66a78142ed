// Delivers the outbox in order, one message at a time: over the live line, else over HTTP.
// It gives a message up only when the server refuses it; everything else is tried again.

import { backoffMs } from "./connection";
import type { Accepted, SayRequest } from "./contract";
import type { Desk } from "./desk";
import { Problem } from "./http";
import type { Pending } from "./outbox";

/** No word about a message sent over the line within this long: ask again over HTTP. */
const ANSWER_MS = 8_000;
/** Times a server error is tried again before the shopper is asked. */
const TRIES = 6;

/** Refusals that are the server's trouble, not the message's. */
const OURS = ["internal", "unavailable"];

type Answer =
  | ({ type: "accepted"; client_id: string } & Accepted)
  | { type: "refused"; client_id?: string; code: string; detail: string };

const requestOf = ({ client_id, text, attachments }: Pending): SayRequest => ({
  client_id,
  text,
  attachments: attachments.map((each) => each.file),
});

export class Sending {
  private busy = false;
  private tries = 0;
  private timer = 0;
  private waiting?: { client_id: string; done(answer?: Answer): void };

  constructor(private desk: Desk) {}

  async flush(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    clearTimeout(this.timer);
    try {
      for (let next = this.desk.outbox.next(); next; next = this.desk.outbox.next()) {
        if (!(await this.deliver(next))) break;
      }
    } finally {
      this.busy = false;
      this.desk.set({});
    }
  }

  answered(answer: Answer): void {
    if (this.waiting && answer.client_id === this.waiting.client_id) this.waiting.done(answer);
  }

  /** The line went down: whether the message arrived is unknown, so it's asked again by the same id. */
  interrupted(): void {
    this.waiting?.done();
  }

  private async deliver(item: Pending): Promise<boolean> {
    const { desk } = this;
    try {
      const conversation = await desk.started();
      if (item.unsure) await desk.catchUp();
      if (!desk.outbox.items.some((each) => each.client_id === item.client_id && each.state === "sending"))
        return true;
      const { seq } = (await this.overLine(conversation.id, item)) ?? (await this.overHttp(item));
      desk.outbox.accepted(item.client_id, seq);
      this.tries = 0;
      return true;
    } catch (failure) {
      return this.trouble(item, failure);
    } finally {
      desk.set({});
    }
  }

  private overLine(conversation: string, item: Pending): Promise<Accepted | undefined> {
    if (!this.desk.say({ type: "say", conversation, ...requestOf(item) })) return Promise.resolve(undefined);
    return new Promise((resolve, reject) => {
      const done = (answer?: Answer) => {
        clearTimeout(timer);
        this.waiting = undefined;
        if (answer?.type === "refused") {
          reject(new Problem(answer.code, OURS.includes(answer.code) ? 503 : 400, answer.detail));
        } else resolve(answer);
      };
      const timer = setTimeout(done, ANSWER_MS);
      this.waiting = { client_id: item.client_id, done };
    });
  }

  private overHttp(item: Pending): Promise<Accepted> {
    return this.desk.post<Accepted>("messages", requestOf(item));
  }

  /** Whether the next message may be tried at once. */
  private trouble(item: Pending, failure: unknown): boolean {
    const { desk } = this;
    desk.outbox.change(item.client_id, { unsure: true });
    const { code, status } = failure instanceof Problem ? failure : { code: "network", status: 0 };
    if (status === 401) desk.set({ connected: undefined });
    else if (code === "resolved" && this.tries < TRIES) {
      // It ended while the shopper was writing: what they wrote opens the next one.
      desk.startAfresh();
    } else if (code !== "network" && status < 500) {
      this.refused(item, failure);
      return true;
    }
    this.tries++;
    if (code !== "network" && this.tries >= TRIES) {
      this.refused(item, failure);
      return false;
    }
    this.timer = setTimeout(() => this.flush(), backoffMs(this.tries, Math.random())) as unknown as number;
    return false;
  }

  private refused(item: Pending, failure: unknown): void {
    this.tries = 0;
    this.desk.outbox.change(item.client_id, { state: "failed", error: this.desk.explain(failure) });
  }
}
