// Putting a conversation to sleep: until a time, or until the shopper writes.

import { useMutation } from "@tanstack/react-query";
import { Input, Modal } from "antd";
import { type ConsoleConversation, snooze, wake } from "api";
import { AlarmClock, AlarmClockOff, MessageCircle } from "lucide-react";
import { type KeyboardEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../format/use";
import { focusFirst } from "../parts/focus";
import { localMinutes } from "../tasks/due";
import { snoozeTimes } from "./snoozeTimes";
import { useRefresh } from "./useRefresh";
import "./work.css";

export function SnoozeDialog({
  conversation,
  onClose,
}: {
  conversation: ConsoleConversation;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const { dateTime } = useFormat();
  const [now] = useState(Date.now);
  const [own, setOwn] = useState("");
  const refresh = useRefresh(conversation.id);
  const done = {
    ...refresh,
    onSuccess: (next: ConsoleConversation) => {
      refresh.onSuccess(next);
      onClose();
    },
  };
  const sleep = useMutation({
    mutationFn: (until: number | null) => snooze(conversation.id, until),
    ...done,
  });
  const up = useMutation({ mutationFn: () => wake(conversation.id), ...done });
  const ownAt = own ? new Date(own).getTime() : Number.NaN;

  function onKey(event: KeyboardEvent<HTMLDivElement>) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const all = [...event.currentTarget.querySelectorAll<HTMLButtonElement>("button")];
    const at = all.indexOf(document.activeElement as HTMLButtonElement);
    all[(all.length + at + step) % all.length]?.focus();
    event.preventDefault();
  }
  return (
    <Modal
      open
      title={t("snooze.title")}
      footer={null}
      onCancel={onClose}
      afterOpenChange={focusFirst}
      width={380}
    >
      <p className="muted">{t("snooze.text")}</p>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the arrows only move between the buttons inside */}
      <div className="targets" onKeyDown={onKey}>
        {snoozeTimes(now).map((time, index) => (
          <button
            key={time.id}
            type="button"
            // biome-ignore lint/a11y/noAutofocus: the dialog is opened to choose
            autoFocus={index === 0}
            disabled={sleep.isPending}
            onClick={() => sleep.mutate(time.until)}
          >
            {time.until === null ? <MessageCircle size={16} /> : <AlarmClock size={16} />}
            <b>{t(`snooze.${time.id}`)}</b>
            <span className="muted">{time.until === null ? "" : dateTime(time.until)}</span>
          </button>
        ))}
        {conversation.snoozed && (
          <button type="button" disabled={up.isPending} onClick={() => up.mutate()}>
            <AlarmClockOff size={16} />
            <b>{t("snooze.wake")}</b>
          </button>
        )}
      </div>
      <Input
        type="datetime-local"
        value={own}
        min={localMinutes(now)}
        aria-label={t("snooze.own")}
        addonBefore={t("snooze.own")}
        onChange={(event) => setOwn(event.target.value)}
        onPressEnter={() => ownAt > Date.now() && sleep.mutate(ownAt)}
      />
    </Modal>
  );
}
