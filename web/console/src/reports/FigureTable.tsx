// All measures: the name carries its definition, and chooses the trend.

import { Tooltip } from "antd";
import type { Figure, Measure } from "api";
import { useTranslation } from "react-i18next";
import { useFormat } from "../format/use";
import { useFigure } from "./useFigure";

interface Props {
  figures: Figure[];
  chosen: Measure;
  onChoose: (measure: Measure) => void;
}

export function FigureTable({ figures, chosen, onChoose }: Props) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const { value, interval, hint } = useFigure();
  return (
    <section className="figures-box" aria-label={t("nav.reports")}>
      <table className="figures">
        <thead>
          <tr>
            <th scope="col">{t("reports.measure")}</th>
            <th scope="col">{t("reports.value")}</th>
            <th scope="col">{t("reports.interval")}</th>
            <th scope="col">{t("reports.n")}</th>
            <th scope="col">{t("reports.undecided")}</th>
          </tr>
        </thead>
        <tbody>
          {figures.map((figure) => {
            const name = t(`measure.${figure.measure}.name`);
            return (
              <tr key={figure.measure} className={figure.measure === chosen ? "is-on" : ""}>
                <th scope="row">
                  <Tooltip title={t(`measure.${figure.measure}.text`)} placement="right">
                    <button
                      type="button"
                      aria-pressed={figure.measure === chosen}
                      aria-label={t("reports.showTrend", { name })}
                      onClick={() => onChoose(figure.measure)}
                    >
                      {name}
                    </button>
                  </Tooltip>
                  {hint(figure) && <small>{hint(figure)}</small>}
                </th>
                <td className="number">{value(figure)}</td>
                <td className="number muted">{interval(figure)}</td>
                <td className="number">{number(figure.n)}</td>
                <td className="number muted">{figure.undecided ? number(figure.undecided) : ""}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
