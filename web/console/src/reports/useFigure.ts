// A figure in words: shares as percent, times as spans, and what it rests on.

import type { Figure } from "api";
import { useTranslation } from "react-i18next";
import { useFormat } from "../format/use";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

export function useFigure() {
  const { t } = useTranslation();
  const { percent, span, language } = useFormat();
  /** Tenths of a second matter below ten. */
  const time = (ms: number) =>
    ms < 10_000
      ? new Intl.NumberFormat(language, {
          style: "unit",
          unit: "second",
          unitDisplay: "narrow",
          maximumFractionDigits: 1,
        }).format(ms / 1000)
      : ms >= MINUTE_MS && ms < HOUR_MS
        ? // A figure is read closely: minutes alone would make 61 and 119 seconds the same.
          `${span(ms - (ms % MINUTE_MS))}${ms % MINUTE_MS < 1000 ? "" : ` ${span(ms % MINUTE_MS)}`}`
        : span(ms);
  const amount = (figure: Figure, value: number) => (figure.unit === "share" ? percent(value) : time(value));
  return {
    amount,
    value: (figure: Figure) => (figure.value == null ? t("reports.none") : amount(figure, figure.value)),
    interval: (figure: Figure) =>
      figure.low == null || figure.high == null
        ? t("reports.none")
        : `${amount(figure, figure.low)} – ${amount(figure, figure.high)}`,
    hint: (figure: Figure) => {
      if (figure.measure === "satisfaction_bounds") return t("reports.bounds");
      if (figure.n < figure.least) return t("reports.tooFew", { least: figure.least });
      return figure.ninth_decile_ms == null ? "" : t("reports.ninth", { time: time(figure.ninth_decile_ms) });
    },
  };
}
