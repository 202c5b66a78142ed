// The names the console uses for the shapes in the OpenAPI document. Must hold no shape of its own, except what
// the document can't say (WebSocket pointers, and which fields a form sends).

import type { components, operations } from "./schema";

type Shapes = components["schemas"];

export type Ms = number;
export type Language = Shapes["Language"];
export type Party = Shapes["Party"];
export type Controller = Shapes["Controller"];
export type Stage = Shapes["Stage"];
export type Presence = Shapes["Presence"];
export type Role = Shapes["Role"];
export type Emotion = Shapes["Emotion"];
export type OrderState = Shapes["OrderState"];
export type HandoffReason = Shapes["HandoffReason"];
export type Bilingual = Shapes["Bilingual"];
export type Money = Shapes["Money"];

export type Attachment = Shapes["Attachment"];
export type Source = Shapes["Source"];
export type Card = Shapes["Card"];
export type OrderCard = Extract<Card, { kind: "order" }>;
export type ProductCard = Extract<Card, { kind: "product" }>;
export type Body = Shapes["Body"];

export type ShopName = Shapes["ShopName"];
export type Me = Shapes["Me"];
export type InboxView = NonNullable<NonNullable<operations["read_inbox"]["parameters"]["query"]>["view"]>;
export type InboxRow = Shapes["InboxRow"];
export type InboxCounts = Shapes["InboxCounts"];
export type InboxPage = Shapes["InboxPage"];
export type CardLine = Shapes["CardLine"];
export type HandoffCard = Shapes["HandoffCard"];
export type ConsoleConversation = Shapes["ConsoleConversation"];
export type ConsoleEvent = Shapes["ConsoleEvent"];
export type ConsoleEvents = Shapes["ConsoleEvents"];
export type Trace = Shapes["Trace"];
export type NoteKind = Shapes["NoteKind"];
export type Suggestion = Shapes["Suggestion"];
export type SuggestionUse = Shapes["SuggestionUse"];
export type Slip = Shapes["Slip"];
export type Compliance = Shapes["ComplianceView"];
export type ComplianceSettings = Shapes["ComplianceSettings"];
export type Colleague = Shapes["Colleague"];
export type Notice = Shapes["Notice"];
export type Task = Shapes["Task"];
export type ColleagueDraft = Shapes["Draft"];
export type SavedView = Shapes["SavedView"];
export type ViewWish = Shapes["ViewWish"];
export type TransferTargets = Shapes["TransferTargets"];

export type OrderAction = Shapes["Action"];
export type ActionOffer = Shapes["ActionOffer"];
export type ActionPreview = Shapes["ActionPreview"];
export type ActionRecord = Shapes["ActionRecord"];
export type OrderActions = Shapes["OrderActions"];
export type PaymentMethod = Shapes["PaymentMethod"];
export type Sums = Shapes["Sums"];
export type Address = Shapes["Address"];

export type ShopperOrders = Shapes["ShopperOrders"];
export type Order = Shapes["Order"];
export type Shipment = Shapes["Shipment"];
export type Refund = Shapes["Refund"];
export type Product = Shapes["Product"];

export type Measure = Shapes["Measure"];
export type Figure = Shapes["Figure"];
export type MeasureReport = Shapes["MeasureReport"];
export type MeasuredDay = Shapes["MeasuredDay"];
export type Deadline = Shapes["Deadline"];
export type ServiceLevels = Shapes["ServiceLevels"];
export type Board = Shapes["Board"];
export type BoardAgent = Shapes["BoardAgent"];

export type Phrase = Shapes["PhraseView"];
export type PhraseDraft = Shapes["PhraseDraft"];

export type ArticleState = Shapes["ArticleState"];
export type Indexed = Shapes["Indexed"];
export type Wording = Shapes["Wording"];
export type ArticleDraft = Shapes["ArticleDraft"];
export type Article = Shapes["Article"];
export type ArticleRow = Shapes["ArticleRow"];
export type ArticlePage = Shapes["ArticlePage"];
export type ArticleVersion = Shapes["ArticleVersion"];
export type SearchHit = Shapes["SearchHit"];
export type SearchPreview = Shapes["SearchPreview"];
export type ImportFault = Shapes["ImportFault"];
export type ImportReport = Shapes["ImportReport"];
export type ExportFormat = operations["export_articles"]["parameters"]["query"]["format"];

export type Staff = Shapes["StaffView"];
export type StaffDraft = Shapes["StaffDraft"];
export type StaffChange = Shapes["StaffUpdate"];
export type AuditEntry = Shapes["AuditEntry"];
export type Overview = Shapes["Overview"];

export type Skill = Shapes["SkillView"];
export type SkillGroup = Shapes["SkillGroup"];
export type Reading = Shapes["ReadingView"];
export type PlayReport = Shapes["PlayReport"];
export type PlayFault = Shapes["FaultView"];
export type Play = Shapes["PlayView"];
export type Policy = Shapes["PolicyView"];
export type PolicyAction = Shapes["PolicyAction"];
export type PolicyRule = Shapes["PolicyRule"];
export type Actor = Shapes["ActorKind"];
export type WhatIf = Shapes["WhatIfView"];
export type Guarantee = Shapes["GuaranteeView"];
export type GuaranteeTerms = Shapes["GuaranteeTerms"];
export type GuaranteeDay = Shapes["GuaranteeDay"];
export type Question = Shapes["QuestionView"];
export type Handoff = Shapes["HandoffView"];
export type HandoffTerms = Shapes["HandoffTerms"];
export type HandoffTurn = Shapes["HandoffTurn"];
export type AskedAgainHint = Shapes["AskedAgainHint"];

/** What somebody does in an open conversation. */
export type Doing = "came" | "reads" | "writes" | "left";

/** What the server says over the WebSocket: where to look, never what is true. */
export type Pointer =
  | { type: "inbox" }
  | { type: "conversation"; id: string; seq: number }
  | { type: "typing"; conversation: string; by: Party; name?: string | null }
  | { type: "presence" }
  | { type: "notice" }
  | { type: "looking"; conversation: string; staff: string; name: string; doing: Doing }
  | { type: "alert"; conversation: string; reason: string }
  | { type: "assigned"; conversation: string }
  | { type: "deadline"; conversation: string; percent: number }
  | { type: "pong" }
  | { type: "bye"; reason?: string };
export type BotSettings = Shapes["BotSettings"];
export type Reach = Shapes["Reach"];
export type ChatModel = Shapes["ChatModelView"];
export type ChatModelTrial = Shapes["ChatModelTrial"];

export type RoutingPlan = Shapes["RoutingPlan"];
export type PlanView = Shapes["PlanView"];
export type PlanAgent = Shapes["PlanAgent"];
export type RoutingQueue = Shapes["Queue"];
export type Seat = Shapes["Seat"];
export type RoutingRule = Shapes["Rule"];
export type RoutingLimits = Shapes["Limits"];
export type Span = Shapes["Span"];
export type Hours = Shapes["Hours"];
export type DryRun = Shapes["DryRun"];
export type Staffing = Shapes["Staffing"];
export type StaffingHour = Shapes["StaffingHour"];
export type Placement = Shapes["Placement"];
