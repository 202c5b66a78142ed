// What waits for somebody's approval, and how much of it for the one who is signed in.

import { useQuery } from "@tanstack/react-query";
import { getWaitingActions } from "api";
import { HEAL_MS, keyOf } from "../app/queries";

export const useWaiting = (isEnabled = true) =>
  useQuery({
    queryKey: keyOf.approvals,
    queryFn: getWaitingActions,
    refetchInterval: HEAL_MS,
    enabled: isEnabled,
  });

export function useToDecide(isEnabled: boolean): number {
  const { data } = useWaiting(isEnabled);
  return data?.filter((record) => record.may_decide).length ?? 0;
}
