// A value that pages watch. Small on purpose: the shop has four of them (place, language, cart, customer).

import { useEffect, useState } from "preact/hooks";

export interface Store<Value> {
  get(): Value;
  set(value: Value): void;
  watch(listen: () => void): () => void;
}

export function store<Value>(value: Value): Store<Value> {
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set(next) {
      value = next;
      for (const listen of listeners) listen();
    },
    watch(listen) {
      listeners.add(listen);
      return () => listeners.delete(listen);
    },
  };
}

export function useStore<Value>(watched: Store<Value>): Value {
  const [, redraw] = useState({});
  useEffect(() => watched.watch(() => redraw({})), [watched]);
  return watched.get();
}

/** What the browser keeps, if it keeps anything. */
export const kept = {
  get(key: string): string | null {
    try {
      return localStorage.getItem(`shanlan:${key}`);
    } catch {
      return null;
    }
  },
  set(key: string, value: string): void {
    try {
      localStorage.setItem(`shanlan:${key}`, value);
    } catch {}
  },
};
