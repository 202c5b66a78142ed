// The detail of one step of a trace: possibilities with their chances as tables, facts by name, and behind them all of it.

import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useFormat } from "../format/use";
import { DetailTree } from "../parts/DetailTree";
import { readable, type TraceFact, type TraceTable } from "./traceDetail";

export function StepDetail({ detail }: { detail: unknown }) {
  const { t } = useTranslation();
  const { language } = useFormat();
  const { facts, tables } = readable(detail, language);
  const fieldName = useFieldName();
  const shown = useShown();
  return (
    <>
      {tables.map((table) => (
        <Possibilities key={table.field} table={table} />
      ))}
      <details>
        <summary>{t("trace.detail")}</summary>
        {facts.length > 0 && (
          <dl className="trace-facts">
            {facts.map((fact, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two branches may name a fact alike, and a trace never changes
              <div key={index}>
                <dt title={fact.field}>{fieldName(fact.field)}</dt>
                <dd>{shown(fact.value)}</dd>
              </div>
            ))}
          </dl>
        )}
        <details>
          <summary>{t("trace.raw")}</summary>
          <DetailTree value={detail} />
        </details>
      </details>
    </>
  );
}

function Possibilities({ table }: { table: TraceTable }) {
  const { t } = useTranslation();
  const fieldName = useFieldName();
  const shown = useShown();
  const { threshold } = table;
  return (
    <table className="trace-table">
      <caption>
        {fieldName(table.field)}
        {threshold !== undefined && (
          <span className="muted number">
            {" "}
            · {t("preview.threshold", { threshold: threshold.toFixed(2) })}
          </span>
        )}
      </caption>
      <tbody>
        {table.rows.map((row, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two rows may be called alike, and a trace never changes
          <tr key={index}>
            <td>
              {row.article ? (
                <Link
                  to="/knowledge/$article"
                  params={{ article: row.article }}
                  search={{ version: row.version }}
                >
                  {row.name}
                </Link>
              ) : (
                row.name
              )}
              {row.more.length > 0 && (
                <small className="muted number">
                  {row.more.map((fact) => `${fieldName(fact.field)} ${shown(fact.value)}`).join(" · ")}
                </small>
              )}
            </td>
            {row.chance !== undefined && (
              <td className="trace-chance">
                <span className="trace-bar" aria-hidden>
                  <i
                    className={threshold !== undefined && row.chance < threshold ? "is-under" : ""}
                    style={{ width: `${Math.round(Math.min(1, Math.max(0, row.chance)) * 100)}%` }}
                  />
                </span>
                <b className="number">{row.chance.toFixed(2)}</b>
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A field the console doesn't know keeps its own name. */
function useFieldName(): (field: string) => string {
  const { t } = useTranslation();
  return (field) => t(`traceField.${field}` as "traceField.plan", { defaultValue: field });
}

function useShown(): (value: TraceFact["value"]) => string {
  const { t } = useTranslation();
  const { number } = useFormat();
  return (value) => {
    if (typeof value === "boolean") return t(value ? "trace.yes" : "trace.no");
    // Codes the console knows are words; anything else is shown as it is.
    if (typeof value !== "number")
      return t(`traceValue.${value}` as "traceValue.zh", { defaultValue: value });
    return Number.isInteger(value) ? number(value) : value.toFixed(3);
  };
}
