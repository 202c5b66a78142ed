// Two versions of an article, field by field, with what was added and removed.

import type { ArticleDraft } from "api";
import { Fragment, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../format/use";
import { diff } from "./diff";
import { asText, type CompareField } from "./draft";

export function Compare({ before, after }: { before: ArticleDraft; after: ArticleDraft }) {
  const { t } = useTranslation();
  const { dateTime } = useFormat();
  const changed = useMemo(() => {
    const [a, b] = [asText(before, dateTime), asText(after, dateTime)];
    return (Object.keys(b) as CompareField[])
      .filter((field) => a[field] !== b[field])
      .map((field) => ({ field, pieces: diff(a[field], b[field]) }));
  }, [before, after, dateTime]);
  if (changed.length === 0) return <p className="muted">{t("article.noChanges")}</p>;
  return (
    <div className="compare">
      {changed.map(({ field, pieces }) => (
        <section key={field}>
          <h4>{t(`field.${field.replace(".", "_") as "zh_question"}`)}</h4>
          <div className="compare-text">
            {pieces.map((piece, index) => {
              const key = `${index}-${piece.kind}`;
              if (piece.kind === "added") return <ins key={key}>{piece.text}</ins>;
              if (piece.kind === "removed") return <del key={key}>{piece.text}</del>;
              return <Fragment key={key}>{piece.text}</Fragment>;
            })}
          </div>
        </section>
      ))}
    </div>
  );
}
