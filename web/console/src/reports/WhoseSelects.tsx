// Narrowing a report to one agent or one queue, as the plans of the shops name them.

import { useQueries } from "@tanstack/react-query";
import { Select } from "antd";
import { getPlan } from "api";
import { useTranslation } from "react-i18next";
import { useMe } from "../app/me";
import { keyOf } from "../app/queries";
import { useFormat } from "../format/use";

interface Props {
  shop?: string;
  agent?: string;
  queue?: string;
  onAgent: (agent: string | undefined) => void;
  onQueue: (queue: string | undefined) => void;
}

export function WhoseSelects({ shop, agent, queue, onAgent, onQueue }: Props) {
  const { t } = useTranslation();
  const { words } = useFormat();
  const me = useMe();
  const shops = me.shops.filter((each) => !shop || each.id === shop);
  const plans = useQueries({
    queries: shops.map(({ id }) => ({ queryKey: keyOf.plan(id), queryFn: () => getPlan(id) })),
    combine: (results) => results.flatMap(({ data }) => (data ? [data] : [])),
  });
  // Somebody may serve several shops.
  const agents = new Map(plans.flatMap((plan) => plan.agents.map(({ id, name }) => [id, name] as const)));
  const queues = plans.flatMap(({ plan }) => plan.queues ?? []);
  return (
    <>
      <Select
        value={agent ?? ""}
        showSearch={{ optionFilterProp: "label" }}
        aria-label={t("reports.agent")}
        popupMatchSelectWidth={false}
        onChange={(next) => onAgent(next || undefined)}
        options={[
          { value: "", label: t("reports.anyAgent") },
          ...[...agents].map(([value, label]) => ({ value, label })),
        ]}
      />
      {queues.length > 0 && (
        <Select
          value={queue ?? ""}
          aria-label={t("reports.queue")}
          popupMatchSelectWidth={false}
          onChange={(next) => onQueue(next || undefined)}
          options={[
            { value: "", label: t("reports.anyQueue") },
            ...queues.map(({ id, name }) => ({ value: id, label: words(name) })),
          ]}
        />
      )}
    </>
  );
}
