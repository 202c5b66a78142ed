// Folds the event log into what is shown: days, runs of messages by one speaker, and slim dividers. Pure.

import type { ConsoleEvent, Ms, Party } from "api";
import { dayKey } from "../format/format";

/** A pause this long starts a new run, so that its time is shown. */
const RUN_PAUSE_MS = 5 * 60_000;
/** A longer run goes on as a new one: a stream draws run by run. */
const RUN_BUBBLES = 20;

export type Bubble = ConsoleEvent & { message: NonNullable<ConsoleEvent["message"]> };
export type Item =
  | { type: "day"; key: string; at: Ms }
  | { type: "run"; key: string; by: Party; name?: string; at: Ms; bubbles: Bubble[] }
  | { type: "note"; key: string; event: Bubble }
  | { type: "withheld"; key: string; event: ConsoleEvent }
  | { type: "divider"; key: string; event: ConsoleEvent };

const isBubble = (event: ConsoleEvent): event is Bubble => !!event.message;

export function fold(events: ConsoleEvent[]): Item[] {
  const items: Item[] = [];
  let day = "";
  for (const [index, event] of events.entries()) {
    const today = dayKey(event.at);
    if (today !== day) items.push({ type: "day", key: `day-${today}`, at: event.at });
    day = today;
    if (isSaidTwice(event, events, index)) continue;
    const key = `seq-${event.seq}`;
    if (event.kind === "message" && isBubble(event)) addToRun(items, event, key);
    else if (event.kind === "note" && isBubble(event)) items.push({ type: "note", key, event });
    else if (event.kind === "reply_withheld") items.push({ type: "withheld", key, event });
    else items.push({ type: "divider", key, event });
  }
  return items;
}

/** A handoff and the change of controller it causes are one moment: one divider is enough. */
function isSaidTwice(event: ConsoleEvent, events: ConsoleEvent[], index: number): boolean {
  if (event.kind !== "handoff") return false;
  const near = [events[index - 1], events[index + 1]];
  return near.some((other) => other?.kind === "controller_changed" && Math.abs(other.at - event.at) < 2000);
}

function addToRun(items: Item[], event: Bubble, key: string): void {
  const last = items.at(-1);
  const name = event.staff?.name;
  if (
    last?.type === "run" &&
    last.by === event.by &&
    last.name === name &&
    last.bubbles.length < RUN_BUBBLES &&
    event.at - (last.bubbles.at(-1)?.at ?? 0) < RUN_PAUSE_MS
  ) {
    last.bubbles.push(event);
    return;
  }
  items.push({ type: "run", key, by: event.by, name, at: event.at, bubbles: [event] });
}

/** Client ids that have reached the log: the outbox may forget them. */
export function arrived(events: ConsoleEvent[]): Set<string> {
  const ids = new Set<string>();
  for (const event of events) if (event.message?.client_id) ids.add(event.message.client_id);
  return ids;
}

export interface Delivery {
  seq: number;
  isRead: boolean;
}
/** Where to say "delivered" or "read": under the last message from our side. */
export function lastDelivery(events: ConsoleEvent[], readByShopper: number): Delivery | null {
  const last = events.findLast(
    (event) => event.kind === "message" && (event.by === "agent" || event.by === "bot"),
  );
  return last ? { seq: last.seq, isRead: last.seq <= readByShopper } : null;
}
