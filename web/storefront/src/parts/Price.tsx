// A price, with what it was before a reduction.

import type { Money } from "../contract";
import { fill, useSpoken } from "../language";

interface PriceProps {
  price: Money;
  list?: Money | null;
  varies?: boolean;
  large?: boolean;
}

export function Price({ price, list, varies, large }: PriceProps) {
  const { money, t } = useSpoken();
  const isReduced = list && list.minor > price.minor;
  return (
    <span class={`price${large ? " large" : ""}${isReduced ? " reduced" : ""}`}>
      <b>{varies ? fill(t.from, { price: money(price) }) : money(price)}</b>
      {isReduced && <s>{money(list)}</s>}
      {isReduced && large && (
        <span class="save">
          {fill(t.save, { amount: money({ ...price, minor: list.minor - price.minor }) })}
        </span>
      )}
    </span>
  );
}
