// The keys of an open conversation.

import { useTranslation } from "react-i18next";
import { type KeyAction, useKeys } from "../keys/keys";
import type { useActions } from "./useActions";

interface Props {
  actions: ReturnType<typeof useActions>;
  mayNote: boolean;
  focusReply: (isNote: boolean) => void;
  togglePanel: () => void;
}

export function useConversationKeys({ actions, mayNote, focusReply, togglePanel }: Props): void {
  const { t } = useTranslation();
  const acts = Object.values(actions)
    .filter((action) => action.keys)
    .map(
      (action): KeyAction => ({
        keys: action.keys ?? "",
        name: action.name,
        group: "conversation",
        run: action.run,
        isEnabled: action.isAllowed,
      }),
    );
  useKeys([
    ...acts,
    { keys: "r", name: t("keys.reply"), group: "conversation", run: () => focusReply(false) },
    {
      keys: "n",
      name: t("keys.note"),
      group: "conversation",
      run: () => focusReply(true),
      isEnabled: mayNote,
    },
    { keys: "p", name: t("keys.panel"), group: "conversation", run: togglePanel },
  ]);
}
