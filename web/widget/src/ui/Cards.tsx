// Orders and products the bot or an agent puts into a message.

import { Component } from "preact";
import type { Card, OrderCard, ProductCard } from "../contract";
import type { Desk } from "../desk";
import { day, fill, money } from "../texts";
import { Icon } from "./icons";

/** A picture, or a quiet box when there is none or it can't be had. */
export class Picture extends Component<{ src: string | null; alt: string }, { broken: boolean }> {
  render() {
    const { src, alt } = this.props;
    if (!src || this.state.broken) {
      return (
        <span class="pic">
          <Icon name="box" />
        </span>
      );
    }
    return (
      <img class="pic" src={src} alt={alt} loading="lazy" onError={() => this.setState({ broken: true })} />
    );
  }
}

function Order({ card, desk }: { card: OrderCard; desk: Desk }) {
  const { t } = desk;
  const { language } = desk.state;
  const { shipment, refund } = card;
  return (
    <section class="card" aria-label={`${t.order} ${card.order}`}>
      <div class="top">
        <span>
          {t.order} <code>{card.order}</code>
        </span>
        <b class={`tag ${card.state}`}>{card.state_text}</b>
      </div>
      {card.lines.slice(0, 3).map((line) => (
        <div class="line">
          <Picture src={desk.pictureOf(line.picture)} alt="" />
          <span class="grow">
            <span class="name">{line.title}</span>
            <small>{line.options}</small>
          </span>
          <small>×{line.quantity}</small>
        </div>
      ))}
      <div class="top">
        <small>
          {day(card.placed_at, language)} ·{" "}
          {fill(t.quantity, { n: card.lines.reduce((sum, line) => sum + line.quantity, 0) })}
        </small>
        <b>{money(card.total, language)}</b>
      </div>
      {shipment && (
        <div class="part">
          <small>
            {shipment.carrier} <code>{shipment.tracking_number}</code>
          </small>
          {shipment.latest && (
            <p>
              {shipment.latest.what}{" "}
              <small>{[day(shipment.latest.at, language), shipment.latest.place].join(" · ")}</small>
            </p>
          )}
          {shipment.expected_at && (
            <small>{fill(t.expected, { at: day(shipment.expected_at, language) })}</small>
          )}
        </div>
      )}
      {refund && (
        <div class="part top">
          <small>
            {t.refund} · {refund.state_text}
            {refund.due_at ? ` · ${fill(t.due, { at: day(refund.due_at, language) })}` : ""}
          </small>
          <b>{money(refund.amount, language)}</b>
        </div>
      )}
    </section>
  );
}

function Product({ card, desk }: { card: ProductCard; desk: Desk }) {
  const { t } = desk;
  const { language } = desk.state;
  const href = desk.pageOf(card.page);
  const Tag = href ? "a" : "section";
  return (
    <Tag class="card line" href={href ?? undefined} rel="noopener">
      <Picture src={desk.pictureOf(card.picture)} alt="" />
      <span class="grow">
        <span class="name">{card.title}</span>
        {card.options && <small>{card.options}</small>}
        <span class="price">
          <b>{money(card.price_from, language)}</b>
          {card.list_price && <s>{money(card.list_price, language)}</s>}
          <small class={card.stock > 5 ? "" : "few"}>
            {card.stock > 5 ? t.in_stock : card.stock > 0 ? fill(t.few, { n: card.stock }) : t.sold_out}
          </small>
        </span>
      </span>
    </Tag>
  );
}

export function Cards({ cards, desk }: { cards: Card[]; desk: Desk }) {
  return (
    <div class="cards">
      {cards.map((card) =>
        card.kind === "order" ? <Order card={card} desk={desk} /> : <Product card={card} desk={desk} />,
      )}
    </div>
  );
}
