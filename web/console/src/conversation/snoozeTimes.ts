// When a conversation may come back: the usual times, in the agent's own time zone. Pure.

export interface SnoozeTime {
  id: "hour" | "later" | "tomorrow" | "monday" | "shopper";
  /** `null`: until the shopper writes. */
  until: number | null;
}
const HOUR_MS = 3_600_000;
const MORNING = 9;

export function snoozeTimes(now: number): SnoozeTime[] {
  const morning = (days: number) => {
    const at = new Date(now);
    at.setDate(at.getDate() + days);
    return at.setHours(MORNING, 0, 0, 0);
  };
  const toMonday = (8 - new Date(now).getDay()) % 7 || 7;
  return [
    { id: "hour", until: now + HOUR_MS },
    { id: "later", until: now + 3 * HOUR_MS },
    { id: "tomorrow", until: morning(1) },
    { id: "monday", until: morning(toMonday) },
    { id: "shopper", until: null },
  ];
}
