// When the desk refuses a message (someone else took over, resolved meanwhile, not to be said), its words go back into
// the draft.

import { App } from "antd";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { keyOf, queryClient } from "../app/queries";
import { giveBack } from "./drafts";
import { outbox, useOutgoing } from "./sending";

const CONTROL_LOST = ["not_controller", "stale_control", "resolved", "conflict"];
const NOT_COMPLIANT = "not_compliant";

export function useRefusals(conversation: string, person: string): void {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const outgoing = useOutgoing(conversation);
  const refused = outgoing.filter(
    (each) => each.state === "refused" && [...CONTROL_LOST, NOT_COMPLIANT].includes(each.code ?? ""),
  );
  const isForbidden = refused.some((each) => each.code === NOT_COMPLIANT);
  const ids = refused.map((each) => each.client_id).join(" ");
  useEffect(() => {
    if (!ids) return;
    for (const id of ids.split(" ").reverse()) {
      const taken = outbox().take(id);
      if (taken) giveBack(person, conversation, taken.text, taken.attachments);
    }
    message.warning(t(isForbidden ? "composer.notCompliant" : "composer.refused"));
    queryClient.invalidateQueries({ queryKey: keyOf.conversation(conversation) });
    queryClient.invalidateQueries({ queryKey: keyOf.events(conversation) });
  }, [ids, isForbidden, conversation, person, message, t]);
}
