// An article as it is being written: emptiness, faults a form can show, and the fields compared between versions. Pure.

import type { Article, ArticleDraft, Language, Wording } from "api";

export const EMPTY_WORDING: Wording = { question: "", aliases: [], answer: "" };
export const LIMITS = { question: 300, answer: 8000, aliases: 50, key: 100 };

export const emptyDraft = (): ArticleDraft => ({
  key: "",
  category: "",
  scope: { products: [], categories: [] },
  valid_from: null,
  valid_until: null,
  zh: null,
  en: null,
});

export const draftOf = ({
  key,
  category,
  scope,
  valid_from,
  valid_until,
  zh,
  en,
}: Article | ArticleDraft): ArticleDraft => ({
  key,
  category,
  scope,
  valid_from: valid_from ?? null,
  valid_until: valid_until ?? null,
  zh: zh ?? null,
  en: en ?? null,
});

export const isSame = (a: ArticleDraft, b: ArticleDraft): boolean =>
  JSON.stringify(draftOf(a)) === JSON.stringify(draftOf(b));

/** A language nobody has written anything in is left out. */
export function tidy(draft: ArticleDraft): ArticleDraft {
  const keepWritten = (wording?: Wording | null): Wording | null => {
    if (!wording) return null;
    const clean = {
      question: wording.question.trim(),
      aliases: [...new Set(wording.aliases.map((alias) => alias.trim()).filter(Boolean))],
      answer: wording.answer.trim(),
    };
    return clean.question || clean.answer || clean.aliases.length ? clean : null;
  };
  return {
    ...draft,
    key: draft.key.trim(),
    category: draft.category.trim(),
    zh: keepWritten(draft.zh),
    en: keepWritten(draft.en),
  };
}

export type FaultCode = "empty" | "too_long" | "too_many" | "no_language" | "ends_before_start";
export type Faults = Partial<Record<string, FaultCode>>;

export function faultsOf(draft: ArticleDraft): Faults {
  const faults: Faults = {};
  const { key, zh, en, valid_from, valid_until } = tidy(draft);
  if (!key) faults.key = "empty";
  else if (key.length > LIMITS.key) faults.key = "too_long";
  if (!zh && !en) faults["zh.question"] = "no_language";
  for (const [language, wording] of [["zh", zh] as const, ["en", en] as const]) {
    if (!wording) continue;
    for (const field of ["question", "answer"] as const) {
      if (!wording[field]) faults[`${language}.${field}`] = "empty";
      else if ([...wording[field]].length > LIMITS[field]) faults[`${language}.${field}`] = "too_long";
    }
    if (wording.aliases.length > LIMITS.aliases) faults[`${language}.aliases`] = "too_many";
  }
  if (valid_from && valid_until && valid_until <= valid_from) faults.valid_until = "ends_before_start";
  return faults;
}

export type CompareField =
  | "key"
  | "category"
  | "scope"
  | "validity"
  | `${Language}.${"question" | "aliases" | "answer"}`;

/** Every field as text, for comparing two versions side by side. */
export function asText(draft: ArticleDraft, showTime: (at: number) => string): Record<CompareField, string> {
  const { products, categories } = draft.scope;
  const wording = (it?: Wording | null) => it ?? EMPTY_WORDING;
  return {
    "zh.question": wording(draft.zh).question,
    "zh.aliases": wording(draft.zh).aliases.join("\n"),
    "zh.answer": wording(draft.zh).answer,
    "en.question": wording(draft.en).question,
    "en.aliases": wording(draft.en).aliases.join("\n"),
    "en.answer": wording(draft.en).answer,
    category: draft.category,
    key: draft.key,
    scope: [...products, ...categories].join(", "),
    validity: [draft.valid_from, draft.valid_until]
      .map((at) => (at ? showTime(at) : ""))
      .join(" – ")
      .replace(/^ – $/, ""),
  };
}
