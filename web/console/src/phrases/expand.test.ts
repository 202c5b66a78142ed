import type { Phrase } from "api";
import { describe, expect, it } from "vitest";
import { expand, fillIn, matching, shortcutBefore, unfilled } from "./expand";

const phrase = (shortcut: string, zh: string | null, en: string | null, used = 0): Phrase => ({
  id: shortcut,
  shortcut,
  text: { zh, en },
  group: "g",
  used,
});
const values = { shopper: "陈雨", agent: "林晓", order: "", shop: "山岚生活" };

describe("quick phrases", () => {
  it("see a shortcut only at the start of a word", () => {
    expect(shortcutBefore("/hi", 3)).toEqual({ from: 0, word: "hi" });
    expect(shortcutBefore("您好 /de", 6)).toEqual({ from: 3, word: "de" });
    expect(shortcutBefore("and/or", 6)).toBeNull();
    expect(shortcutBefore("https://x", 9)).toBeNull();
    expect(shortcutBefore("/hi there", 9)).toBeNull();
    expect(shortcutBefore("a\n/", 3)).toEqual({ from: 2, word: "" });
  });
  it("offer the exact shortcut first, then by beginning, then the most used", () => {
    const all = [
      phrase("hint", "x", null, 99),
      phrase("hi", "x", null),
      phrase("delay", "说hi", null, 5),
      phrase("hill", "x", null, 100),
    ];
    expect(matching(all, "hi", "zh").map((each) => each.shortcut)).toEqual(["hi", "hill", "hint", "delay"]);
    expect(matching(all, "nothing", "zh")).toEqual([]);
  });
  it("put the text where the shortcut was, in the shopper's language", () => {
    const hello = phrase("hi", "您好{{shopper}}，我是{{agent}}", "Hello");
    const done = expand("嗯 /hi 再说", 5, hello, "zh", values);
    expect(done.text).toBe("嗯 您好陈雨，我是林晓 再说");
    expect(done.text.slice(0, done.caret)).toBe("嗯 您好陈雨，我是林晓");
    expect(expand("/hi", 3, hello, "en", values).text).toBe("Hello");
    expect(expand("/hi", 3, phrase("hi", "只有中文", null), "en", values).text).toBe("只有中文");
  });
  it("leave what nobody can fill visible, and find it again", () => {
    const text = fillIn("{{ shopper }}的订单{{order}} {{unknown}}", values);
    expect(text).toBe("陈雨的订单{{order}} {{unknown}}");
    expect(unfilled(text)).toEqual(["{{order}}", "{{unknown}}"]);
    expect(fillIn("{{customer}}，{{shop}}", values)).toBe("陈雨，山岚生活");
    expect(fillIn("您好{{shopper}}", { ...values, shopper: "" })).toBe("您好");
  });
});
