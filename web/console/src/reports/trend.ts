// Where the points of a trend stand. Pure: days in, places out.

import type { Figure, Measure, MeasuredDay, Ms } from "api";

export interface TrendPoint {
  at: Ms;
  figure: Figure;
  value: number;
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
export interface Trend {
  points: TrendPoint[];
  /** The highest value of the axis, a round one. */
  top: number;
}

/** Shares run to 100 %; times to the next of 1, 2 or 5 times a power of ten. */
export function roundUp(value: number): number {
  if (value <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 2, 5, 10].find((each) => each * power >= value) ?? 10;
  return step * power;
}

export function trendOf(days: MeasuredDay[], measure: Measure, frame: Frame): Trend {
  const measured = days.flatMap((day) => {
    const figure = day.figures.find((each) => each.measure === measure);
    return figure?.value == null ? [] : [{ at: day.begins_at, figure, value: figure.value }];
  });
  const isShare = measured[0]?.figure.unit === "share";
  const top = isShare ? 1 : roundUp(Math.max(0, ...measured.map((each) => each.value)));
  const [first, last] = [days[0]?.begins_at ?? 0, days.at(-1)?.begins_at ?? 0];
  const wide = frame.width - frame.left - frame.right;
  const high = frame.height - frame.top - frame.bottom;
  const points = measured.map((each) => ({
    ...each,
    x: frame.left + (last === first ? 0.5 : (each.at - first) / (last - first)) * wide,
    y: frame.top + (1 - each.value / top) * high,
  }));
  return { points, top };
}

export const pathOf = (points: TrendPoint[]): string =>
  points.map(({ x, y }, index) => `${index ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`).join(" ");
