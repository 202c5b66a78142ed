// The state of an order, by word and tone.

import type { OrderState } from "api";
import { useTranslation } from "react-i18next";

const TONES: Record<OrderState, string> = {
  unpaid: "warn",
  paid: "info",
  packing: "info",
  shipped: "accent",
  delivered: "good",
  completed: "good",
  cancelled: "",
  after_sales: "bad",
};

export function OrderStateTag({ state }: { state: OrderState }) {
  const { t } = useTranslation();
  return <span className={`chip ${TONES[state] ?? ""}`}>{t(`order.${state}`)}</span>;
}
