// One order: how far it is, where its parcels are, what was refunded, and paying it when it isn't paid.

import { useEffect, useState } from "preact/hooks";
import { api, Refused } from "../api";
import { note } from "../behaviour";
import { cartId } from "../cart";
import type { Order } from "../contract";
import { me } from "../customer";
import { fill, useSpoken } from "../language";
import { useLoaded } from "../load";
import { Icon } from "../parts/Icon";
import { Parcel } from "../parts/Parcel";
import { Picture } from "../parts/Picture";
import { Bones, Empty, Wrong } from "../parts/States";
import { go, Link, place } from "../place";
import { useStore } from "../store";
import { tell } from "../tandem";
import { METHODS } from "../texts/policies";

export function OrderPage({ id }: { id: string }) {
  const { t } = useSpoken();
  const who = useStore(me);
  const {
    value: order,
    failure,
    again,
  } = useLoaded(`${id}|${who?.customer?.key ?? ""}`, () => api.order(id));
  useEffect(() => {
    tell("page", { order: id });
    return () => tell("page", {});
  }, [id]);
  if (failure instanceof Refused && failure.status < 500 && failure.status >= 400) {
    return (
      <div class="wide page">
        <Empty icon="box" title={t.orders_none} note={failure.message || t.sign_in_first_note}>
          <Link to="/orders" class="button">
            {t.orders}
          </Link>
        </Empty>
      </div>
    );
  }
  return (
    <div class="wide page">
      <nav class="crumbs" aria-label={t.breadcrumb}>
        <Link to="/orders">{t.orders}</Link>
        <Icon name="right" size={14} />
        <span aria-current="page">{id}</span>
      </nav>
      {failure ? (
        <Wrong failure={failure} again={again} />
      ) : order ? (
        <Shown order={order} again={again} />
      ) : (
        <Bones />
      )}
    </div>
  );
}

const REACHED: Record<Order["state"], number> = {
  unpaid: 0,
  paid: 1,
  packing: 1,
  shipped: 2,
  delivered: 3,
  completed: 3,
  after_sales: 3,
  cancelled: -1,
};

function Shown({ order, again }: { order: Order; again(): void }) {
  const { t, of, money, time, day } = useSpoken();
  const steps = [t.step_placed, t.step_paid, t.step_shipped, t.step_delivered];
  const times = [order.placed_at, order.paid_at, order.shipments[0]?.created_at, order.delivered_at];
  const reached = REACHED[order.state];
  const { address } = order;
  const expected = order.shipments.find(
    (shipment) => shipment.state !== "delivered" && shipment.expected_at,
  )?.expected_at;
  const goods = order.lines.reduce((sum, line) => sum + line.unit_price.minor * line.quantity, 0);
  return (
    <>
      <Paid order={order} again={again} />
      <section class="panel order-head">
        <div>
          <h1 tabIndex={-1} class={`state-title ${order.state}`}>
            {t[order.state]}
          </h1>
          <p>
            {order.state === "unpaid" && order.closes_at && fill(t.closes, { at: time(order.closes_at) })}
            {(order.state === "paid" || order.state === "packing") &&
              order.ship_by &&
              fill(t.ship_by, { at: time(order.ship_by) })}
            {order.state === "shipped" && expected && fill(t.expected, { at: day(expected) })}
          </p>
        </div>
        <button type="button" class="button quiet" onClick={() => tell("open")}>
          <Icon name="chat" size={18} />
          {t.ask_order}
        </button>
        {reached >= 0 && (
          <ol class="steps">
            {steps.map((step, at) => (
              <li
                key={step}
                class={at <= reached ? "done" : ""}
                aria-current={at === reached ? "step" : undefined}
              >
                <i>{at <= reached && <Icon name="check" size={14} />}</i>
                <b>{step}</b>
                <small>{at <= reached && times[at] ? time(times[at]) : ""}</small>
              </li>
            ))}
          </ol>
        )}
      </section>
      <div class="two">
        <div class="stack">
          {order.shipments.map((shipment, at) => (
            <Parcel
              key={shipment.key}
              shipment={shipment}
              number={order.shipments.length > 1 ? at + 1 : undefined}
            />
          ))}
          {order.refunds.map((refund) => (
            <section class="panel refund" key={refund.key} aria-label={t.refund}>
              <header>
                <h2>{t.refund}</h2>
                <b class={`state ${refund.state}`}>{t[`r_${refund.state}`]}</b>
              </header>
              <p class="amount">{money(refund.amount)}</p>
              <p class="hint">
                {t.refund_reason}: {of(refund.reason)}
                {refund.method ? ` · ${fill(t.refund_method, { method: refund.method })}` : ""}
                {refund.due_at && refund.state !== "paid" && refund.state !== "refused"
                  ? ` · ${fill(t.refund_due, { at: day(refund.due_at) })}`
                  : ""}
              </p>
            </section>
          ))}
          <section class="panel" aria-labelledby="lines">
            <h2 id="lines">{t.lines}</h2>
            <ul class="lines">
              {order.lines.map((line) => (
                <li class="line" key={line.variant}>
                  <Link to={`/products/${line.product}`} class="thumb" aria-hidden="true" tabIndex={-1}>
                    <Picture picture={line.picture} of={line.product} alt="" />
                  </Link>
                  <div class="what">
                    <Link to={`/products/${line.product}`}>{of(line.title)}</Link>
                    <small>{of(line.options)}</small>
                  </div>
                  <div class="much">
                    <b>{money(line.unit_price)}</b>
                    <small>×{line.quantity}</small>
                  </div>
                </li>
              ))}
            </ul>
          </section>
        </div>
        <div class="stack">
          <section class="panel" aria-label={t.order}>
            <dl class="facts">
              <div>
                <dt>{t.order_number}</dt>
                <dd>
                  <code>{order.key}</code> <Copy text={order.key} />
                </dd>
              </div>
              <div>
                <dt>{t.placed}</dt>
                <dd>{time(order.placed_at)}</dd>
              </div>
              {order.paid_at && (
                <div>
                  <dt>{t.paid_at}</dt>
                  <dd>{time(order.paid_at)}</dd>
                </div>
              )}
              {order.payment_method && (
                <div>
                  <dt>{t.pay_method}</dt>
                  <dd>{methodName(order.payment_method, t)}</dd>
                </div>
              )}
            </dl>
          </section>
          <section class="panel" aria-labelledby="address">
            <h2 id="address">{t.address}</h2>
            <p>
              {address.recipient} {address.phone}
            </p>
            <p class="hint">
              {[address.province, address.city, address.district, address.street].filter(Boolean).join(" ")}{" "}
              {address.postcode}
            </p>
          </section>
          <section class="panel" aria-label={t.total}>
            <dl class="totals">
              <div>
                <dt>{t.goods}</dt>
                <dd>{money({ ...order.total, minor: goods })}</dd>
              </div>
              <div>
                <dt>{t.shipping}</dt>
                <dd>{order.shipping_fee?.minor ? money(order.shipping_fee) : t.free}</dd>
              </div>
              <div class="sum">
                <dt>{t.total}</dt>
                <dd>{money(order.total)}</dd>
              </div>
            </dl>
          </section>
        </div>
      </div>
    </>
  );
}

const methodName = (record: string, t: Record<string, string>) =>
  t[METHODS.find((method) => method.record === record)?.key ?? ""] ?? record;

/** What came of paying, and paying again. */
function Paid({ order, again }: { order: Order; again(): void }) {
  const { t } = useSpoken();
  const { query } = useStore(place);
  const [isBusy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState("");
  const outcome = query.get("paid");
  const hasFailed = order.state === "unpaid" && outcome === "0";
  useEffect(() => {
    if (hasFailed)
      note("Checkout Failed", {
        cart_id: cartId(),
        stage: "payment",
        error_code: "not_paid",
        retriable: true,
      });
  }, [hasFailed]);
  const pay = async () => {
    setBusy(true);
    setTrouble("");
    try {
      await api.pay(order.key, METHODS[0].record);
      go(`/orders/${order.key}?paid=1`, true);
      again();
    } catch (failure) {
      note("Checkout Failed", {
        cart_id: cartId(),
        stage: "payment",
        error_code: failure instanceof Refused ? failure.code : "internal",
        retriable: true,
      });
      setTrouble((failure instanceof Refused && failure.message) || t.wrong_note);
    }
    setBusy(false);
  };
  if (order.state !== "unpaid") {
    if (outcome !== "1") return null;
    return (
      <div class="notice good" role="status">
        <Icon name="check" />
        <span>
          <b>{t.pay_ok}</b>
          <small>{t.pay_ok_note}</small>
        </span>
      </div>
    );
  }
  return (
    <div class={`notice ${outcome === "0" ? "bad" : "warn"}`} role={outcome === "0" ? "alert" : undefined}>
      <Icon name="alert" />
      <span>
        <b>{outcome === "0" ? t.pay_failed : t.unpaid}</b>
        <small>{trouble || (outcome === "0" ? t.pay_failed_note : t.demo_pay)}</small>
      </span>
      <button type="button" class="button" disabled={isBusy} onClick={pay}>
        {outcome === "0" ? t.pay_again : t.pay_now}
      </button>
    </div>
  );
}

function Copy({ text }: { text: string }) {
  const { t } = useSpoken();
  const [isDone, setDone] = useState(false);
  return (
    <button
      type="button"
      class="text-button"
      onClick={() => navigator.clipboard?.writeText(text).then(() => setDone(true))}
    >
      {isDone ? t.copied : t.copy}
    </button>
  );
}
