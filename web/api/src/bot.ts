// What the bot can carry out, under which policy, and what is promised of the answers it gives alone.

import { client, patiently, take } from "./client";
import type { Actor, BotSettings, ComplianceSettings, GuaranteeTerms } from "./shapes";

const inShop = (shop: string) => ({ query: { shop } });

export const getSkills = (shop: string) => take(client.GET("/api/console/skills", { params: inShop(shop) }));
export const readIntents = (shop: string, text: string) =>
  take(client.POST("/api/console/skills/read", { body: { shop, text } }));
/** Plays on a desk of its own, which takes its time. */
export const playConversations = (shop: string, yaml: string) =>
  take(client.POST("/api/console/skills/play", { body: { shop, yaml }, fetch: patiently }));

export const getPolicy = (shop: string) => take(client.GET("/api/console/policy", { params: inShop(shop) }));
export const askWhatIf = (conversation: string, action: Record<string, unknown>, actor: Actor) =>
  take(
    client.POST("/api/console/policy/what-if", {
      // Any action, also one written by hand: the desk says what is wrong with it.
      body: { conversation, actor, action } as never,
    }),
  );

export const getGuarantee = (shop: string) =>
  take(client.GET("/api/console/guarantee", { params: inShop(shop) }));
export const setGuarantee = (shop: string, terms: GuaranteeTerms) =>
  take(client.PUT("/api/console/guarantee", { params: inShop(shop), body: terms }));
export const getQuestions = (shop: string, limit: number) =>
  take(client.GET("/api/console/guarantee/questions", { params: { query: { shop, limit } } }));
export const judgeQuestion = (id: string, isRight: boolean) =>
  take(
    client.POST("/api/console/guarantee/questions/{id}", {
      params: { path: { id } },
      body: { is_right: isRight },
    }),
  );

export const getBotSettings = (shop: string) =>
  take(client.GET("/api/console/bot-settings", { params: inShop(shop) }));
export const setBotSettings = (shop: string, settings: BotSettings) =>
  take(client.PUT("/api/console/bot-settings", { params: inShop(shop), body: settings }));

export const getCompliance = (shop: string) =>
  take(client.GET("/api/console/compliance", { params: inShop(shop) }));
export const setCompliance = (shop: string, settings: ComplianceSettings) =>
  take(client.PUT("/api/console/compliance", { params: inShop(shop), body: settings }));
export const checkText = (shop: string, text: string) =>
  take(client.POST("/api/console/compliance/check", { params: inShop(shop), body: { text } }));

export const getChatModel = (shop: string) =>
  take(client.GET("/api/console/chat-model", { params: inShop(shop) }));
/** A model may take its whole budget of time. */
export const tryChatModel = (shop: string) =>
  take(client.POST("/api/console/chat-model/test", { params: inShop(shop), fetch: patiently }));
