// The one outbox of this browser, bound to the person signed in so that nobody sends another's words.

import { type Attachment, type Me, sendMessage, sentSuggestion } from "api";
import { useMemo, useSyncExternalStore } from "react";
import { keep, kept } from "../app/keep";
import { keyOf, queryClient } from "../app/queries";
import { createOutbox, type Outgoing } from "./outbox";

const owner = () => queryClient.getQueryData<Me>(keyOf.me)?.id ?? "";
let box: ReturnType<typeof createOutbox> | undefined;
let boxOwner = "";

export function outbox() {
  if (box && boxOwner === owner()) return box;
  box?.clear();
  boxOwner = owner();
  const key = `outbox.${boxOwner}`;
  box = createOutbox({
    send: async (message: Outgoing) => {
      const sent = await sendMessage(message.conversation, {
        client_id: message.client_id,
        text: message.text,
        attachments: message.attachments.map((each: Attachment) => each.file),
      });
      queryClient.invalidateQueries({ queryKey: keyOf.events(message.conversation) });
      if (message.suggestion)
        sentSuggestion(message.conversation, message.suggestion.id, message.suggestion.edits).catch(() => {});
      return sent;
    },
    load: () => kept<Outgoing[]>(key) ?? [],
    save: (messages) => keep(key, messages.length ? messages : null),
    newId: () => crypto.randomUUID?.() ?? `${Date.now()}-${Math.random().toString(36).slice(2)}`,
    now: Date.now,
    later: (run, ms) => {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
  });
  return box;
}

export function useOutgoing(conversation: string): Outgoing[] {
  const all = useSyncExternalStore(
    (listener) => outbox().subscribe(listener),
    () => outbox().all(),
  );
  return useMemo(() => all.filter((message) => message.conversation === conversation), [all, conversation]);
}
