// The part of a conversation's event log this browser has read; it only grows, and resumes after its last seq.

import type { ConsoleEvent, ConsoleEvents } from "api";

const PAGE = 200;

export interface EventLog {
  events: ConsoleEvent[];
  /** How far the log was read; events may have holes. */
  seq: number;
}
export const EMPTY_LOG: EventLog = { events: [], seq: 0 };

/** Adds a page; what is already known (by seq) stays as it is. */
export function extend(log: EventLog, page: Pick<ConsoleEvents, "events" | "seq">): EventLog {
  const fresh = page.events.filter((event) => event.seq > log.seq).sort((a, b) => a.seq - b.seq);
  if (fresh.length === 0 && page.seq <= log.seq) return log;
  return {
    events: fresh.length ? [...log.events, ...fresh] : log.events,
    seq: Math.max(log.seq, page.seq, fresh.at(-1)?.seq ?? 0),
  };
}

export async function catchUp(
  log: EventLog,
  read: (after: number, limit: number) => Promise<ConsoleEvents>,
): Promise<EventLog> {
  let known = log;
  for (;;) {
    const page = await read(known.seq, PAGE);
    const next = extend(known, page);
    if (!page.more || next.seq === known.seq) return next;
    known = next;
  }
}
