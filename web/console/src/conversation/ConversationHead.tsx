// The head of a conversation: with whom, who speaks now, and what can be done.

import { Button, Tooltip } from "antd";
import type { ConsoleConversation } from "api";
import {
  AlarmClock,
  ArrowRightLeft,
  BadgeCheck,
  ListTodo,
  NotebookText,
  PanelRight,
  Star,
  Tags,
  X,
} from "lucide-react";
import { useTranslation } from "react-i18next";
import { may, useMe } from "../app/me";
import { useFormat } from "../format/use";
import { DeadlineRing } from "../parts/DeadlineRing";
import { IconButton, TipWithKeys } from "../parts/IconButton";
import { ControllerTag } from "../parts/Speaker";
import { useShopperName } from "../shopper/name";
import type { Action, useActions } from "./useActions";
import type { WorkDialog } from "./WorkDialogs";

interface Props {
  conversation?: ConsoleConversation;
  actions: ReturnType<typeof useActions>;
  isPanelOpen: boolean;
  /** Absent where there is no room for the panel. */
  onPanel?: () => void;
  onDialog: (dialog: WorkDialog) => void;
  /** Of one of several side by side. */
  onClose?: () => void;
}

export function ConversationHead({ conversation, actions, isPanelOpen, onPanel, onDialog, onClose }: Props) {
  const { t } = useTranslation();
  const { words, shortTime } = useFormat();
  const me = useMe();
  const nameOf = useShopperName();
  if (!conversation) return <header className="conversation-head" />;
  const { shopper, controller, rating } = conversation;
  const isMine = controller.kind === "agent" && controller.agent === me.id;
  const shop = me.shops.find((each) => each.id === conversation.shop);
  const isOpen = conversation.stage === "open";
  return (
    <header className="conversation-head">
      <div className="head-who">
        <h2 className="ellipsis">
          {nameOf(shopper)}
          {shopper.verified && (
            <BadgeCheck size={15} className="verified" aria-label={t("shopper.verified")} />
          )}
        </h2>
        <div className="head-facts">
          {isOpen ? (
            <ControllerTag
              controller={controller}
              agentName={isMine ? t("speaker.you") : conversation.agent_name}
            />
          ) : (
            <span className="chip good">{t("stage.resolved")}</span>
          )}
          {shop && me.shops.length > 1 && <span className="ellipsis">{words(shop.name)}</span>}
          <span>{t(`language.${conversation.language}`)}</span>
          {conversation.deadlines.map((deadline) => (
            <DeadlineRing key={deadline.kind} deadline={deadline} />
          ))}
          {conversation.snoozed && (
            <span className="chip info">
              <AlarmClock size={11} />{" "}
              {conversation.snoozed.until ? shortTime(conversation.snoozed.until) : t("snooze.shopper")}
            </span>
          )}
          {conversation.tags.map((tag) => (
            <span key={tag} className="chip">
              #{tag}
            </span>
          ))}
          {rating && (
            <span className="head-stars" title={rating.comment ?? ""}>
              <Star size={12} fill="currentColor" /> {rating.stars}
            </span>
          )}
        </div>
      </div>
      <span className="spread" />
      <div className="head-acts">
        <IconButton
          icon={NotebookText}
          name={t("work.summary")}
          keys="u"
          onClick={() => onDialog("summary")}
        />
        <IconButton icon={Tags} name={t("tags.title")} keys="l" onClick={() => onDialog("tags")} />
        <IconButton icon={ListTodo} name={t("task.new")} keys="f" onClick={() => onDialog("task")} />
        {isMine && isOpen && (
          <IconButton
            icon={AlarmClock}
            name={t("snooze.title")}
            keys="z"
            onClick={() => onDialog("snooze")}
          />
        )}
        {isOpen && (isMine || (controller.kind === "agent" && may(me, "supervise"))) && (
          <IconButton
            icon={ArrowRightLeft}
            name={t("transfer.title")}
            keys="x"
            onClick={() => onDialog("transfer")}
          />
        )}
        {isMine && isOpen && <Act action={actions["hand-back"]} isIcon />}
        {isMine && isOpen && <Act action={actions.queue} isIcon />}
        {isOpen && <Act action={actions.resolve} isPrimary={isMine} />}
        {isOpen && !isMine && conversation.may.take_over && <Act action={actions["take-over"]} isPrimary />}
        {!isOpen && <Act action={actions.reopen} />}
      </div>
      {onPanel && (
        <IconButton icon={PanelRight} name={t("keys.panel")} keys="p" isOn={isPanelOpen} onClick={onPanel} />
      )}
      {onClose && <IconButton icon={X} name={t("do.close")} onClick={onClose} />}
    </header>
  );
}

export function Act({
  action,
  isPrimary,
  isIcon,
}: {
  action: Action;
  isPrimary?: boolean;
  isIcon?: boolean;
}) {
  const Icon = action.icon;
  const tip = action.keys ? <TipWithKeys name={action.name} keys={action.keys} /> : action.name;
  return (
    <Tooltip title={tip} mouseEnterDelay={0.4}>
      <Button
        type={isPrimary ? "primary" : "default"}
        icon={<Icon size={15} />}
        disabled={!action.isAllowed && !action.isBusy}
        loading={action.isBusy}
        aria-label={action.name}
        onClick={action.run}
      >
        {isIcon ? null : action.name}
      </Button>
    </Tooltip>
  );
}
