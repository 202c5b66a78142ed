// Who serves whom: queues, agents, hours and rules as one plan that is changed and saved together; and staffing.

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { App, Button } from "antd";
import { ApiError, getPlan, isCode, type PlanAgent, type PlanView, type RoutingPlan, savePlan } from "api";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { keyOf } from "../app/queries";
import { ShopSelect } from "../parts/ShopSelect";
import { Bones, Failed, useFaultText } from "../parts/States";
import { useShop } from "../parts/useShop";
import { HoursEditor } from "./HoursEditor";
import { QueuesEditor } from "./QueuesEditor";
import { RulesEditor } from "./RulesEditor";
import { SeatsEditor } from "./SeatsEditor";
import { StaffingPanel } from "./StaffingPanel";
import "../bot/bot.css";
import "./routing.css";

export interface EditorProps {
  shop: string;
  plan: RoutingPlan;
  agents: PlanAgent[];
  mayChange: boolean;
  onChange: (plan: RoutingPlan) => void;
}

const TABS = ["queues", "seats", "hours", "rules", "staffing"] as const;
type Tab = (typeof TABS)[number];
const EDITORS = { queues: QueuesEditor, seats: SeatsEditor, hours: HoursEditor, rules: RulesEditor };

export function RoutingPage() {
  const { t } = useTranslation();
  const search = useSearch({ from: "/signed-in/routing" });
  const navigate = useNavigate();
  const { shop, shops } = useShop(search.shop);
  const tab = TABS.find((each) => each === search.tab) ?? "queues";
  const go = (next: { shop?: string; tab?: string }) =>
    navigate({ to: "/routing", search: { ...search, ...next }, replace: true });
  const view = useQuery({
    queryKey: keyOf.plan(shop?.id ?? ""),
    queryFn: () => getPlan(shop?.id ?? ""),
    enabled: !!shop,
  });
  return (
    <div className="page">
      <header className="page-head">
        <div>
          <h1>{t("nav.routing")}</h1>
          <p>{t("routing.text")}</p>
        </div>
        <nav className="bot-tabs" aria-label={t("routing.tabs")}>
          {TABS.map((each) => (
            <button
              type="button"
              key={each}
              aria-current={each === tab ? "page" : undefined}
              className={each === tab ? "is-on" : ""}
              onClick={() => go({ tab: each })}
            >
              {t(`routing.${each}`)}
            </button>
          ))}
        </nav>
        <ShopSelect shops={shops} value={shop?.id} onChange={(id) => go({ shop: id })} />
      </header>
      <div className="page-body routing">
        {view.isPending && <Bones rows={10} height={26} />}
        {view.isError && <Failed error={view.error} onRetry={() => void view.refetch()} />}
        {view.data && shop && <Plan key={shop.id} shop={shop.id} view={view.data} tab={tab} />}
      </div>
    </div>
  );
}

/** Edits stay while one goes from tab to tab; they are saved together. */
function Plan({ shop, view, tab }: { shop: string; view: PlanView; tab: Tab }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { message } = App.useApp();
  const faultText = useFaultText();
  const [written, setWritten] = useState<{ version: number; plan: RoutingPlan } | null>(null);
  const save = useMutation({
    mutationFn: (next: { version: number; plan: RoutingPlan }) => savePlan(shop, next.version, next.plan),
    onSuccess: (saved) => {
      client.setQueryData(keyOf.plan(shop), saved);
      client.invalidateQueries({ queryKey: ["staffing", shop] });
      setWritten(null);
      message.success(t("routing.saved"));
    },
    onError: (error) => message.error(isCode(error, "conflict") ? t("routing.conflict") : faultText(error)),
  });
  const fields = save.error instanceof ApiError ? save.error.fields : [];
  const plan = written?.plan ?? view.plan;
  const mayChange = view.may_change;
  if (tab === "staffing")
    return mayChange ? (
      <StaffingPanel shop={shop} />
    ) : (
      <p className="muted">{t("routing.staffingNotAllowed")}</p>
    );
  const Editor = EDITORS[tab];
  return (
    <>
      {!mayChange && <p className="field-hint">{t("routing.readOnly")}</p>}
      <Editor
        shop={shop}
        plan={plan}
        agents={view.agents}
        mayChange={mayChange}
        onChange={(next) => setWritten({ version: written?.version ?? view.version, plan: next })}
      />
      {fields.length > 0 && (
        <p className="field-fault" role="alert">
          {fields.map((fault) => t("routing.fault", { field: fault.field, code: fault.code })).join(" ")}
        </p>
      )}
      {written && (
        <div className="bot-do routing-save">
          <Button disabled={save.isPending} onClick={() => setWritten(null)}>
            {t("do.cancel")}
          </Button>
          <Button type="primary" loading={save.isPending} onClick={() => save.mutate(written)}>
            {t("do.save")}
          </Button>
        </div>
      )}
    </>
  );
}
