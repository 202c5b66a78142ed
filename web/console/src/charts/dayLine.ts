// One number day by day, as a line with the interval it is sure of. Pure: points in, drawing and sentence out.

import type { Ms } from "api";
import { axisLook, base, type ChartOption, type Palette, timeAxis } from "./option";

const DAY_MS = 86_400_000;
/** Few points are told one by one; many would be beads. */
const MOST_DOTS = 40;

export interface DayPoint {
  at: Ms;
  value: number;
  low?: number | null;
  high?: number | null;
  /** Said when somebody points at it. */
  words: string;
}
export interface DayLine {
  points: DayPoint[];
  isShare: boolean;
  amount: (value: number) => string;
  date: (at: Ms) => string;
  /** As short as an axis needs. */
  tick: (at: Ms) => string;
}

/** Shares run to all of it; times to the next step people count in. The interval may end beyond the axis. */
const axisOf = ({ points, isShare }: DayLine) =>
  isShare ? { max: 1, interval: 0.25 } : timeAxis(Math.max(0, ...points.map((point) => point.value)));

export function dayLine(line: DayLine, palette: Palette): ChartOption {
  const { points, amount, tick } = line;
  const { max, interval } = axisOf(line);
  const [color = palette.text] = palette.series;
  const cut = (value: number) => Math.min(max, value);
  const sure = points.filter((point) => point.low != null && point.high != null);
  const band = (data: [number, number][], opacity: number) => ({
    type: "line" as const,
    stack: "sure",
    silent: true,
    symbol: "none",
    lineStyle: { opacity: 0 },
    areaStyle: { opacity, color },
    data,
  });
  const common = base(palette);
  return {
    ...common,
    tooltip: {
      ...common.tooltip,
      formatter: (shown) => {
        const [first] = [shown].flat();
        const at = Number((first?.value as number[] | undefined)?.[0]);
        return points.find((point) => point.at === at)?.words ?? "";
      },
    },
    xAxis: {
      type: "time",
      ...axisLook(palette),
      minInterval: DAY_MS,
      splitLine: { show: false },
      axisLabel: { color: palette.text, hideOverlap: true, formatter: (at: number) => tick(at) },
    },
    yAxis: {
      type: "value",
      ...axisLook(palette),
      min: 0,
      max,
      interval,
      axisLabel: { color: palette.text, formatter: (value: number) => amount(value) },
    },
    series: [
      {
        type: "line",
        symbol: "circle",
        symbolSize: points.length <= MOST_DOTS ? 6 : 0,
        showSymbol: points.length <= MOST_DOTS,
        lineStyle: { width: 2, color },
        itemStyle: { color },
        z: 3,
        data: points.map(({ at, value }) => [at, value]),
      },
      band(
        sure.map(({ at, low }) => [at, cut(low ?? 0)]),
        0,
      ),
      band(
        sure.map(({ at, low, high }) => [at, cut(high ?? 0) - cut(low ?? 0)]),
        0.14,
      ),
    ],
  };
}

/** What the line says, for `chart.line`. */
export function lineWords({ points, amount, date }: DayLine) {
  const values = points.map((point) => point.value);
  const [first, last] = [points[0], points.at(-1)];
  return {
    count: points.length,
    first: first ? date(first.at) : "",
    from: first ? amount(first.value) : "",
    last: last ? date(last.at) : "",
    to: last ? amount(last.value) : "",
    low: amount(Math.min(...values)),
    high: amount(Math.max(...values)),
  };
}
