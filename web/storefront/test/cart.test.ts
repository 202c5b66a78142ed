import { expect, test } from "vitest";
import { QUANTITY_MOST, readCart, shippingFor, withQuantity } from "../src/cart";

const tent = { product: "tent", variant: "tent-green", quantity: 1 };

test("a cart that was tampered with or broken reads as what can be used of it", () => {
  expect(readCart(null)).toEqual([]);
  expect(readCart("{")).toEqual([]);
  expect(readCart('"x"')).toEqual([]);
  expect(readCart(JSON.stringify([tent, null, { product: 1 }, { ...tent, quantity: 1.5 }]))).toEqual([tent]);
});

test("a quantity replaces, is limited, and none removes", () => {
  expect(withQuantity([], "tent", "tent-green", 2)).toEqual([{ ...tent, quantity: 2 }]);
  expect(withQuantity([tent], "tent", "tent-green", 1_000)).toEqual([{ ...tent, quantity: QUANTITY_MOST }]);
  expect(withQuantity([tent], "tent", "tent-green", 0)).toEqual([]);
  expect(withQuantity([tent], "mug", "mug-red", 1)).toHaveLength(2);
});

test("delivery is free from the shop's amount", () => {
  expect([0, 8_799, 8_800].map(shippingFor)).toEqual([0, 800, 0]);
});
