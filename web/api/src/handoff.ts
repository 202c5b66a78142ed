// When the bot hands over, what is promised of it, turns to judge, and hints against asking the shopper twice.

import { client, take } from "./client";
import type { HandoffTerms } from "./shapes";

const inShop = (shop: string) => ({ query: { shop } });

export const getHandoff = (shop: string) =>
  take(client.GET("/api/console/handoff", { params: inShop(shop) }));
export const setHandoff = (shop: string, terms: HandoffTerms) =>
  take(client.PUT("/api/console/handoff", { params: inShop(shop), body: terms }));
export const getHandoffTurns = (shop: string, limit: number) =>
  take(client.GET("/api/console/handoff/turns", { params: { query: { shop, limit } } }));
export const judgeHandoffTurn = (id: string, neededHuman: boolean) =>
  take(
    client.POST("/api/console/handoff/turns/{id}", {
      params: { path: { id } },
      body: { needed_human: neededHuman },
    }),
  );
export const checkAskedAgain = (conversation: string, text: string) =>
  take(
    client.POST("/api/console/conversations/{id}/asked-again", {
      params: { path: { id: conversation } },
      body: { text },
    }),
  );
