// Plain functions of the bot's settings: lists as lines of text, and where a refused field is shown.

import type { ApiError, BotSettings, Reach } from "api";

export const REACHES: Reach[] = ["alone", "asks", "never"];
/** Actions a policy knows, in the order they are shown; anything else stays as it is saved. */
export const ACTIONS = [
  "cancel_order",
  "change_address",
  "change_items",
  "change_payment",
  "urge_shipment",
  "schedule_delivery",
  "return_items",
  "exchange_items",
  "protect_price",
  "report_problem",
  "issue_invoice",
  "change_invoice",
  "request_repair",
  "remind_restock",
  "file_complaint",
  "change_home_address",
] as const;

/** One on each line. */
export const linesOf = (text: string): string[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter(Boolean);

export const isSame = (a: BotSettings, b: BotSettings): boolean => JSON.stringify(a) === JSON.stringify(b);

/** A limit in whole units of money, as people write it; stored in the smallest unit. */
export const limitOf = (minor: number | null | undefined): number | null =>
  minor == null ? null : minor / 100;
export const minorOf = (limit: number | null): number | null =>
  limit === null ? null : Math.round(limit * 100);

/** What the desk says about a field, in the reader's language. */
export function faultsOf(error: ApiError | null): Record<string, string> {
  return Object.fromEntries((error?.fields ?? []).map((fault) => [fault.field, fault.detail]));
}

export const reachOf = (settings: BotSettings, action: string): Reach =>
  settings.bot_may.actions[action] ?? "alone";

export function withReach(settings: BotSettings, action: string, reach: Reach): BotSettings {
  const { [action]: _, ...others } = settings.bot_may.actions;
  const actions = reach === "alone" ? others : { ...others, [action]: reach };
  return { ...settings, bot_may: { ...settings.bot_may, actions } };
}
