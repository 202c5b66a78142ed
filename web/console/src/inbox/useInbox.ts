// The rows of one view, page by page, healed by a slow poll.

import { useInfiniteQuery } from "@tanstack/react-query";
import { getInbox, type InboxRow } from "api";
import { useMemo } from "react";
import { HEAL_MS, keyOf } from "../app/queries";
import type { InboxSearch } from "../app/router";

const PAGE = 100;

export function useInbox({ view, shop, text, tag, queue }: InboxSearch) {
  const query = useInfiniteQuery({
    queryKey: keyOf.inboxView(view, shop, text, tag, queue),
    queryFn: ({ pageParam, signal }) =>
      getInbox({ view, shop, text, tag, queue, cursor: pageParam, limit: PAGE }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: HEAL_MS,
    placeholderData: (before, query) => (query?.queryKey[1] === view ? before : undefined),
  });
  const rows = useMemo(
    () => onePerConversation(query.data?.pages.flatMap((page) => page.items) ?? []),
    [query.data],
  );
  return { ...query, rows, counts: query.data?.pages[0]?.counts };
}

/** A row may move between pages while they are fetched. */
export function onePerConversation(rows: InboxRow[]): InboxRow[] {
  const seen = new Set<string>();
  return rows.filter((row) => !seen.has(row.conversation) && seen.add(row.conversation));
}
