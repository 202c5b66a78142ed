// Whether the desk's drafts help: how often they were offered, taken, sent, and how much of them was changed.

import { useQuery } from "@tanstack/react-query";
import { getSuggestionUse } from "api";
import { useTranslation } from "react-i18next";
import { keyOf } from "../app/queries";
import { useFormat } from "../format/use";
import { Bones, Failed } from "../parts/States";

export function DraftUse({ shop }: { shop?: string }) {
  const { t } = useTranslation();
  const { number, percent } = useFormat();
  const use = useQuery({
    queryKey: [...keyOf.measures, "drafts", shop ?? ""],
    queryFn: () => getSuggestionUse(shop),
  });
  return (
    <section aria-label={t("reports.drafts")}>
      <h2>
        {t("reports.drafts")} <span className="muted">{t("reports.lastDays", { days: 30 })}</span>
      </h2>
      {use.isPending && <Bones rows={3} height={24} gap={10} />}
      {use.isError && <Failed error={use.error} onRetry={() => void use.refetch()} />}
      {use.data?.every((kind) => kind.shown === 0) && <p className="muted">{t("reports.noDrafts")}</p>}
      {use.data?.some((kind) => kind.shown > 0) && (
        <table className="figures">
          <thead>
            <tr>
              <th scope="col">{t("reports.draftFrom")}</th>
              <th scope="col">{t("reports.draftShown")}</th>
              <th scope="col">{t("reports.draftSent")}</th>
              <th scope="col">{t("reports.draftUnchanged")}</th>
              <th scope="col">{t("reports.draftChanged")}</th>
            </tr>
          </thead>
          <tbody className="number">
            {use.data.map((kind) => (
              <tr key={kind.kind}>
                <th scope="row">
                  {t(`reports.draft_${kind.kind}` as "reports.draft_article", { defaultValue: kind.kind })}
                </th>
                <td>{number(kind.shown)}</td>
                <td>{number(kind.sent)}</td>
                <td>{kind.sent ? percent(kind.unchanged / kind.sent) : "—"}</td>
                <td>{kind.chars ? percent(kind.edits / kind.chars) : "—"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
