// Plain functions of the guarantee: what its one sentence says, and the terms as people write them, in percent.

import type { Guarantee, GuaranteeTerms } from "api";

export type Sentence =
  | { kind: "certified"; n: number }
  | { kind: "switchedOff"; n: number }
  | { kind: "tooFew"; more: number }
  | { kind: "tooManyErrors" };

export function sentenceOf(guarantee: Guarantee): Sentence {
  if (guarantee.standing === "too_few_labels") return { kind: "tooFew", more: guarantee.more };
  if (guarantee.standing === "too_many_errors") return { kind: "tooManyErrors" };
  // Proved, and all the same nothing stands on it: the bot answers from the shop's own threshold.
  return { kind: guarantee.is_certified ? "certified" : "switchedOff", n: guarantee.judged };
}

/** The terms with percents in place of shares. */
export interface TermsDraft {
  isOn: boolean;
  error: number | null;
  confidence: number | null;
  share: number | null;
}

/** What the server takes, in percent. */
export const RANGES = {
  error: { least: 0.1, most: 50 },
  confidence: { least: 50, most: 99.9 },
  share: { least: 0, most: 100 },
} as const;
export type TermsField = keyof typeof RANGES;

/** Without the dust of binary fractions: 0.07 is 7, not 7.000000000000001. */
const rounded = (value: number) => Math.round(value * 1e6) / 1e6;

export const draftOf = (terms: GuaranteeTerms): TermsDraft => ({
  isOn: terms.is_on,
  error: rounded(terms.error * 100),
  confidence: rounded(terms.confidence * 100),
  share: rounded(terms.share * 100),
});

/** The terms, or the first field that can't be. */
export function termsOf(draft: TermsDraft): GuaranteeTerms | TermsField {
  const { error, confidence, share } = draft;
  const isWithin = (field: TermsField, value: number | null): value is number =>
    value !== null && value >= RANGES[field].least && value <= RANGES[field].most;
  if (!isWithin("error", error)) return "error";
  if (!isWithin("confidence", confidence)) return "confidence";
  if (!isWithin("share", share)) return "share";
  return {
    is_on: draft.isOn,
    error: rounded(error / 100),
    confidence: rounded(confidence / 100),
    share: rounded(share / 100),
  };
}

export const isSameDraft = (a: TermsDraft, b: TermsDraft): boolean =>
  a.isOn === b.isOn && a.error === b.error && a.confidence === b.confidence && a.share === b.share;
