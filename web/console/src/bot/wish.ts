// What the form of "what would happen if" makes of what is filled in: an action, or what is wrong with it.

/** The forms: three common actions, and `other` for any as JSON. */
export const FORMS = ["cancel_order", "return_items", "urge_shipment", "other"] as const;
export type Form = (typeof FORMS)[number];

export interface WishDraft {
  form: Form;
  order: string;
  items: string[];
  reason: string;
  json: string;
}
export const emptyWish = (): WishDraft => ({
  form: "cancel_order",
  order: "",
  items: [],
  reason: "",
  json: '{"action": "issue_invoice", "order": "", "invoice": {"kind": "personal", "title": ""}}',
});

export type WishFault = "order" | "items" | "reason" | "json" | "action";
export type Wish = { isRight: true; action: Record<string, unknown> } | { isRight: false; fault: WishFault };

const wrong = (fault: WishFault): Wish => ({ isRight: false, fault });

export function wishOf(draft: WishDraft): Wish {
  if (draft.form === "other") return wishOfJson(draft.json);
  const order = draft.order.trim();
  if (!order) return wrong("order");
  if (draft.form === "urge_shipment") return { isRight: true, action: { action: draft.form, order } };
  const reason = draft.reason.trim();
  const items = draft.items.map((item) => item.trim()).filter(Boolean);
  if (draft.form === "return_items" && items.length === 0) return wrong("items");
  if (!reason) return wrong("reason");
  return draft.form === "return_items"
    ? { isRight: true, action: { action: draft.form, order, items, reason } }
    : { isRight: true, action: { action: draft.form, order, reason } };
}

function wishOfJson(json: string): Wish {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return wrong("json");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return wrong("json");
  const action = value as Record<string, unknown>;
  return typeof action.action === "string" && action.action ? { isRight: true, action } : wrong("action");
}

/** Whether a text can be the id of a conversation: only then is it worth asking for its orders. */
export const isConversation = (text: string): boolean => /^cnv_\w{4,}$/.test(text);
