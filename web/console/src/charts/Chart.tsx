// A chart with what it says in words: for screen readers, and while the drawing is on its way.

import { lazy, Suspense, useMemo } from "react";
import { useIsDark } from "../app/theme";
import type { ChartOption, Palette } from "./option";
import "./charts.css";

const Drawing = lazy(() => import("./Drawing"));

interface Props {
  /** The whole message in a sentence. */
  label: string;
  height: number;
  option: (palette: Palette) => ChartOption;
}

export function Chart({ label, height, option }: Props) {
  const isDark = useIsDark();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the colours are those of the theme
  const palette = useMemo(paletteOf, [isDark]);
  const drawn = useMemo(() => option(palette), [option, palette]);
  return (
    <div className="chart" role="img" aria-label={label} style={{ height }}>
      <Suspense fallback={<span className="bone chart-bone" />}>
        <Drawing option={drawn} />
      </Suspense>
    </div>
  );
}

function paletteOf(): Palette {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    font: token("font"),
    text: token("text-2"),
    line: token("line"),
    surface: token("surface"),
    series: [1, 2, 3, 4, 5, 6].map((each) => token(`chart-${each}`)),
  };
}
