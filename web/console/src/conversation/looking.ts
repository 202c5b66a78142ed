// Who else looks at a conversation or writes in it. Nobody remembers it: everyone says it again, and silence forgets.

import type { Doing } from "api";
import { useEffect, useSyncExternalStore } from "react";
import { onLooking, sayLooking } from "../live/useLiveDesk";

const SAY_EVERY_MS = 15_000;
/** Two missed words: they have closed it, or lost the line. */
export const FORGET_MS = 35_000;

export interface Looker {
  staff: string;
  name: string;
  isWriting: boolean;
  at: number;
}
type Lookers = Looker[];
const NONE: Lookers = [];
const known = new Map<string, Lookers>();
const listeners = new Set<() => void>();
const mine = new Map<string, Doing>();

/** What is known after somebody's word. Pure. */
export function after(
  lookers: Lookers,
  word: { staff: string; name: string; doing: Doing },
  now: number,
): Lookers {
  const others = lookers.filter((each) => each.staff !== word.staff && now - each.at < FORGET_MS);
  if (word.doing === "left") return others;
  const { staff, name, doing } = word;
  return [...others, { staff, name, isWriting: doing === "writes", at: now }].sort((a, b) =>
    a.name.localeCompare(b.name),
  );
}

function put(conversation: string, lookers: Lookers) {
  known.set(conversation, lookers.length ? lookers : NONE);
  for (const listener of listeners) listener();
}

onLooking((conversation, word) => {
  put(conversation, after(known.get(conversation) ?? NONE, word, Date.now()));
  const doing = mine.get(conversation);
  if (word.doing === "came" && doing) sayLooking(conversation, doing);
});

/** Says that one is here, and returns who else is. */
export function useLookers(conversation: string, isWriting: boolean): Lookers {
  useEffect(() => {
    mine.set(conversation, "reads");
    sayLooking(conversation, "came");
    const timer = setInterval(() => {
      sayLooking(conversation, mine.get(conversation) ?? "reads");
      const now = Date.now();
      const lookers = known.get(conversation) ?? NONE;
      if (lookers.some((each) => now - each.at >= FORGET_MS))
        put(
          conversation,
          lookers.filter((each) => now - each.at < FORGET_MS),
        );
    }, SAY_EVERY_MS);
    const leave = () => sayLooking(conversation, "left");
    window.addEventListener("pagehide", leave);
    return () => {
      clearInterval(timer);
      window.removeEventListener("pagehide", leave);
      mine.delete(conversation);
      leave();
    };
  }, [conversation]);
  useEffect(() => {
    if (!isWriting) return;
    mine.set(conversation, "writes");
    sayLooking(conversation, "writes");
    return () => {
      if (!mine.has(conversation)) return;
      mine.set(conversation, "reads");
      sayLooking(conversation, "reads");
    };
  }, [conversation, isWriting]);
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => known.get(conversation) ?? NONE,
  );
}
