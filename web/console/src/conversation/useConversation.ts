// One conversation and its log, kept fresh; and the mark of how far the team has read.

import { type QueryClient, queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { getConversation, getEvents, markRead } from "api";
import { useEffect, useRef } from "react";
import { HEAL_MS, keyOf } from "../app/queries";
import { watchConversation } from "../live/useLiveDesk";
import { catchUp, EMPTY_LOG, type EventLog } from "./log";
import { outbox } from "./sending";
import { arrived } from "./timeline";

const stateOf = (id: string) =>
  queryOptions({
    queryKey: keyOf.conversation(id),
    queryFn: ({ signal }) => getConversation(id, signal),
    staleTime: 0,
  });
const logOf = (client: QueryClient, id: string) =>
  queryOptions({
    queryKey: keyOf.events(id),
    queryFn: ({ signal }) =>
      catchUp(client.getQueryData<EventLog>(keyOf.events(id)) ?? EMPTY_LOG, (after, limit) =>
        getEvents(id, after, limit, signal),
      ),
    staleTime: 0,
    structuralSharing: false,
  });

/** Asks while the page is still being changed for it: what is drawn then finds the answers under way. */
export function fetchAhead(client: QueryClient, id: string): void {
  void client.prefetchQuery(logOf(client, id));
  void client.prefetchQuery(stateOf(id));
}

export function useConversation(id: string) {
  const client = useQueryClient();
  const conversation = useQuery({ ...stateOf(id), refetchInterval: HEAL_MS });
  const log = useQuery({ ...logOf(client, id), refetchInterval: HEAL_MS });
  useEffect(() => watchConversation(id), [id]);
  useEffect(() => {
    if (log.data) outbox().settle(arrived(log.data.events));
  }, [log.data]);
  useTeamRead(id, log.data?.seq ?? 0, conversation.data?.read.team);
  return { conversation, log };
}

/** Says "read" only while the person looks: the page is visible and has the focus. */
function useTeamRead(id: string, seq: number, read: number | undefined): void {
  const said = useRef({ id, seq: 0 });
  useEffect(() => {
    if (said.current.id !== id) said.current = { id, seq: 0 };
    function look() {
      if (read === undefined || seq <= read || seq <= said.current.seq || !document.hasFocus()) return;
      said.current.seq = seq;
      markRead(id, seq).catch(() => {
        said.current.seq = 0;
      });
    }
    look();
    window.addEventListener("focus", look);
    return () => window.removeEventListener("focus", look);
  }, [id, seq, read]);
}
