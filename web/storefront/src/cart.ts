// The cart, kept in the browser. It holds what is wanted; prices and stock are asked for anew when it's shown.

import { kept, store } from "./store";

export interface CartLine {
  product: string;
  variant: string;
  quantity: number;
}

/** The shop's own limits on an order. */
export const LINES_MOST = 20;
export const QUANTITY_MOST = 99;

function isLine(value: unknown): value is CartLine {
  const line = value as CartLine;
  return (
    typeof line?.product === "string" && typeof line.variant === "string" && Number.isInteger(line.quantity)
  );
}

export function readCart(text: string | null): CartLine[] {
  try {
    const found: unknown = JSON.parse(text ?? "[]");
    return Array.isArray(found) ? found.filter(isLine).slice(0, LINES_MOST) : [];
  } catch {
    return [];
  }
}

/** Which cart it is, for what goes wrong with it; says nothing of whose. */
export function cartId(): string {
  const known = kept.get("cart-id");
  if (known) return known;
  const made = `c_${Math.random().toString(36).slice(2, 10)}`;
  kept.set("cart-id", made);
  return made;
}

export const cart = store<CartLine[]>(readCart(kept.get("cart")));

function keep(lines: CartLine[]): void {
  kept.set("cart", JSON.stringify(lines));
  cart.set(lines);
}

/** Other tabs put things into the same cart. */
addEventListener("storage", (event) => {
  if (event.key === "shanlan:cart") cart.set(readCart(event.newValue));
});

export function withQuantity(
  lines: CartLine[],
  product: string,
  variant: string,
  quantity: number,
): CartLine[] {
  const wanted = Math.min(QUANTITY_MOST, quantity);
  const others = lines.filter((line) => line.variant !== variant);
  if (wanted < 1) return others;
  if (others.length === lines.length)
    return [...lines, { product, variant, quantity: wanted }].slice(-LINES_MOST);
  return lines.map((line) => (line.variant === variant ? { ...line, quantity: wanted } : line));
}

export const quantityOf = (variant: string): number =>
  cart.get().find((line) => line.variant === variant)?.quantity ?? 0;

export function put(product: string, variant: string, quantity: number): void {
  // What is ordered and paid is another cart's matter than what comes after it.
  if (!cart.get().length) kept.set("cart-id", "");
  keep(withQuantity(cart.get(), product, variant, quantity));
}

export function emptyCart(): void {
  keep([]);
}

export const SHIPPING = { fee: 800, freeFrom: 8_800 };

/** The fee for most of the country; far regions pay more, which checkout's order shows. */
export const shippingFor = (goods: number): number =>
  goods === 0 || goods >= SHIPPING.freeFrom ? 0 : SHIPPING.fee;
