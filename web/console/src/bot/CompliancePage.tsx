// What may be said to shoppers: the platform's rules, the shop's own lists, and a text to try them on.

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { App, Button, Radio } from "antd";
import { ApiError, type Compliance, type ComplianceSettings, getCompliance, setCompliance } from "api";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { may, useMe } from "../app/me";
import { keyOf } from "../app/queries";
import { useFormat } from "../format/use";
import { Bones, Failed, useFaultText } from "../parts/States";
import { BotFrame } from "./BotFrame";
import { faultsOf, linesOf } from "./botSettings";
import { TryText } from "./TryText";
import { WordListField } from "./WordListField";
import "./settings.css";
import "./compliance.css";

const LISTS = ["words", "exceptions", "competitors"] as const;

export function CompliancePage() {
  const search = useSearch({ from: "/signed-in/bot/compliance" });
  return (
    <BotFrame tab="compliance" shopInAddress={search.shop}>
      {(shop) => <Content key={shop.id} shop={shop.id} />}
    </BotFrame>
  );
}

function Content({ shop }: { shop: string }) {
  const rules = useQuery({ queryKey: keyOf.compliance(shop), queryFn: () => getCompliance(shop) });
  if (rules.isPending) return <Bones rows={12} height={26} gap={18} />;
  if (!rules.data) return <Failed error={rules.error} onRetry={() => void rules.refetch()} />;
  return (
    <div className="page-body bot-settings">
      <RulesForm shop={shop} rules={rules.data} />
      <TryText shop={shop} />
    </div>
  );
}

function RulesForm({ shop, rules }: { shop: string; rules: Compliance }) {
  const { t } = useTranslation();
  const me = useMe();
  const client = useQueryClient();
  const { message } = App.useApp();
  const faultText = useFaultText();
  // Nothing written yet: what the server says is shown, also when it changes.
  const [written, setWritten] = useState<ComplianceSettings | null>(null);
  const draft = written ?? rules.settings;
  const mayEdit = may(me, "write_knowledge");
  const save = useMutation({
    mutationFn: (next: ComplianceSettings) => setCompliance(shop, next),
    onSuccess: (next) => {
      client.setQueryData(keyOf.compliance(shop), next);
      client.invalidateQueries({ queryKey: keyOf.botSettings(shop) });
      setWritten(null);
      message.success(t("compliance.saved"));
    },
    onError: (error) => void message.error(faultText(error)),
  });
  const faults = faultsOf(save.error instanceof ApiError ? save.error : null);
  function submit(event: FormEvent) {
    event.preventDefault();
    save.mutate(draft);
  }
  return (
    <form className="compliance-form" onSubmit={submit}>
      <PlatformBox
        rules={rules}
        platform={draft.platform}
        isReadOnly={!mayEdit}
        onChange={(platform) => setWritten({ ...draft, platform })}
      />
      <section className="box">
        <h2>{t("compliance.own")}</h2>
        {LISTS.map((list) => (
          <WordListField
            key={list}
            id={`compliance-${list}`}
            name={t(`compliance.${list}`)}
            hint={t(`compliance.${list}Hint`)}
            words={draft[list]}
            fault={faults[list]}
            isReadOnly={!mayEdit}
            onChange={(text) => setWritten({ ...draft, [list]: linesOf(text) })}
          />
        ))}
      </section>
      <footer className="bot-settings-do">
        <p className="muted">{t(mayEdit ? "botSettings.effect" : "botSettings.readOnly")}</p>
        {mayEdit && (
          <div className="bot-do">
            <Button disabled={!written || save.isPending} onClick={() => setWritten(null)}>
              {t("do.cancel")}
            </Button>
            <Button type="primary" htmlType="submit" loading={save.isPending} disabled={!written}>
              {t("do.save")}
            </Button>
          </div>
        )}
      </footer>
    </form>
  );
}

interface PlatformProps {
  rules: Compliance;
  platform: string;
  isReadOnly: boolean;
  onChange: (platform: string) => void;
}

function PlatformBox({ rules, platform, isReadOnly, onChange }: PlatformProps) {
  const { t } = useTranslation();
  const { words } = useFormat();
  const chosen = rules.platforms.find((each) => each.key === platform);
  return (
    <section className="box">
      <h2 id="compliance-platform">{t("compliance.platform")}</h2>
      <Radio.Group
        aria-labelledby="compliance-platform"
        value={platform}
        disabled={isReadOnly}
        onChange={(event) => onChange(event.target.value)}
        options={rules.platforms.map((each) => ({ value: each.key, label: words(each.title) }))}
      />
      <dl className="compliance-severities">
        {rules.categories.map((category) => {
          const severity = chosen?.severities[category.key];
          return (
            <div key={category.key}>
              <dt>{words(category.title)}</dt>
              <dd className={`marked-severity is-${severity ?? "off"}`}>
                {t(`severity.${severity ?? "off"}`)}
              </dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}
