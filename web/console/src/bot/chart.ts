// Where the points of the coverage chart stand. Pure: days in, places out.

import type { GuaranteeDay } from "api";

export interface Point {
  day: GuaranteeDay;
  /** The share of the day's questions that was answered alone. */
  coverage: number;
  x: number;
  y: number;
}
export interface Frame {
  width: number;
  height: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Days without a question have no share; days lie apart as they do in the calendar. */
export function pointsOf(days: GuaranteeDay[], frame: Frame): Point[] {
  const asked = days.filter((day) => day.asked > 0);
  const [first, last] = [asked[0], asked.at(-1)];
  if (!first || !last) return [];
  const wide = frame.width - frame.left - frame.right;
  const high = frame.height - frame.top - frame.bottom;
  const all = last.begins_at - first.begins_at;
  return asked.map((day) => {
    const coverage = day.answered / day.asked;
    const along = all === 0 ? 0.5 : (day.begins_at - first.begins_at) / all;
    return {
      day,
      coverage,
      x: frame.left + along * wide,
      y: frame.top + (1 - coverage) * high,
    };
  });
}

export const pathOf = (points: Point[]): string =>
  points.map(({ x, y }, index) => `${index ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`).join(" ");
