// Rules that tell conversations apart, and what they would have done in the last week.

import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button, Input, InputNumber, Select } from "antd";
import { type DryRun, type RoutingPlan, type RoutingRule, tryPlan } from "api";
import { ArrowDown, ArrowUp, FlaskConical, Plus, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../format/use";
import { IconButton } from "../parts/IconButton";
import { useFaultText } from "../parts/States";
import { skillsIn } from "./plan";
import type { EditorProps } from "./RoutingPage";

const PRIORITIES = [0, 1, 2, 3] as const;

export function RulesEditor({ shop, plan, mayChange, onChange }: EditorProps) {
  const { t } = useTranslation();
  const faultText = useFaultText();
  const rules = plan.rules ?? [];
  const change = (next: RoutingRule[]) => onChange({ ...plan, rules: next });
  const run = useMutation({ mutationFn: (wanted: RoutingPlan) => tryPlan(shop, wanted) });
  function move(place: number, by: number) {
    const next = [...rules];
    const [rule] = next.splice(place, 1);
    if (rule) next.splice(place + by, 0, rule);
    change(next);
  }
  return (
    <>
      <section className="box">
        <h2>{t("routing.rules")}</h2>
        <p className="field-hint">{t("routing.rulesText")}</p>
        {rules.map((rule, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a rule has nothing else that stays while it is written
          <div className="routing-rule" key={place}>
            <RuleFields
              rule={rule}
              plan={plan}
              mayChange={mayChange}
              onChange={(next) => change(rules.map((each, at) => (at === place ? next : each)))}
            />
            {mayChange && (
              <div className="bot-do">
                <IconButton
                  icon={ArrowUp}
                  name={t("routing.earlier")}
                  isDisabled={place === 0}
                  onClick={() => move(place, -1)}
                />
                <IconButton
                  icon={ArrowDown}
                  name={t("routing.later")}
                  isDisabled={place === rules.length - 1}
                  onClick={() => move(place, 1)}
                />
                <IconButton
                  icon={Trash2}
                  name={t("do.delete")}
                  onClick={() => change(rules.filter((_, at) => at !== place))}
                />
              </div>
            )}
          </div>
        ))}
        {mayChange && (
          <div className="bot-do">
            <Button
              size="small"
              icon={<Plus size={14} />}
              onClick={() => change([...rules, { name: "", when: "", skills: [] }])}
            >
              {t("routing.addRule")}
            </Button>
            <Button
              size="small"
              icon={<FlaskConical size={14} />}
              loading={run.isPending}
              onClick={() => run.mutate(plan)}
            >
              {t("routing.dryRun")}
            </Button>
          </div>
        )}
        {run.isError && (
          <p className="field-fault" role="alert">
            {faultText(run.error)}
          </p>
        )}
      </section>
      {run.data && <DryRunBox run={run.data} plan={run.variables ?? plan} />}
    </>
  );
}

interface RuleProps {
  rule: RoutingRule;
  plan: RoutingPlan;
  mayChange: boolean;
  onChange: (rule: RoutingRule) => void;
}

function RuleFields({ rule, plan, mayChange, onChange }: RuleProps) {
  const { t } = useTranslation();
  const { words } = useFormat();
  const change = (next: Partial<RoutingRule>) => onChange({ ...rule, ...next });
  const disabled = !mayChange;
  return (
    <>
      <Input
        value={rule.name}
        placeholder={t("routing.ruleName")}
        aria-label={t("routing.ruleName")}
        maxLength={60}
        disabled={disabled}
        onChange={(event) => change({ name: event.target.value })}
      />
      <Input.TextArea
        value={rule.when}
        className="routing-when"
        placeholder="language == 'en' && level >= 2"
        aria-label={t("routing.when")}
        autoSize={{ minRows: 1, maxRows: 4 }}
        maxLength={1000}
        disabled={disabled}
        onChange={(event) => change({ when: event.target.value })}
      />
      <div className="routing-row">
        <Select
          value={rule.queue ?? ""}
          aria-label={t("routing.toQueue")}
          disabled={disabled}
          options={[
            { value: "", label: t("routing.anyQueue") },
            ...plan.queues.map((queue) => ({ value: queue.id, label: words(queue.name) })),
          ]}
          onChange={(queue) => change({ queue: queue || null })}
        />
        <Select
          mode="tags"
          value={rule.skills}
          placeholder={t("routing.noSkillsNeeded")}
          aria-label={t("routing.skills")}
          disabled={disabled}
          options={skillsIn(plan).map((skill) => ({ value: skill, label: skill }))}
          onChange={(skills) => change({ skills })}
        />
        <Select
          value={rule.priority ?? -1}
          aria-label={t("routing.priority")}
          disabled={disabled}
          options={[
            { value: -1, label: t("routing.noPriority") },
            ...PRIORITIES.map((priority) => ({
              value: priority,
              label: t("routing.priorityOf", { n: priority }),
            })),
          ]}
          onChange={(priority) => change({ priority: priority < 0 ? null : priority })}
        />
        <InputNumber
          value={rule.weight == null ? null : rule.weight / 100}
          min={0.1}
          max={10}
          step={0.5}
          placeholder={t("routing.usualWeight")}
          aria-label={t("routing.takes")}
          disabled={disabled}
          onChange={(weight) => change({ weight: weight == null ? null : Math.round(weight * 100) })}
        />
      </div>
    </>
  );
}

function DryRunBox({ run, plan }: { run: DryRun; plan: RoutingPlan }) {
  const { t } = useTranslation();
  const { words } = useFormat();
  const nameOf = (id: string) => {
    const queue = plan.queues.find((each) => each.id === id);
    return queue ? words(queue.name) : t("routing.goneQueue");
  };
  return (
    <section className="box" aria-label={t("routing.dryRun")}>
      <h2>{t("routing.dryRunOf", { n: run.conversations })}</h2>
      {run.unservable > 0 && (
        <p className="field-fault" role="alert">
          {t("routing.unservable", { n: run.unservable })}
        </p>
      )}
      <ul>
        {run.rules.map((rule) => (
          <li key={rule.name}>{t("routing.ruleApplied", { name: rule.name, n: rule.applied })}</li>
        ))}
        {run.queues.map((queue) => (
          <li key={queue.queue}>
            {t("routing.queueGets", { name: nameOf(queue.queue), would: queue.would, had: queue.had })}
          </li>
        ))}
      </ul>
      {run.moved.length > 0 && (
        <>
          <h3>{t("routing.moved")}</h3>
          <ul>
            {run.moved.map((moved) => (
              <li key={moved.conversation}>
                <Link
                  to="/inbox/$conversation"
                  params={{ conversation: moved.conversation }}
                  search={{ view: "open" }}
                >
                  {moved.ask || moved.conversation}
                </Link>
                {` — ${nameOf(moved.from)} → ${nameOf(moved.to)}`}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
