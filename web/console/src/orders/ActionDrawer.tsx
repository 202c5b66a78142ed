// Doing something to an order, step by step: choose, fill in, read the preview, confirm, see what came of it.

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Drawer } from "antd";
import {
  type ActionPreview,
  type ActionRecord,
  getOrderActions,
  isCode,
  type Order,
  type OrderAction,
  performAction,
  previewAction,
} from "api";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { keyOf } from "../app/queries";
import { useActionName } from "../bot/actions";
import { Bones, Failed } from "../parts/States";
import { ActionForm } from "./ActionForm";
import { ChooseAction } from "./ChooseAction";
import { type Draft, emptyDraft, type FormName } from "./draft";
import { Outcome } from "./Outcome";
import { PreviewStep } from "./PreviewStep";

interface Props {
  conversation: string;
  shop: string;
  order: Order;
  onClose: () => void;
}
interface Shown {
  action: OrderAction;
  preview: ActionPreview;
  /** Of this preview: pressing twice is one action. */
  key: string;
}

export function ActionDrawer({ conversation, shop, order, onClose }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const actionName = useActionName();
  const [name, setName] = useState<FormName | null>(null);
  const [draft, setDraft] = useState<Draft>(() => emptyDraft(order));
  const [shown, setShown] = useState<Shown | null>(null);
  const [record, setRecord] = useState<ActionRecord | null>(null);
  const offers = useQuery({
    queryKey: keyOf.orderActions(conversation, order.key),
    queryFn: ({ signal }) => getOrderActions(conversation, order.key, signal),
  });
  const look = useMutation({
    mutationFn: (action: OrderAction) => previewAction(conversation, action),
    onSuccess: (preview, action) => setShown({ action, preview, key: crypto.randomUUID() }),
  });
  const confirm = useMutation({
    mutationFn: ({ action, preview, key }: Shown) =>
      performAction(conversation, action, preview.token ?? "", key),
    onSuccess: setRecord,
    onError: (error, { action }) => {
      // Nothing was done: this is how it stands now, to be read and confirmed again.
      if (isCode(error, "action_changed", "confirmation_expired")) look.mutate(action);
    },
    onSettled: () => {
      client.invalidateQueries({ queryKey: keyOf.actions(conversation) });
      client.invalidateQueries({ queryKey: keyOf.orders(conversation) });
      client.invalidateQueries({ queryKey: keyOf.approvals });
    },
  });
  const offer = offers.data?.offers.find((each) => each.name === name);
  function restart() {
    setName(null);
    setShown(null);
    setRecord(null);
    setDraft(emptyDraft(order));
    look.reset();
    confirm.reset();
  }
  return (
    <Drawer
      open
      size={480}
      onClose={onClose}
      title={name ? `${actionName(name)} · ${order.key}` : t("orderActions.title", { order: order.key })}
    >
      {record ? (
        <Outcome record={record} conversation={conversation} onAgain={restart} onClose={onClose} />
      ) : shown ? (
        <PreviewStep
          preview={shown.preview}
          isBusy={confirm.isPending || look.isPending}
          error={confirm.error}
          onConfirm={() => confirm.mutate(shown)}
          onBack={() => {
            setShown(null);
            confirm.reset();
          }}
        />
      ) : name && offer ? (
        <ActionForm
          name={name}
          offer={offer}
          order={order}
          shop={shop}
          draft={draft}
          payments={offers.data?.payment_methods ?? []}
          isBusy={look.isPending}
          error={look.error}
          onChange={setDraft}
          onPreview={(action) => look.mutate(action)}
          onBack={restart}
        />
      ) : offers.data ? (
        <ChooseAction offers={offers.data.offers} onChoose={setName} />
      ) : offers.isError ? (
        <Failed error={offers.error} onRetry={() => void offers.refetch()} />
      ) : (
        <Bones rows={8} height={30} />
      )}
    </Drawer>
  );
}
