import type { Guarantee, Question } from "api";
import { describe, expect, it } from "vitest";
import { judged, newRound, nextOf, openOf } from "./judging";
import { byTurn, EXAMPLE, offsetOf } from "./play";
import { draftOf, sentenceOf, termsOf } from "./standing";
import { emptyWish, isConversation, wishOf } from "./wish";

const guarantee = (part: Partial<Guarantee>): Guarantee => ({
  terms: { is_on: true, error: 0.05, confidence: 0.95, share: 0.2 },
  standing: "certified",
  more: 0,
  threshold: 0.7,
  is_certified: true,
  coverage: 0.8,
  upper_bound: 0.049,
  judged: 412,
  open: 3,
  answered: 330,
  wrong: 9,
  wrong_at_most: 0.047,
  days: [],
  ...part,
});

describe("the guarantee's sentence", () => {
  it("promises only what is proved and in force", () => {
    expect(sentenceOf(guarantee({}))).toEqual({ kind: "certified", n: 412 });
    expect(sentenceOf(guarantee({ is_certified: false }))).toEqual({ kind: "switchedOff", n: 412 });
  });
  it("says plainly why nothing is promised", () => {
    expect(sentenceOf(guarantee({ standing: "too_few_labels", more: 40, is_certified: false }))).toEqual({
      kind: "tooFew",
      more: 40,
    });
    expect(sentenceOf(guarantee({ standing: "too_many_errors", is_certified: false }))).toEqual({
      kind: "tooManyErrors",
    });
  });
});

describe("the terms", () => {
  it("come back from percent as they were", () => {
    for (const error of [0.001, 0.05, 0.07, 0.29, 0.5]) {
      const terms = { is_on: false, error, confidence: 0.999, share: 0.07 };
      expect(termsOf(draftOf(terms))).toEqual(terms);
    }
    expect(draftOf({ is_on: true, error: 0.07, confidence: 0.95, share: 0.2 }).error).toBe(7);
  });
  it("name the field that can't be", () => {
    const draft = draftOf(guarantee({}).terms);
    expect(termsOf({ ...draft, error: 0 })).toBe("error");
    expect(termsOf({ ...draft, error: null })).toBe("error");
    expect(termsOf({ ...draft, confidence: 100 })).toBe("confidence");
    expect(termsOf({ ...draft, share: 101 })).toBe("share");
  });
});

describe("judging", () => {
  const question = (id: string, asked = "q"): Question => ({
    id,
    asked,
    conversation: "cnv_1",
    seq: 1,
    at: 1,
    article: "art_1",
    question: "",
    answer: "",
    outcome: "answered",
  });
  const [a, b, c] = [question("a"), question("b", " "), question("c")];
  it("goes on with the oldest that was not erased", () => {
    const round = newRound();
    expect(nextOf([a, b, c], round)?.id).toBe("a");
    const later = judged(round, a, true);
    expect(nextOf([a, b, c], later)?.id).toBe("c");
    expect(openOf([a, b, c], later).map((each) => each.id)).toEqual(["b", "c"]);
    expect(nextOf([a, b, c], judged(later, c, false))).toBeUndefined();
  });
  it("keeps the last judgement, and judging again replaces it", () => {
    const once = judged(newRound(), a, true);
    const twice = judged(once, a, false);
    expect(twice.last).toEqual({ question: a, isRight: false });
    expect([...twice.done]).toEqual(["a"]);
  });
});

describe("what would happen if", () => {
  const draft = { ...emptyWish(), order: " SL1 ", reason: "太大" };
  it("makes an action of what is filled in", () => {
    const action = (form: "cancel_order" | "return_items" | "urge_shipment", items: string[] = []) =>
      wishOf({ ...draft, form, items });
    expect(action("cancel_order")).toEqual({
      isRight: true,
      action: { action: "cancel_order", order: "SL1", reason: "太大" },
    });
    expect(action("urge_shipment")).toEqual({
      isRight: true,
      action: { action: "urge_shipment", order: "SL1" },
    });
    expect(action("return_items", ["v1", "v1", " "])).toEqual({
      isRight: true,
      action: { action: "return_items", order: "SL1", items: ["v1", "v1"], reason: "太大" },
    });
  });
  it("says what is missing", () => {
    expect(wishOf({ ...draft, order: " " })).toEqual({ isRight: false, fault: "order" });
    expect(wishOf({ ...draft, form: "return_items" })).toEqual({ isRight: false, fault: "items" });
    expect(wishOf({ ...draft, reason: "" })).toEqual({ isRight: false, fault: "reason" });
  });
  it("takes any action as JSON, and nothing else", () => {
    const json = (text: string) => wishOf({ ...draft, form: "other", json: text });
    expect(json('{"action": "issue_invoice"}')).toEqual({
      isRight: true,
      action: { action: "issue_invoice" },
    });
    expect(json("{")).toEqual({ isRight: false, fault: "json" });
    expect(json("[]")).toEqual({ isRight: false, fault: "json" });
    expect(json('{"order": "SL1"}')).toEqual({ isRight: false, fault: "action" });
    expect(wishOf({ ...emptyWish(), form: "other" }).isRight).toBe(true);
  });
  it("asks for the orders of what can be a conversation only", () => {
    expect(isConversation("cnv_01hx3")).toBe(true);
    expect(["", "cnv_", "art_01hx3", "cnv_01/../x"].some(isConversation)).toBe(false);
  });
});

describe("conversation tests", () => {
  it("find the place of a fault, counting characters as the server does", () => {
    const text = "a: 1\n名😀字: x\nend";
    expect(offsetOf(text, 1, 1)).toBe(0);
    expect(text.slice(offsetOf(text, 2, 3))).toBe("字: x\nend");
    expect(text.slice(offsetOf(text, 3, 1))).toBe("end");
    expect(offsetOf(text, 9, 1)).toBe(text.length);
  });
  it("put each difference to its turn", () => {
    const found = byTurn(
      [
        { turn: 1, what: "x" },
        { turn: 1, what: "y" },
        { turn: 7, what: "z" },
      ],
      2,
    );
    expect([...found]).toEqual([
      [0, ["x", "y"]],
      [-1, ["z"]],
    ]);
  });
  it("begin with an example in both languages", () => {
    expect(EXAMPLE).toMatch(/催一下/);
    expect(EXAMPLE).toMatch(/where is my parcel/);
  });
});
