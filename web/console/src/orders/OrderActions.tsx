// Below an order: what was done to it in this conversation, and the way to do more. Mounted by the shopper's panel.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { type ActionRecord, getActions, type Order } from "api";
import { Wrench } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { may, useMe } from "../app/me";
import { keyOf } from "../app/queries";
import { ActionDrawer } from "./ActionDrawer";
import { RecordLine } from "./RecordLine";
import "../parts/verdict.css";
import "./orders.css";

/** While the shop is at it, and while somebody has to agree. */
const RUNNING_MS = 2_000;
const WAITING_MS = 10_000;

function askAgainMs(records: ActionRecord[]): number | false {
  if (records.some((record) => record.state === "running")) return RUNNING_MS;
  return records.some((record) => record.state === "awaiting_approval") && WAITING_MS;
}

/** When an action comes to its end, the order has changed as well. */
function useFreshOrders(conversation: string, records: ActionRecord[]): void {
  const client = useQueryClient();
  const states = records.map((record) => `${record.id} ${record.state}`).join();
  const seen = useRef(states);
  useEffect(() => {
    if (seen.current && seen.current !== states)
      client.invalidateQueries({ queryKey: keyOf.orders(conversation) });
    seen.current = states;
  }, [client, conversation, states]);
}

export function OrderActions(props: { conversation: string; shop: string; order: Order }) {
  const { t } = useTranslation();
  const me = useMe();
  const [isOpen, setOpen] = useState(false);
  const actions = useQuery({
    queryKey: keyOf.actions(props.conversation),
    queryFn: ({ signal }) => getActions(props.conversation, signal),
    // The shop, or whoever approves, doesn't tell when it is done.
    refetchInterval: ({ state }) => askAgainMs(state.data ?? []),
  });
  const own = (actions.data ?? []).filter((record) => record.order === props.order.key);
  useFreshOrders(props.conversation, own);
  return (
    <section className="order-actions" aria-label={t("orderActions.name")}>
      {own.map((record) => (
        <RecordLine key={record.id} record={record} conversation={props.conversation} />
      ))}
      {may(me, "serve") && (
        <Button size="small" icon={<Wrench size={13} />} onClick={() => setOpen(true)}>
          {t("orderActions.open")}
        </Button>
      )}
      {isOpen && <ActionDrawer {...props} onClose={() => setOpen(false)} />}
    </section>
  );
}
