// Quick phrases while typing: which `/shortcut` is meant, and its text with the variables filled in. Pure.

import type { Language, Phrase } from "api";

export interface PhraseValues {
  shopper: string;
  agent: string;
  order: string;
  shop: string;
}
export const VARIABLES = ["shopper", "agent", "order", "shop"] as const;

/** The `/word` directly before the caret, at the start of a line or after a space. */
export function shortcutBefore(text: string, caret: number): { from: number; word: string } | null {
  const found = /(?:^|\s)\/([^\s/]*)$/.exec(text.slice(0, caret));
  if (!found) return null;
  const word = found[1] ?? "";
  return { from: caret - word.length - 1, word };
}

/** Shortcuts that begin with the word first, then those that contain it; the most used first among equals. */
export function matching(phrases: Phrase[], word: string, language: Language, most = 8): Phrase[] {
  const sought = word.toLowerCase();
  const rank = (phrase: Phrase): number => {
    const shortcut = phrase.shortcut.toLowerCase();
    if (shortcut === sought) return 0;
    if (shortcut.startsWith(sought)) return 1;
    if (shortcut.includes(sought)) return 2;
    const words = `${phrase.group} ${phrase.text.zh ?? ""} ${phrase.text.en ?? ""}`.toLowerCase();
    return words.includes(sought) ? 3 : 9;
  };
  const hasLanguage = (phrase: Phrase) => (phrase.text[language] ? 0 : 1);
  return phrases
    .map((phrase) => ({ phrase, rank: rank(phrase) }))
    .filter((each) => each.rank < 9)
    .sort(
      (a, b) =>
        a.rank - b.rank || hasLanguage(a.phrase) - hasLanguage(b.phrase) || b.phrase.used - a.phrase.used,
    )
    .slice(0, most)
    .map((each) => each.phrase);
}

/** The wording in the shopper's language, or in the other when there is none. */
export const wordingOf = (phrase: Phrase, language: Language): string =>
  phrase.text[language] || phrase.text.zh || phrase.text.en || "";

/** Unknown variables stay as they are written: sending a visible `{{…}}` is noticed, a hole is not. */
export function fillIn(text: string, values: PhraseValues): string {
  return text.replace(/\{\{\s*(\w+)\s*\}\}/g, (whole, name: string) => {
    // Other desks call the shopper so.
    const key = name === "customer" ? "shopper" : name;
    const value = (values as unknown as Record<string, string>)[key];
    return value === undefined || (value === "" && key !== "shopper") ? whole : value;
  });
}

/** Puts the phrase where its shortcut was typed; says where the caret goes. */
export function expand(
  text: string,
  caret: number,
  phrase: Phrase,
  language: Language,
  values: PhraseValues,
): { text: string; caret: number } {
  const at = shortcutBefore(text, caret);
  const from = at ? at.from : caret;
  const filled = fillIn(wordingOf(phrase, language), values);
  return { text: text.slice(0, from) + filled + text.slice(caret), caret: from + filled.length };
}

/** Variables nobody could fill: the agent should look before sending. */
export const unfilled = (text: string): string[] =>
  [...text.matchAll(/\{\{\s*\w+\s*\}\}/g)].map((found) => found[0]);
