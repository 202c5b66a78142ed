// When the desk refuses a message (someone else took over, resolved meanwhile), its words go back into the draft.

import { App } from "antd";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { keyOf, queryClient } from "../app/queries";
import { giveBack } from "./drafts";
import { outbox, useOutgoing } from "./sending";

const CONTROL_LOST = ["not_controller", "stale_control", "resolved", "conflict"];

export function useRefusals(conversation: string, person: string): void {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const outgoing = useOutgoing(conversation);
  const refused = outgoing.filter(
    (each) => each.state === "refused" && CONTROL_LOST.includes(each.code ?? ""),
  );
  const ids = refused.map((each) => each.client_id).join(" ");
  useEffect(() => {
    if (!ids) return;
    for (const id of ids.split(" ").reverse()) {
      const taken = outbox().take(id);
      if (taken) giveBack(person, conversation, taken.text, taken.attachments);
    }
    message.warning(t("composer.refused"));
    queryClient.invalidateQueries({ queryKey: keyOf.conversation(conversation) });
    queryClient.invalidateQueries({ queryKey: keyOf.events(conversation) });
  }, [ids, conversation, person, message, t]);
}
