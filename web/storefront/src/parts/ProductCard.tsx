// A product in a grid. The whole card is one link.

import type { Product } from "../contract";
import { fill, useSpoken } from "../language";
import { Link } from "../place";
import { COLOURS, choicesOf, priceFrom, stockOf } from "../variants";
import { Picture } from "./Picture";
import { Price } from "./Price";

/** More dots than this say no more than a number would. */
const SWATCHES_MOST = 5;

export function ProductCard({ product, eager }: { product: Product; eager?: boolean }) {
  const { t, of } = useSpoken();
  const cost = priceFrom(product);
  const stock = stockOf(product);
  const colours = choicesOf(product.variants).find((choice) => choice.key === "colour")?.values ?? [];
  return (
    <Link to={`/products/${product.key}`} class="product-card">
      <span class="frame">
        <Picture picture={product.picture} of={product.key} alt="" eager={eager} />
        {stock === 0 && <span class="tag">{t.sold_out}</span>}
        {stock > 0 && stock <= 5 && <span class="tag warn">{fill(t.few, { n: stock })}</span>}
      </span>
      <span class="words">
        <span class="brand">{product.brand}</span>
        <span class="title">{of(product.title)}</span>
        <span class="foot">
          {cost && <Price {...cost} />}
          {colours.length > 1 && (
            <span class="dots" aria-hidden="true">
              {colours.slice(0, SWATCHES_MOST).map((colour) => (
                <i key={colour.en} style={{ background: COLOURS[colour.en] ?? "var(--surface-3)" }} />
              ))}
            </span>
          )}
        </span>
      </span>
    </Link>
  );
}

export function ProductGrid({ products, eager }: { products?: Product[]; eager?: boolean }) {
  const { t } = useSpoken();
  if (!products) {
    return (
      <div class="grid" role="status" aria-label={t.loading}>
        {Array.from({ length: 8 }, (_, at) => (
          <div class="product-card bones" key={at}>
            <span class="frame bone" />
            <span class="words">
              <i class="bone" />
              <i class="bone short" />
            </span>
          </div>
        ))}
      </div>
    );
  }
  return (
    <ul class="grid">
      {products.map((product) => (
        <li key={product.key}>
          <ProductCard product={product} eager={eager} />
        </li>
      ))}
    </ul>
  );
}
