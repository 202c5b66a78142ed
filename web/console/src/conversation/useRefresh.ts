// After something was done to a conversation: its new state at once, and everything that shows it again.

import { useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import type { ConsoleConversation } from "api";
import { keyOf } from "../app/queries";
import { freshener } from "../inbox/freshen";
import { useFaultText } from "../parts/States";

export function useRefresh(id: string) {
  const client = useQueryClient();
  const { message } = App.useApp();
  const faultText = useFaultText();
  return {
    onSuccess: (next: ConsoleConversation) => client.setQueryData(keyOf.conversation(id), next),
    onError: (error: unknown) => void message.error(faultText(error)),
    onSettled: () => {
      for (const key of [keyOf.conversation(id), keyOf.events(id), keyOf.tags])
        client.invalidateQueries({ queryKey: key });
      freshener(client).freshen(id);
    },
  };
}
