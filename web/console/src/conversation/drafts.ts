// What an agent has begun to write, per conversation and per person; survives reloads and switching.

import { type Attachment, type NoteKind, saveDraft } from "api";
import { useCallback, useSyncExternalStore } from "react";
import { keep, kept, keptKeys } from "../app/keep";

export interface Draft {
  text: string;
  isNote: boolean;
  attachments: Attachment[];
  at: number;
  /** Of a note: what it is for, and the question it answers. */
  noteKind?: NoteKind;
  answers?: number;
  /** The draft of the desk the text was made from. */
  suggestion?: { id: string; text: string };
  /** Colleagues may read it. */
  isShared?: boolean;
}
const EMPTY: Draft = { text: "", isNote: false, attachments: [], at: 0 };
/** Older drafts are thrown away when the console starts. */
const KEEP_MS = 14 * 24 * 3_600_000;

const drafts = new Map<string, Draft>();
/** A pause this long in typing, and the desk keeps the draft too. */
const SAVE_MS = 1500;
const saving = new Map<string, ReturnType<typeof setTimeout>>();
const listeners = new Set<() => void>();
const nameOf = (person: string, conversation: string) => `draft.${person}.${conversation}`;

export function readDraft(person: string, conversation: string): Draft {
  const name = nameOf(person, conversation);
  let draft = drafts.get(name);
  if (!draft) {
    draft = { ...EMPTY, ...kept<Draft>(name) };
    drafts.set(name, draft);
  }
  return draft;
}

export function writeDraft(
  person: string,
  conversation: string,
  change: Partial<Draft>,
  now = Date.now(),
): void {
  const name = nameOf(person, conversation);
  const draft = { ...readDraft(person, conversation), ...change, at: now };
  const isEmpty = !draft.text && !draft.isNote && draft.attachments.length === 0;
  drafts.set(name, draft);
  keep(name, isEmpty ? null : draft);
  for (const listener of listeners) listener();
  if ("text" in change || "isShared" in change || "isNote" in change) saveSoon(person, conversation);
}

function saveSoon(person: string, conversation: string): void {
  const name = nameOf(person, conversation);
  clearTimeout(saving.get(name));
  saving.set(
    name,
    setTimeout(() => {
      saving.delete(name);
      const { text, isNote, isShared } = readDraft(person, conversation);
      // It is kept here in any case; the desk gets it with the next pause.
      saveDraft(conversation, { text, is_note: isNote, is_shared: !!isShared && !!text }).catch(() => {});
    }, SAVE_MS),
  );
}

/** Puts words back without overwriting what has been written since. */
export function giveBack(
  person: string,
  conversation: string,
  text: string,
  attachments: Attachment[] = [],
): void {
  const draft = readDraft(person, conversation);
  writeDraft(person, conversation, {
    text: draft.text ? `${text}\n${draft.text}` : text,
    attachments: [...attachments, ...draft.attachments],
  });
}

export function dropOldDrafts(now = Date.now()): void {
  for (const name of keptKeys("draft.")) {
    if ((kept<Draft>(name)?.at ?? 0) < now - KEEP_MS) keep(name, null);
  }
}

export const hasDraft = (person: string, conversation: string): boolean => {
  const draft = readDraft(person, conversation);
  return draft.text.trim() !== "" || draft.attachments.length > 0;
};

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export function useDraft(person: string, conversation: string): [Draft, (change: Partial<Draft>) => void] {
  const draft = useSyncExternalStore(subscribe, () => readDraft(person, conversation));
  const write = useCallback(
    (change: Partial<Draft>) => writeDraft(person, conversation, change),
    [person, conversation],
  );
  return [draft, write];
}

export const useHasDraft = (person: string, conversation: string): boolean =>
  useSyncExternalStore(subscribe, () => hasDraft(person, conversation));
