import { expect, test } from "vitest";
import { distance } from "./distance";

test("counts the characters that were edited", () => {
  expect(distance("48小时内发货", "48小时内发货")).toBe(0);
  expect(distance("48小时内发货", "48小时内会发货哦")).toBe(2);
  expect(distance("", "你好")).toBe(2);
  expect(distance("abc", "")).toBe(3);
  expect(distance("kitten", "sitting")).toBe(3);
});
