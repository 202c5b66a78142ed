// Times, amounts and sizes in the reader's language. Pure: the language and the moment are passed in.

import type { Bilingual, Language, Money, Ms } from "api";

const tag = (language: Language) => (language === "zh" ? "zh-CN" : "en-GB");
const formats = new Map<string, Intl.DateTimeFormat>();

function dateFormat(language: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = language + JSON.stringify(options);
  let format = formats.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(tag(language), options);
    formats.set(key, format);
  }
  return format;
}

export const clock = (at: Ms, language: Language): string =>
  dateFormat(language, { hour: "2-digit", minute: "2-digit", hour12: false }).format(at);
export const fullTime = (at: Ms, language: Language): string =>
  dateFormat(language, { dateStyle: "medium", timeStyle: "medium", hour12: false }).format(at);
export const dateTime = (at: Ms, language: Language): string =>
  dateFormat(language, {
    month: "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hour12: false,
  }).format(at);
export const date = (at: Ms, language: Language): string =>
  dateFormat(language, { year: "numeric", month: "short", day: "numeric" }).format(at);

export const shortDate = (at: Ms, language: Language): string =>
  dateFormat(language, { month: "numeric", day: "numeric" }).format(at);

export function dayKey(at: Ms): string {
  const day = new Date(at);
  return `${day.getFullYear()}-${day.getMonth() + 1}-${day.getDate()}`;
}

/** `今天`, `昨天`, or the date with its weekday. */
export function dayName(at: Ms, now: Ms, language: Language): string {
  const days = Math.round(
    (new Date(now).setHours(0, 0, 0, 0) - new Date(at).setHours(0, 0, 0, 0)) / 86_400_000,
  );
  if (days === 0 || days === 1) {
    return new Intl.RelativeTimeFormat(tag(language), { numeric: "auto" }).format(-days, "day");
  }
  const isThisYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return dateFormat(language, {
    weekday: "short",
    month: "short",
    day: "numeric",
    ...(isThisYear ? {} : { year: "numeric" }),
  }).format(at);
}

/** As short as a list row allows: the time today, otherwise the date. */
export function shortTime(at: Ms, now: Ms, language: Language): string {
  return dayKey(at) === dayKey(now) ? clock(at, language) : shortDate(at, language);
}

/** `48 秒`, `12 分`, `3 时 5 分` / `48s`, `12m`, `3h 5m`. */
export function span(ms: number, language: Language): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const unit =
    language === "zh" ? { s: " 秒", m: " 分", h: " 时", d: " 天" } : { s: "s", m: "m", h: "h", d: "d" };
  if (seconds < 60) return `${seconds}${unit.s}`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}${unit.m}`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours}${unit.h}${minutes % 60 ? ` ${minutes % 60}${unit.m}` : ""}`;
  return `${Math.floor(hours / 24)}${unit.d}`;
}

/** `10分钟`, `2小时`, `1天` / `10 minutes`, `2 hours`, `1 day`: in whole units of the largest that fits. */
export function duration(ms: number, language: Language): string {
  const units = [
    ["day", 86_400_000],
    ["hour", 3_600_000],
    ["minute", 60_000],
    ["second", 1000],
  ] as const;
  const [unit, unitMs] = units.find(([, each]) => ms >= each && ms % each === 0) ?? units[3];
  return new Intl.NumberFormat(tag(language), { style: "unit", unit, unitDisplay: "long" }).format(
    Math.round(ms / unitMs),
  );
}

/** A share as `5%`, `77.4%`: at most one digit behind the point. */
export const percent = (share: number, language: Language): string =>
  new Intl.NumberFormat(tag(language), { style: "percent", maximumFractionDigits: 1 }).format(share);

export function money({ minor, currency }: Money, language: Language): string {
  const format = new Intl.NumberFormat(tag(language), {
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
  });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(minor / 10 ** digits);
}

export function fileSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

export const number = (value: number, language: Language): string => value.toLocaleString(tag(language));
export const inLanguage = (text: Bilingual | undefined | null, language: Language): string =>
  text ? text[language] || text.zh || text.en : "";
