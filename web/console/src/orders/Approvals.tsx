// What waits for somebody's approval: what was asked, by whom and why, and the decision.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { App, Button, Input } from "antd";
import { type ActionRecord, approveAction, refuseAction } from "api";
import { BadgeCheck, MessageSquare } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { keyOf } from "../app/queries";
import { useActionName } from "../bot/actions";
import { useFormat } from "../format/use";
import { Bones, Empty, Failed, useFaultText } from "../parts/States";
import { useWaiting } from "./waiting";
import "../parts/verdict.css";
import "./orders.css";

export function Approvals() {
  const { t } = useTranslation();
  const waiting = useWaiting();
  return (
    <div className="page">
      <header className="page-head">
        <div>
          <h1>{t("nav.approvals")}</h1>
          <p>{t("approvals.text")}</p>
        </div>
      </header>
      <div className="page-body">
        {waiting.isPending && <Bones rows={8} height={24} />}
        {waiting.isError && !waiting.data && (
          <Failed error={waiting.error} onRetry={() => void waiting.refetch()} />
        )}
        {waiting.data?.length === 0 && (
          <Empty icon={BadgeCheck} title={t("approvals.none")} text={t("approvals.noneText")} />
        )}
        <div className="approvals">
          {waiting.data?.map((record) => (
            <Approval key={record.id} record={record} />
          ))}
        </div>
      </div>
    </div>
  );
}

function Approval({ record }: { record: ActionRecord }) {
  const { t } = useTranslation();
  const { words, dateTime } = useFormat();
  const actionName = useActionName();
  const by = record.by_staff?.name ?? t(`actor.${record.by}`);
  return (
    <article className="approval" aria-label={`${actionName(record.name)} ${record.order ?? ""}`}>
      <header className="approval-head">
        <h3>{actionName(record.name)}</h3>
        {record.order && <span className="number">{record.order}</span>}
        {record.shopper && <span className="muted">{record.shopper}</span>}
        <span className="spread" />
        <small className="muted">
          {by} · {dateTime(record.created_at)}
        </small>
      </header>
      <ul className="preview-lines">
        {record.lines.map((line) => (
          <li key={line.zh + line.en}>{words(line)}</li>
        ))}
      </ul>
      {record.text && (
        <p className="approval-why">
          {words(record.text)} <code>{record.rule}</code>
        </p>
      )}
      <Decision record={record} />
    </article>
  );
}

function Decision({ record }: { record: ActionRecord }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { message } = App.useApp();
  const faultText = useFaultText();
  const [isRefusing, setRefusing] = useState(false);
  const [reason, setReason] = useState("");
  const settle = {
    onError: (error: Error) => void message.error(faultText(error)),
    onSettled: () => {
      client.invalidateQueries({ queryKey: keyOf.approvals });
      if (record.conversation) {
        client.invalidateQueries({ queryKey: keyOf.actions(record.conversation) });
        client.invalidateQueries({ queryKey: keyOf.orders(record.conversation) });
      }
    },
  };
  const approve = useMutation({
    mutationFn: () => approveAction(record.id),
    onSuccess: (done) => {
      const tell = done.state === "done" || done.state === "running" ? message.success : message.warning;
      tell(t(`actionOutcome.${done.state}`));
    },
    ...settle,
  });
  const refuse = useMutation({
    mutationFn: () => refuseAction(record.id, reason.trim() || undefined),
    onSuccess: () => void message.success(t("approvals.refused")),
    ...settle,
  });
  const isBusy = approve.isPending || refuse.isPending;
  return (
    <>
      {isRefusing && (
        <div className="approval-refuse">
          <label htmlFor={`reason-${record.id}`}>{t("approvals.reason")}</label>
          <Input.TextArea
            id={`reason-${record.id}`}
            value={reason}
            maxLength={500}
            autoFocus
            autoSize={{ minRows: 2, maxRows: 6 }}
            onChange={(event) => setReason(event.target.value)}
          />
        </div>
      )}
      <div className="bot-do">
        {record.conversation && (
          <Link
            to="/inbox/$conversation"
            params={{ conversation: record.conversation }}
            search={{ view: "open" }}
          >
            <Button icon={<MessageSquare size={14} />} tabIndex={-1}>
              {t("approvals.conversation")}
            </Button>
          </Link>
        )}
        <span className="spread" />
        {!record.may_decide ? (
          <span className="muted">
            {t("approvals.notYours", { who: t(`actor.${record.approver ?? "supervisor"}`) })}
          </span>
        ) : isRefusing ? (
          <>
            <Button disabled={isBusy} onClick={() => setRefusing(false)}>
              {t("do.cancel")}
            </Button>
            <Button danger type="primary" loading={refuse.isPending} onClick={() => refuse.mutate()}>
              {t("approvals.doRefuse")}
            </Button>
          </>
        ) : (
          <>
            <Button disabled={isBusy} onClick={() => setRefusing(true)}>
              {t("approvals.refuse")}
            </Button>
            <Button type="primary" loading={approve.isPending} onClick={() => approve.mutate()}>
              {t("approvals.approve")}
            </Button>
          </>
        )}
      </div>
    </>
  );
}
