import { expect, test } from "vitest";
import { spoken } from "../src/language";
import { en } from "../src/texts/en";
import { POLICIES } from "../src/texts/policies";
import { zh } from "../src/texts/zh";

const holes = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();

test("both languages have the same texts with the same holes", () => {
  expect(Object.keys(en).sort()).toEqual(Object.keys(zh).sort());
  for (const key of Object.keys(zh) as (keyof typeof zh)[]) {
    expect(en[key].trim(), key).not.toBe("");
    expect(holes(en[key]), key).toEqual(holes(zh[key]));
  }
  for (const { points, title } of POLICIES) {
    for (const text of [title, ...points]) expect(Object.values(text).every(Boolean)).toBe(true);
  }
});

test("whole amounts lose their zeros, others keep them", () => {
  const amounts = [49_900, 49_950, 105].map((minor) => spoken("zh").money({ minor, currency: "CNY" }));
  expect(amounts).toEqual(["¥499", "¥499.50", "¥1.05"]);
});
