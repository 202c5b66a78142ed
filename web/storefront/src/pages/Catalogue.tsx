// Looking for something: by category, by words, in an order, in stock.

import { useEffect, useState } from "preact/hooks";
import { api } from "../api";
import { note } from "../behaviour";
import { CATEGORIES, isCategory } from "../categories";
import type { Product } from "../contract";
import { fill, useSpoken } from "../language";
import { useLoaded } from "../load";
import { ProductGrid } from "../parts/ProductCard";
import { Empty, Wrong } from "../parts/States";
import { go, Link, place } from "../place";
import { useStore } from "../store";
import { tell } from "../tandem";
import { priceFrom, stockOf } from "../variants";

type Order = "default" | "low" | "high";

export function sorted(products: Product[], order: Order): Product[] {
  const cost = (product: Product) => priceFrom(product)?.price.minor ?? 0;
  // What can be had comes first, whatever the order.
  const stock = (product: Product) => (stockOf(product) > 0 ? 0 : 1);
  return [...products].sort(
    (a, b) =>
      stock(a) - stock(b) ||
      (order === "default" ? 0 : order === "low" ? cost(a) - cost(b) : cost(b) - cost(a)),
  );
}

export function Catalogue() {
  const { t } = useSpoken();
  const { query } = useStore(place);
  const text = query.get("text") ?? "";
  const category = query.get("category") ?? "";
  const order = (query.get("order") ?? "default") as Order;
  const inStock = query.get("stock") === "1";
  const key = `${category}|${text}`;
  const { value, failure, again } = useLoaded(key, () => api.products({ text, category }));
  const [more, setMore] = useState<{ key: string; items: Product[]; next?: string | null }>({
    key,
    items: [],
  });
  useEffect(() => setMore({ key, items: [] }), [key]);
  useEffect(() => {
    if (!value) return;
    if (text) note("Products Searched", { result_count: value.items.length });
    else note("Product List Viewed", { list_id: category || "all" });
  }, [value, text, category]);
  const next = more.key === key && more.items.length ? more.next : value?.next;
  const all = value && sorted([...value.items, ...(more.key === key ? more.items : [])], order);
  const shown = all?.filter((product) => !inStock || stockOf(product) > 0);

  const change = (name: string, to: string) => {
    const changed = new URLSearchParams(query);
    if (to) changed.set(name, to);
    else changed.delete(name);
    go(`/catalogue${changed.size ? `?${changed}` : ""}`, true);
  };
  const loadMore = async () => {
    const page = await api.products({ text, category, cursor: next ?? undefined });
    setMore({ key, items: [...more.items, ...page.items], next: page.next });
  };

  const title = text ? fill(t.search_for, { text }) : isCategory(category) ? t[category] : t.all;
  return (
    <div class="wide page">
      <div class="heading">
        <h1 tabIndex={-1}>
          {title} {shown && !next && <small>{fill(t.count, { n: shown.length })}</small>}
        </h1>
        <div class="filters">
          <label class="check">
            <input type="checkbox" checked={inStock} onChange={() => change("stock", inStock ? "" : "1")} />
            {t.in_stock_only}
          </label>
          <label class="select">
            <span class="hidden">{t.sort}</span>
            <select
              value={order}
              onChange={(event) =>
                change("order", event.currentTarget.value === "default" ? "" : event.currentTarget.value)
              }
            >
              <option value="default">{t.sort_default}</option>
              <option value="low">{t.sort_low}</option>
              <option value="high">{t.sort_high}</option>
            </select>
          </label>
        </div>
      </div>
      {failure ? (
        <Wrong failure={failure} again={again} />
      ) : shown?.length === 0 ? (
        <Empty icon="search" title={t.none_found} note={t.none_found_note}>
          <Link to="/catalogue" class="button quiet">
            {t.see_all}
          </Link>
          <button type="button" class="button" onClick={() => (text ? tell("say", text) : tell("open"))}>
            {t.ask}
          </button>
        </Empty>
      ) : (
        <ProductGrid products={shown} eager />
      )}
      {value && next && (
        <div class="actions center">
          <button type="button" class="button quiet" onClick={loadMore}>
            {t.more}
          </button>
        </div>
      )}
      {text && (
        <nav class="chips" aria-label={t.by_category}>
          {CATEGORIES.map((each) => (
            <Link key={each} to={`/catalogue?category=${each}`} class="chip">
              {t[each]}
            </Link>
          ))}
        </nav>
      )}
    </div>
  );
}
