// Choosing a variant by its options, and what a product costs at least.

import type { Attribute, Money, Product, Variant } from "./contract";

export interface Choice {
  key: string;
  name: Attribute["name"];
  values: Attribute["value"][];
}

/** The options a product differs in, in the order its variants name them. */
export function choicesOf(variants: Variant[]): Choice[] {
  const choices: Choice[] = [];
  for (const option of variants.flatMap((variant) => variant.options)) {
    let choice = choices.find((each) => each.key === option.key);
    if (!choice) {
      choice = { key: option.key, name: option.name, values: [] };
      choices.push(choice);
    }
    if (!choice.values.some((value) => value.en === option.value.en)) choice.values.push(option.value);
  }
  return choices;
}

const optionValue = (variant: Variant, key: string) =>
  variant.options.find((option) => option.key === key)?.value.en;

/** The variant nearest to `from` that has the chosen value: the other options stay where they can. */
export function choose(variants: Variant[], from: Variant, key: string, value: string): Variant {
  const able = variants.filter((variant) => optionValue(variant, key) === value);
  const likeness = (variant: Variant) =>
    variant.options.filter(
      (option) => option.key !== key && optionValue(from, option.key) === option.value.en,
    ).length + (variant.stock > 0 ? 0.5 : 0);
  return able.reduce((best, each) => (likeness(each) > likeness(best) ? each : best), able[0] ?? from);
}

/** Whether that value is in stock with the other options as they are. */
export function isInStock(variants: Variant[], from: Variant, key: string, value: string): boolean {
  return choose(variants, from, key, value).stock > 0;
}

export function priceFrom(product: Product): { price: Money; list?: Money; varies: boolean } | null {
  const sorted = [...product.variants].sort((a, b) => a.price.minor - b.price.minor);
  const [least] = sorted;
  if (!least) return null;
  const list = least.list_price && least.list_price.minor > least.price.minor ? least.list_price : undefined;
  return { price: least.price, list, varies: sorted[sorted.length - 1]?.price.minor !== least.price.minor };
}

export const stockOf = (product: Product): number =>
  product.variants.reduce((sum, variant) => sum + variant.stock, 0);

/** The shop's drawn colours, for swatches. A colour that isn't known shows as its name only. */
export const COLOURS: Record<string, string> = {
  "Forest green": "#3f7a5a",
  Sage: "#9db59a",
  Celadon: "#a9cbbd",
  Navy: "#2f4a73",
  "Sky blue": "#7fb2d9",
  "Mist blue": "#a8bccb",
  Sand: "#d9c39a",
  Oat: "#e6dac3",
  Cream: "#f2e8d5",
  White: "#f4f5f3",
  Black: "#3a3d42",
  Graphite: "#5b6068",
  Silver: "#c3c9cf",
  Coral: "#e0735f",
  Red: "#c8483f",
  Rust: "#c56a3c",
  Orange: "#ea9340",
  Mustard: "#d9a93c",
  "Blossom pink": "#ecb7b9",
  Plum: "#7d5372",
  Walnut: "#8a5f42",
  Bamboo: "#d8b67c",
};
