// The way in: what the shop is, its categories, what is reduced and what it likes.

import { api } from "../api";
import { CATEGORIES, FACES } from "../categories";
import { useSpoken } from "../language";
import { useLoaded } from "../load";
import { Icon, type IconName } from "../parts/Icon";
import { Picture } from "../parts/Picture";
import { ProductGrid } from "../parts/ProductCard";
import { Ridge } from "../parts/Ridge";
import { Wrong } from "../parts/States";
import { Link } from "../place";
import { priceFrom, stockOf } from "../variants";

const ROW = 4;

export function Home() {
  const { t } = useSpoken();
  const { value, failure, again } = useLoaded("home", async () => {
    const pages = await Promise.all(CATEGORIES.map((category) => api.products({ category })));
    return pages.map((page) => page.items.filter((product) => product.on_sale && stockOf(product) > 0));
  });
  const isReduced = (product: Parameters<typeof priceFrom>[0]) => !!priceFrom(product)?.list;
  // One of each category in turn, so that no category fills the page.
  const mixed =
    value && Array.from({ length: 12 }, (_, turn) => value.flatMap((items) => items[turn] ?? [])).flat();
  const reduced = mixed?.filter(isReduced).slice(0, ROW * 2);
  const picks = mixed?.filter((product) => !isReduced(product)).slice(0, ROW * 2);
  const promises: [IconName, string, string][] = [
    ["back", t.promise_return, t.promise_return_note],
    ["truck", t.promise_ship, t.promise_ship_note],
    ["shield", t.promise_price, t.promise_price_note],
    ["chat", t.promise_care, t.promise_care_note],
  ];
  return (
    <>
      <section class="hero">
        <Ridge />
        <div class="wide">
          <h1 tabIndex={-1}>{t.hero_title}</h1>
          <p>{t.hero_text}</p>
          <div class="actions">
            <Link to="/catalogue" class="button large">
              {t.hero_go}
            </Link>
            <Link to="/policies" class="button quiet large">
              {t.hero_policies}
            </Link>
          </div>
        </div>
      </section>
      <section class="wide section" aria-labelledby="by-category">
        <h2 id="by-category">{t.by_category}</h2>
        <ul class="category-tiles">
          {CATEGORIES.map((key) => (
            <li key={key}>
              <Link to={`/catalogue?category=${key}`}>
                <Picture of={FACES[key]} alt="" eager />
                <span>
                  <b>{t[key]}</b>
                  <small>{t[`${key}_note`]}</small>
                </span>
              </Link>
            </li>
          ))}
        </ul>
      </section>
      {failure ? (
        <div class="wide">
          <Wrong failure={failure} again={again} />
        </div>
      ) : (
        <>
          {(!reduced || reduced.length > 0) && (
            <section class="wide section" aria-labelledby="reduced">
              <h2 id="reduced">{t.reduced}</h2>
              <ProductGrid products={reduced} />
            </section>
          )}
          <section class="wide section" aria-labelledby="picks">
            <div class="heading">
              <h2 id="picks">{t.picks}</h2>
              <Link to="/catalogue">
                {t.see_all}
                <Icon name="right" size={16} />
              </Link>
            </div>
            <ProductGrid products={picks} />
          </section>
        </>
      )}
      <section class="wide promises">
        {promises.map(([icon, title, note]) => (
          <div key={icon}>
            <Icon name={icon} size={24} />
            <b>{title}</b>
            <small>{note}</small>
          </div>
        ))}
      </section>
    </>
  );
}
