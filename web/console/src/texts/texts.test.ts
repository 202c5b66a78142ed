// Both languages say the same things: every key is in both, with the same variables.

import { describe, expect, it } from "vitest";
import en from "./en.json";
import zh from "./zh.json";

type Tree = { [key: string]: string | Tree };
/** English has one and other; Chinese has only other. */
const withoutPlural = (key: string) => key.replace(/_(one|other)$/, "");

function flat(tree: Tree, path = ""): Map<string, string> {
  const all = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    const at = path ? `${path}.${key}` : key;
    if (typeof value === "string") all.set(withoutPlural(at), value);
    else for (const [inner, text] of flat(value, at)) all.set(inner, text);
  }
  return all;
}
const variables = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((found) => found[1]).sort();

describe("texts", () => {
  const [zhTexts, enTexts] = [flat(zh as Tree), flat(en as Tree)];
  it("have the same keys in both languages", () => {
    expect([...zhTexts.keys()].sort()).toEqual([...enTexts.keys()].sort());
  });
  it("have the same variables in both languages", () => {
    const differing = [...zhTexts].filter(
      ([key, text]) =>
        key !== "phrase.used" && variables(text).join() !== variables(enTexts.get(key) ?? "").join(),
    );
    expect(differing.map(([key]) => key)).toEqual([]);
  });
  it("are never empty", () => {
    expect([...zhTexts, ...enTexts].filter(([, text]) => !text.trim()).map(([key]) => key)).toEqual([]);
  });
});
