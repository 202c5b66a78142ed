// What would happen if somebody did something in a conversation: the verdict, the rule that decides, and in words.
// Nothing is done.

import { useMutation, useQuery } from "@tanstack/react-query";
import { AutoComplete, Button, Input, Select } from "antd";
import { type Actor, askWhatIf, getOrders, type Order, type Policy, type WhatIf } from "api";
import { CircleCheck, CircleHelp, CircleX, Scale } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { keyOf } from "../app/queries";
import { useFormat } from "../format/use";
import { Bones, Empty, Failed } from "../parts/States";
import { useActionName } from "./actions";
import { emptyWish, FORMS, isConversation, type WishDraft, type WishFault, wishOf } from "./wish";

const ACTORS: Actor[] = ["shopper", "bot", "model", "agent", "supervisor", "api"];
const VERDICTS = {
  allowed: { icon: CircleCheck, tone: "good" },
  needs_approval: { icon: CircleHelp, tone: "warn" },
  refused: { icon: CircleX, tone: "bad" },
} as const;

export function WhatIfPanel({ policy, conversation }: { policy?: Policy; conversation?: string }) {
  const { t } = useTranslation();
  const [id, setId] = useState(conversation ?? "");
  const [actor, setActor] = useState<Actor>("bot");
  const [draft, setDraft] = useState<WishDraft>(emptyWish);
  const [fault, setFault] = useState<WishFault | "conversation" | null>(null);
  const orders = useQuery({
    queryKey: keyOf.orders(id.trim()),
    queryFn: ({ signal }) => getOrders(id.trim(), signal),
    enabled: isConversation(id.trim()),
    // Only a convenience: without it the number is typed.
    retry: false,
  });
  const ask = useMutation({
    mutationFn: (action: Record<string, unknown>) => askWhatIf(id.trim(), action, actor),
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    if (!isConversation(id.trim())) return setFault("conversation");
    const wish = wishOf(draft);
    setFault(wish.isRight ? null : wish.fault);
    if (wish.isRight) ask.mutate(wish.action);
  }
  return (
    <aside className="bot-side" aria-label={t("whatIf.name")}>
      <h2>{t("whatIf.name")}</h2>
      <p className="muted bot-hint">{t("whatIf.text")}</p>
      <form onSubmit={submit} className="bot-form">
        <div className="field">
          <label htmlFor="what-if-conversation">{t("whatIf.conversation")}</label>
          <Input
            id="what-if-conversation"
            value={id}
            placeholder="cnv_…"
            spellCheck={false}
            onChange={(event) => setId(event.target.value)}
          />
          <Fault of="conversation" fault={fault} />
        </div>
        <WishFields draft={draft} orders={orders.data?.orders ?? []} fault={fault} onChange={setDraft} />
        <div className="field">
          <label htmlFor="what-if-actor">{t("whatIf.actor")}</label>
          <Select
            id="what-if-actor"
            value={actor}
            onChange={setActor}
            options={ACTORS.map((each) => ({ value: each, label: t(`actor.${each}`) }))}
          />
        </div>
        <div className="bot-do">
          <Button type="primary" size="small" htmlType="submit" loading={ask.isPending}>
            {t("whatIf.ask")}
          </Button>
        </div>
      </form>
      {ask.isPending && <Bones rows={4} height={24} />}
      {ask.isError && <Failed error={ask.error} />}
      {ask.isIdle && <Empty icon={Scale} title={t("whatIf.empty")} text={t("whatIf.emptyText")} />}
      {ask.isSuccess && <Verdict result={ask.data} policy={policy} action={String(ask.variables.action)} />}
    </aside>
  );
}

interface WishProps {
  draft: WishDraft;
  orders: Order[];
  fault: WishFault | "conversation" | null;
  onChange: (draft: WishDraft) => void;
}

function WishFields({ draft, orders, fault, onChange }: WishProps) {
  const { t } = useTranslation();
  const { words } = useFormat();
  const actionName = useActionName();
  const order = orders.find((each) => each.key === draft.order.trim());
  const change = (part: Partial<WishDraft>) => onChange({ ...draft, ...part });
  return (
    <>
      <div className="field">
        <label htmlFor="what-if-action">{t("whatIf.action")}</label>
        <Select
          id="what-if-action"
          value={draft.form}
          onChange={(form) => change({ form })}
          options={FORMS.map((each) => ({
            value: each,
            label: each === "other" ? t("whatIf.other") : actionName(each),
          }))}
        />
      </div>
      {draft.form === "other" ? (
        <div className="field">
          <label htmlFor="what-if-json">{t("whatIf.json")}</label>
          <Input.TextArea
            id="what-if-json"
            className="yaml"
            autoSize={{ minRows: 4, maxRows: 12 }}
            spellCheck={false}
            value={draft.json}
            onChange={(event) => change({ json: event.target.value })}
          />
          <Fault of="json" fault={fault} />
          <Fault of="action" fault={fault} />
        </div>
      ) : (
        <div className="field">
          <label htmlFor="what-if-order">{t("whatIf.order")}</label>
          <AutoComplete
            id="what-if-order"
            value={draft.order}
            onChange={(key) => change({ order: key ?? "", items: [] })}
            options={orders.map((each) => ({
              value: each.key,
              label: `${each.key} · ${t(`order.${each.state}`)}`,
            }))}
          />
          <Fault of="order" fault={fault} />
        </div>
      )}
      {draft.form === "return_items" && (
        <div className="field">
          <label htmlFor="what-if-items">{t("whatIf.items")}</label>
          <Select
            id="what-if-items"
            mode="tags"
            value={draft.items}
            onChange={(items) => change({ items })}
            options={(order?.lines ?? []).map((line) => ({
              value: line.variant,
              label: [words(line.title), words(line.options)].filter(Boolean).join(" · "),
            }))}
          />
          <Fault of="items" fault={fault} />
        </div>
      )}
      {(draft.form === "cancel_order" || draft.form === "return_items") && (
        <div className="field">
          <label htmlFor="what-if-reason">{t("whatIf.reason")}</label>
          <Input
            id="what-if-reason"
            value={draft.reason}
            onChange={(event) => change({ reason: event.target.value })}
          />
          <Fault of="reason" fault={fault} />
        </div>
      )}
    </>
  );
}

function Fault({ of, fault }: { of: WishFault | "conversation"; fault: WishFault | "conversation" | null }) {
  const { t } = useTranslation();
  return of === fault ? (
    <div className="field-fault" role="alert">
      {t(`whatIfFault.${of}`)}
    </div>
  ) : null;
}

function Verdict({ result, policy, action }: { result: WhatIf; policy?: Policy; action: string }) {
  const { t } = useTranslation();
  const { words, duration } = useFormat();
  const { icon: Icon, tone } = VERDICTS[result.verdict];
  const of = policy?.actions.find((each) => each.name === action);
  const rule = [...(of?.rules ?? []), ...(of?.approvals ?? [])].find((each) => each.name === result.rule);
  return (
    <div role="status">
      <div className={`bot-verdict bot-verdict-${tone}`}>
        <Icon size={18} />
        <div>
          <b>{t(`whatIf.${result.verdict}`)}</b>
          {result.rule && (
            <p>
              {t("policy.rule")} <code>{result.rule}</code>
            </p>
          )}
        </div>
      </div>
      {rule && <code className="cel">{rule.expression}</code>}
      <ul className="verdict-lines">
        {result.lines.map((line) => (
          <li key={line.zh + line.en}>{words(line)}</li>
        ))}
      </ul>
      {result.verdict !== "refused" && (
        <p className="muted">
          {result.undo_ms == null ? t("policy.noUndo") : t("policy.undo", { time: duration(result.undo_ms) })}
        </p>
      )}
    </div>
  );
}
