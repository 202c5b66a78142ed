// Order and product cards inside messages.

import type { Card, OrderCard, ProductCard } from "api";
import { Truck, Undo2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../format/use";
import { Picture } from "../parts/Picture";
import { OrderStateTag } from "../shopper/OrderStateTag";

export function MessageCards({ cards }: { cards: Card[] }) {
  return (
    <div className="cards">
      {cards.map((card) =>
        card.kind === "order" ? (
          <OneOrder key={card.order} card={card} />
        ) : (
          <OneProduct key={card.product} card={card} />
        ),
      )}
    </div>
  );
}

function OneOrder({ card }: { card: OrderCard }) {
  const { t } = useTranslation();
  const { money, dateTime } = useFormat();
  return (
    <article className="card">
      <header>
        <b className="number">{card.order}</b>
        <OrderStateTag state={card.state} />
      </header>
      <ul>
        {card.lines.map((line) => (
          <li key={line.title + line.options}>
            <Picture url={line.picture} size={28} />
            <span className="ellipsis spread">
              {line.title} <small className="muted">{line.options}</small>
            </span>
            <span className="muted number">×{line.quantity}</span>
          </li>
        ))}
      </ul>
      {card.shipment && (
        <p className="card-fact">
          <Truck size={13} />
          <span>
            {card.shipment.carrier} <span className="number">{card.shipment.tracking_number}</span>
            {card.shipment.latest && (
              <small>
                {dateTime(card.shipment.latest.at)} {card.shipment.latest.place} {card.shipment.latest.what}
              </small>
            )}
          </span>
        </p>
      )}
      {card.refund && (
        <p className="card-fact">
          <Undo2 size={13} />
          <span>
            {card.refund.state_text} · {money(card.refund.amount)}
          </span>
        </p>
      )}
      <footer className="number">
        <span className="muted">{t("order.total")}</span> {money(card.total)}
      </footer>
    </article>
  );
}

function OneProduct({ card }: { card: ProductCard }) {
  const { t } = useTranslation();
  const { money } = useFormat();
  return (
    <article className="card card-product">
      <Picture url={card.picture} size={52} />
      <div>
        <b>{card.title}</b>
        <small className="muted">{card.options}</small>
        <p className="number">
          <b>{money(card.price_from)}</b>{" "}
          {card.list_price && <s className="muted">{money(card.list_price)}</s>}{" "}
          <small className={card.stock > 0 ? "muted" : "bad-text"}>
            {card.stock > 0 ? t("product.stock", { count: card.stock }) : t("product.soldOut")}
          </small>
        </p>
      </div>
    </article>
  );
}
