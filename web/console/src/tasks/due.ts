// Due times: as a form writes them, and which of the groups of the list they fall into. Pure.

/** For `datetime-local`, in the reader's zone. */
export const localMinutes = (ms: number): string =>
  new Date(ms - new Date(ms).getTimezoneOffset() * 60_000).toISOString().slice(0, 16);

export type DueGroup = "overdue" | "today" | "later";

export function dueGroup(due: number, now: number): DueGroup {
  if (due <= now) return "overdue";
  return new Date(due).toDateString() === new Date(now).toDateString() ? "today" : "later";
}
