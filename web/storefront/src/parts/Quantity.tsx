// How many.

import { fill, useSpoken } from "../language";
import { Icon } from "./Icon";

interface QuantityProps {
  value: number;
  most: number;
  of: string;
  change(value: number): void;
}

export function Quantity({ value, most, of, change }: QuantityProps) {
  const { t } = useSpoken();
  return (
    <div class="quantity" role="group" aria-label={`${t.quantity}: ${of}`}>
      <button type="button" aria-label={t.fewer} disabled={value <= 1} onClick={() => change(value - 1)}>
        <Icon name="minus" size={16} />
      </button>
      <output aria-live="polite">{fill("{n}", { n: value })}</output>
      <button type="button" aria-label={t.greater} disabled={value >= most} onClick={() => change(value + 1)}>
        <Icon name="plus" size={16} />
      </button>
    </div>
  );
}
