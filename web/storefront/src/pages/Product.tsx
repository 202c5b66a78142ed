// One product: its pictures, its variants, what it costs and whether it can be had.

import { useEffect, useState } from "preact/hooks";
import { api, Refused } from "../api";
import { note, priceOf } from "../behaviour";
import { cartId, put, QUANTITY_MOST, quantityOf } from "../cart";
import { isCategory } from "../categories";
import type { Product, Variant } from "../contract";
import { fill, useSpoken } from "../language";
import { useLoaded } from "../load";
import { Gallery } from "../parts/Gallery";
import { Icon } from "../parts/Icon";
import { Price } from "../parts/Price";
import { ProductGrid } from "../parts/ProductCard";
import { Quantity } from "../parts/Quantity";
import { Empty, Wrong } from "../parts/States";
import { go, Link } from "../place";
import { tell } from "../tandem";
import { COLOURS, choicesOf, choose, isInStock } from "../variants";

const RELATED = 4;

export function ProductPage({ id }: { id: string }) {
  const { t, of } = useSpoken();
  const { value: product, failure, again } = useLoaded(id, () => api.product(id));
  useEffect(() => {
    tell("page", { product: id });
    return () => tell("page", {});
  }, [id]);
  useEffect(() => {
    if (!product) return;
    const first = product.variants.find((variant) => variant.stock > 0) ?? product.variants[0];
    note("Product Viewed", {
      product_id: product.key,
      category: product.category,
      ...(first && { sku: first.key, stock: first.stock, ...priceOf(first.price) }),
    });
  }, [product]);
  const title = product && of(product.title);
  useEffect(() => {
    document.title = title ? `${title} · ${t.shop}` : `${t.shop} · ${t.tagline}`;
  }, [title, t]);
  if (failure instanceof Refused && failure.status === 404) {
    return (
      <div class="wide page">
        <Empty icon="search" title={t.not_sold} note={t.none_found_note}>
          <Link to="/catalogue" class="button">
            {t.see_all}
          </Link>
        </Empty>
      </div>
    );
  }
  if (failure) return <Wrong failure={failure} again={again} />;
  if (!product) return <Skeleton />;
  return (
    <div class="wide page">
      <nav class="crumbs" aria-label={t.breadcrumb}>
        <Link to="/">{t.shop}</Link>
        <Icon name="right" size={14} />
        <Link to={`/catalogue?category=${product.category}`}>
          {isCategory(product.category) ? t[product.category] : product.category}
        </Link>
        <Icon name="right" size={14} />
        <span aria-current="page">{of(product.title)}</span>
      </nav>
      <div class="product" data-tandem-product={product.key}>
        <Gallery product={product} />
        <Buy product={product} key={product.key} />
      </div>
      <section class="section" aria-labelledby="details">
        <h2 id="details">{t.details}</h2>
        <dl class="attributes">
          {product.attributes.map((attribute) => (
            <div key={attribute.key}>
              <dt>{of(attribute.name)}</dt>
              <dd>{of(attribute.value)}</dd>
            </div>
          ))}
        </dl>
      </section>
      <Related product={product} />
    </div>
  );
}

function Buy({ product }: { product: Product }) {
  const { t, of } = useSpoken();
  const first = product.variants.find((variant) => variant.stock > 0) ?? product.variants[0];
  const [variant, setVariant] = useState<Variant | undefined>(first);
  const [quantity, setQuantity] = useState(1);
  const [isAdded, setAdded] = useState(false);
  if (!variant) return null;
  const most = Math.min(QUANTITY_MOST, variant.stock);
  const pick = (key: string, value: string) => {
    const chosen = choose(product.variants, variant, key, value);
    setVariant(chosen);
    setQuantity(Math.max(1, Math.min(quantity, chosen.stock)));
    setAdded(false);
  };
  const add = () => {
    put(product.key, variant.key, Math.min(most, quantityOf(variant.key) + quantity));
    note("Product Added", {
      cart_id: cartId(),
      product_id: product.key,
      sku: variant.key,
      quantity,
      stock: variant.stock,
      ...priceOf(variant.price),
    });
    setAdded(true);
  };
  return (
    <div class="buy">
      <p class="brand">{product.brand}</p>
      <h1 tabIndex={-1}>{of(product.title)}</h1>
      <p class="about">{of(product.description)}</p>
      <Price price={variant.price} list={variant.list_price} large />
      {choicesOf(product.variants).map((choice) => {
        const now = variant.options.find((option) => option.key === choice.key)?.value.en;
        return (
          <fieldset class="choice" key={choice.key}>
            <legend>
              {of(choice.name)}
              {choice.key === "colour" && (
                <span> · {of(choice.values.find((value) => value.en === now) ?? { zh: "", en: "" })}</span>
              )}
            </legend>
            {choice.values.map((value) => {
              const colour = choice.key === "colour" ? COLOURS[value.en] : undefined;
              const has = isInStock(product.variants, variant, choice.key, value.en);
              return (
                <label
                  key={value.en}
                  class={`option${colour ? " swatch" : ""}${has ? "" : " none"}`}
                  title={of(value)}
                >
                  <input
                    type="radio"
                    name={`option-${choice.key}`}
                    checked={value.en === now}
                    aria-label={has ? of(value) : `${of(value)}, ${t.sold_out}`}
                    onChange={() => pick(choice.key, value.en)}
                  />
                  {colour && <i style={{ background: colour }} />}
                  <span>{of(value)}</span>
                </label>
              );
            })}
          </fieldset>
        );
      })}
      <Stock variant={variant} />
      <div class="order-row">
        <Quantity value={quantity} most={Math.max(1, most)} of={of(product.title)} change={setQuantity} />
        <button type="button" class="button large" disabled={variant.stock === 0} onClick={add}>
          {t.add}
        </button>
        <button
          type="button"
          class="button quiet large"
          disabled={variant.stock === 0}
          onClick={() => {
            add();
            go("/cart");
          }}
        >
          {t.buy}
        </button>
      </div>
      <p class="added" role="status">
        {isAdded && (
          <>
            <Icon name="check" size={18} /> {t.added}
            <Link to="/cart">{t.added_view}</Link>
          </>
        )}
      </p>
      <button type="button" class="ask" onClick={() => tell("open")}>
        <Icon name="chat" />
        <span>
          <b>{t.ask_product}</b>
          <small>{t.promise_care_note}</small>
        </span>
        <Icon name="right" size={16} />
      </button>
    </div>
  );
}

function Stock({ variant }: { variant: Variant }) {
  const { t, day } = useSpoken();
  if (variant.stock === 0) {
    return (
      <p class="stock none">
        {t.sold_out}
        {variant.restock_at ? ` · ${fill(t.restock, { at: day(variant.restock_at) })}` : ""}
      </p>
    );
  }
  return (
    <p class={`stock${variant.stock <= 5 ? " few" : ""}`}>
      {variant.stock <= 5 ? fill(t.few, { n: variant.stock }) : t.in_stock}
    </p>
  );
}

function Related({ product }: { product: Product }) {
  const { t } = useSpoken();
  const { value } = useLoaded(product.category, () => api.products({ category: product.category }));
  const others = value?.items.filter((each) => each.key !== product.key).slice(0, RELATED);
  if (others?.length === 0) return null;
  return (
    <section class="section" aria-labelledby="related">
      <h2 id="related">{t.related}</h2>
      <ProductGrid products={others} />
    </section>
  );
}

function Skeleton() {
  const { t } = useSpoken();
  return (
    <div class="wide page" role="status" aria-label={t.loading}>
      <div class="crumbs" />
      <div class="product">
        <div class="gallery">
          <div class="main bone" />
        </div>
        <div class="buy stack">
          <i class="bone" style={{ height: 36 }} />
          <i class="bone" style={{ height: 60 }} />
          <i class="bone" style={{ height: 44, width: "40%" }} />
          <i class="bone" style={{ height: 120 }} />
        </div>
      </div>
    </div>
  );
}
