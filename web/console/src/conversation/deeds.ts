// What was done to conversations while the line was down (notes, tags, resolving): kept in this browser, done in order
// when the desk answers again, and shown until then.

import type { Me } from "api";
import { ApiError, act, addNote, addTag, type NoteDraft, removeTag } from "api";
import { useSyncExternalStore } from "react";
import { keep, kept } from "../app/keep";
import { keyOf, queryClient } from "../app/queries";
import { freshener } from "../inbox/freshen";

export type Deed =
  | { kind: "note"; conversation: string; note: NoteDraft }
  | { kind: "tag" | "untag"; conversation: string; tag: string }
  | { kind: "resolve"; conversation: string };
export type KeptDeed = Deed & { id: string; isRefused?: boolean; code?: string };

export interface DeedPorts {
  run(deed: KeptDeed): Promise<unknown>;
  load(): KeptDeed[];
  save(deeds: KeptDeed[]): void;
  newId(): string;
  later(run: () => void, ms: number): void;
}
const RETRY_MS = 5_000;
/** The desk says it is so already: then it is done. */
const DONE_ALREADY = ["already_so", "resolved"];

export function createDeeds(ports: DeedPorts) {
  let waiting = ports.load();
  let isBusy = false;
  const listeners = new Set<() => void>();
  function put(next: KeptDeed[]) {
    waiting = next;
    ports.save(next);
    for (const listener of listeners) listener();
  }
  const without = (id: string) => waiting.filter((each) => each.id !== id);

  async function flush(): Promise<void> {
    if (isBusy) return;
    isBusy = true;
    try {
      for (;;) {
        const next = waiting.find((each) => !each.isRefused);
        if (!next) return;
        try {
          await ports.run(next);
          put(without(next.id));
        } catch (error) {
          const fault = error instanceof ApiError ? error : new ApiError("internal", 0, "");
          if (DONE_ALREADY.includes(fault.code)) put(without(next.id));
          else if (fault.isPassing || fault.code === "unauthenticated") {
            ports.later(() => void flush(), RETRY_MS);
            return;
          } else
            put(
              waiting.map((each) =>
                each.id === next.id ? { ...each, isRefused: true, code: fault.code } : each,
              ),
            );
        }
      }
    } finally {
      isBusy = false;
    }
  }
  return {
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    all: (): KeptDeed[] => waiting,
    add(deed: Deed): void {
      put([...waiting, { ...deed, id: ports.newId() }]);
      void flush();
    },
    /** Gives up what the desk refused. */
    drop(id: string): KeptDeed | undefined {
      const deed = waiting.find((each) => each.id === id);
      put(without(id));
      return deed;
    },
    resume: (): void => void flush(),
  };
}

async function run(deed: KeptDeed): Promise<void> {
  const { conversation } = deed;
  if (deed.kind === "note") await addNote(conversation, deed.note);
  else if (deed.kind === "tag") await addTag(conversation, deed.tag);
  else if (deed.kind === "untag") await removeTag(conversation, deed.tag);
  else await act(conversation, "resolve");
  for (const key of [keyOf.events(conversation), keyOf.conversation(conversation)])
    queryClient.invalidateQueries({ queryKey: key });
  freshener(queryClient).freshen(conversation);
}

const owner = () => queryClient.getQueryData<Me>(keyOf.me)?.id ?? "";
let box: ReturnType<typeof createDeeds> | undefined;
let boxOwner = "";

/** Bound to the person signed in: nobody does another's deeds. */
export function deeds() {
  if (box && boxOwner === owner()) return box;
  boxOwner = owner();
  const key = `deeds.${boxOwner}`;
  box = createDeeds({
    run,
    load: () => kept<KeptDeed[]>(key) ?? [],
    save: (all) => keep(key, all.length ? all : null),
    newId: () => crypto.randomUUID?.() ?? `${Date.now()}-${Math.random().toString(36).slice(2)}`,
    later: (again, ms) => void setTimeout(again, ms),
  });
  return box;
}

export const useDeeds = (): KeptDeed[] =>
  useSyncExternalStore(
    (listener) => deeds().subscribe(listener),
    () => deeds().all(),
  );
