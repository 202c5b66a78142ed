// What may be done to orders, rule by rule, and beside it what would happen in a conversation.

import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { getPolicy, type Policy, type PolicyAction, type PolicyRule } from "api";
import { Scale } from "lucide-react";
import { useTranslation } from "react-i18next";
import { may, useMe } from "../app/me";
import { keyOf } from "../app/queries";
import { useFormat } from "../format/use";
import { Bones, Empty, Failed } from "../parts/States";
import { useActionName } from "./actions";
import { BotFrame } from "./BotFrame";
import { WhatIfPanel } from "./WhatIfPanel";
import "./policy.css";

export function PolicyPage() {
  const search = useSearch({ from: "/signed-in/bot/policy" });
  return (
    <BotFrame tab="policy" shopInAddress={search.shop}>
      {(shop) => <Content key={shop.id} shop={shop.id} conversation={search.conversation} />}
    </BotFrame>
  );
}

function Content({ shop, conversation }: { shop: string; conversation?: string }) {
  const { t } = useTranslation();
  const me = useMe();
  const policy = useQuery({ queryKey: keyOf.policy(shop), queryFn: () => getPolicy(shop) });
  const mayAsk = may(me, "read_conversations");
  return (
    <div className={mayAsk ? "bot-two" : "bot-one"}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and has nothing else that takes the focus */}
      <section className="bot-main" tabIndex={0} aria-label={t("bot.policy")}>
        {policy.isPending && <Bones rows={12} height={26} gap={18} />}
        {policy.isError && !policy.data && (
          <Failed error={policy.error} onRetry={() => void policy.refetch()} />
        )}
        {policy.data && <Rules policy={policy.data} />}
      </section>
      {mayAsk && <WhatIfPanel key={conversation} policy={policy.data} conversation={conversation} />}
    </div>
  );
}

function Rules({ policy }: { policy: Policy }) {
  const { t } = useTranslation();
  const { words } = useFormat();
  if (policy.actions.length === 0)
    return <Empty icon={Scale} title={t("policy.none")} text={t("policy.noneText")} />;
  return (
    <>
      <h2 className="policy-title">{words(policy.title)}</h2>
      {policy.actions.map((action) => (
        <Action key={action.name} action={action} />
      ))}
    </>
  );
}

function Action({ action }: { action: PolicyAction }) {
  const { t } = useTranslation();
  const { duration } = useFormat();
  const actionName = useActionName();
  return (
    <section className="policy-action">
      <header>
        <h3>{actionName(action.name)}</h3>
        <code className="muted">{action.name}</code>
        <span className="spread" />
        <span className="muted">
          {action.undo_ms == null ? t("policy.noUndo") : t("policy.undo", { time: duration(action.undo_ms) })}
        </span>
      </header>
      <p className="policy-who">
        <span className="muted">{t("policy.who")}</span>
        {action.who.length === 0 && <span className="chip bad">{t("policy.nobody")}</span>}
        {action.who.map((actor) => (
          <span key={actor} className="chip">
            {t(`actor.${actor}`)}
          </span>
        ))}
      </p>
      {action.rules.length === 0 && action.approvals.length === 0 ? (
        <p className="muted">{t("policy.noRules")}</p>
      ) : (
        <table className="policy-rules">
          <thead>
            <tr>
              <th scope="col">{t("policy.rule")}</th>
              <th scope="col">{t("policy.says")}</th>
              <th scope="col">{t("policy.expression")}</th>
            </tr>
          </thead>
          <tbody>
            {action.rules.map((rule) => (
              <Rule key={rule.name} rule={rule} />
            ))}
            {action.approvals.map((rule) => (
              <Rule key={rule.name} rule={rule} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

/** A rule that refuses, or with `by` one that asks somebody first. */
function Rule({ rule }: { rule: PolicyRule }) {
  const { t } = useTranslation();
  const { words } = useFormat();
  const by = rule.by === "agent" || rule.by === "supervisor" ? t(`actor.${rule.by}`) : rule.by;
  return (
    <tr>
      <td>
        <span className={`chip ${by ? "warn" : ""}`}>
          {by ? t("policy.approvalBy", { who: by }) : t("policy.required")}
        </span>
        <code>{rule.name}</code>
      </td>
      <td>{words(rule.text)}</td>
      <td>
        <code className="cel">{rule.expression}</code>
      </td>
    </tr>
  );
}
