// The keys of an open conversation; each is in the command palette too.

import type { ConsoleConversation, NoteKind } from "api";
import { useTranslation } from "react-i18next";
import { may, useMe } from "../app/me";
import { type KeyAction, useKeys } from "../keys/keys";
import type { useActions } from "./useActions";
import type { WorkDialog } from "./WorkDialogs";

interface Props {
  actions: ReturnType<typeof useActions>;
  conversation?: ConsoleConversation;
  /** Of several side by side the one the keys mean. */
  isActive: boolean;
  mayNote: boolean;
  openDialog: (dialog: WorkDialog) => void;
  takeSuggestion: (index: number) => void;
  focusReply: (isNote: boolean, kind?: NoteKind) => void;
  togglePanel: () => void;
}

export function useConversationKeys(props: Props): void {
  const { actions, conversation, isActive, mayNote, openDialog, takeSuggestion, focusReply, togglePanel } =
    props;
  const { t } = useTranslation();
  const me = useMe();
  const holds = conversation?.may.reply ?? false;
  const acts = Object.values(actions).map(
    (action): KeyAction => ({
      keys: action.keys ?? "",
      name: action.name,
      group: "conversation",
      run: action.run,
      isEnabled: isActive && action.isAllowed,
    }),
  );
  const own = (keys: string, name: string, run: () => void, isEnabled = true): KeyAction => ({
    keys,
    name,
    group: "conversation",
    run,
    isEnabled: isActive && isEnabled,
  });
  const note = (keys: string, kind: NoteKind, isEnabled = true) =>
    own(keys, t(`work.kind_${kind}`), () => focusReply(true, kind), mayNote && isEnabled);
  const hasAgent = conversation?.controller.kind === "agent";
  useKeys([
    ...acts,
    own("r", t("keys.reply"), () => focusReply(false)),
    own("n", t("keys.note"), () => focusReply(true), mayNote),
    note("q", "question"),
    note("w", "whisper", hasAgent && (holds || may(me, "supervise"))),
    note("v", "invitation"),
    own("s", t("suggest.first"), () => takeSuggestion(0), holds),
    own("x", t("transfer.title"), () => openDialog("transfer"), holds || (hasAgent && may(me, "supervise"))),
    own("z", t("snooze.title"), () => openDialog("snooze"), holds),
    own("l", t("tags.title"), () => openDialog("tags"), mayNote),
    own("f", t("task.new"), () => openDialog("task"), mayNote),
    own("u", t("work.summary"), () => openDialog("summary")),
    own("p", t("keys.panel"), togglePanel),
  ]);
}
