// The query client and the keys under which answers are cached. Fetching itself is said where it is used.

import { QueryClient } from "@tanstack/react-query";
import { ApiError } from "api";

/** Hints can be lost; a slow poll heals what they missed. */
export const HEAL_MS = 30_000;

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      refetchOnWindowFocus: "always",
      retry: (count, error) => count < 2 && error instanceof ApiError && error.isPassing,
    },
    mutations: { retry: false },
  },
});

export const keyOf = {
  me: ["me"] as const,
  inbox: ["inbox"] as const,
  inboxView: (view: string, shop?: string, text?: string, tag?: string, queue?: string) =>
    ["inbox", "list", view, shop ?? "", text ?? "", tag ?? "", queue ?? ""] as const,
  inboxLists: ["inbox", "list"] as const,
  counts: ["inbox", "counts"] as const,
  conversation: (id: string) => ["conversation", id] as const,
  events: (id: string) => ["events", id] as const,
  orders: (id: string) => ["orders", id] as const,
  actions: (conversation: string) => ["actions", conversation] as const,
  orderActions: (conversation: string, order: string) => ["actions", conversation, order] as const,
  /** Beneath the inbox: the same hints refresh it. */
  approvals: ["inbox", "approvals"] as const,
  product: (shop: string, key: string) => ["product", shop, key] as const,
  botSettings: (shop: string) => ["botSettings", shop] as const,
  compliance: (shop: string) => ["compliance", shop] as const,
  chatModel: (shop: string) => ["chatModel", shop] as const,
  products: (shop: string, text: string) => ["products", shop, text] as const,
  trace: (id: string) => ["trace", id] as const,
  suggestions: (id: string, seq: number) => ["suggestions", id, seq] as const,
  summary: (id: string) => ["summary", id] as const,
  past: (id: string) => ["past", id] as const,
  visits: (id: string) => ["visits", id] as const,
  drafts: (id: string) => ["drafts", id] as const,
  targets: (id: string) => ["targets", id] as const,
  colleagues: (shop: string) => ["colleagues", shop] as const,
  tags: ["tags"] as const,
  views: ["views"] as const,
  notices: ["notices"] as const,
  tasks: ["tasks"] as const,
  phrases: ["phrases"] as const,
  articles: ["articles"] as const,
  article: (id: string) => ["article", id] as const,
  versions: (id: string) => ["article", id, "versions"] as const,
  skills: (shop: string) => ["skills", shop] as const,
  policy: (shop: string) => ["policy", shop] as const,
  guarantee: (shop: string) => ["guarantee", shop] as const,
  handoff: (shop: string) => ["handoff", shop] as const,
  handoffTurns: (shop: string) => ["handoff-turns", shop] as const,
  askedAgain: (id: string, text: string) => ["asked-again", id, text] as const,
  questions: (shop: string) => ["questions", shop] as const,
  plan: (shop: string) => ["routing", shop] as const,
  staffing: (shop: string, share: number, seconds: number, days: number) =>
    ["staffing", shop, share, seconds, days] as const,
  overview: ["overview"] as const,
  board: ["board"] as const,
  measures: ["measures"] as const,
  serviceLevels: (shop: string) => ["service-levels", shop] as const,
  staff: ["staff"] as const,
  audit: ["audit"] as const,
};
