// The shapes of the server's contract that the widget reads. Types only; nothing here reaches the built script.

export type Language = "zh" | "en";
export type Party = "shopper" | "bot" | "agent" | "system";
export type Serving = "bot" | "queue" | "agent";
export interface Bilingual {
  zh: string;
  en: string;
}
export interface Money {
  minor: number;
  currency: string;
}
export interface Attachment {
  file: string;
  name: string;
  media_type: string;
  bytes: number;
  url: string;
  width?: number;
  height?: number;
}
export interface Source {
  article: string;
  version: number;
  title: string;
}
export interface OrderCard {
  kind: "order";
  order: string;
  state: string;
  state_text: string;
  placed_at: number;
  total: Money;
  lines: { title: string; options: string; quantity: number; picture?: string }[];
  shipment?: {
    carrier: string;
    tracking_number: string;
    state: string;
    latest?: { at: number; place: string; what: string };
    expected_at?: number;
  };
  refund?: { state: string; state_text: string; amount: Money; due_at?: number };
}
export interface ProductCard {
  kind: "product";
  product: string;
  title: string;
  price_from: Money;
  list_price?: Money;
  stock: number;
  picture?: string;
  page?: string;
  options?: string;
}
export type Card = OrderCard | ProductCard;
export interface QuickReply {
  text: string;
  say?: string;
  action?: "human" | "bot" | "sign_in";
}
export interface Body {
  text: string;
  attachments?: Attachment[];
  cards?: Card[];
  quick_replies?: QuickReply[];
  sources?: Source[];
  erased?: boolean;
}
export interface Message {
  id: string;
  client_id?: string;
  body: Body;
}
export interface ShopperEvent {
  seq: number;
  at: number;
  by: Party;
  agent?: { id: string; name: string };
  kind: "started" | "message" | "controller_changed" | "resolved" | "reopened" | "rated" | "turn_came";
  message?: Message;
  controller?: Serving;
  reason?: string;
  stars?: number;
}
export interface Conversation {
  id: string;
  shop: string;
  stage: "open" | "resolved";
  controller: Serving;
  agent?: { id: string; name: string };
  language: Language;
  seq: number;
  /** The place in the queue; with the bot, one that is kept. */
  queue?: {
    position: number;
    waiting_since: number;
    estimate_ms?: number;
    agents_online: number;
    back_at?: number;
  };
  read: { shopper: number; team: number };
  rated?: number;
  started_at: number;
}
export interface Limits {
  message_chars: number;
  file_bytes: number;
  files_per_message: number;
  file_types: string[];
}
export interface Config {
  shop: { id: string; key: string; name: Bilingual };
  languages: Language[];
  greeting: Bilingual;
  suggestions: { zh: string[]; en: string[] };
  agents_online: number;
  business_open: boolean;
  limits: Limits;
  colors: { accent: string };
}
export interface Connected {
  token: string;
  expires_at: number;
  visitor: string;
  shopper: { id: string; verified: boolean; name?: string };
  conversation: Conversation | null;
}
export interface EventsPage {
  events: ShopperEvent[];
  seq: number;
  more: boolean;
}
export interface Accepted {
  seq: number;
  message: Message;
  duplicate: boolean;
}
export interface Problem {
  code: string;
  title: string;
  detail: string;
}
export interface ConnectRequest {
  shop: string;
  visitor?: string;
  identity?: string;
  language: Language;
}
export interface StartRequest {
  language: Language;
  prefer?: "bot" | "human";
  page: Page;
}
export interface SayRequest {
  client_id: string;
  text: string;
  attachments?: string[];
}
export interface RatingRequest {
  stars: number;
  comment?: string;
}
export interface ContactRequest {
  contact: string;
  text?: string;
  call_back: boolean;
}
export interface Page {
  url?: string;
  title?: string;
  product?: string;
  order?: string;
}

/** Something said to the shopper before they asked; shown beside the closed chat. */
export interface TeaserFrame {
  type: "teaser";
  id: string;
  text: string;
  /** In this order; without any, all three with the chat's own words. */
  buttons?: TeaserButton[];
  /** Which trigger it comes from, for the shop's own listeners. */
  trigger: string;
  /** Not shown from then on. */
  expires_at: number;
}
export interface TeaserButton {
  action: "continue" | "later" | "never";
  text?: string;
  /** What the shopper says by pressing it. */
  say?: string;
}
export interface TeaserAnswer {
  type: "teaser";
  id: string;
  action: "seen" | "continue" | "later" | "never";
}

export type ServerFrame =
  | { type: "events"; conversation: string; events: ShopperEvent[]; seq: number }
  | ({ type: "accepted"; client_id: string } & Accepted)
  | { type: "refused"; client_id?: string; code: string; detail: string }
  | { type: "state"; conversation: Conversation }
  | { type: "typing"; conversation: string; by: "bot" | "agent" }
  | TeaserFrame
  | { type: "pong" }
  | { type: "error"; code: string; detail: string }
  | { type: "bye"; reason: string };

export type ClientFrame =
  | TeaserAnswer
  | { type: "follow"; conversation: string; after: number; page: Page }
  | { type: "say"; conversation: string; client_id: string; text: string; attachments?: string[] }
  | { type: "typing"; conversation: string }
  | { type: "read"; conversation: string; seq: number }
  | { type: "ping" };
