// Who is typing where, forgotten after a few seconds of silence.

import type { Party } from "api";
import { useSyncExternalStore } from "react";

const FORGET_MS = 5000;
export interface Typing {
  by: Party;
  name?: string | null;
}
const typing = new Map<string, { who: Typing; timer: ReturnType<typeof setTimeout> }>();
const listeners = new Set<() => void>();
const tell = () => {
  for (const listener of listeners) listener();
};

export function noteTyping(conversation: string, who: Typing): void {
  clearTimeout(typing.get(conversation)?.timer);
  typing.set(conversation, { who, timer: setTimeout(() => stopTyping(conversation), FORGET_MS) });
  tell();
}

export function stopTyping(conversation: string): void {
  const entry = typing.get(conversation);
  if (!entry) return;
  clearTimeout(entry.timer);
  typing.delete(conversation);
  tell();
}

export const useTyping = (conversation: string): Typing | undefined =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => typing.get(conversation)?.who,
  );
