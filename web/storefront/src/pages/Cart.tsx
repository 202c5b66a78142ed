// What was put aside, as it stands in the shop now.

import { useEffect } from "preact/hooks";
import { note, priceOf } from "../behaviour";
import { type CartLine, cart, cartId, put, QUANTITY_MOST } from "../cart";
import { canOrder, goodsTotal, type Known, known, optionsText } from "../known";
import { fill, useSpoken } from "../language";
import { useLoaded } from "../load";
import { Icon } from "../parts/Icon";
import { Picture } from "../parts/Picture";
import { Price } from "../parts/Price";
import { Quantity } from "../parts/Quantity";
import { Bones, Empty, Wrong } from "../parts/States";
import { Summary } from "../parts/Summary";
import { go, Link } from "../place";
import { useStore } from "../store";

/** Loads when other goods come in, not when a number changes. */
export function useKnown(lines: CartLine[]) {
  const loaded = useLoaded(lines.map((line) => line.variant).join(" "), () => known(lines));
  const quantities = new Map(lines.map((line) => [line.variant, line.quantity]));
  const value = loaded.value?.flatMap((line) => {
    const quantity = quantities.get(line.variant);
    return quantity ? { ...line, quantity } : [];
  });
  return { ...loaded, value };
}

/** The demo sells in one currency. */
const CURRENCY = "CNY";

const itemOf = (line: Known) => ({
  product_id: line.product,
  sku: line.variant,
  quantity: line.quantity,
  ...(line.sold && priceOf(line.sold.variant.price)),
});

export function Cart() {
  const { t } = useSpoken();
  const lines = useStore(cart);
  const { value, failure, again } = useKnown(lines);
  const isThere = !!value;
  useEffect(() => {
    if (value?.length)
      note("Cart Viewed", {
        cart_id: cartId(),
        value_minor: goodsTotal(value),
        currency: CURRENCY,
        items: value.map(itemOf),
      });
    // Seen once, however often its numbers change.
  }, [isThere]);
  if (!lines.length) {
    return (
      <div class="wide page">
        <h1 tabIndex={-1}>{t.cart}</h1>
        <Empty icon="cart" title={t.cart_empty} note={t.cart_empty_note}>
          <Link to="/catalogue" class="button">
            {t.hero_go}
          </Link>
        </Empty>
      </div>
    );
  }
  return (
    <div class="wide page">
      <h1 tabIndex={-1}>{t.cart}</h1>
      {failure ? (
        <Wrong failure={failure} again={again} />
      ) : (
        <div class="two">
          {value ? (
            <ul class="panel lines">
              {value.map((line) => (
                <Line key={line.variant} line={line} />
              ))}
            </ul>
          ) : (
            <Bones rows={lines.length} />
          )}
          <Summary goods={value ? goodsTotal(value) : 0}>
            <button
              type="button"
              class="button large block"
              disabled={!value || !canOrder(value)}
              onClick={() => go("/checkout")}
            >
              {t.checkout}
            </button>
          </Summary>
        </div>
      )}
    </div>
  );
}

function Line({ line }: { line: Known }) {
  const { t, of, money } = useSpoken();
  const { sold } = line;
  const remove = () => {
    note("Product Removed", { cart_id: cartId(), ...itemOf(line) });
    put(line.product, line.variant, 0);
  };
  const title = sold ? of(sold.product.title) : line.product;
  const isShort = sold && sold.variant.stock < line.quantity;
  return (
    <li class="line">
      <Link to={`/products/${line.product}`} class="thumb" aria-hidden="true" tabIndex={-1}>
        <Picture picture={sold?.product.picture} of={line.product} alt="" />
      </Link>
      <div class="what">
        <Link to={`/products/${line.product}`}>{title}</Link>
        {sold && <small>{optionsText(sold.variant, of)}</small>}
        {!sold && <small class="bad">{t.gone}</small>}
        {isShort && <small class="bad">{fill(t.changed_stock, { n: sold.variant.stock })}</small>}
        {sold && <Price price={sold.variant.price} list={sold.variant.list_price} />}
      </div>
      <div class="much">
        {sold && <b>{money({ ...sold.variant.price, minor: sold.variant.price.minor * line.quantity })}</b>}
        <span class="row">
          {sold && (
            <Quantity
              value={line.quantity}
              most={Math.min(QUANTITY_MOST, sold.variant.stock)}
              of={title}
              change={(quantity) => put(line.product, line.variant, quantity)}
            />
          )}
          <button type="button" class="plain-icon" aria-label={`${t.remove}: ${title}`} onClick={remove}>
            <Icon name="trash" size={18} />
          </button>
        </span>
      </div>
    </li>
  );
}
