// Who is signed in, and what they may see.

import { queryOptions, useQuery } from "@tanstack/react-query";
import { getMe, type Me } from "api";
import { keyOf, queryClient } from "./queries";

export const meQuery = queryOptions({
  queryKey: keyOf.me,
  queryFn: getMe,
  staleTime: Number.POSITIVE_INFINITY,
});

/** Inside the signed-in layout, where the route has already loaded it. */
export function useMe(): Me {
  const { data } = useQuery(meQuery);
  if (!data) throw new Error("used outside the signed-in layout");
  return data;
}

export function changeMe(change: Partial<Me>): void {
  queryClient.setQueryData<Me>(keyOf.me, (me) => (me ? { ...me, ...change } : me));
}

/** What roles allow; the server decides again on every call. */
export type Permission =
  | "read_conversations"
  | "serve"
  | "supervise"
  | "read_knowledge"
  | "write_knowledge"
  | "write_team_phrases"
  | "manage_staff"
  | "read_audit";
export const may = (me: Me, permission: Permission): boolean => me.permissions.includes(permission);
