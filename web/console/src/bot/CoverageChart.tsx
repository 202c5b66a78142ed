// The share of questions answered alone, day by day: a drawing, each point with its number, and the same as a table.

import { Tooltip } from "antd";
import type { GuaranteeDay } from "api";
import { ChartLine } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../format/use";
import { Empty } from "../parts/States";
import { type Frame, type Point, pathOf, pointsOf } from "./chart";

const FRAME: Frame = { width: 640, height: 240, left: 44, right: 16, top: 14, bottom: 28 };
const LINES = [0, 0.25, 0.5, 0.75, 1];

export function CoverageChart({ days }: { days: GuaranteeDay[] }) {
  const { t } = useTranslation();
  const points = pointsOf(days, FRAME);
  return (
    <section className="box">
      <h2>{t("guarantee.overTime")}</h2>
      {points.length === 0 ? (
        <Empty icon={ChartLine} title={t("guarantee.noDays")} text={t("guarantee.noDaysText")} />
      ) : (
        <>
          <Drawing points={points} />
          <Numbers points={points} />
        </>
      )}
    </section>
  );
}

function Drawing({ points }: { points: Point[] }) {
  const { t } = useTranslation();
  const { percent, date, number } = useFormat();
  const { width, height, left, right, top, bottom } = FRAME;
  const yOf = (share: number) => top + (1 - share) * (height - top - bottom);
  const ends = points.length > 1 ? [points[0], points.at(-1)] : [points[0]];
  return (
    // What it shows stands in the table below it.
    <svg className="coverage" viewBox={`0 0 ${width} ${height}`} aria-hidden>
      {LINES.map((share) => (
        <g key={share}>
          <line x1={left} x2={width - right} y1={yOf(share)} y2={yOf(share)} className="coverage-line" />
          <text x={left - 8} y={yOf(share) + 4} textAnchor="end">
            {percent(share)}
          </text>
        </g>
      ))}
      <path d={pathOf(points)} className="coverage-path" />
      {points.map((point) => (
        <Tooltip
          key={point.day.begins_at}
          title={
            <span className="number">
              {date(point.day.begins_at)}
              <br />
              {t("guarantee.ofDay", {
                share: percent(point.coverage),
                answered: number(point.day.answered),
                asked: number(point.day.asked),
              })}
            </span>
          }
        >
          <g>
            <circle cx={point.x} cy={point.y} r={10} className="coverage-reach" />
            <circle cx={point.x} cy={point.y} r={3.5} className="coverage-point" />
          </g>
        </Tooltip>
      ))}
      {ends.map(
        (point, index) =>
          point && (
            <text
              key={point.day.begins_at}
              x={point.x}
              y={height - 8}
              textAnchor={points.length === 1 ? "middle" : index ? "end" : "start"}
            >
              {date(point.day.begins_at)}
            </text>
          ),
      )}
    </svg>
  );
}

function Numbers({ points }: { points: Point[] }) {
  const { t } = useTranslation();
  const { percent, date, number } = useFormat();
  return (
    <details className="coverage-numbers">
      <summary>{t("guarantee.numbers")}</summary>
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
            {[...points].reverse().map(({ day, coverage }) => (
              <tr key={day.begins_at}>
                <th scope="row">{date(day.begins_at)}</th>
                <td>{number(day.asked)}</td>
                <td>{number(day.answered)}</td>
                <td>{percent(coverage)}</td>
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
