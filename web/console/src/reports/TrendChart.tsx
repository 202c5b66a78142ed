// One measure day by day: a line with its 95 % interval, and the same as a table for whoever wants the numbers.

import type { Figure, Measure, MeasuredDay, Ms } from "api";
import { useCallback, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Chart } from "../charts/Chart";
import { type DayLine, dayLine, lineWords } from "../charts/dayLine";
import type { Palette } from "../charts/option";
import { useFormat } from "../format/use";
import { useFigure } from "./useFigure";

const HEIGHT_PX = 240;

interface Day {
  at: Ms;
  figure: Figure;
  value: number;
}

/** Days without a figure are left out. */
const daysWith = (days: MeasuredDay[], measure: Measure): Day[] =>
  days.flatMap((day) => {
    const figure = day.figures.find((each) => each.measure === measure);
    return figure?.value == null ? [] : [{ at: day.begins_at, figure, value: figure.value }];
  });

export function TrendChart({ days, measure }: { days: MeasuredDay[]; measure: Measure }) {
  const { t } = useTranslation();
  const { date, shortDate, number, language } = useFormat();
  const { amount, value, interval } = useFigure();
  const measured = useMemo(() => daysWith(days, measure), [days, measure]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words change with the language
  const line = useMemo<DayLine>(
    () => ({
      points: measured.map(({ at, figure, value }) => ({
        at,
        value,
        low: figure.low,
        high: figure.high,
        words: `${date(at)}\n${amount(figure, value)}\n${t("chart.interval")} ${interval(figure)}\nn = ${number(figure.n)}`,
      })),
      isShare: measured[0]?.figure.unit === "share",
      amount: (each) => (measured[0] ? amount(measured[0].figure, each) : ""),
      date,
      tick: shortDate,
    }),
    [measured, language],
  );
  const option = useCallback((palette: Palette) => dayLine(line, palette), [line]);
  if (measured.length === 0) return <p className="muted">{t("reports.noDays")}</p>;
  const label = t("chart.line", { name: t(`measure.${measure}.name`), ...lineWords(line) });
  return (
    <>
      <Chart label={label} height={HEIGHT_PX} option={option} />
      <details className="chart-numbers">
        <summary>{t("chart.numbers")}</summary>
        <div>
          <table>
            <thead>
              <tr>
                <th scope="col">{t("reports.day")}</th>
                <th scope="col">{t("reports.value")}</th>
                <th scope="col">{t("reports.interval")}</th>
                <th scope="col">{t("reports.n")}</th>
              </tr>
            </thead>
            <tbody className="number">
              {[...measured].reverse().map(({ at, figure }) => (
                <tr key={at}>
                  <th scope="row">{date(at)}</th>
                  <td>{value(figure)}</td>
                  <td>{interval(figure)}</td>
                  <td>{number(figure.n)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </>
  );
}
