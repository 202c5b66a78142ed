// The versions of an article: what each one changed, and the way back.

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Segmented } from "antd";
import { type Article, getVersions, restoreVersion } from "api";
import { History as HistoryIcon } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { keyOf } from "../app/queries";
import { useFormat } from "../format/use";
import { Bones, Failed, useFaultText } from "../parts/States";
import { Compare } from "./Compare";
import { emptyDraft } from "./draft";

export function History({
  article,
  mayRestore,
  shown,
  onRestored,
}: {
  article: Article;
  mayRestore: boolean;
  shown?: number;
  onRestored: () => void;
}) {
  const { t } = useTranslation();
  const { dateTime } = useFormat();
  const client = useQueryClient();
  const { message } = App.useApp();
  const faultText = useFaultText();
  const versions = useQuery({ queryKey: keyOf.versions(article.id), queryFn: () => getVersions(article.id) });
  const [chosen, setChosen] = useState(shown ?? article.version);
  const [against, setAgainst] = useState<"before" | "now">("before");
  const restore = useMutation({
    mutationFn: () => restoreVersion(article.id, chosen),
    onSuccess: (saved) => {
      message.success(t("article.versionRestored", { version: chosen }));
      client.invalidateQueries({ queryKey: keyOf.article(article.id) });
      client.invalidateQueries({ queryKey: keyOf.articles });
      setChosen(saved.version);
      onRestored();
    },
    onError: (error) => void message.error(faultText(error)),
  });
  if (versions.isPending) return <Bones rows={8} height={26} />;
  if (versions.isError) return <Failed error={versions.error} onRetry={() => void versions.refetch()} />;
  const list = [...versions.data].sort((a, b) => b.version - a.version);
  const version = list.find((each) => each.version === chosen) ?? list[0];
  if (!version) return null;
  const previous = list.find((each) => each.version < version.version);
  const current = list[0] ?? version;
  return (
    <div className="history">
      <ol>
        {list.map((each) => (
          <li key={each.version}>
            <button
              type="button"
              className={`history-version ${each.version === version.version ? "is-on" : ""}`}
              onClick={() => setChosen(each.version)}
            >
              <b className="number">
                v{each.version}{" "}
                {each.version === current.version && (
                  <span className="chip accent">{t("article.current")}</span>
                )}{" "}
                {each.archived && <span className="chip">{t("article.archived")}</span>}
              </b>
              <small className="muted">
                {each.updated_by} · {dateTime(each.updated_at)}
              </small>
            </button>
          </li>
        ))}
      </ol>
      <div>
        <div className="history-head">
          <Segmented
            size="small"
            value={against}
            onChange={setAgainst}
            options={[
              { value: "before", label: t("article.againstBefore") },
              { value: "now", label: t("article.againstNow") },
            ]}
          />
          <span className="spread" />
          {mayRestore && version.version !== current.version && (
            <Button
              size="small"
              icon={<HistoryIcon size={13} />}
              loading={restore.isPending}
              onClick={() => restore.mutate()}
            >
              {t("article.restoreVersion", { version: version.version })}
            </Button>
          )}
        </div>
        {against === "before" ? (
          <Compare before={previous?.draft ?? emptyDraft()} after={version.draft} />
        ) : (
          <Compare before={version.draft} after={current.draft} />
        )}
      </div>
    </div>
  );
}
