// Clicks in anger and clicks that nothing answers.

import { placeOf } from "../ids";
import type { Run } from "../run";

const RAGE_CLICKS = 3;
const RAGE_PX = 30;
const RAGE_MS = 1_000;
/** A page that hasn't moved for so long after a click won't. */
export const DEAD_MS = 2_500;

/** Text is written there, or the browser answers where we can't see it, or many clicks are how it's used. */
const OWN =
  "input:not([type=button],[type=submit]),textarea,select,label,video,canvas,[contenteditable]," +
  "[role=textbox],[role=spinbutton],[data-tandem-ignore],tandem-chat";
const BUTTON = "button,a,[role=button]";
const STEP = /^\s*([+\-−–＋－<>‹›«»←→]|next|prev.*|[上下]一.|加|减)\s*$/i;
/** Answered somewhere else. */
const ELSEWHERE = "a[target=_blank],a[download],a[href^='mailto:'],a[href^='tel:']";
const PRESSABLE = "a[href],button,summary,input,[role=button],[role=tab],[onclick]";

/** Plus and minus, next and previous: pressing them many times is how they're used. */
export function isStepper(element: Element): boolean {
  const button = element.closest(BUTTON);
  if (!button) return false;
  if (STEP.test(button.getAttribute("aria-label") ?? button.textContent ?? "")) return true;
  const row = button.parentElement;
  return (
    !!row?.querySelector("input[type=number],input[inputmode=numeric],output,[role=spinbutton]") &&
    row.querySelectorAll(BUTTON).length <= 3
  );
}

export function clicks(run: Run): void {
  let last = { x: 0, y: 0, at: 0 };
  let count = 0;
  let raged: Element | undefined;
  let stopRage = () => {};
  const endRage = () => {
    stopRage();
    if (raged && count >= RAGE_CLICKS) run.saw("Rage Click", { selector_hash: placeOf(raged), count });
    raged = undefined;
    count = 0;
  };

  let stopWaiting: (() => void) | undefined;
  const answered = () => {
    stopWaiting?.();
    stopWaiting = undefined;
  };
  const awaitAnswer = (element: Element) => {
    answered();
    // Watching all changes costs the page something, so it's done after a click only.
    const observer = new MutationObserver(answered);
    observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    const stopTimer = run.later(() => {
      answered();
      run.saw("Dead Click", { selector_hash: placeOf(element) });
    }, DEAD_MS);
    stopWaiting = () => {
      observer.disconnect();
      stopTimer();
    };
  };
  run.undo(answered);
  // A new tab, a print dialog or a file chooser takes the focus from the page.
  run.on(window, "blur hashchange", answered);
  run.on(document, "scroll selectionchange input invalid visibilitychange", answered);
  run.onPage(answered);
  run.onLeave(endRage);

  run.on(document, "click", (event) => {
    const click = event as MouseEvent;
    const path = click.composedPath();
    const element = path[0];
    // A key pressed on a button is a click as well, without a place.
    if (!(element instanceof Element)) return;
    // The path and not the tree, for what stands in a shadow tree.
    const isOwn = path.some((each) => each instanceof Element && each.matches(OWN));
    const now = run.now();
    const isNear = Math.abs(click.clientX - last.x) + Math.abs(click.clientY - last.y) < RAGE_PX;
    if (count && !(isNear && now - last.at < RAGE_MS)) endRage();
    last = { x: click.clientX, y: click.clientY, at: now };
    stopRage();
    if (click.detail && !isOwn && !isStepper(element)) {
      count++;
      raged = element;
      // Three clicks also select a paragraph.
      if (getSelection()?.isCollapsed === false) count = 0;
      stopRage = run.later(endRage, RAGE_MS);
    }
    if (isOwn) return;
    const pressed = element.closest(PRESSABLE);
    if (click.ctrlKey || click.metaKey || click.shiftKey || element.closest(ELSEWHERE)) return;
    if (pressed || getComputedStyle(element).cursor === "pointer") awaitAnswer(pressed ?? element);
  });
}
