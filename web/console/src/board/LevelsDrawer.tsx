// What the shop promises: how long a shopper may wait for people. Queues with promises of their own keep them.

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Drawer, Form, InputNumber } from "antd";
import { getServiceLevels, type ServiceLevels, setServiceLevels } from "api";
import { useTranslation } from "react-i18next";
import { keyOf } from "../app/queries";
import { Bones, Failed, useFaultText } from "../parts/States";

const KINDS = ["first_reply_ms", "next_reply_ms", "resolution_ms"] as const;
/** What the desk allows. */
const SHORTEST_S = 5;
const LONGEST_S = 31 * 86_400;

export function LevelsDrawer({ shop, onClose }: { shop: string; onClose: () => void }) {
  const { t } = useTranslation();
  const levels = useQuery({ queryKey: keyOf.serviceLevels(shop), queryFn: () => getServiceLevels(shop) });
  return (
    <Drawer open title={t("levels.title")} onClose={onClose} size={400}>
      <p className="muted">{t("levels.text")}</p>
      {levels.isPending && <Bones rows={3} height={40} gap={20} />}
      {levels.isError && <Failed error={levels.error} onRetry={() => void levels.refetch()} />}
      {levels.data && <Levels shop={shop} levels={levels.data} />}
    </Drawer>
  );
}

function Levels({ shop, levels }: { shop: string; levels: ServiceLevels }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const faultText = useFaultText();
  const { message } = App.useApp();
  const save = useMutation({
    mutationFn: (seconds: Record<string, number | null>) => {
      const ms = (kind: string) => (seconds[kind] == null ? undefined : seconds[kind] * 1000);
      const [first_reply_ms, next_reply_ms, resolution_ms] = KINDS.map(ms);
      return setServiceLevels(shop, { ...levels, targets: { first_reply_ms, next_reply_ms, resolution_ms } });
    },
    onSuccess: (next) => {
      client.setQueryData(keyOf.serviceLevels(shop), next);
      message.success(t("levels.saved"));
    },
    onError: (error) => message.error(faultText(error)),
  });
  const seconds = Object.fromEntries(
    KINDS.map((kind) => [kind, levels.targets[kind] == null ? null : levels.targets[kind] / 1000]),
  );
  return (
    <Form layout="vertical" initialValues={seconds} onFinish={(values) => save.mutate(values)}>
      {KINDS.map((kind) => (
        <Form.Item key={kind} name={kind} label={t(`levels.${kind}`)}>
          <InputNumber min={SHORTEST_S} max={LONGEST_S} style={{ width: "100%" }} />
        </Form.Item>
      ))}
      <Button type="primary" htmlType="submit" loading={save.isPending}>
        {t("do.save")}
      </Button>
    </Form>
  );
}
