// Keyboard actions: a component offers some while it is on screen; one listener for the page runs them.

import { useEffect, useRef, useSyncExternalStore } from "react";
import { keep, kept } from "../app/keep";

export type KeyGroup = "go" | "list" | "conversation" | "judging" | "general";
export interface KeyAction {
  /** `j`, `Enter`, `g i`, `mod+k`; empty: only in the palette. */
  keys: string;
  name: string;
  group: KeyGroup;
  run: () => void;
  isEnabled?: boolean;
}

/** After this the first key of a pair is forgotten. */
const PAIR_MS = 1000;
const layers = new Set<{ actions: KeyAction[] }>();
const listeners = new Set<() => void>();
let pending = { key: "", at: 0 };
let areSingleKeysOn = kept<boolean>("single-keys") ?? true;

export function useKeys(actions: KeyAction[]): void {
  const layer = useRef({ actions });
  layer.current.actions = actions;
  useEffect(() => {
    const mine = layer.current;
    layers.add(mine);
    return () => void layers.delete(mine);
  }, []);
}

export const activeActions = (): KeyAction[] => [...layers].flatMap((layer) => layer.actions);

export function setSingleKeys(isOn: boolean): void {
  areSingleKeysOn = isOn;
  keep("single-keys", isOn);
  for (const listener of listeners) listener();
}
export const useSingleKeys = (): boolean =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => areSingleKeysOn,
  );

const isEditable = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  target.closest("input, textarea, select, [contenteditable=true], [role=combobox]") !== null;
const isControl = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  target.closest("button, a, [role=menuitem], [role=option], summary") !== null;
const isDialogOpen = (): boolean =>
  document.querySelector(".ant-modal-wrap:not([style*='none']), .ant-drawer-open") !== null;

function onKeyDown(event: KeyboardEvent): void {
  if (event.isComposing || event.defaultPrevented || event.altKey) return;
  const isMod = event.ctrlKey || event.metaKey;
  if (!isMod && (!areSingleKeysOn || isEditable(event.target) || isDialogOpen())) return;
  if (event.key === "Enter" && isControl(event.target)) return;
  const key = isMod ? `mod+${event.key.toLowerCase()}` : event.key;
  const pair = event.timeStamp - pending.at < PAIR_MS ? `${pending.key} ${key}` : "";
  const enabled = activeActions().filter((action) => action.isEnabled !== false && action.keys !== "");
  const found =
    enabled.findLast((action) => action.keys === pair) ?? enabled.findLast((action) => action.keys === key);
  pending = { key, at: event.timeStamp };
  if (!found) return;
  event.preventDefault();
  found.run();
}

if (typeof window !== "undefined") window.addEventListener("keydown", onKeyDown);

export const isMac = typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.platform);
export const showKeys = (keys: string): string[] =>
  keys.split(" ").flatMap((key) => key.replace("mod+", isMac ? "⌘ " : "Ctrl ").split(" "));
