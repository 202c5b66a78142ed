import { expect, test } from "vitest";
import { fill, languageOf, money } from "../src/texts";
import { en } from "../src/texts/en";
import { zh } from "../src/texts/zh";
import { isContact } from "../src/ui/Contact";
import { waitText } from "../src/ui/Header";

const holes = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();

test("both languages have the same texts with the same holes", () => {
  expect(Object.keys(en).sort()).toEqual(Object.keys(zh).sort());
  for (const key of Object.keys(zh) as (keyof typeof zh)[]) {
    expect(en[key].trim(), key).not.toBe("");
    expect(holes(en[key]), key).toEqual(holes(zh[key]));
  }
});

test("the first wish that is a language wins; auto is no wish", () => {
  expect(languageOf("auto", "zh-CN", "en")).toBe("zh");
  expect(languageOf(null, "auto", undefined, "en-GB")).toBe("en");
  expect(languageOf("zh_TW")).toBe("zh");
  expect(languageOf("fr-FR")).toBe("en");
  expect(languageOf(null, "")).toBe("zh");
});

test("money has its currency's digits", () => {
  expect(money({ minor: 12_990, currency: "CNY" }, "zh")).toBe("¥129.90");
  expect(money({ minor: 1_299, currency: "JPY" }, "en")).toBe("¥1,299");
});

test("the estimate is honest", () => {
  const queue = { position: 3, waiting_since: 0, agents_online: 2 };
  expect(waitText({ ...queue, estimate_ms: 150_000 }, zh, "zh")).toBe(
    "前面还有 2 人 · 预计约 3 分钟 · 2 位客服在线",
  );
  expect(waitText({ ...queue, position: 1, estimate_ms: 20_000 }, en, "en")).toBe(
    "You are next · under a minute · 2 online",
  );
  expect(waitText(queue, en, "en")).toContain("no reliable estimate yet");
  expect(waitText({ ...queue, agents_online: 0, estimate_ms: 1 }, zh, "zh")).toBe(
    "前面还有 2 人 · 当前没有客服在线",
  );
});

test("contacts are e-mail addresses or phone numbers", () => {
  for (const good of ["a@b.cn", "13800000000", "+86 138-0000-0000", "(021) 555 1234"])
    expect(isContact(good), good).toBe(true);
  for (const bad of ["", "a@b", "call me", "12345", "1+1"]) expect(isContact(bad), bad).toBe(false);
});

test("filling puts values in place", () => {
  expect(fill("{n} of {n}, {name}", { n: 2, name: "$&" })).toBe("2 of 2, $&");
});
