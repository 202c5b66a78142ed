// One order: lines, parcels with their way so far, refunds; its number can be copied or put into the reply.

import { App } from "antd";
import type { Order, Refund, Shipment } from "api";
import { Copy, CornerDownLeft } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useConversationTools } from "../conversation/context";
import { useFormat, useNow } from "../format/use";
import { OrderActions } from "../orders/OrderActions";
import { copyText } from "../parts/copy";
import { IconButton } from "../parts/IconButton";
import { Picture } from "../parts/Picture";
import { OrderStateTag } from "./OrderStateTag";

interface Props {
  conversation: string;
  shop: string;
  order: Order;
  isOpen: boolean;
}

export function OrderBox({ conversation, shop, order, isOpen }: Props) {
  const { t } = useTranslation();
  const { money, words, dateTime } = useFormat();
  return (
    <details className="order" open={isOpen}>
      <summary>
        <span className="number order-key">{order.key}</span>
        <OrderStateTag state={order.state} />
      </summary>
      <div className="order-body">
        <div className="order-line order-when">
          <span className="muted">{t("order.placed", { time: dateTime(order.placed_at) })}</span>
          <span className="spread" />
          <CopyAndInsert text={order.key} />
        </div>
        {order.lines.map((line) => (
          <div key={line.variant} className="order-line">
            <Picture url={line.picture} size={36} />
            <div className="order-what">
              <span className="ellipsis" title={words(line.title)}>
                {words(line.title)}
              </span>
              <small className="muted">{words(line.options)}</small>
            </div>
            <span className="number order-price">
              {money(line.unit_price)}
              <small className="muted">×{line.quantity}</small>
            </span>
          </div>
        ))}
        <div className="order-line order-total">
          <span className="muted">{t("order.total")}</span>
          <b className="number">{money(order.total)}</b>
        </div>
        {order.shipments?.map((shipment) => (
          <Parcel key={shipment.key} shipment={shipment} />
        ))}
        {order.refunds?.map((refund) => (
          <RefundLine key={refund.key} refund={refund} />
        ))}
        <OrderActions conversation={conversation} shop={shop} order={order} />
      </div>
    </details>
  );
}

function CopyAndInsert({ text }: { text: string }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const { insert } = useConversationTools();
  return (
    <>
      <IconButton
        icon={Copy}
        size={13}
        name={t("do.copyIt", { text })}
        onClick={async () => {
          if (await copyText(text)) message.success(t("do.copied"));
        }}
      />
      <IconButton
        icon={CornerDownLeft}
        size={13}
        name={t("do.insertIt", { text })}
        onClick={() => insert(text)}
      />
    </>
  );
}

function Parcel({ shipment }: { shipment: Shipment }) {
  const { t } = useTranslation();
  const { words, dateTime, date } = useFormat();
  const isLate =
    useNow() > (shipment.expected_at ?? Number.POSITIVE_INFINITY) && shipment.state !== "delivered";
  const scans = [...(shipment.scans ?? [])].reverse();
  return (
    <div className="parcel">
      <div className="order-line">
        <b>{words(shipment.carrier)}</b>
        <span
          className={`chip ${shipment.state === "delivered" ? "good" : ["failed", "lost"].includes(shipment.state) ? "bad" : "info"}`}
        >
          {t(`shipment.${shipment.state}`)}
        </span>
        {isLate && <span className="chip bad">{t("shipment.late")}</span>}
      </div>
      <div className="order-line">
        <span className="number muted ellipsis">{shipment.tracking_number}</span>
        <span className="spread" />
        <CopyAndInsert text={shipment.tracking_number} />
      </div>
      {shipment.expected_at && shipment.state !== "delivered" && (
        <small className={isLate ? "bad-text" : "muted"}>
          {t("shipment.expected", { date: date(shipment.expected_at) })}
        </small>
      )}
      <ol className="scans">
        {scans.map((scan) => (
          <li key={scan.at + scan.what.en}>
            <span>{words(scan.what)}</span>
            <small className="muted">
              {words(scan.place)} · {dateTime(scan.at)}
            </small>
          </li>
        ))}
      </ol>
    </div>
  );
}

function RefundLine({ refund }: { refund: Refund }) {
  const { t } = useTranslation();
  const { money, words, date } = useFormat();
  const tone = {
    requested: "warn",
    approved: "info",
    returning: "info",
    processing: "info",
    paid: "good",
    refused: "bad",
  }[refund.state];
  return (
    <div className="parcel">
      <div className="order-line">
        <b>
          {t("refund.name")} <span className="number">{money(refund.amount)}</span>
        </b>
        <span className={`chip ${tone}`}>{t(`refund.${refund.state}`)}</span>
      </div>
      <small className="muted">
        {words(refund.reason)}
        {refund.method && ` · ${refund.method}`}
        {refund.due_at && ` · ${t("refund.due", { date: date(refund.due_at) })}`}
      </small>
    </div>
  );
}
