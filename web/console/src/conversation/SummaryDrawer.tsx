// The conversation on one screen, at any moment: the lines a handoff card would have now, each leading to its event.

import { useQuery } from "@tanstack/react-query";
import { Drawer } from "antd";
import { getSummary } from "api";
import { useTranslation } from "react-i18next";
import { keyOf } from "../app/queries";
import { Bones, Failed } from "../parts/States";
import { HandoffPanel } from "./HandoffPanel";

export function SummaryDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation();
  const summary = useQuery({
    queryKey: keyOf.summary(id),
    queryFn: ({ signal }) => getSummary(id, signal),
    staleTime: 0,
    gcTime: 0,
  });
  return (
    <Drawer open size={520} title={t("work.summary")} onClose={onClose}>
      {summary.isPending && <Bones rows={8} height={18} />}
      {summary.isError && <Failed error={summary.error} onRetry={() => void summary.refetch()} />}
      {summary.data && <HandoffPanel id={`${id}.summary`} card={summary.data} isAnswered={false} />}
    </Drawer>
  );
}
