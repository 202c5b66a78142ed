import { describe, expect, it } from "vitest";
import { diff } from "./diff";
import { emptyDraft, faultsOf, isSame, tidy } from "./draft";

const wording = { question: "q", aliases: [], answer: "a" };

describe("diff", () => {
  const show = (before: string, after: string) =>
    diff(before, after).map((piece) => ({ same: "", added: "+", removed: "-" })[piece.kind] + piece.text);
  it("compares Chinese by character and English by word", () => {
    expect(show("一般12小时更新", "一般24小时内更新")).toEqual(["一般", "-12", "+24", "小时", "+内", "更新"]);
    expect(show("open the order page", "open your order page")).toEqual([
      "open ",
      "-the",
      "+your",
      " order page",
    ]);
  });
  it("gives both texts back whole", () => {
    for (const [before, after] of [
      ["", "new"],
      ["old", ""],
      ["a b c", "c b a"],
      ["同样", "同样"],
      ["x".repeat(9000), "y ".repeat(9000)],
    ] as const) {
      const pieces = diff(before, after);
      expect(
        pieces
          .filter((piece) => piece.kind !== "added")
          .map((piece) => piece.text)
          .join(""),
      ).toBe(before);
      expect(
        pieces
          .filter((piece) => piece.kind !== "removed")
          .map((piece) => piece.text)
          .join(""),
      ).toBe(after);
    }
  });
});

describe("article drafts", () => {
  it("need a key and one whole language", () => {
    expect(faultsOf(emptyDraft())).toEqual({ key: "empty", "zh.question": "no_language" });
    expect(faultsOf({ ...emptyDraft(), key: "k", en: wording })).toEqual({});
    expect(faultsOf({ ...emptyDraft(), key: "k", zh: wording, en: { ...wording, answer: " " } })).toEqual({
      "en.answer": "empty",
    });
  });
  it("end after they start", () => {
    expect(faultsOf({ ...emptyDraft(), key: "k", zh: wording, valid_from: 2, valid_until: 2 })).toEqual({
      valid_until: "ends_before_start",
    });
  });
  it("drop a language in which nothing is written, and doubled aliases", () => {
    const draft = tidy({
      ...emptyDraft(),
      zh: { ...wording, aliases: ["x", " x", ""] },
      en: { question: " ", aliases: [], answer: "" },
    });
    expect(draft.zh?.aliases).toEqual(["x"]);
    expect(draft.en).toBeNull();
    expect(isSame(emptyDraft(), { ...emptyDraft(), zh: null })).toBe(true);
  });
});
