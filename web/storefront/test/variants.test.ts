import { expect, test } from "vitest";
import type { Product, Variant } from "../src/contract";
import { choicesOf, choose, isInStock, priceFrom } from "../src/variants";

const option = (key: string, en: string) => ({ key, name: { zh: key, en: key }, value: { zh: en, en } });
const variant = (colour: string, size: string, minor: number, stock: number, list?: number): Variant => ({
  key: `${colour}-${size}`,
  options: [option("colour", colour), option("size", size)],
  price: { minor, currency: "CNY" },
  list_price: list ? { minor: list, currency: "CNY" } : null,
  stock,
});
const green = variant("Green", "45 L", 49_900, 3, 59_900);
const greenLarge = variant("Green", "60 L", 59_900, 0);
const navy = variant("Navy", "45 L", 49_900, 8);
const all = [green, greenLarge, navy];

test("each option is named once, with its values in order", () => {
  expect(choicesOf(all).map((choice) => [choice.key, choice.values.map((value) => value.en)])).toEqual([
    ["colour", ["Green", "Navy"]],
    ["size", ["45 L", "60 L"]],
  ]);
});

test("choosing one option keeps the others where such a variant exists", () => {
  expect(choose(all, green, "colour", "Navy")).toBe(navy);
  expect(choose(all, navy, "size", "60 L")).toBe(greenLarge);
  expect(isInStock(all, green, "size", "60 L")).toBe(false);
});

test("a product costs what its cheapest variant costs", () => {
  const product = { variants: all } as Product;
  expect(priceFrom(product)).toMatchObject({
    price: { minor: 49_900 },
    list: { minor: 59_900 },
    varies: true,
  });
  expect(priceFrom({ variants: [] as Variant[] } as Product)).toBeNull();
});
