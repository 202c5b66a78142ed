// The cart's lines with the products behind them, as the shop sells them now.

import { api } from "./api";
import type { CartLine } from "./cart";
import type { Product, Variant } from "./contract";

export interface Known extends CartLine {
  /** Missing when it isn't sold any more. */
  sold?: { product: Product; variant: Variant };
}

export async function known(lines: CartLine[]): Promise<Known[]> {
  const keys = [...new Set(lines.map((line) => line.product))];
  const products = new Map<string, Product | undefined>();
  await Promise.all(
    keys.map(async (key) => products.set(key, await api.product(key).catch(() => undefined))),
  );
  return lines.map((line) => {
    const product = products.get(line.product);
    const variant = product?.variants.find((each) => each.key === line.variant);
    return { ...line, sold: product?.on_sale && variant ? { product, variant } : undefined };
  });
}

export const goodsTotal = (lines: Known[]): number =>
  lines.reduce((sum, line) => sum + (line.sold?.variant.price.minor ?? 0) * line.quantity, 0);

export const canOrder = (lines: Known[]): boolean =>
  lines.length > 0 && lines.every((line) => line.sold && line.sold.variant.stock >= line.quantity);

export const optionsText = (variant: Variant, of: (text: { zh: string; en: string }) => string): string =>
  variant.options.map((option) => of(option.value)).join(" / ");
