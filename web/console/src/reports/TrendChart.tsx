// One measure day by day: a drawing, and the same as a table for whoever can't see it or wants the numbers.

import type { Measure, MeasuredDay } from "api";
import { useTranslation } from "react-i18next";
import { useFormat } from "../format/use";
import { pathOf, trendOf } from "./trend";
import { useFigure } from "./useFigure";

const FRAME = { width: 760, height: 230, left: 78, right: 16, top: 14, bottom: 28 };
const LINES = [0, 0.25, 0.5, 0.75, 1];

export function TrendChart({ days, measure }: { days: MeasuredDay[]; measure: Measure }) {
  const { t } = useTranslation();
  const { date } = useFormat();
  const { amount, value, interval } = useFigure();
  const { points, top } = trendOf(days, measure, FRAME);
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return <p className="muted">{t("reports.noDays")}</p>;
  const yOf = (share: number) => FRAME.top + (1 - share) * (FRAME.height - FRAME.top - FRAME.bottom);
  return (
    <>
      <svg className="trend" viewBox={`0 0 ${FRAME.width} ${FRAME.height}`} aria-hidden>
        {LINES.map((share) => (
          <g key={share}>
            <line x1={FRAME.left} x2={FRAME.width - FRAME.right} y1={yOf(share)} y2={yOf(share)} />
            <text x={FRAME.left - 8} y={yOf(share) + 4} textAnchor="end">
              {amount(first.figure, share * top)}
            </text>
          </g>
        ))}
        <path d={pathOf(points)} />
        {points.map((point) => (
          <circle key={point.at} cx={point.x} cy={point.y} r={3.5}>
            <title>{`${date(point.at)}: ${amount(point.figure, point.value)} (n = ${point.figure.n})`}</title>
          </circle>
        ))}
        <text x={first.x} y={FRAME.height - 8} textAnchor="start">
          {date(first.at)}
        </text>
        {last !== first && (
          <text x={last.x} y={FRAME.height - 8} textAnchor="end">
            {date(last.at)}
          </text>
        )}
      </svg>
      <details className="trend-numbers">
        <summary>{t("reports.day")}</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">{t("reports.day")}</th>
              <th scope="col">{t("reports.value")}</th>
              <th scope="col">{t("reports.interval")}</th>
              <th scope="col">{t("reports.n")}</th>
            </tr>
          </thead>
          <tbody>
            {points.map(({ at, figure }) => (
              <tr key={at}>
                <th scope="row">{date(at)}</th>
                <td className="number">{value(figure)}</td>
                <td className="number">{interval(figure)}</td>
                <td className="number">{figure.n}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </>
  );
}
