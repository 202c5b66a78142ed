// What the shopper allowed, remembered; and what their browser asks of every page.

import type { Keep } from "./keep";

/** In the words of the wire; a page says `behaviour` for `analytics`. */
export interface Choice {
  analytics: boolean;
  service_outreach: boolean;
  marketing: boolean;
  /** Of the text that was agreed to. */
  version: string | null;
  ts: number;
}
export type Standing = "blocked" | "unasked" | "granted" | "refused";

/** After half a year one is asked again, as data protection authorities advise. */
const HOLDS_MS = 182 * 86_400_000;

/** The choice that still holds: not too old, and made for the text shown today. */
export function remembered(keep: Keep, version: string | null, now: number): Choice | undefined {
  const choice = keep.get<Choice>("consent");
  return choice && now - choice.ts < HOLDS_MS && (!version || choice.version === version)
    ? choice
    : undefined;
}

export function standing(choice: Choice | undefined): Standing {
  const { doNotTrack, globalPrivacyControl } = navigator as {
    doNotTrack?: string | null;
    globalPrivacyControl?: boolean;
  };
  // Said to all pages, so ours doesn't ask.
  if (globalPrivacyControl || doNotTrack === "1") return "blocked";
  return !choice ? "unasked" : choice.analytics ? "granted" : "refused";
}

/** Reads what a page says: an object, or yes and no for behaviour alone. Only a plain `true` is a yes. */
export function choiceOf(said: unknown, version: string | null, ts: number): Choice {
  const given = (said && typeof said === "object" ? said : { behaviour: said }) as Record<string, unknown>;
  const isYes = (purpose: string) => given[purpose] === true;
  return {
    analytics: isYes("behaviour"),
    service_outreach: isYes("service_outreach"),
    marketing: isYes("marketing"),
    version,
    ts,
  };
}
