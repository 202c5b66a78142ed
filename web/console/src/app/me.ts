// Who is signed in, and what they may see.

import { queryOptions, useQuery } from "@tanstack/react-query";
import { getMe, type Me, type Role } from "api";
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

export const hasRole = (me: Me, ...roles: Role[]): boolean => roles.some((role) => me.roles.includes(role));
export const mayEditKnowledge = (me: Me): boolean => hasRole(me, "operator", "admin");
