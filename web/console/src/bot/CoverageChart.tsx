// The share of questions answered alone, day by day: a line, and the same as a table.

import type { GuaranteeDay } from "api";
import { ChartLine } from "lucide-react";
import { useCallback, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Chart } from "../charts/Chart";
import { type DayLine, dayLine, lineWords } from "../charts/dayLine";
import type { Palette } from "../charts/option";
import { useFormat } from "../format/use";
import { Empty } from "../parts/States";

const HEIGHT_PX = 240;

export function CoverageChart({ days }: { days: GuaranteeDay[] }) {
  const { t } = useTranslation();
  // A day without a question has no share.
  const asked = useMemo(() => days.filter((day) => day.asked > 0), [days]);
  return (
    <section className="box">
      <h2>{t("guarantee.overTime")}</h2>
      {asked.length === 0 ? (
        <Empty icon={ChartLine} title={t("guarantee.noDays")} text={t("guarantee.noDaysText")} />
      ) : (
        <>
          <Line days={asked} />
          <Numbers days={asked} />
        </>
      )}
    </section>
  );
}

function Line({ days }: { days: GuaranteeDay[] }) {
  const { t } = useTranslation();
  const { percent, date, shortDate, number, language } = useFormat();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words change with the language
  const line = useMemo<DayLine>(() => {
    const words = (day: GuaranteeDay) =>
      t("guarantee.ofDay", {
        share: percent(day.answered / day.asked),
        answered: number(day.answered),
        asked: number(day.asked),
      });
    return {
      points: days.map((day) => ({
        at: day.begins_at,
        value: day.answered / day.asked,
        words: `${date(day.begins_at)}\n${words(day)}`,
      })),
      isShare: true,
      amount: percent,
      date,
      tick: shortDate,
    };
  }, [days, language]);
  const option = useCallback((palette: Palette) => dayLine(line, palette), [line]);
  const label = t("chart.line", { name: t("guarantee.overTime"), ...lineWords(line) });
  return <Chart label={label} height={HEIGHT_PX} option={option} />;
}

function Numbers({ days }: { days: GuaranteeDay[] }) {
  const { t } = useTranslation();
  const { percent, date, number } = useFormat();
  return (
    <details className="chart-numbers">
      <summary>{t("chart.numbers")}</summary>
      <div>
        <table>
          <thead>
            <tr>
              <th scope="col">{t("guarantee.day")}</th>
              <th scope="col">{t("guarantee.asked")}</th>
              <th scope="col">{t("guarantee.answered")}</th>
              <th scope="col">{t("guarantee.covered")}</th>
              <th scope="col">{t("guarantee.judgedAlone")}</th>
              <th scope="col">{t("guarantee.wrong")}</th>
            </tr>
          </thead>
          <tbody className="number">
            {[...days].reverse().map((day) => (
              <tr key={day.begins_at}>
                <th scope="row">{date(day.begins_at)}</th>
                <td>{number(day.asked)}</td>
                <td>{number(day.answered)}</td>
                <td>{percent(day.answered / day.asked)}</td>
                <td>{number(day.judged)}</td>
                <td>{number(day.wrong)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
