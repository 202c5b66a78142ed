// The customer's orders, newest first.

import { useState } from "preact/hooks";
import { api } from "../api";
import type { Order } from "../contract";
import { me } from "../customer";
import { fill, useSpoken } from "../language";
import { useLoaded } from "../load";
import { chooseCustomer } from "../parts/DemoBar";
import { Picture } from "../parts/Picture";
import { Bones, Empty, Wrong } from "../parts/States";
import { Link } from "../place";
import { useStore } from "../store";

const TABS = {
  all: () => true,
  unpaid: (order: Order) => order.state === "unpaid",
  moving: (order: Order) => ["paid", "packing", "shipped", "delivered"].includes(order.state),
  done: (order: Order) => order.state === "completed",
  after: (order: Order) => order.state === "after_sales" || order.refunds.length > 0,
} as const;
type Tab = keyof typeof TABS;

export function Orders() {
  const { t } = useSpoken();
  const who = useStore(me);
  const customer = who?.customer?.key ?? "";
  const [tab, setTab] = useState<Tab>("all");
  const { value, failure, again } = useLoaded(customer, async () => (customer ? await api.orders() : []));
  if (who && !who.customer) {
    return (
      <div class="wide page">
        <h1 tabIndex={-1}>{t.orders}</h1>
        <Empty icon="user" title={t.sign_in_first} note={t.sign_in_first_note}>
          <button type="button" class="button" onClick={chooseCustomer}>
            {t.choose_customer}
          </button>
        </Empty>
      </div>
    );
  }
  const orders = value && [...value].sort((a, b) => b.placed_at - a.placed_at);
  const shown = orders?.filter(TABS[tab]);
  return (
    <div class="wide page">
      <h1 tabIndex={-1}>{t.orders}</h1>
      {failure ? (
        <Wrong failure={failure} again={again} />
      ) : !who || !orders || !shown ? (
        <Bones />
      ) : orders.length === 0 ? (
        <Empty icon="box" title={t.orders_empty} note={t.orders_empty_note}>
          <Link to="/catalogue" class="button">
            {t.hero_go}
          </Link>
        </Empty>
      ) : (
        <>
          <div class="tabs" role="group" aria-label={t.orders}>
            {(Object.keys(TABS) as Tab[]).map((each) => {
              const count = orders.filter(TABS[each]).length;
              return (
                <button type="button" key={each} aria-pressed={tab === each} onClick={() => setTab(each)}>
                  {t[`tab_${each}`]} {count > 0 && <small>{count}</small>}
                </button>
              );
            })}
          </div>
          {shown.length === 0 && <Empty icon="box" title={t.orders_none} />}
          <ul class="stack">
            {shown.map((order) => (
              <li key={order.key}>
                <OrderRow order={order} />
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

function OrderRow({ order }: { order: Order }) {
  const { t, of, money, day } = useSpoken();
  const latest = order.shipments.flatMap((shipment) => shipment.scans).sort((a, b) => b.at - a.at)[0];
  const pieces = order.lines.reduce((sum, line) => sum + line.quantity, 0);
  return (
    <article class="panel order-row-card" aria-label={`${t.order} ${order.key}`}>
      <header>
        <span>
          {day(order.placed_at)} <code>{order.key}</code>
        </span>
        <b class={`state ${order.state}`}>{t[order.state]}</b>
      </header>
      <div class="body">
        <div class="thumbs-row">
          {order.lines.slice(0, 4).map((line) => (
            <Picture key={line.variant} picture={line.picture} of={line.product} alt={of(line.title)} />
          ))}
        </div>
        <div class="what">
          <span class="titles">{order.lines.map((line) => of(line.title)).join(" · ")}</span>
          {latest && order.state !== "completed" && (
            <small>
              {of(latest.what)} · {of(latest.place)}
            </small>
          )}
          {order.refunds.map((refund) => (
            <small key={refund.key}>
              {t.refund} {money(refund.amount)} · {t[`r_${refund.state}`]}
            </small>
          ))}
        </div>
        <div class="much">
          <b>{money(order.total)}</b>
          <small>{fill(t.items, { n: pieces })}</small>
        </div>
        <Link to={`/orders/${order.key}`} class={order.state === "unpaid" ? "button" : "button quiet"}>
          {order.state === "unpaid" ? t.pay_now : t.view}
        </Link>
      </div>
    </article>
  );
}
