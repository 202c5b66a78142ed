// What is promised of the answers the bot gives alone and of handing over, on what it rests, its terms, and what to judge
// for it.

import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { type Guarantee, getGuarantee } from "api";
import { CircleX, Lock, PauseCircle, Scale, ShieldCheck } from "lucide-react";
import { useTranslation } from "react-i18next";
import { may, useMe } from "../app/me";
import { keyOf } from "../app/queries";
import { useFormat } from "../format/use";
import { Bones, Empty, Failed } from "../parts/States";
import { BotFrame, useMaySee } from "./BotFrame";
import { CoverageChart } from "./CoverageChart";
import { HandoffPromise } from "./HandoffPromise";
import { Judging } from "./Judging";
import { sentenceOf } from "./standing";
import { TermsForm } from "./TermsForm";
import "./guarantee.css";

const LOOKS = {
  certified: { icon: ShieldCheck, tone: "good" },
  switchedOff: { icon: PauseCircle, tone: "info" },
  tooFew: { icon: Scale, tone: "warn" },
  tooManyErrors: { icon: CircleX, tone: "bad" },
} as const;

export function GuaranteePage() {
  const { t } = useTranslation();
  const search = useSearch({ from: "/signed-in/bot/guarantee" });
  const maySee = useMaySee("guarantee");
  return (
    <BotFrame tab="guarantee" shopInAddress={search.shop}>
      {(shop) =>
        maySee ? (
          <Content key={shop.id} shop={shop.id} />
        ) : (
          <Empty icon={Lock} title={t("fault.forbidden")} text={t("guarantee.notAllowed")} />
        )
      }
    </BotFrame>
  );
}

function Content({ shop }: { shop: string }) {
  const { t } = useTranslation();
  const me = useMe();
  const guarantee = useQuery({ queryKey: keyOf.guarantee(shop), queryFn: () => getGuarantee(shop) });
  if (guarantee.isPending) return <Bones rows={10} height={30} gap={20} />;
  if (!guarantee.data) return <Failed error={guarantee.error} onRetry={() => void guarantee.refetch()} />;
  const mayJudge = may(me, "supervise") && may(me, "read_conversations");
  return (
    // Who may only read finds nothing in it to focus, and has to scroll all the same.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <div className="page-body guarantee" role="region" aria-label={t("nav.bot")} tabIndex={0}>
      <Promised guarantee={guarantee.data} />
      <div className="guarantee-two">
        <CoverageChart days={guarantee.data.days} />
        <TermsForm shop={shop} terms={guarantee.data.terms} />
      </div>
      {mayJudge && <Judging shop={shop} open={guarantee.data.open} />}
      <HandoffPromise shop={shop} />
    </div>
  );
}

function Promised({ guarantee }: { guarantee: Guarantee }) {
  const { t } = useTranslation();
  const { percent, number } = useFormat();
  const sentence = sentenceOf(guarantee);
  const { icon: Icon, tone } = LOOKS[sentence.kind];
  const { terms } = guarantee;
  const words = {
    error: percent(terms.error),
    confidence: percent(terms.confidence),
    n: "n" in sentence ? number(sentence.n) : "",
    more: "more" in sentence ? number(sentence.more) : "",
  };
  const figures = [
    { name: t("guarantee.coverage"), value: guarantee.coverage == null ? "—" : percent(guarantee.coverage) },
    {
      name: t("guarantee.upperBound"),
      value: guarantee.upper_bound == null ? "—" : percent(guarantee.upper_bound),
    },
    { name: t("guarantee.threshold"), value: percent(guarantee.threshold) },
    { name: t("guarantee.judged"), value: number(guarantee.judged) },
  ];
  return (
    <>
      <div className={`bot-verdict bot-verdict-${tone} guarantee-sentence`} role="status">
        <Icon size={22} />
        <div>
          <b>{t(`guarantee.${sentence.kind}`, words)}</b>
          <p>{t(`guarantee.${sentence.kind}Text`)}</p>
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
      <p className="muted number">
        {t(guarantee.is_certified ? "guarantee.fromCertified" : "guarantee.fromShop", {
          threshold: percent(guarantee.threshold),
        })}{" "}
        {guarantee.answered > 0 &&
          t("guarantee.soFar", {
            answered: number(guarantee.answered),
            wrong: number(guarantee.wrong),
            most: percent(guarantee.wrong_at_most),
          })}
      </p>
    </>
  );
}
