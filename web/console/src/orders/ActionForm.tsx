// The form of one action, from the arguments it takes.

import { Button } from "antd";
import type { ActionOffer, Order, OrderAction, PaymentMethod } from "api";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFaultText } from "../parts/States";
import { OfferLimits } from "./ChooseAction";
import { actionOf, type Draft, type Field, FORMS, type FormName } from "./draft";
import { AddressFields, InvoiceFields } from "./fields/AddressFields";
import { ChangesField, ItemField, ItemsField } from "./fields/ItemFields";
import { PicturesField } from "./fields/PicturesField";
import { DayField, DescriptionField, PaymentField, ProblemField, ReasonField } from "./fields/WordFields";

interface Props {
  name: FormName;
  offer: ActionOffer;
  order: Order;
  shop: string;
  draft: Draft;
  payments: PaymentMethod[];
  isBusy: boolean;
  error: Error | null;
  onChange: (draft: Draft) => void;
  onPreview: (action: OrderAction) => void;
  onBack: () => void;
}

export interface FieldProps {
  draft: Draft;
  order: Order;
  shop: string;
  payments: PaymentMethod[];
  change: (part: Partial<Draft>) => void;
}

const PARTS: Record<Field, (props: FieldProps) => React.ReactNode> = {
  reason: ReasonField,
  address: AddressFields,
  changes: ChangesField,
  payment: PaymentField,
  day: DayField,
  items: ItemsField,
  item: ItemField,
  problem: ProblemField,
  description: DescriptionField,
  pictures: PicturesField,
  invoice: InvoiceFields,
};

export function ActionForm(props: Props) {
  const { t } = useTranslation();
  const faultText = useFaultText();
  const [fault, setFault] = useState<Field | null>(null);
  const { name, draft, order } = props;
  function submit(event: FormEvent) {
    event.preventDefault();
    const made = actionOf(name, draft, order);
    setFault(made.isRight ? null : made.fault);
    if (made.isRight) props.onPreview(made.action);
  }
  const change = (part: Partial<Draft>) => props.onChange({ ...draft, ...part });
  return (
    <form className="action-form" onSubmit={submit}>
      <OfferLimits offer={props.offer} />
      {FORMS[name].map((field) => {
        const Part = PARTS[field];
        return (
          <div key={field}>
            <Part draft={draft} order={order} shop={props.shop} payments={props.payments} change={change} />
            {fault === field && (
              <div className="field-fault" role="alert">
                {t(`actionFault.${field}`)}
              </div>
            )}
          </div>
        );
      })}
      {props.error && (
        <p className="field-fault" role="alert">
          {faultText(props.error)}
        </p>
      )}
      <div className="bot-do">
        <Button onClick={props.onBack} disabled={props.isBusy}>
          {t("do.back")}
        </Button>
        <Button type="primary" htmlType="submit" loading={props.isBusy}>
          {t("orderActions.preview")}
        </Button>
      </div>
    </form>
  );
}
