// "Why here": the reasons of an assignment in a few words.

import type { Placement } from "api";
import type { TFunction } from "i18next";

const MINUTE_MS = 60_000;

export function whyHere(placement: Placement, t: TFunction): string {
  const { basis, capacity, eligible, idle_ms, load, skills, urgent, vip } = placement;
  const reasons = [
    t(`routing.why_${basis ?? "longest_idle"}`, {
      idle: Math.round((idle_ms ?? 0) / MINUTE_MS),
      n: eligible ?? 0,
    }),
  ];
  if (skills) reasons.push(t("routing.whySkills", { n: skills }));
  if (vip) reasons.push(t("routing.whyVip"));
  if (urgent) reasons.push(t("routing.whyUrgent"));
  reasons.push(t("routing.whyLoad", { load: (load ?? 0) / 100, capacity: (capacity ?? 0) / 100 }));
  return reasons.join(" · ");
}
