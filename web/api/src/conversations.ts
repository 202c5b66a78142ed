// The inbox and what can be read and done in one conversation.

import type {
  Attachment,
  ConsoleConversation,
  ConsoleEvents,
  InboxPage,
  InboxView,
  Sent,
  ShopperOrders,
  Trace,
} from "./contract";
import { call } from "./http";

export interface InboxQuery {
  view: InboxView;
  shop?: string;
  text?: string;
  cursor?: string;
  limit?: number;
}

const at = (id: string, rest = "") => `/api/console/conversations/${encodeURIComponent(id)}${rest}`;

export const getInbox = (query: InboxQuery, signal?: AbortSignal) =>
  call<InboxPage>("GET", "/api/console/inbox", { query: { ...query }, signal });
export const getConversation = (id: string, signal?: AbortSignal) =>
  call<ConsoleConversation>("GET", at(id), { signal });
export const getEvents = (id: string, after: number, limit: number, signal?: AbortSignal) =>
  call<ConsoleEvents>("GET", at(id, "/events"), { query: { after, limit }, signal });
export const sendMessage = (
  id: string,
  message: { client_id: string; text: string; attachments?: string[] },
) => call<Sent>("POST", at(id, "/messages"), { body: message });
export const addNote = (id: string, text: string) =>
  call<unknown>("POST", at(id, "/notes"), { body: { text } });

export type ConversationAction = "take-over" | "hand-back" | "queue" | "resolve" | "reopen";
export const act = (id: string, action: ConversationAction, note?: string) =>
  call<ConsoleConversation>("POST", at(id, `/${action}`), { body: note ? { note } : {} });

export const markRead = (id: string, seq: number) => call<void>("POST", at(id, "/read"), { body: { seq } });
export const sayTyping = (id: string) => call<void>("POST", at(id, "/typing"), { body: {} });
export const getOrders = (id: string, signal?: AbortSignal) =>
  call<ShopperOrders>("GET", at(id, "/orders"), { signal });
export const getTrace = (id: string) => call<Trace>("GET", `/api/console/traces/${encodeURIComponent(id)}`);

export function uploadFile(file: File): Promise<Attachment> {
  const form = new FormData();
  form.append("file", file, file.name);
  return call<Attachment>("POST", "/api/console/files", { form });
}
