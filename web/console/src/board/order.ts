// What a supervisor should look at first. Pure: rows and the moment in, order out.

import type { InboxRow, Ms } from "api";

/** From this part of the time on a deadline is about to be missed. */
const NEAR = 0.75;

export function isNear(row: InboxRow, now: Ms): boolean {
  const { deadline } = row;
  if (deadline?.due_at == null || deadline.due_at <= now) return false;
  return deadline.mark >= 75 || deadline.due_at - now <= deadline.target_ms * (1 - NEAR);
}

export const isMissed = (row: InboxRow, now: Ms): boolean =>
  row.deadline?.due_at != null && row.deadline.due_at <= now;

/** Missed or nearly so, whoever is due first in front. */
export function pressing(rows: InboxRow[], now: Ms): InboxRow[] {
  return rows
    .filter((row) => isNear(row, now) || isMissed(row, now))
    .sort((a, b) => (a.deadline?.due_at ?? 0) - (b.deadline?.due_at ?? 0));
}

export function byAgent(rows: InboxRow[]): Map<string, InboxRow[]> {
  const agents = new Map<string, InboxRow[]>();
  for (const row of rows) {
    const agent = row.controller.kind === "agent" ? row.controller.agent : undefined;
    if (!agent) continue;
    const known = agents.get(agent);
    if (known) known.push(row);
    else agents.set(agent, [row]);
  }
  return agents;
}

/** Where a wait begins to be another kind of wait; the third is what marketplaces measure. */
export const WAITS_MS = [30_000, 60_000, 180_000, 600_000] as const;

/** How many have waited up to each of `WAITS_MS`, and how many longer. */
export function byWait(rows: InboxRow[], now: Ms): number[] {
  const counts = [...WAITS_MS, Number.POSITIVE_INFINITY].map(() => 0);
  for (const row of rows) {
    const wait = now - (row.waiting_since ?? now);
    const at = WAITS_MS.findIndex((most) => wait <= most);
    const place = at < 0 ? WAITS_MS.length : at;
    counts[place] = (counts[place] ?? 0) + 1;
  }
  return counts;
}
