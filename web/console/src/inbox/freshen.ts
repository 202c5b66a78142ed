// Keeps loaded lists fresh by asking only for what has changed: the latest rows of what is open and of what is resolved,
// back to where it was asked the last time. Lists of any length cost two small requests.

import type { QueryClient } from "@tanstack/react-query";
import { getInbox, type InboxPage, type InboxRow, type InboxView, type Me } from "api";
import { keyOf } from "../app/queries";
import { throttle } from "../live/throttle";
import { type LoadedList, withChanges } from "./changes";

/** A burst of hints is one look. */
const LOOK_MS = 1200;
const PAGE = 40;
/** More than this changed at once: the lists are loaded anew. */
const MOST_PAGES = 5;
/** Events of two processes may be written in another order than they are dated. */
const OVERLAP_MS = 5_000;

type Read = (query: { view: InboxView; text?: string; cursor?: string; limit: number }) => Promise<InboxPage>;

/** What happened after `since`, the latest first; null when it is too much to be told piece by piece. */
export async function changedSince(since: number, view: InboxView, read: Read): Promise<InboxPage | null> {
  const rows: InboxRow[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const { items, next, counts } = await read({ view, cursor, limit: PAGE });
    rows.push(...items);
    const oldest = items.at(-1)?.last.at ?? 0;
    if (!next || oldest < since - OVERLAP_MS) return { items: rows, counts };
    cursor = next;
  }
  return null;
}

export interface Freshener {
  /** Something changed: these conversations certainly, others perhaps. */
  freshen(...conversations: string[]): void;
}

export function freshenerOf(client: QueryClient, read: Read = getInbox): Freshener {
  let since: number | undefined;
  const named = new Set<string>();
  const look = throttle(() => void run().catch(() => {}), LOOK_MS);

  async function run(): Promise<void> {
    const wanted = [...named];
    named.clear();
    // Hints come to everybody who is signed in.
    if (!client.getQueryData<Me>(keyOf.me)?.permissions.includes("read_conversations")) return;
    // The first look needs no past: the lists are being loaded.
    const from = since ?? Number.POSITIVE_INFINITY;
    const [open, resolved] = await Promise.all([
      changedSince(from, "open", read),
      changedSince(from, "resolved", read),
    ]);
    if (!open || !resolved) {
      since = undefined;
      await client.invalidateQueries({ queryKey: keyOf.inbox });
      return;
    }
    const rows = [...open.items, ...resolved.items];
    // Read marks move without an event; what is before somebody's eyes has to show them.
    for (const id of wanted.filter((each) => !rows.some((row) => row.conversation === each))) {
      const { items } = await read({ view: "open", text: id, limit: 1 });
      rows.push(...items.filter((row) => row.conversation === id));
    }
    const newest = Math.max(since ?? 0, ...rows.map((row) => row.last.at));
    const isLoading = show(rows, resolved);
    // A page that is under way would lay its older rows over these: look again after it.
    if (isLoading) look();
    else since = newest;
  }

  /** Whether a list was being loaded meanwhile. */
  function show(rows: InboxRow[], { counts }: InboxPage): boolean {
    const me = client.getQueryData<Me>(keyOf.me)?.id ?? "";
    let isLoading = false;
    client.setQueryData<InboxPage>(keyOf.counts, (page) => (page ? { ...page, counts } : page));
    for (const query of client.getQueryCache().findAll({ queryKey: keyOf.inboxLists })) {
      const list = query.state.data as LoadedList | undefined;
      if (query.state.fetchStatus === "fetching") isLoading = true;
      if (!list) continue;
      const [, , view, shop, text, tag, queue] = query.queryKey as [string, string, InboxView, ...string[]];
      // Which rows words find only the desk can tell; such lists are short.
      if (text) void client.invalidateQueries({ queryKey: query.queryKey });
      else {
        const next = withChanges(list, { view, shop, tag, queue }, me, { rows, counts });
        client.setQueryData(query.queryKey, next, { updatedAt: query.state.dataUpdatedAt });
      }
    }
    return isLoading;
  }

  return {
    freshen(...conversations) {
      for (const id of conversations) named.add(id);
      look();
    },
  };
}

const fresheners = new WeakMap<QueryClient, Freshener>();
/** One for each client, so that hints from everywhere are coalesced. */
export function freshener(client: QueryClient): Freshener {
  let known = fresheners.get(client);
  if (!known) {
    known = freshenerOf(client);
    fresheners.set(client, known);
  }
  return known;
}
