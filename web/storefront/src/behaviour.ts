// What the shop tells the behaviour script, and what its shopper allowed. Calls made before the script has arrived wait
// in a queue that it empties; without consent it drops them.

import type { Money } from "./contract";
import { kept, store } from "./store";

type Call = [name: string, ...values: unknown[]];
type Tandem = ((...call: Call) => void) & { q?: Call[] };

/** The script may be blocked; then these are all that is kept. */
const QUEUED_MOST = 50;

function tandem(...call: Call): void {
  const page = window as unknown as { tandem?: Tandem };
  if (!page.tandem) {
    const q: Call[] = [];
    page.tandem = Object.assign(
      (...each: Call) => {
        if (q.length < QUEUED_MOST) q.push(each);
      },
      { q },
    );
  }
  page.tandem(...call);
}

/** Says what happened, in the names of the Segment e-commerce specification. */
export const note = (name: string, props: Record<string, unknown> = {}): void => tandem("track", name, props);

export const priceOf = ({ minor, currency }: Money) => ({ price_minor: minor, currency });

export interface Choice {
  behaviour: boolean;
  service_outreach: boolean;
}

const isBlocked = () => !!(navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl;

/** Whether the question is on the page. Known before the script has loaded, so that nothing jumps. */
export const asking = store(!kept.get("consent") && !isBlocked());

export function choose(choice: Choice): void {
  kept.set("consent", choice.behaviour ? "yes" : "no");
  tandem("consent", choice);
  asking.set(false);
}

// The script's memory counts: it asks again for a new text, after half a year, and where it was emptied.
tandem("state", (standing: string) => {
  if (standing === "unasked" || standing === "blocked") asking.set(standing === "unasked");
});
