// How many turns that needed a human the bot misses at most, on what it rests, its terms, and the turns to judge for it.

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, InputNumber, Switch } from "antd";
import { getHandoff, type Handoff, type HandoffTerms, setHandoff } from "api";
import { Scale, ShieldCheck } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { may, useMe } from "../app/me";
import { keyOf } from "../app/queries";
import { useFormat } from "../format/use";
import { Bones, Failed, useFaultText } from "../parts/States";
import { HandoffJudging } from "./HandoffJudging";

/** In percent on the screen, as shares in the API. */
const SHARES = ["misses", "confidence", "share"] as const;
const NUMBERS = [
  "failure_cost",
  "human_cost",
  "wait_cost_per_minute",
  "amount_limit",
  "reply_within_minutes",
] as const;

export function HandoffPromise({ shop }: { shop: string }) {
  const { t } = useTranslation();
  const me = useMe();
  const handoff = useQuery({ queryKey: keyOf.handoff(shop), queryFn: () => getHandoff(shop) });
  if (handoff.isPending) return <Bones rows={6} height={30} gap={20} />;
  if (!handoff.data) return <Failed error={handoff.error} onRetry={() => void handoff.refetch()} />;
  const mayJudge = may(me, "supervise") && may(me, "read_conversations");
  return (
    <section className="handoff-promise" aria-label={t("handoffPromise.name")}>
      <h2>{t("handoffPromise.name")}</h2>
      <Promised handoff={handoff.data} />
      <TermsForm key={JSON.stringify(handoff.data.terms)} shop={shop} terms={handoff.data.terms} />
      {mayJudge && <HandoffJudging shop={shop} open={handoff.data.open} />}
    </section>
  );
}

function Promised({ handoff }: { handoff: Handoff }) {
  const { t } = useTranslation();
  const { percent, number } = useFormat();
  const isCertified = handoff.threshold != null;
  const words = {
    misses: percent(handoff.terms.misses),
    confidence: percent(handoff.terms.confidence),
    n: number(handoff.needed),
    more: number(handoff.more),
  };
  const share = (value: number | null | undefined) => (value == null ? "—" : percent(value));
  const figures = [
    { name: t("handoffPromise.judged"), value: number(handoff.judged) },
    { name: t("handoffPromise.needed"), value: number(handoff.needed) },
    { name: t("handoffPromise.missed"), value: number(handoff.missed) },
    {
      name: t("handoffPromise.missedAtMost"),
      value: handoff.needed > 0 ? percent(handoff.missed_at_most) : "—",
    },
    { name: t("handoffPromise.falseShare"), value: share(handoff.false_share) },
    {
      name: t("handoffPromise.falsely"),
      value: t("handoffPromise.askedAgainOf", {
        again: number(handoff.falsely),
        asking: number(handoff.handed_over),
      }),
    },
    {
      name: t("handoffPromise.askedAgain"),
      value: t("handoffPromise.askedAgainOf", {
        again: number(handoff.agent_asking_again),
        asking: number(handoff.agent_asking),
      }),
    },
  ];
  const Icon = isCertified ? ShieldCheck : Scale;
  return (
    <>
      <div
        className={`bot-verdict bot-verdict-${isCertified ? "good" : "warn"} guarantee-sentence`}
        role="status"
      >
        <Icon size={22} />
        <div>
          <b>{t(isCertified ? "handoffPromise.certified" : "handoffPromise.tooFew", words)}</b>
          <p>{t(isCertified ? "handoffPromise.certifiedText" : "handoffPromise.tooFewText")}</p>
        </div>
      </div>
      <dl className="guarantee-figures">
        {figures.map((figure) => (
          <div key={figure.name}>
            <dt>{figure.name}</dt>
            <dd className="number">{figure.value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function TermsForm({ shop, terms }: { shop: string; terms: HandoffTerms }) {
  const { t } = useTranslation();
  const me = useMe();
  const client = useQueryClient();
  const { message } = App.useApp();
  const faultText = useFaultText();
  const [draft, setDraft] = useState(terms);
  const mayEdit = may(me, "write_knowledge");
  const isChanged = JSON.stringify(draft) !== JSON.stringify(terms);
  const save = useMutation({
    mutationFn: (next: HandoffTerms) => setHandoff(shop, next),
    onSuccess: (handoff) => {
      client.setQueryData(keyOf.handoff(shop), handoff);
      message.success(t("handoffPromise.saved"));
    },
    onError: (error) => message.error(faultText(error)),
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    save.mutate(draft);
  }
  const field = (name: (typeof SHARES)[number] | (typeof NUMBERS)[number], scale: number) => (
    <div key={name} className="field">
      <label htmlFor={`handoff-${name}`}>{t(`handoffPromise.${name}`)}</label>
      <InputNumber
        id={`handoff-${name}`}
        value={Number((draft[name] * scale).toFixed(4))}
        min={0}
        disabled={!mayEdit}
        onChange={(value) => setDraft({ ...draft, [name]: (value ?? 0) / scale })}
      />
    </div>
  );
  return (
    <form className="box guarantee-terms" onSubmit={submit}>
      <h2>{t("handoffPromise.terms")}</h2>
      <div className="handoff-terms">
        {NUMBERS.map((name) => field(name, 1))}
        {SHARES.map((name) => field(name, 100))}
      </div>
      {/* biome-ignore lint/a11y/noLabelWithoutControl: the switch is inside */}
      <label className="guarantee-on">
        <Switch
          size="small"
          checked={draft.is_on}
          disabled={!mayEdit}
          onChange={(isOn) => setDraft({ ...draft, is_on: isOn })}
        />
        {t("handoffPromise.isOn")}
      </label>
      <p className="field-hint">{t("handoffPromise.costHint")}</p>
      {mayEdit && (
        <div className="bot-do">
          <Button size="small" disabled={!isChanged || save.isPending} onClick={() => setDraft(terms)}>
            {t("do.cancel")}
          </Button>
          <Button
            type="primary"
            size="small"
            htmlType="submit"
            loading={save.isPending}
            disabled={!isChanged}
          >
            {t("do.save")}
          </Button>
        </div>
      )}
    </form>
  );
}
