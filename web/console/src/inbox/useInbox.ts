// The rows of one view, page by page. Hints and a slow poll put into them what has changed.

import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { getInbox } from "api";
import { useEffect, useMemo } from "react";
import { HEAL_MS, keyOf } from "../app/queries";
import type { InboxSearch } from "../app/router";
import { type LoadedList, onePerConversation } from "./changes";
import { freshener } from "./freshen";

const PAGE = 100;

export function useInbox({ view, shop, text, tag, queue }: InboxSearch) {
  const client = useQueryClient();
  const query = useInfiniteQuery({
    queryKey: keyOf.inboxView(view, shop, text, tag, queue),
    queryFn: ({ pageParam, signal }) =>
      getInbox({ view, shop, text, tag, queue, cursor: pageParam, limit: PAGE }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    // All pages would be read again; `freshen` reads what is new.
    refetchOnWindowFocus: false,
    // Row by row it is done there too; comparing shifted lists would make every row a new one.
    structuralSharing: false,
    placeholderData: (before, query) => (query?.queryKey[2] === view ? before : undefined),
  });
  useEffect(() => {
    // Who comes back begins at the top again: further pages are read when they scroll.
    const key = keyOf.inboxView(view, shop, text, tag, queue);
    return () => void client.setQueryData<LoadedList>(key, firstPage);
  }, [client, view, shop, text, tag, queue]);
  const rows = useMemo(
    () => onePerConversation(query.data?.pages.flatMap((page) => page.items) ?? []),
    [query.data],
  );
  return { ...query, rows, counts: query.data?.pages[0]?.counts };
}

const firstPage = (list: LoadedList | undefined): LoadedList | undefined =>
  list && { pages: list.pages.slice(0, 1), pageParams: list.pageParams.slice(0, 1) };

/** Hints can be lost; looking again now and then finds what they would have told. */
export function useFreshLists(isEnabled: boolean): void {
  const client = useQueryClient();
  useEffect(() => {
    if (!isEnabled) return;
    const look = () => freshener(client).freshen();
    look();
    const timer = setInterval(look, HEAL_MS);
    window.addEventListener("focus", look);
    return () => {
      clearInterval(timer);
      window.removeEventListener("focus", look);
    };
  }, [client, isEnabled]);
}
