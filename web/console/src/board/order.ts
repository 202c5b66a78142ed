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
