// Bars beside each other or stacked, one group for each name; and the same in words. Pure.

import { axisLook, base, type ChartOption, type Palette } from "./option";

export interface Bars {
  names: string[];
  /** Without a colour of its own a series is ground: room that is left. */
  series: { name: string; values: (number | null)[]; color?: number }[];
  isStacked?: boolean;
  /** Names are long: they stand at the left. */
  isLying?: boolean;
}

const THICKEST_PX = 26;

export function bars({ names, series, isStacked, isLying }: Bars, palette: Palette): ChartOption {
  const common = base(palette);
  const ofNames = {
    type: "category" as const,
    data: names,
    inverse: isLying,
    ...axisLook(palette),
    splitLine: { show: false },
  };
  const ofValues = { type: "value" as const, minInterval: 1, ...axisLook(palette) };
  const hasLegend = series.length > 1;
  return {
    ...common,
    grid: { ...common.grid, top: hasLegend ? 34 : 16 },
    legend: hasLegend
      ? { top: 0, left: 0, itemWidth: 10, itemHeight: 10, textStyle: { color: palette.text } }
      : undefined,
    tooltip: { ...common.tooltip, axisPointer: { type: "none" } },
    xAxis: isLying ? ofValues : ofNames,
    yAxis: isLying ? ofNames : ofValues,
    series: series.map((each) => ({
      type: "bar",
      name: each.name,
      stack: isStacked ? "all" : undefined,
      barMaxWidth: THICKEST_PX,
      itemStyle: { color: each.color === undefined ? palette.line : palette.series[each.color] },
      data: each.values.map((value) => value ?? "-"),
    })),
  };
}
