import { expect, test } from "vitest";
import { blocks, inlines, safeUrl } from "../src/markdown";

test("bold, links and bare addresses", () => {
  expect(inlines("看**这里**或[说明](https://a.example/x)。")).toEqual([
    "看",
    { bold: ["这里"] },
    "或",
    { href: "https://a.example/x", text: "说明" },
    "。",
  ]);
  expect(inlines("见 https://a.example/x?a=1&b=2. 好")).toEqual([
    "见 ",
    { href: "https://a.example/x?a=1&b=2", text: "https://a.example/x?a=1&b=2" },
    ". 好",
  ]);
  expect(inlines("打开https://a.example/x，再试")).toMatchObject([
    "打开",
    { text: "https://a.example/x" },
    "，再试",
  ]);
});

test("lists and paragraphs", () => {
  expect(blocks("第一\n第二\n\n1. 甲\n2. **乙**\n- 丙\n\n完")).toEqual([
    { lines: [["第一"], ["第二"]] },
    { list: "ol", start: 1, items: [["甲"], [{ bold: ["乙"] }]] },
    { list: "ul", start: 1, items: [["丙"]] },
    { lines: [["完"]] },
  ]);
});

test.each([
  "javascript:alert(1)",
  "JaVaScRiPt:alert(1)",
  " javascript:alert(1)",
  "java\tscript:alert(1)",
  "data:text/html,<script>alert(1)</script>",
  "vbscript:x",
  "file:///etc/passwd",
  "blob:https://a.example/1",
  "",
])("%j is no link", (address) => {
  expect(safeUrl(address)).toBeNull();
  expect(JSON.stringify(inlines(`[a](${address})`))).not.toContain("href");
});

test("paths are resolved against the shop and can't leave http", () => {
  expect(safeUrl("/shop/products/x", "https://a.example/")).toBe("https://a.example/shop/products/x");
  expect(safeUrl("javascript:alert(1)", "https://a.example/")).toBeNull();
  expect(safeUrl(undefined, "https://a.example/")).toBeNull();
});

test("markup stays text", () => {
  const attack = '<img src=x onerror=alert(1)> <script>alert(1)</script> **<b onclick="x">**';
  expect(inlines(attack).every((part) => typeof part === "string" || "bold" in part)).toBe(true);
});

test("hostile input takes no time", () => {
  const start = performance.now();
  for (const piece of ["**", "[a](", "((((", "https://", "1. ", "*".repeat(7)])
    blocks(piece.repeat(2000 / piece.length));
  expect(performance.now() - start).toBeLessThan(500);
});
