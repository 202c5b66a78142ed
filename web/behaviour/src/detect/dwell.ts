// How long a page was really looked at: only while it is visible and somebody moves, and how far down they came.

import type { Run } from "../run";

/** Who hasn't moved for so long has probably gone for a coffee. */
export const IDLE_MS = 30_000;
const TICK_MS = 1_000;
/** Told at these, so that help can come while the page is still there. */
const MARKS_MS = [10_000, 30_000, 60_000, 180_000, 600_000];
/** Less isn't worth an event. */
const LEAST_MS = 1_000;

export function dwell(run: Run, tick: (ms: number) => void): void {
  let moved = run.now();
  let counted = moved;
  let stop: (() => void) | undefined;
  let active = 0;
  let told = 0;
  let deepest = 0;
  const tell = () => {
    if (active - told < LEAST_MS) return;
    told = active;
    run.saw("Page Dwell", { active_ms: active, scroll_pct: deepest });
  };
  const count = () => {
    const now = run.now();
    const ms = stop ? Math.max(0, Math.min(now, moved + IDLE_MS) - counted) : 0;
    counted = now;
    if (!ms) return;
    const isMark = MARKS_MS.some((mark) => active < mark && active + ms >= mark);
    active += ms;
    const below = (scrollY + innerHeight) / document.documentElement.scrollHeight;
    deepest = Math.max(deepest, Math.min(100, Math.round(below * 100)) || 0);
    if (isMark) tell();
    tick(ms);
  };
  const follow = () => {
    const isHidden = document.visibilityState === "hidden";
    if (isHidden !== !!stop) return;
    if (stop) {
      count();
      stop();
      stop = undefined;
    } else {
      moved = counted = run.now();
      stop = run.every(count, TICK_MS);
    }
  };
  run.on(document, "visibilitychange", follow);
  run.on(window, "pageshow", follow);
  run.on(window, "pointerdown pointermove keydown scroll", () => {
    moved = run.now();
  });
  run.onLeave(() => {
    count();
    tell();
  });
  run.onPage(() => {
    active = told = deepest = 0;
  });
  follow();
}
