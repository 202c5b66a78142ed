// The fold of a conversation's events into what is shown. Pure: the same events in any order, or twice, fold the same.

import type { Body, Party, ShopperEvent } from "./contract";
import type { Pending } from "./outbox";

export interface Log {
  /** Everything above this was read; holes are events shoppers don't see. */
  seq: number;
  /** Events up to and including this one are not loaded yet. */
  from: number;
  events: ShopperEvent[];
}

export type Delivery = "sending" | "sent" | "read" | "failed";
export type Row =
  | { kind: "day"; key: string; at: number }
  | { kind: "note"; key: string; event: ShopperEvent }
  | {
      kind: "message";
      key: string;
      at: number;
      by: Party;
      agent?: string;
      body: Body;
      /** Same speaker as the row before: the name isn't repeated. */
      follows: boolean;
      delivery?: Delivery;
      pending?: Pending;
    };

export const emptyLog = (from = 0): Log => ({ seq: from, from, events: [] });

/** Takes in events read up to `seq`. Known ones change nothing. */
export function take(log: Log, events: ShopperEvent[], seq: number, from = log.from): Log {
  const known = new Set(log.events.map((event) => event.seq));
  const fresh = events.filter((event) => !known.has(event.seq));
  return {
    seq: Math.max(log.seq, seq, ...fresh.map((event) => event.seq)),
    from: Math.min(log.from, from),
    events: fresh.length ? [...log.events, ...fresh].sort((a, b) => a.seq - b.seq) : log.events,
  };
}

/** What calls for the shopper: messages, and the word that it is their turn. */
const fromTeam = (event: ShopperEvent) =>
  event.by !== "shopper" && (event.kind === "message" || event.kind === "turn_came");

/** How much of bot, agents or desk the shopper hasn't seen. */
export function unreadAfter(log: Log, seq: number): number {
  return log.events.filter((event) => event.seq > seq && fromTeam(event)).length;
}

/** The seq of the newest message that can be read, 0 without one. */
export function lastSeq(log: Log): number {
  return log.events.length ? log.seq : 0;
}

const dayOf = (at: number) => new Date(at).toDateString();

export function rowsOf(log: Log, pending: Pending[], readByTeam: number): Row[] {
  const rows: Row[] = [];
  let day = "";
  const enter = (at: number) => {
    if (dayOf(at) !== day) rows.push({ kind: "day", key: `d${at}`, at });
    day = dayOf(at);
  };
  const message = (row: Omit<Extract<Row, { kind: "message" }>, "kind" | "follows">) => {
    enter(row.at);
    const before = rows[rows.length - 1];
    const follows = before?.kind === "message" && before.by === row.by && before.agent === row.agent;
    rows.push({ ...row, kind: "message", follows });
  };
  for (const event of log.events) {
    if (event.message) {
      message({
        // The client's id keeps the row the same element when the optimistic message becomes the real one.
        key: event.message.client_id ?? event.message.id,
        at: event.at,
        by: event.by,
        agent: event.agent?.name,
        body: event.message.body,
        delivery: event.by === "shopper" ? (event.seq <= readByTeam ? "read" : "sent") : undefined,
      });
    } else if (event.kind !== "started" && event.kind !== "rated") {
      enter(event.at);
      rows.push({ kind: "note", key: `e${event.seq}`, event });
    }
  }
  const inLog = new Set(log.events.map((event) => event.message?.client_id));
  for (const item of pending) {
    if (inLog.has(item.client_id)) continue;
    message({
      key: item.client_id,
      at: item.at,
      by: "shopper",
      body: { text: item.text, attachments: item.attachments },
      delivery: item.state,
      pending: item,
    });
  }
  return rows;
}
