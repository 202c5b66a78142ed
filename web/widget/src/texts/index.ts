// Choosing the language and filling in texts, numbers, times and money the way the shopper's locale writes them.

import type { Language, Money } from "../contract";
import { en } from "./en";
import { type Texts, zh } from "./zh";

/** The first of the wishes that is a language we speak; Chinese when none is. */
export function languageOf(...wishes: (string | null | undefined)[]): Language {
  for (const wish of wishes) {
    const tag = wish?.toLowerCase().slice(0, 2);
    if (tag === "zh" || tag === "en") return tag;
    // Any other real language reads English more likely than Chinese.
    if (tag && wish !== "auto") return "en";
  }
  return "zh";
}

export const textsIn = (language: Language): Texts => (language === "zh" ? zh : en);

/** Puts values in place of {n}, {at} and the like. */
export const fill = (text: string, values: Record<string, string | number>): string =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]));

export const locale = (language: Language) => (language === "zh" ? "zh-CN" : "en");

export function money({ minor, currency }: Money, language: Language): string {
  const format = new Intl.NumberFormat(locale(language), {
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
  });
  return format.format(minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}

export function clock(at: number, language: Language): string {
  return new Date(at).toLocaleTimeString(locale(language), { hour: "2-digit", minute: "2-digit" });
}

export function day(at: number, language: Language, weekday = false): string {
  return new Date(at).toLocaleDateString(locale(language), {
    month: "short",
    day: "numeric",
    ...(weekday && { weekday: "short" }),
  });
}

export function bytes(count: number): string {
  return count < 1 << 20
    ? `${Math.ceil(count / 1024)} KB`
    : `${(count / (1 << 20)).toFixed(1).replace(".0", "")} MB`;
}
