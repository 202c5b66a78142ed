// What the same shopper wrote about before, the latest first.

import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { getPast } from "api";
import { History } from "lucide-react";
import { useTranslation } from "react-i18next";
import { keyOf } from "../app/queries";
import { useFormat } from "../format/use";
import { Bones, Empty, Failed } from "../parts/States";

export function PastConversations({ id }: { id: string }) {
  const { t } = useTranslation();
  const { date } = useFormat();
  const past = useQuery({ queryKey: keyOf.past(id), queryFn: ({ signal }) => getPast(id, signal) });
  if (past.isPending) return <Bones rows={6} height={30} />;
  if (past.isError) return <Failed error={past.error} onRetry={() => void past.refetch()} />;
  if (past.data.length === 0) return <Empty icon={History} title={t("panel.noPast")} />;
  return (
    <ul className="past">
      {past.data.map((row) => (
        <li key={row.conversation}>
          <Link
            to="/inbox/$conversation"
            params={{ conversation: row.conversation }}
            search={{ view: "resolved" }}
          >
            <span className="past-head">
              <time className="number">{date(row.started_at)}</time>
              {row.stage === "resolved" && <span className="chip good">{t("stage.resolved")}</span>}
              {row.agent_name && <span className="muted">{row.agent_name}</span>}
            </span>
            <span className="ellipsis">{row.last.text || "…"}</span>
            {row.tags.length > 0 && (
              <small className="muted">{row.tags.map((tag) => `#${tag}`).join(" ")}</small>
            )}
          </Link>
        </li>
      ))}
    </ul>
  );
}
