// Where the controlling agent writes; for everyone else a clear bar with the one thing that can be done.

import { Button } from "antd";
import type { ConsoleConversation } from "api";
import { LockKeyhole } from "lucide-react";
import { type Ref, useImperativeHandle, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "../app/me";
import { SpeakerMark } from "../parts/Speaker";
import { AskedAgain } from "./AskedAgain";
import { ColleagueDrafts } from "./ColleagueDrafts";
import { Act } from "./ConversationHead";
import { useDraft } from "./drafts";
import { ReplyBox, type ReplyBoxHandle } from "./ReplyBox";
import type { useActions } from "./useActions";
import { useRefusals } from "./useRefusals";
import "./composer.css";

export interface ComposerHandle {
  focus(): void;
  use(index: number): void;
}
interface Props {
  ref: Ref<ComposerHandle>;
  conversation?: ConsoleConversation;
  actions: ReturnType<typeof useActions>;
  lastShopperSeq: number;
  /** Whoever opened the conversation wants to write. */
  hasFocus?: boolean;
}

export function Composer({ ref, conversation, ...rest }: Props) {
  const box = useRef<ReplyBoxHandle>(null);
  useImperativeHandle(
    ref,
    () => ({ focus: () => box.current?.focus(), use: (index) => box.current?.use(index) }),
    [],
  );
  if (!conversation) return <div className="composer is-empty" />;
  return <OpenComposer box={box} conversation={conversation} {...rest} />;
}

interface OpenProps extends Omit<Props, "ref" | "conversation"> {
  box: Ref<ReplyBoxHandle>;
  conversation: ConsoleConversation;
}

function OpenComposer({ box, conversation, actions, lastShopperSeq, hasFocus }: OpenProps) {
  const { t } = useTranslation();
  const me = useMe();
  const [draft, write] = useDraft(me.id, conversation.id);
  useRefusals(conversation.id, me.id);
  const { may } = conversation;
  const isWriting = may.reply || (draft.isNote && may.note);
  return (
    <div className="composer">
      <ColleagueDrafts
        id={conversation.id}
        onTake={(text) => write({ text: draft.text ? `${draft.text}\n${text}` : text })}
      />
      {!may.reply && <ControlBar conversation={conversation} actions={actions} />}
      {!isWriting && draft.text && (
        <p className="composer-kept ellipsis">{t("composer.kept", { text: draft.text })}</p>
      )}
      {may.reply && !draft.isNote && <AskedAgain id={conversation.id} text={draft.text} />}
      {isWriting ? (
        <ReplyBox
          ref={box}
          conversation={conversation}
          draft={draft}
          write={write}
          lastShopperSeq={lastShopperSeq}
          hasFocus={hasFocus}
        />
      ) : (
        may.note && (
          <Button
            type="text"
            size="small"
            icon={<LockKeyhole size={13} />}
            onClick={() => write({ isNote: true })}
          >
            {t("composer.addNote")}
          </Button>
        )
      )}
    </div>
  );
}

function ControlBar({
  conversation,
  actions,
}: {
  conversation: ConsoleConversation;
  actions: Props["actions"];
}) {
  const { t } = useTranslation();
  const { may } = conversation;
  const isResolved = conversation.stage === "resolved";
  const kind = conversation.controller.kind;
  const words = isResolved
    ? t("composer.resolved")
    : kind === "agent"
      ? t("composer.withAgent", { name: conversation.agent_name ?? t("speaker.agent") })
      : t(kind === "bot" ? "composer.withBot" : "composer.inQueue");
  return (
    <div className={`control-bar ${isResolved ? "" : `control-${kind}`}`}>
      {!isResolved && <SpeakerMark kind={kind} size={22} />}
      <span>{words}</span>
      <span className="spread" />
      {isResolved || may.take_over ? (
        <Act action={isResolved ? actions.reopen : actions["take-over"]} isPrimary />
      ) : (
        <span className="muted">{t(kind === "agent" ? "composer.onlySupervisor" : "composer.mayNot")}</span>
      )}
    </div>
  );
}
