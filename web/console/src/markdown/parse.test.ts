import { describe, expect, it } from "vitest";
import { blocksOf, plainSpans, safeHref, spansOf } from "./parse";

describe("Markdown", () => {
  it("reads what articles use", () => {
    expect(
      blocksOf("第一行\n第二行\n\n- a\n- **b**\n\n1. x\n2. y\n\n# h\n> q").map((block) => block.type),
    ).toEqual(["paragraph", "list", "list", "heading", "quote"]);
    expect(spansOf("**粗** `c` https://a.example/x，后")).toMatchObject([
      { type: "strong" },
      { type: "text" },
      { type: "code", text: "c" },
      { type: "text" },
      { type: "link", href: "https://a.example/x" },
      { type: "text", text: "，后" },
    ]);
  });
  it("never makes markup or dangerous links", () => {
    expect(spansOf("<img src=x onerror=alert(1)>")).toEqual([
      { type: "text", text: "<img src=x onerror=alert(1)>" },
    ]);
    expect(spansOf("[x](javascript:alert(1))").every((span) => span.type === "text")).toBe(true);
    expect(safeHref("//evil.example")).toBeNull();
    expect(safeHref("data:text/html,x")).toBeNull();
    expect(safeHref("/shop/p/1")).toBe("/shop/p/1");
  });
  it("leaves a shopper's stars alone", () => {
    expect(plainSpans("**x** 2*3*4")).toEqual([{ type: "text", text: "**x** 2*3*4" }]);
  });
  it("ends on any input", () => {
    for (const text of ["```", "- ", "1.", "#", ">", "***", "[a](", "\n\n\n", "**", "`"])
      expect(() => blocksOf(text)).not.toThrow();
  });
});
