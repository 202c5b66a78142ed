// How charts of the console look: quiet lines, the tokens' colours, words in the reader's language. Pure.

import type { BarSeriesOption, LineSeriesOption } from "echarts/charts";
import type { GridComponentOption, LegendComponentOption, TooltipComponentOption } from "echarts/components";
import type { ComposeOption } from "echarts/core";

export type ChartOption = ComposeOption<
  BarSeriesOption | LineSeriesOption | GridComponentOption | LegendComponentOption | TooltipComponentOption
>;
export interface Palette {
  font: string;
  text: string;
  line: string;
  surface: string;
  series: string[];
}

const TEXT_PX = 12;
const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
/** Steps people count time in. */
const TIME_STEPS = [
  ...[1, 2, 5, 10, 15, 30].map((each) => each * SECOND_MS),
  ...[1, 2, 5, 10, 15, 30].map((each) => each * MINUTE_MS),
  ...[1, 2, 4, 8, 12, 24, 48, 96, 168].map((each) => each * HOUR_MS),
];
const MOST_STEPS = 5;

/** The end of a time axis and its steps. */
export function timeAxis(most: number): { max: number; interval: number } {
  const interval =
    TIME_STEPS.find((step) => step * MOST_STEPS >= most) ?? Math.ceil(most / MOST_STEPS / HOUR_MS) * HOUR_MS;
  return { max: Math.max(1, Math.ceil(most / interval)) * interval, interval };
}

/** What all charts have in common; nothing moves for those who asked for stillness, or at all while it updates. */
export function base({ font, text, line, surface, series }: Palette): ChartOption {
  return {
    animation: false,
    color: series,
    textStyle: { fontFamily: font, fontSize: TEXT_PX, color: text },
    grid: {
      left: 8,
      right: 16,
      top: 16,
      bottom: 4,
      outerBoundsMode: "same",
      outerBoundsContain: "axisLabel",
    },
    tooltip: {
      trigger: "axis",
      // Drawn, not written into the page: no markup, whatever a name contains.
      renderMode: "richText",
      confine: true,
      backgroundColor: surface,
      borderColor: line,
      textStyle: { color: text, fontFamily: font, fontSize: TEXT_PX },
      axisPointer: { lineStyle: { color: line } },
    },
  };
}

export const axisLook = ({ text, line }: Palette) => ({
  axisLine: { show: false, lineStyle: { color: line } },
  axisTick: { show: false },
  axisLabel: { color: text, fontSize: TEXT_PX },
  splitLine: { lineStyle: { color: line } },
});
