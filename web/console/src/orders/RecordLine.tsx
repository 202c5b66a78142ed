// One action that was asked for: what, by whom, what became of it, and undoing it while that is possible.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, Popconfirm } from "antd";
import { type ActionRecord, undoAction } from "api";
import { Undo2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { may, useMe } from "../app/me";
import { keyOf } from "../app/queries";
import { useActionName } from "../bot/actions";
import { useFormat, useNow } from "../format/use";
import { useFaultText } from "../parts/States";

export const STATE_TONES = {
  awaiting_approval: "warn",
  running: "info",
  done: "good",
  undone: "",
  refused: "bad",
  failed: "bad",
} as const;

export function RecordLine({ record, conversation }: { record: ActionRecord; conversation: string }) {
  const { t } = useTranslation();
  const { words, dateTime } = useFormat();
  const actionName = useActionName();
  const by = record.by_staff?.name ?? t(`actor.${record.by}`);
  return (
    <div className="record">
      <div className="record-head">
        <b>{actionName(record.name)}</b>
        <span className={`chip ${STATE_TONES[record.state]}`}>{t(`actionState.${record.state}`)}</span>
        <span className="spread" />
        <Undo record={record} conversation={conversation} />
      </div>
      <small className="muted">
        {by} · {dateTime(record.created_at)}
        {record.decided_by && ` · ${t("orderActions.decidedBy", { name: record.decided_by.name })}`}
        {record.reference && ` · ${record.reference}`}
      </small>
      {record.text && record.state !== "done" && record.state !== "undone" && (
        <small className="record-why">{words(record.text)}</small>
      )}
    </div>
  );
}

function Undo({ record, conversation }: { record: ActionRecord; conversation: string }) {
  const { t } = useTranslation();
  const me = useMe();
  const client = useQueryClient();
  const { message } = App.useApp();
  const { shortTime } = useFormat();
  const faultText = useFaultText();
  const now = useNow();
  const undo = useMutation({
    mutationFn: () => undoAction(conversation, record.id),
    onSuccess: () => void message.success(t("orderActions.undone")),
    onError: (error) => void message.error(faultText(error)),
    onSettled: () => {
      client.invalidateQueries({ queryKey: keyOf.actions(conversation) });
      client.invalidateQueries({ queryKey: keyOf.orders(conversation) });
    },
  });
  const isPossible = record.state === "done" && record.undo_until != null && record.undo_until > now;
  if (!isPossible || !may(me, "serve")) return null;
  return (
    <Popconfirm
      title={t("orderActions.undoTitle")}
      description={t("orderActions.undoUntil", { time: shortTime(record.undo_until ?? 0) })}
      okText={t("orderActions.undo")}
      cancelText={t("do.cancel")}
      onConfirm={() => undo.mutateAsync().catch(() => {})}
    >
      <Button size="small" type="text" icon={<Undo2 size={13} />} loading={undo.isPending}>
        {t("orderActions.undo")}
      </Button>
    </Popconfirm>
  );
}
