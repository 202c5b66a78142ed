// The state of an article and how it can be found, by word and tone.

import { Tooltip } from "antd";
import type { ArticleState, Indexed } from "api";
import { useTranslation } from "react-i18next";

const TONES: Record<ArticleState, string> = {
  live: "good",
  scheduled: "info",
  expired: "warn",
  archived: "",
};

export function ArticleStateTag({ state }: { state: ArticleState }) {
  const { t } = useTranslation();
  return <span className={`chip ${TONES[state]}`}>{t(`article.${state}`)}</span>;
}

/** Silent when all is well. */
export function IndexTag({ indexed }: { indexed: Indexed }) {
  const { t } = useTranslation();
  if (indexed === "hybrid") return null;
  return (
    <Tooltip title={t(`indexed.${indexed}Text`)}>
      <span className={`chip ${indexed === "pending" ? "info" : "warn"}`}>{t(`indexed.${indexed}`)}</span>
    </Tooltip>
  );
}
