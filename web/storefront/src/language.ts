// The shop's language, and texts, money and dates as it writes them.

import type { Bilingual, Language, Money } from "./contract";
import { kept, store, useStore } from "./store";
import { tell } from "./tandem";
import { en } from "./texts/en";
import { type Texts, zh } from "./texts/zh";

export const language = store<Language>(document.documentElement.lang.startsWith("zh") ? "zh" : "en");

export function speak(chosen: Language): void {
  kept.set("language", chosen);
  document.documentElement.lang = chosen === "zh" ? "zh-CN" : "en";
  tell("language", chosen);
  language.set(chosen);
}

export interface Spoken {
  language: Language;
  t: Texts;
  of(text: Bilingual): string;
  money(amount: Money): string;
  day(at: number): string;
  time(at: number): string;
}

export function spoken(chosen: Language): Spoken {
  const locale = chosen === "zh" ? "zh-CN" : "en";
  return {
    language: chosen,
    t: chosen === "zh" ? zh : en,
    of: (text) => text[chosen],
    money({ minor, currency }) {
      const format = new Intl.NumberFormat(locale, {
        style: "currency",
        currency,
        currencyDisplay: "narrowSymbol",
      });
      const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
      // Whole amounts read better without their zeros.
      return format.format(minor / 10 ** digits).replace(/\.00$/, "");
    },
    day: (at) => new Date(at).toLocaleDateString(locale, { year: "numeric", month: "short", day: "numeric" }),
    time: (at) =>
      new Date(at).toLocaleString(locale, {
        month: "short",
        day: "numeric",
        hour: "2-digit",
        minute: "2-digit",
        hour12: false,
      }),
  };
}

export const useSpoken = (): Spoken => spoken(useStore(language));

/** Puts values in place of {n}, {name} and the like. */
export const fill = (text: string, values: Record<string, string | number>): string =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]));
