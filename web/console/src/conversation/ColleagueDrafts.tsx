// What colleagues have begun to write here: taken into one's own reply where one may read it, asked for where not.

import { useQuery } from "@tanstack/react-query";
import { App, Button } from "antd";
import { getDrafts, wantDraft } from "api";
import { FilePenLine } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useMe } from "../app/me";
import { HEAL_MS, keyOf } from "../app/queries";
import { useFaultText } from "../parts/States";

export function ColleagueDrafts({ id, onTake }: { id: string; onTake: (text: string) => void }) {
  const { t } = useTranslation();
  const me = useMe();
  const { message } = App.useApp();
  const faultText = useFaultText();
  const { data = [] } = useQuery({
    queryKey: keyOf.drafts(id),
    queryFn: ({ signal }) => getDrafts(id, signal),
    refetchInterval: HEAL_MS,
  });
  const others = data.filter((draft) => draft.staff.id !== me.id);
  if (others.length === 0) return null;
  const ask = (staff: string) =>
    wantDraft(id, staff).then(
      () => message.success(t("work.draftAsked")),
      (error) => message.error(faultText(error)),
    );
  return (
    <ul className="colleague-drafts">
      {others.map((draft) => (
        <li key={draft.staff.id}>
          <FilePenLine size={13} />
          <span className="ellipsis" title={draft.text}>
            {draft.is_readable
              ? t("work.draftOf", { name: draft.staff.name, text: draft.text })
              : t("work.draftHidden", { name: draft.staff.name })}
          </span>
          {draft.is_readable ? (
            <Button size="small" type="text" onClick={() => onTake(draft.text)}>
              {t("work.takeDraft")}
            </Button>
          ) : (
            <Button size="small" type="text" onClick={() => void ask(draft.staff.id)}>
              {t("work.wantDraft")}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
