// The teaser's texts in English; the chat's own script need not carry them.
import type { Texts } from "./zh";

export const en: Texts = {
  from: "Automatic assistant",
  continue: "Continue",
  later: "Not now",
  never: "Don't show again",
  close: "Close",
};
