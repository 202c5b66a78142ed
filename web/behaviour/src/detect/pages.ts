// Which page it is, also where pages change without loading, and who comes back at once.

import { addressOf } from "../clean";
import type { Run } from "../run";

/** Back sooner than this means: it wasn't what was looked for. */
const U_TURN_MS = 10_000;
/** Redirects go back faster than people do. */
const HUMAN_MS = 400;

type Stop = [address: string, at: number];

/** Tells of every page. The history's own functions keep working whatever happens here. */
export function pages(run: Run, arrived: (address: string) => void, left: () => void): void {
  const { query, tab } = run.settings;
  let shown = "";
  const arrive = (address: string) => {
    if (shown) left();
    shown = address;
    arrived(address);
    const [before, last] = tab.get<Stop[]>("trail") ?? [];
    const at = run.now();
    if (last?.[0] === address) return;
    if (before?.[0] === address && last) {
      const ms = at - last[1];
      if (ms >= HUMAN_MS && ms < U_TURN_MS) run.saw("U-Turn", { from: last[0], to: address, ms });
    }
    tab.set("trail", [last ?? ["", 0], [address, at]]);
  };
  const look = run.safe(() => {
    const address = addressOf(location, query);
    if (address !== shown) arrive(address);
  });
  const { navigation } = window as { navigation?: EventTarget };
  if (navigation) run.on(navigation, "currententrychange", look);
  else {
    run.on(window, "popstate", look);
    for (const name of ["pushState", "replaceState"] as const) {
      const own = history[name];
      const patched = function (this: History, ...args: Parameters<History["pushState"]>) {
        own.apply(this, args);
        look();
      };
      history[name] = patched;
      // Somebody else may have patched on top of ours since; then it stays, and does nothing.
      run.undo(() => {
        if (history[name] === patched) history[name] = own;
      });
    }
  }
  // Out of the back-forward cache.
  run.on(window, "pageshow", (event) => (event as PageTransitionEvent).persisted && arrive(shown));
  look();
}
