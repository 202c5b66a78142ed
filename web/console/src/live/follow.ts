// What a pointer from the server means for the caches: look again there. Never takes content from a pointer.

import type { QueryClient } from "@tanstack/react-query";
import type { Doing, Pointer } from "api";
import { keyOf } from "../app/queries";
import type { EventLog } from "../conversation/log";
import { throttle } from "./throttle";
import { noteTyping, stopTyping } from "./typing";

/** A burst of hints refreshes the list at most this often. */
const INBOX_MS = 1200;

export interface Follower {
  onPointer(pointer: Pointer): void;
  onResume(): void;
}

export function followWith(
  client: QueryClient,
  onAlert: (conversation: string, reason: string) => void,
  onDeadline: (conversation: string, percent: number) => void,
  onLooking: (conversation: string, word: { staff: string; name: string; doing: Doing }) => void = () => {},
): Follower {
  const refreshInbox = throttle(() => {
    client.invalidateQueries({ queryKey: keyOf.inbox });
    client.invalidateQueries({ queryKey: keyOf.overview });
    client.invalidateQueries({ queryKey: keyOf.board });
  }, INBOX_MS);

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
          return refreshInbox();
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
          refreshInbox();
          client.invalidateQueries({ queryKey: keyOf.conversation(pointer.conversation) });
          return onDeadline(pointer.conversation, pointer.percent);
        case "alert":
          refreshInbox();
          return onAlert(pointer.conversation, pointer.reason);
      }
    },
    onResume() {
      for (const key of [
        "inbox",
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
