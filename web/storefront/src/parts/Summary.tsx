// What it comes to.

import type { ComponentChildren } from "preact";
import { SHIPPING, shippingFor } from "../cart";
import { fill, useSpoken } from "../language";

export function Summary({ goods, children }: { goods: number; children?: ComponentChildren }) {
  const { t, money } = useSpoken();
  const fee = shippingFor(goods);
  const amount = (minor: number) => money({ minor, currency: "CNY" });
  return (
    <aside class="summary panel" aria-label={t.total}>
      <dl class="totals">
        <div>
          <dt>{t.goods}</dt>
          <dd>{amount(goods)}</dd>
        </div>
        <div>
          <dt>{t.shipping}</dt>
          <dd>{fee ? amount(fee) : t.free}</dd>
        </div>
        {fee > 0 && <p class="hint">{fill(t.free_from, { amount: amount(SHIPPING.freeFrom - goods) })}</p>}
        <div class="sum">
          <dt>{t.total}</dt>
          <dd>{amount(goods + fee)}</dd>
        </div>
      </dl>
      {children}
    </aside>
  );
}
