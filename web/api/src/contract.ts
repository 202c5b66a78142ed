// The shapes of the HTTP and WebSocket contract, written by hand until the server's OpenAPI document exists.
// Must hold no behaviour.

export type Ms = number;
export type Language = "zh" | "en";
export type Party = "shopper" | "bot" | "agent" | "system";
export type Controller =
  | { kind: "bot" }
  | { kind: "queue"; queue: string }
  | { kind: "agent"; agent: string };
export type Stage = "open" | "resolved";
export type Presence = "online" | "paused" | "offline";
export type Role = "agent" | "supervisor" | "operator" | "admin";
export type Emotion = "calm" | "worried" | "upset" | "angry";
export type OrderState =
  | "unpaid"
  | "paid"
  | "packing"
  | "shipped"
  | "delivered"
  | "completed"
  | "cancelled"
  | "after_sales";
export type ShipmentState =
  | "created"
  | "in_transit"
  | "out_for_delivery"
  | "delivered"
  | "failed"
  | "returning"
  | "lost";
export type RefundState = "requested" | "approved" | "returning" | "processing" | "paid" | "refused";
export type HandoffReason =
  | "asked"
  | "abstained"
  | "bot_failed"
  | "upset"
  | "repeated"
  | "risk"
  | "unsupported_language"
  | "agent_released"
  | "offline_message";

export interface Bilingual {
  zh: string;
  en: string;
}
export interface Money {
  minor: number;
  currency: string;
}
export interface List<T> {
  items: T[];
  next: string | null;
}

export interface Attachment {
  file: string;
  name: string;
  media_type: string;
  bytes: number;
  url: string;
  width?: number | null;
  height?: number | null;
}
export interface Source {
  article: string;
  version: number;
  title: string;
}
export interface OrderCard {
  kind: "order";
  order: string;
  state: OrderState;
  state_text: string;
  placed_at: Ms;
  total: Money;
  lines: { title: string; options: string; quantity: number; picture?: string | null }[];
  shipment?: {
    carrier: string;
    tracking_number: string;
    state: ShipmentState;
    latest?: { at: Ms; place: string; what: string } | null;
    expected_at?: Ms | null;
  } | null;
  refund?: { state: RefundState; state_text: string; amount: Money; due_at?: Ms | null } | null;
}
export interface ProductCard {
  kind: "product";
  product: string;
  title: string;
  price_from: Money;
  list_price?: Money | null;
  stock: number;
  picture?: string | null;
  page?: string | null;
  options?: string | null;
}
export type Card = OrderCard | ProductCard;
export interface QuickReply {
  text: string;
  say?: string | null;
  action?: "human" | "bot" | "sign_in" | null;
}
export interface Body {
  text: string;
  attachments?: Attachment[];
  cards?: Card[];
  quick_replies?: QuickReply[];
  sources?: Source[];
  erased?: boolean;
}

export interface ShopName {
  id: string;
  key: string;
  name: Bilingual;
}
export interface Me {
  id: string;
  name: string;
  email: string;
  roles: Role[];
  shops: ShopName[];
  language: Language;
  presence: Presence;
  csrf: string;
  permissions: string[];
}

export type InboxView = "queue" | "mine" | "bot" | "open" | "resolved";
export interface InboxRow {
  conversation: string;
  shop: string;
  shopper: { id: string; name?: string | null; verified: boolean; level?: number | null };
  stage: Stage;
  controller: Controller;
  agent_name?: string | null;
  language: Language;
  last: { at: Ms; by: Party; text: string };
  waiting_since?: Ms | null;
  unread: number;
  reason?: HandoffReason | null;
  emotion?: Emotion | null;
  seq: number;
  started_at: Ms;
}
export interface InboxCounts {
  queue: number;
  mine: number;
  bot: number;
  open: number;
}
export interface InboxPage extends List<InboxRow> {
  counts: InboxCounts;
}

export interface CardLine {
  text: string;
  seq?: number | null;
}
export interface HandoffCard {
  version: 1;
  language: Language;
  reason: HandoffReason;
  reason_text: string;
  ask: CardLine;
  intents: { name: string; text: string; seq?: number | null }[];
  identity: { verified: boolean; customer?: string | null; name?: string | null };
  order?: { key: string; state: OrderState; line: CardLine } | null;
  product?: { key: string; title: string; line: CardLine } | null;
  slots: { name: string; value: string; seq?: number | null }[];
  tried: CardLine[];
  failed: CardLine[];
  promises: CardLine[];
  emotion: { level: Emotion; quote?: CardLine | null };
  suggested: CardLine[];
  written_at: Ms;
}

export interface May {
  take_over: boolean;
  reply: boolean;
  hand_back: boolean;
  resolve: boolean;
  reopen: boolean;
  note: boolean;
}
export interface PageView {
  url: string;
  title: string;
  product?: string | null;
  order?: string | null;
}
export interface ConsoleConversation {
  id: string;
  shop: string;
  shopper: {
    id: string;
    name?: string | null;
    verified: boolean;
    customer?: string | null;
    level?: number | null;
    language: Language;
    contact?: string | null;
  };
  stage: Stage;
  controller: Controller;
  agent_name?: string | null;
  control_epoch: number;
  language: Language;
  seq: number;
  started_at: Ms;
  resolved_at?: Ms | null;
  rating?: { stars: number; comment?: string | null } | null;
  card?: HandoffCard | null;
  read: { shopper: number; team: number };
  may: May;
  page?: PageView | null;
}

export type EventKind =
  | "started"
  | "message"
  | "note"
  | "controller_changed"
  | "handoff"
  | "reply_withheld"
  | "resolved"
  | "reopened"
  | "rated"
  | "identified"
  | "contact_left";
export interface Message {
  id: string;
  client_id?: string | null;
  body: Body;
}
export interface ConsoleEvent {
  seq: number;
  at: Ms;
  by: Party;
  staff?: { id: string; name: string } | null;
  kind: EventKind;
  message?: Message | null;
  controller?: Controller | null;
  reason?: string | null;
  trace?: string | null;
  card?: HandoffCard | null;
  stars?: number | null;
  comment?: string | null;
  withheld?: { text: string; reason: string } | null;
}
export interface ConsoleEvents {
  events: ConsoleEvent[];
  seq: number;
  more: boolean;
}
export interface Sent {
  seq: number;
  message: Message;
  duplicate: boolean;
}

export type TraceStage = "understand" | "decide" | "act" | "compose" | "guard" | "deliver";
export interface Trace {
  id: string;
  conversation: string;
  seq: number;
  at: Ms;
  took_ms: number;
  language: Language;
  epoch: number;
  outcome: "replied" | "withheld" | "handed_off" | "skipped";
  steps: { stage: TraceStage; took_ms: number; summary: Bilingual; detail: unknown }[];
  sources: Source[];
}

export interface Customer {
  key: string;
  name: string;
  level: number;
  since: Ms;
  phone_masked?: string | null;
  email_masked?: string | null;
}
export interface Scan {
  at: Ms;
  place: Bilingual;
  what: Bilingual;
}
export interface Shipment {
  key: string;
  carrier: Bilingual;
  tracking_number: string;
  state: ShipmentState;
  created_at: Ms;
  expected_at?: Ms | null;
  scans?: Scan[];
}
export interface Refund {
  key: string;
  state: RefundState;
  amount: Money;
  reason: Bilingual;
  requested_at: Ms;
  updated_at?: Ms | null;
  due_at?: Ms | null;
  method?: string | null;
}
export interface OrderLine {
  product: string;
  variant: string;
  title: Bilingual;
  options?: Bilingual;
  quantity: number;
  unit_price: Money;
  picture?: string | null;
}
export interface Order {
  key: string;
  customer: string;
  state: OrderState;
  lines: OrderLine[];
  total: Money;
  shipping_fee?: Money | null;
  address: {
    recipient: string;
    phone?: string;
    province?: string;
    city?: string;
    district?: string;
    street: string;
  };
  placed_at: Ms;
  paid_at?: Ms | null;
  closes_at?: Ms | null;
  ship_by?: Ms | null;
  delivered_at?: Ms | null;
  payment_method?: string | null;
  shipments?: Shipment[];
  refunds?: Refund[];
  note?: string | null;
}
export interface ShopperOrders {
  customer?: Customer | null;
  orders: Order[];
  unavailable?: boolean;
}
export interface Attribute {
  key: string;
  name: Bilingual;
  value: Bilingual;
}
export interface Variant {
  key: string;
  options?: Attribute[];
  price: Money;
  list_price?: Money | null;
  stock: number;
  restock_at?: Ms | null;
}
export interface Product {
  key: string;
  title: Bilingual;
  category: string;
  brand?: string;
  description: Bilingual;
  attributes?: Attribute[];
  variants: Variant[];
  aliases?: string[];
  picture?: string | null;
  page?: string | null;
  on_sale?: boolean;
}

export interface Phrase {
  id: string;
  shop?: string | null;
  owner?: string | null;
  shortcut: string;
  text: { zh?: string | null; en?: string | null };
  group: string;
  used: number;
}
export type PhraseDraft = Omit<Phrase, "id" | "used">;

export type ArticleState = "live" | "archived" | "scheduled" | "expired";
export type Indexed = "hybrid" | "lexical" | "pending";
export interface Wording {
  question: string;
  aliases: string[];
  answer: string;
}
export interface ArticleDraft {
  key: string;
  category: string;
  scope: { products: string[]; categories: string[] };
  valid_from?: Ms | null;
  valid_until?: Ms | null;
  zh?: Wording | null;
  en?: Wording | null;
}
export interface Article extends ArticleDraft {
  id: string;
  shop: string;
  version: number;
  archived: boolean;
  updated_at: Ms;
  updated_by: string;
  indexed: Indexed;
}
export interface ArticleRow {
  id: string;
  shop: string;
  version: number;
  key: string;
  category: string;
  question: Partial<Record<Language, string | null>>;
  languages: Language[];
  state: ArticleState;
  updated_at: Ms;
  updated_by: string;
  indexed: Indexed;
}
export interface ArticlePage extends List<ArticleRow> {
  categories: string[];
  total: number;
}
export interface ArticleVersion {
  version: number;
  draft: ArticleDraft;
  updated_at: Ms;
  updated_by: string;
  archived: boolean;
}
export interface SearchHit {
  article: ArticleRow;
  version: number;
  language: Language;
  score: number;
  cosine?: number | null;
  lexical?: number | null;
  phrasing: string;
  answer: string;
}
export interface SearchPreview {
  basis: "hybrid" | "lexical_only";
  took_ms: number;
  hits: SearchHit[];
  would: { kind: "answer" | "clarify" | "abstain"; article?: string | null; threshold: number };
}
export interface ImportFault {
  row: number;
  field: string;
  code: string;
  message: string;
}
export interface ImportReport {
  created: number;
  updated: number;
  unchanged: number;
  rejected: ImportFault[];
  warnings: ImportFault[];
}
export type ExportFormat = "csv" | "xlsx" | "md" | "jsonl";

export interface Staff {
  id: string;
  email: string;
  name: string;
  roles: Role[];
  shops: string[];
  language: Language;
  presence?: Presence;
  disabled: boolean;
  created_at?: Ms;
}
export interface StaffDraft {
  email: string;
  name: string;
  roles: Role[];
  shops: string[];
  language: Language;
  password: string;
}
export interface StaffChange {
  name?: string;
  roles?: Role[];
  shops?: string[];
  disabled?: boolean;
  password?: string;
}
export interface AuditEntry {
  id: string;
  at: Ms;
  by?: { id: string; name: string } | null;
  action: string;
  subject: string;
  detail?: unknown;
}

export interface Overview {
  queue: number;
  longest_wait_ms?: number | null;
  with_agents: number;
  with_bot: number;
  agents: { id: string; name: string; presence: Presence; open: number }[];
  today: {
    conversations: number;
    answered_by_bot: number;
    handed_off: number;
    resolved: number;
    rated: number;
    average_stars?: number | null;
  };
  model: { embedding: "ready" | "missing"; name?: string | null };
}

/** What the server says over the WebSocket: where to look, never what is true. */
export type Pointer =
  | { type: "inbox" }
  | { type: "conversation"; id: string; seq: number }
  | { type: "typing"; conversation: string; by: Party; name?: string | null }
  | { type: "presence" }
  | { type: "alert"; conversation: string; reason: string }
  | { type: "pong" }
  | { type: "bye"; reason?: string };
