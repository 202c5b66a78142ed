import { describe, expect, it } from "vitest";
import { readable } from "./traceDetail";

describe("the detail of a step", () => {
  it("shows candidates with their chances, and what a chance had to reach", () => {
    const { tables, facts } = readable(
      {
        basis: "hybrid",
        threshold: 0.6,
        took_ms: 4,
        candidates: [
          {
            article: "art_1",
            version: 3,
            key: "k",
            question: "多久到账？",
            confidence: 0.8,
            cosine: 0.9,
            lexical: null,
          },
        ],
      },
      "zh",
    );
    expect(tables).toEqual([
      {
        field: "candidates",
        threshold: 0.6,
        rows: [
          {
            name: "多久到账？",
            chance: 0.8,
            article: "art_1",
            version: 3,
            more: [
              { field: "key", value: "k" },
              { field: "cosine", value: 0.9 },
            ],
          },
        ],
      },
    ]);
    expect(facts.map((fact) => fact.field)).toEqual(["basis", "threshold"]);
  });
  it("says nested facts flat, and leaves out what is empty", () => {
    const detail = {
      language: "zh",
      risk: null,
      topics: [],
      understood: { act: "ask", completed: { how: "focus" } },
    };
    expect(readable(detail, "zh")).toEqual({
      facts: [
        { field: "language", value: "zh" },
        { field: "act", value: "ask" },
        { field: "how", value: "focus" },
      ],
      tables: [],
    });
  });
  it("speaks the reader's language and joins lists of words", () => {
    const detail = { title: { zh: "退货", en: "Return" }, filled: ["order", "items"] };
    expect(readable(detail, "en").facts).toEqual([
      { field: "title", value: "Return" },
      { field: "filled", value: "order, items" },
    ]);
  });
  it("shows what the guard found, without a chance", () => {
    const { tables } = readable({ findings: [{ what: "amount", text: "¥5", rule: "no_source" }] }, "en");
    expect(tables[0]?.rows[0]).toMatchObject({ name: "¥5", chance: undefined });
    expect(tables[0]?.rows[0]?.more).toEqual([
      { field: "what", value: "amount" },
      { field: "rule", value: "no_source" },
    ]);
  });
  it("takes whatever an older trace has", () => {
    for (const detail of [null, undefined, "text", 4, [], [1], {}])
      expect(readable(detail, "zh")).toEqual({ facts: [], tables: [] });
  });
});
