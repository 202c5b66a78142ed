// What a pointer from the server means for the caches: look again there. Never takes content from a pointer.

import type { QueryClient } from "@tanstack/react-query";
import type { Doing, Pointer } from "api";
import { keyOf } from "../app/queries";
import type { EventLog } from "../conversation/log";
import { type Freshener, freshener } from "../inbox/freshen";
import { throttle } from "./throttle";
import { noteTyping, stopTyping } from "./typing";

/** A burst of hints refreshes what is counted at most this often. */
const NUMBERS_MS = 1200;

export interface Follower {
  onPointer(pointer: Pointer): void;
  onResume(): void;
}

interface Listeners {
  onAlert(conversation: string, reason: string): void;
  onDeadline(conversation: string, percent: number): void;
  onLooking(conversation: string, word: { staff: string; name: string; doing: Doing }): void;
}

export function followWith(
  client: QueryClient,
  { onAlert, onDeadline, onLooking }: Listeners,
  lists: Freshener = freshener(client),
): Follower {
  const refreshNumbers = throttle(() => {
    client.invalidateQueries({ queryKey: keyOf.overview });
    client.invalidateQueries({ queryKey: keyOf.board });
    client.invalidateQueries({ queryKey: keyOf.approvals });
  }, NUMBERS_MS);
  function refreshInbox(...conversations: string[]) {
    lists.freshen(...conversations);
    refreshNumbers();
  }

  return {
    onPointer(pointer) {
      switch (pointer.type) {
        case "inbox":
          return refreshInbox();
        case "conversation": {
          const log = client.getQueryData<EventLog>(keyOf.events(pointer.id));
          if (log && log.seq < pointer.seq) {
            stopTyping(pointer.id);
            client.invalidateQueries({ queryKey: keyOf.events(pointer.id) });
            // The bot may have done something to an order.
            client.invalidateQueries({ queryKey: keyOf.orders(pointer.id) });
            client.invalidateQueries({ queryKey: keyOf.actions(pointer.id) });
          }
          client.invalidateQueries({ queryKey: keyOf.conversation(pointer.id) });
          client.invalidateQueries({ queryKey: keyOf.drafts(pointer.id) });
          client.invalidateQueries({ queryKey: keyOf.visits(pointer.id) });
          return refreshInbox(pointer.id);
        }
        case "typing":
          return noteTyping(pointer.conversation, { by: pointer.by, name: pointer.name });
        case "presence":
          client.invalidateQueries({ queryKey: keyOf.me });
          client.invalidateQueries({ queryKey: keyOf.overview });
          return;
        case "assigned":
          // Whoever it is for is called by the notice that was written with it, until they look.
          client.invalidateQueries({ queryKey: keyOf.notices });
          return refreshInbox();
        case "notice":
          client.invalidateQueries({ queryKey: keyOf.notices });
          client.invalidateQueries({ queryKey: keyOf.tasks });
          return;
        case "looking":
          return onLooking(pointer.conversation, pointer);
        case "deadline":
          refreshInbox(pointer.conversation);
          client.invalidateQueries({ queryKey: keyOf.conversation(pointer.conversation) });
          return onDeadline(pointer.conversation, pointer.percent);
        case "alert":
          refreshInbox();
          return onAlert(pointer.conversation, pointer.reason);
      }
    },
    onResume() {
      refreshInbox();
      for (const key of [
        "conversation",
        "events",
        "overview",
        "board",
        "me",
        "orders",
        "notices",
        "tasks",
        "drafts",
      ]) {
        client.invalidateQueries({ queryKey: [key] });
      }
    },
  };
}
