// What was done here and hasn't reached the desk yet, or was refused by it.

import { Button } from "antd";
import { CloudOff } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useMe } from "../app/me";
import { deeds, useDeeds } from "./deeds";
import { giveBack } from "./drafts";

export function WaitingDeeds({ id }: { id: string }) {
  const { t } = useTranslation();
  const me = useMe();
  const here = useDeeds().filter((deed) => deed.conversation === id);
  return here.map((deed) => (
    <div key={deed.id} className="deeds-waiting" role="status">
      <CloudOff size={13} />
      <span className="ellipsis">
        {t(deed.isRefused ? "work.deedRefused" : "work.deedWaits", {
          what: t(`work.deed_${deed.kind}`),
          detail: deed.kind === "note" ? deed.note.text : "tag" in deed ? deed.tag : "",
        })}
      </span>
      {deed.isRefused && (
        <Button
          size="small"
          type="text"
          onClick={() => {
            const dropped = deeds().drop(deed.id);
            if (dropped?.kind === "note") giveBack(me.id, id, dropped.note.text);
          }}
        >
          {t("work.drop")}
        </Button>
      )}
    </div>
  ));
}
