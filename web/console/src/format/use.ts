// Formats bound to the reader's language, and a clock that ticks for everything that shows elapsed time.

import type { Bilingual, Language, Money, Ms } from "api";
import { useMemo, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import * as format from "./format";

export function useLanguage(): Language {
  return useTranslation().i18n.language === "en" ? "en" : "zh";
}

export function useFormat() {
  const language = useLanguage();
  return useMemo(
    () => ({
      language,
      clock: (at: Ms) => format.clock(at, language),
      fullTime: (at: Ms) => format.fullTime(at, language),
      dateTime: (at: Ms) => format.dateTime(at, language),
      date: (at: Ms) => format.date(at, language),
      shortDate: (at: Ms) => format.shortDate(at, language),
      dayName: (at: Ms) => format.dayName(at, Date.now(), language),
      shortTime: (at: Ms) => format.shortTime(at, Date.now(), language),
      span: (ms: number) => format.span(ms, language),
      duration: (ms: number) => format.duration(ms, language),
      percent: (share: number) => format.percent(share, language),
      money: (amount: Money) => format.money(amount, language),
      number: (value: number) => format.number(value, language),
      words: (text: Bilingual | undefined | null) => format.inLanguage(text, language),
    }),
    [language],
  );
}

const ticking = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  ticking.add(listener);
  timer ??= setInterval(() => {
    now = Date.now();
    for (const each of ticking) each();
  }, 1000);
  return () => {
    ticking.delete(listener);
    if (ticking.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

/** The present, to the second; one timer for the whole page. */
export const useNow = (): Ms => useSyncExternalStore(subscribe, () => now);
