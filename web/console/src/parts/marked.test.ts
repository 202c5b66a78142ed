// Findings are marked where the desk found them, also behind signs that take two places in JavaScript.

import type { Slip } from "api";
import { describe, expect, it } from "vitest";
import { piecesOf, rangeOf } from "./marked";

const slip = (text: string, start: number): Slip => ({
  text,
  start,
  end: start + [...text].length,
  category: "diversion",
  rule: "diversion.wechat",
  severity: "must_change",
  title: { zh: "站外引流", en: "Leading off the platform" },
  reason: { zh: "请在本平台内沟通", en: "Talk here" },
  suggestion: { start, end: start, text: "" },
});

describe("marked texts", () => {
  it("are cut at what was found", () => {
    const pieces = piecesOf("😀加微信吧", [slip("微信", 2)]);
    expect(pieces.map((piece) => [piece.text, piece.slip !== undefined])).toEqual([
      ["😀加", false],
      ["微信", true],
      ["吧", false],
    ]);
    expect(rangeOf("😀加微信吧", slip("微信", 2))).toEqual([3, 5]);
  });

  it("show nothing that was found in an earlier text", () => {
    expect(piecesOf("加微", [slip("微信", 1)])).toEqual([]);
  });
});
