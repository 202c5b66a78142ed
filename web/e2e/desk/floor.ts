// A floor on which the desk assigns: everybody open around the clock, each agent with room for so many, short patience.

import type { Desk } from "./desk.ts";

interface Plan {
  hours: object;
  limits: object;
}

/** The shortest the desk accepts, so that nobody has to wait for a test. */
const SILENT_MS = 10_000;
const GRACE_MS = 30_000;

export async function assign(desk: Desk, room: number, silent_ms = 0): Promise<void> {
  const chief = await desk.as("supervisor");
  // Signing in made them available too.
  await chief.presence("offline");
  const path = `routing/plan?shop=${chief.shop}`;
  const { version, plan } = await chief.call<{ version: number; plan: Plan }>("GET", path);
  const agents = await Promise.all([desk.as("agent"), desk.as("agent2")]);
  const all_day = Array.from({ length: 7 }, () => [{ from: 0, until: 1440 }]);
  await chief.call("PUT", path, {
    version,
    plan: {
      ...plan,
      hours: { ...plan.hours, week: all_day, holidays: [] },
      seats: agents.map(({ id }) => ({ staff: id, weight: 100, capacity: room * 100 })),
      limits: { ...plan.limits, assigns: true, offline_grace_ms: GRACE_MS, silent_ms },
    },
  });
}

/** Whoever leaves a shopper unanswered loses them to a colleague. */
export const assignFromTheSilent = (desk: Desk, room: number) => assign(desk, room, SILENT_MS);
