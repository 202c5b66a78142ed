// What can be done with a conversation, by button and by key; asks first only where it hurts.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import { act, type ConsoleConversation, type ConversationAction, isCode } from "api";
import { Bot, CircleCheckBig, Hand, type LucideIcon, RotateCcw, Undo2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useMe } from "../app/me";
import { keyOf } from "../app/queries";
import { freshener } from "../inbox/freshen";
import { useFaultText } from "../parts/States";
import { deeds } from "./deeds";

export interface Action {
  id: ConversationAction;
  name: string;
  keys?: string;
  icon: LucideIcon;
  isAllowed: boolean;
  isBusy: boolean;
  run: () => void;
}

export function useActions(
  conversation: ConsoleConversation | undefined,
  isUnanswered: boolean,
): Record<ConversationAction, Action> {
  const { t } = useTranslation();
  const me = useMe();
  const client = useQueryClient();
  const { message, modal } = App.useApp();
  const faultText = useFaultText();
  const id = conversation?.id ?? "";
  const go = useMutation({
    mutationFn: (action: ConversationAction) => act(id, action),
    onSuccess: (next) => client.setQueryData(keyOf.conversation(id), next),
    onError: (error, action) =>
      action === "resolve" && isCode(error, "offline")
        ? deeds().add({ kind: "resolve", conversation: id })
        : message.error(
            isCode(error, "stale_control", "not_controller") ? t("act.someoneFirst") : faultText(error),
          ),
    onSettled: () => {
      client.invalidateQueries({ queryKey: keyOf.conversation(id) });
      client.invalidateQueries({ queryKey: keyOf.events(id) });
      freshener(client).freshen(id);
    },
  });
  const may = conversation?.may;
  const controller = conversation?.controller;
  const isAnothers = controller?.kind === "agent" && controller.agent !== me.id;

  function ask(action: ConversationAction, title: string, text: string, ok: string) {
    modal.confirm({
      title,
      content: text,
      okText: ok,
      cancelText: t("do.cancel"),
      autoFocusButton: "ok",
      onOk: () => go.mutate(action),
    });
  }
  const build = (
    action: ConversationAction,
    name: string,
    icon: LucideIcon,
    isAllowed: boolean | undefined,
    run: () => void,
    keys?: string,
  ): Action => ({
    id: action,
    name,
    icon,
    keys,
    isAllowed: !!isAllowed && !go.isPending,
    isBusy: go.isPending && go.variables === action,
    run,
  });
  return {
    "take-over": build(
      "take-over",
      t("act.takeOver"),
      Hand,
      may?.take_over,
      () =>
        isAnothers
          ? ask(
              "take-over",
              t("act.takeOverAsk", { name: conversation?.agent_name ?? "" }),
              t("act.takeOverAskText"),
              t("act.takeOver"),
            )
          : go.mutate("take-over"),
      "t",
    ),
    "hand-back": build(
      "hand-back",
      t("act.handBack"),
      Bot,
      may?.hand_back,
      () => go.mutate("hand-back"),
      "b",
    ),
    queue: build("queue", t("act.queue"), Undo2, may?.hand_back, () => go.mutate("queue")),
    resolve: build(
      "resolve",
      t("act.resolve"),
      CircleCheckBig,
      may?.resolve,
      () =>
        isUnanswered
          ? ask("resolve", t("act.resolveAsk"), t("act.resolveAskText"), t("act.resolve"))
          : go.mutate("resolve"),
      "e",
    ),
    reopen: build("reopen", t("act.reopen"), RotateCcw, may?.reopen, () => go.mutate("reopen")),
  };
}
