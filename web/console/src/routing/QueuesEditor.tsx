// The queues, who serves them and where they overflow to; and the limits by which the desk assigns.

import { Button, Input, InputNumber, Select, Switch } from "antd";
import type { RoutingLimits, RoutingQueue } from "api";
import { Plus, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../format/use";
import { IconButton } from "../parts/IconButton";
import { newQueueId } from "./plan";
import type { EditorProps } from "./RoutingPage";

/** In seconds, with what is shown beside them. */
const LIMITS = [
  "answer_within_ms",
  "silent_ms",
  "offline_grace_ms",
  "sticky_wait_ms",
  "relax_skills_ms",
] as const;

export function QueuesEditor({ plan, agents, mayChange, onChange }: EditorProps) {
  const { t } = useTranslation();
  const { words } = useFormat();
  const change = (place: number, next: Partial<RoutingQueue>) =>
    onChange({
      ...plan,
      queues: plan.queues.map((each, at) => (at === place ? { ...each, ...next } : each)),
    });
  function remove(queue: RoutingQueue) {
    const queues = plan.queues
      .filter((each) => each.id !== queue.id)
      .map((each) => (each.overflow?.to === queue.id ? { ...each, overflow: null } : each));
    const rules = plan.rules?.map((rule) => (rule.queue === queue.id ? { ...rule, queue: null } : rule));
    onChange({ ...plan, queues, rules });
  }
  function add() {
    const id = newQueueId(Date.now(), (bytes) => crypto.getRandomValues(bytes));
    onChange({
      ...plan,
      queues: [...plan.queues, { id, name: { zh: "", en: "" }, members: [], overflow: null }],
    });
  }
  return (
    <>
      <LimitsEditor
        limits={plan.limits}
        mayChange={mayChange}
        onChange={(limits) => onChange({ ...plan, limits })}
      />
      <section className="box">
        <h2>{t("routing.queues")}</h2>
        <p className="field-hint">{t("routing.queuesText")}</p>
        {plan.queues.map((queue, place) => (
          <div className="routing-row" key={queue.id}>
            {(["zh", "en"] as const).map((language) => (
              <Input
                key={language}
                value={queue.name[language]}
                placeholder={t(`routing.name_${language}`)}
                aria-label={t(`routing.name_${language}`)}
                disabled={!mayChange}
                onChange={(event) =>
                  change(place, { name: { ...queue.name, [language]: event.target.value } })
                }
              />
            ))}
            <Select
              mode="multiple"
              value={queue.members}
              placeholder={t("routing.everybody")}
              aria-label={t("routing.members")}
              disabled={!mayChange}
              optionFilterProp="label"
              options={agents.map((agent) => ({ value: agent.id, label: agent.name }))}
              onChange={(members) => change(place, { members })}
            />
            <Select
              value={queue.overflow?.to ?? ""}
              aria-label={t("routing.overflow")}
              disabled={!mayChange}
              options={[
                { value: "", label: t("routing.noOverflow") },
                ...plan.queues
                  .filter((other) => other.id !== queue.id)
                  .map((other) => ({
                    value: other.id,
                    label: t("routing.overflowTo", { name: words(other.name) }),
                  })),
              ]}
              onChange={(to) =>
                change(place, { overflow: to ? { to, after_ms: queue.overflow?.after_ms ?? 120_000 } : null })
              }
            />
            {queue.overflow && (
              <InputNumber
                value={queue.overflow.after_ms / 1_000}
                min={1}
                suffix={t("routing.seconds")}
                aria-label={t("routing.overflowAfter")}
                disabled={!mayChange}
                onChange={(seconds) =>
                  queue.overflow &&
                  change(place, { overflow: { ...queue.overflow, after_ms: (seconds ?? 1) * 1_000 } })
                }
              />
            )}
            {place === 0 ? (
              <span className="muted">{t("routing.default")}</span>
            ) : (
              mayChange && <IconButton icon={Trash2} name={t("do.delete")} onClick={() => remove(queue)} />
            )}
          </div>
        ))}
        {mayChange && (
          <Button size="small" icon={<Plus size={14} />} onClick={add}>
            {t("routing.addQueue")}
          </Button>
        )}
      </section>
    </>
  );
}

interface LimitsProps {
  limits: RoutingLimits;
  mayChange: boolean;
  onChange: (limits: RoutingLimits) => void;
}

function LimitsEditor({ limits, mayChange, onChange }: LimitsProps) {
  const { t } = useTranslation();
  return (
    <section className="box">
      {/* biome-ignore lint/a11y/noLabelWithoutControl: the switch is inside */}
      <label className="routing-on">
        <Switch
          checked={limits.assigns}
          disabled={!mayChange}
          onChange={(assigns) => onChange({ ...limits, assigns })}
        />
        <b>{t("routing.assigns")}</b>
      </label>
      <p className="field-hint">{t("routing.assignsText")}</p>
      {/* biome-ignore lint/a11y/noLabelWithoutControl: the switch is inside */}
      <label className="routing-on">
        <Switch
          size="small"
          checked={limits.keeps_preference}
          disabled={!mayChange}
          onChange={(keeps_preference) => onChange({ ...limits, keeps_preference })}
        />
        {t("routing.keepsPreference")}
      </label>
      <div className="routing-limits">
        {LIMITS.map((limit) => (
          <div className="field" key={limit}>
            <label htmlFor={`limit-${limit}`}>{t(`routing.${limit}`)}</label>
            <InputNumber
              id={`limit-${limit}`}
              value={(limits[limit] ?? 0) / 1_000}
              min={0}
              suffix={t("routing.seconds")}
              disabled={!mayChange || !limits.assigns}
              onChange={(seconds) => onChange({ ...limits, [limit]: Math.round((seconds ?? 0) * 1_000) })}
            />
          </div>
        ))}
      </div>
    </section>
  );
}
