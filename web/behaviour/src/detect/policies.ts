// Policies that are looked at: pages that are one by their address, and parts of pages that say they are one.

import { every, said } from "../mark";
import type { Run } from "../run";

/** Long enough to have begun reading. */
const READ_TICKS = 2;
const SETTLED_MS = 1_000;
/** What people read is a little above the middle. */
const READ_AT = 0.4;
const POLICY =
  /\/((?:[\w-]+-)?(?:polic(?:y|ies)|returns?|refunds?|exchanges?|shipping|delivery|warranty)(?:-[\w-]+)?)(?:[/.?]|$)/i;

export function policies(run: Run): void {
  const seen = new Set<string>();
  let reading = "";
  let ticks = 0;
  const view = (policy: string) => {
    if (seen.has(policy)) return;
    seen.add(policy);
    run.told("Policy Viewed", { policy_id: policy });
  };
  run.onPage((address) => {
    seen.clear();
    ticks = 0;
    const listed = run.settings.policies;
    const policy = listed.length
      ? listed.find((path) => address.startsWith(path))
      : POLICY.exec(address)?.[1];
    // A page that marks its policies is told of part by part.
    if (policy) run.later(() => every("policy").length || view(policy), SETTLED_MS);
  });
  run.onTick(() => {
    const line = innerHeight * READ_AT;
    let at = "";
    for (const part of every("policy")) {
      const { top, bottom } = part.getBoundingClientRect();
      if (top <= line && bottom >= line) at = said(part, "policy");
    }
    ticks = at === reading ? ticks + 1 : 1;
    reading = at;
    if (at && ticks >= READ_TICKS) view(at);
  });
}
