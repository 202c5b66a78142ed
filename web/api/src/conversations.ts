// The inbox and what can be read and done in one conversation.

import { client, fileForm, take } from "./client";
import type { Attachment, ConsoleConversation, InboxView } from "./shapes";

export interface InboxQuery {
  view: InboxView;
  shop?: string;
  text?: string;
  tag?: string;
  queue?: string;
  cursor?: string;
  limit?: number;
}
const of = (id: string) => ({ path: { id } });

export const getInbox = (query: InboxQuery, signal?: AbortSignal) =>
  take(client.GET("/api/console/inbox", { params: { query }, signal }));
export const getConversation = (id: string, signal?: AbortSignal) =>
  take(client.GET("/api/console/conversations/{id}", { params: of(id), signal }));
export const getEvents = (id: string, after: number, limit: number, signal?: AbortSignal) =>
  take(
    client.GET("/api/console/conversations/{id}/events", {
      params: { ...of(id), query: { after, limit } },
      signal,
    }),
  );
export const sendMessage = (
  id: string,
  message: { client_id: string; text: string; attachments?: string[] },
) => take(client.POST("/api/console/conversations/{id}/messages", { params: of(id), body: message }));

export type ConversationAction = "take-over" | "hand-back" | "queue" | "resolve" | "reopen";
export function act(id: string, action: ConversationAction): Promise<ConsoleConversation> {
  const params = of(id);
  switch (action) {
    case "take-over":
      return take(client.POST("/api/console/conversations/{id}/take-over", { params, body: {} }));
    case "hand-back":
      return take(client.POST("/api/console/conversations/{id}/hand-back", { params, body: {} }));
    case "queue":
      return take(client.POST("/api/console/conversations/{id}/queue", { params, body: {} }));
    case "resolve":
      return take(client.POST("/api/console/conversations/{id}/resolve", { params, body: {} }));
    case "reopen":
      return take(client.POST("/api/console/conversations/{id}/reopen", { params, body: {} }));
  }
}

export const markRead = (id: string, seq: number) =>
  take(client.POST("/api/console/conversations/{id}/read", { params: of(id), body: { seq } }));
export const sayTyping = (id: string) =>
  take(client.POST("/api/console/conversations/{id}/typing", { params: of(id), body: {} }));
export const getOrders = (id: string, signal?: AbortSignal) =>
  take(client.GET("/api/console/conversations/{id}/orders", { params: of(id), signal }));
export const getTrace = (id: string) => take(client.GET("/api/console/traces/{id}", { params: of(id) }));

export const uploadFile = (file: File, shop?: string): Promise<Attachment> =>
  take(client.POST("/api/console/files", { params: { query: { shop } }, ...fileForm(file) }));
