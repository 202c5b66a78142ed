// Passing a conversation on: to a colleague, a group or the bot, with a word for whoever comes next.

import { useMutation, useQuery } from "@tanstack/react-query";
import { Input, Modal } from "antd";
import { type ConsoleConversation, type Controller, getTransferTargets, transfer } from "api";
import { Bot, UserRound, UsersRound } from "lucide-react";
import { type KeyboardEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { keyOf } from "../app/queries";
import { useFormat } from "../format/use";
import { focusFirst } from "../parts/focus";
import { Bones, Failed } from "../parts/States";
import { useRefresh } from "./useRefresh";
import "./work.css";

interface Target {
  key: string;
  to: Controller;
  icon: typeof Bot;
  name: string;
  detail: string;
}

export function TransferDialog({
  conversation,
  onClose,
}: {
  conversation: ConsoleConversation;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const { words } = useFormat();
  const [chosen, setChosen] = useState(0);
  const [sought, setSought] = useState("");
  const [note, setNote] = useState("");
  const targets = useQuery({
    queryKey: keyOf.targets(conversation.id),
    queryFn: ({ signal }) => getTransferTargets(conversation.id, signal),
    staleTime: 0,
  });
  const refresh = useRefresh(conversation.id);
  const go = useMutation({
    mutationFn: (to: Controller) => transfer(conversation.id, to, note.trim()),
    ...refresh,
    onSuccess: (next) => {
      refresh.onSuccess(next);
      onClose();
    },
  });
  const all: Target[] = [
    ...(targets.data?.agents.map((agent) => ({
      key: agent.id,
      to: { kind: "agent", agent: agent.id } as const,
      icon: UserRound,
      name: agent.name,
      detail: [
        t(`presence.${agent.presence}`),
        t("transfer.load", { open: agent.open, capacity: agent.capacity }),
        ...agent.skills,
      ].join(" · "),
    })) ?? []),
    ...(targets.data?.queues.map((queue) => ({
      key: queue.id,
      to: { kind: "queue", queue: queue.id } as const,
      icon: UsersRound,
      name: words(queue.name),
      detail: t("transfer.group", { online: queue.online, waiting: queue.waiting }),
    })) ?? []),
    { key: "bot", to: { kind: "bot" }, icon: Bot, name: t("speaker.bot"), detail: t("transfer.bot") },
  ];
  const shown = all.filter((target) => target.name.toLowerCase().includes(sought.trim().toLowerCase()));
  const at = Math.min(chosen, shown.length - 1);
  const target = shown[at];

  function onKey(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || shown.length === 0) return;
    event.preventDefault();
    setChosen((shown.length + at + step) % shown.length);
  }
  return (
    <Modal
      open
      title={t("transfer.title")}
      okText={target ? t("transfer.to", { name: target.name }) : t("transfer.title")}
      cancelText={t("do.cancel")}
      okButtonProps={{ disabled: !target, loading: go.isPending }}
      onOk={() => target && go.mutate(target.to)}
      onCancel={onClose}
      afterOpenChange={focusFirst}
      width={480}
    >
      <Input
        autoFocus
        value={sought}
        placeholder={t("transfer.search")}
        aria-label={t("transfer.search")}
        onChange={(event) => {
          setSought(event.target.value);
          setChosen(0);
        }}
        onKeyDown={onKey}
        onPressEnter={() => document.getElementById("transfer-note")?.focus()}
      />
      {targets.isPending && <Bones rows={4} height={32} />}
      {targets.isError && <Failed error={targets.error} onRetry={() => void targets.refetch()} />}
      <div className="targets" role="listbox" aria-label={t("transfer.title")}>
        {shown.map((each, index) => (
          <button
            key={each.key}
            type="button"
            role="option"
            aria-selected={index === at}
            className={index === at ? "is-at" : ""}
            onClick={() => setChosen(index)}
          >
            <each.icon size={16} />
            <b>{each.name}</b>
            <span className="muted ellipsis">{each.detail}</span>
          </button>
        ))}
      </div>
      <Input.TextArea
        id="transfer-note"
        autoSize={{ minRows: 2, maxRows: 6 }}
        value={note}
        maxLength={2000}
        placeholder={t("transfer.note")}
        aria-label={t("transfer.note")}
        onChange={(event) => setNote(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && target) go.mutate(target.to);
        }}
      />
    </Modal>
  );
}
