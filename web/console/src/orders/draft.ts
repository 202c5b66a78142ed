// What an agent fills in for an action, and the action it makes: one form for each kind, from the arguments it takes.

import type { Address, Order, OrderAction } from "api";

/** The parts a form is made of. */
export type Field =
  | "reason"
  | "address"
  | "changes"
  | "payment"
  | "day"
  | "items"
  | "item"
  | "problem"
  | "description"
  | "pictures"
  | "invoice";

export const FORMS = {
  cancel_order: ["reason"],
  change_address: ["address"],
  change_items: ["changes"],
  change_payment: ["payment"],
  urge_shipment: [],
  schedule_delivery: ["day"],
  return_items: ["items", "reason"],
  exchange_items: ["changes", "reason"],
  protect_price: ["item"],
  report_problem: ["items", "problem", "description", "pictures"],
  issue_invoice: ["invoice"],
  change_invoice: ["invoice"],
  request_repair: ["item", "description"],
  file_complaint: ["description"],
} as const satisfies Partial<Record<OrderAction["action"], readonly Field[]>>;
export type FormName = keyof typeof FORMS;

export const isForm = (name: string): name is FormName => name in FORMS;
export const PROBLEMS = ["missing", "damaged", "wrong_item", "defective"] as const;
/** Reasons policies know; whoever writes another one is heard as well. */
export const REASONS = ["changed_mind", "size", "quality", "damaged", "wrong_item", "defective"] as const;
export const PARTS = ["morning", "afternoon", "evening"] as const;

export interface Draft {
  reason: string;
  address: Address;
  /** Of each line of the order, by its place: what it is to become. */
  changes: Record<number, string>;
  payment: string;
  day: string;
  part: string;
  /** Of each variant, how many. */
  items: Record<string, number>;
  item: string;
  problem: (typeof PROBLEMS)[number];
  description: string;
  pictures: { id: string; name: string }[];
  invoice: { kind: "personal" | "company"; title: string; tax_number: string; email: string };
}

export function emptyDraft(order: Order): Draft {
  const [only, ...others] = order.lines;
  const isSingle = others.length === 0 && only;
  return {
    reason: "",
    address: { ...order.address },
    changes: {},
    payment: "",
    day: "",
    part: "",
    items: isSingle ? { [only.variant]: 1 } : {},
    item: isSingle ? only.variant : "",
    problem: "damaged",
    description: "",
    pictures: [],
    invoice: {
      kind: order.invoice?.kind ?? "personal",
      title: order.invoice?.title ?? "",
      tax_number: order.invoice?.tax_number ?? "",
      email: order.invoice?.email ?? "",
    },
  };
}

export type Made = { isRight: true; action: OrderAction } | { isRight: false; fault: Field };

/** The action, or the first field that is missing. What it may be is decided by the desk alone. */
export function actionOf(name: FormName, draft: Draft, order: Order): Made {
  const fault = FORMS[name].find((field) => isMissing(field, draft));
  if (fault) return { isRight: false, fault };
  return { isRight: true, action: made(name, draft, order) };
}

function isMissing(field: Field, draft: Draft): boolean {
  switch (field) {
    case "reason":
    case "payment":
    case "day":
    case "item":
    case "description":
      return !draft[field].trim();
    case "address":
      return !draft.address.recipient.trim() || !draft.address.city?.trim() || !draft.address.street.trim();
    case "changes":
      return Object.values(draft.changes).every((to) => !to);
    case "items":
      return Object.values(draft.items).every((count) => !count);
    case "invoice":
      return (
        !draft.invoice.title.trim() || (draft.invoice.kind === "company" && !draft.invoice.tax_number.trim())
      );
    case "problem":
    case "pictures":
      return false;
  }
}

function made(name: FormName, draft: Draft, order: Order): OrderAction {
  const base = { order: order.key };
  const reason = draft.reason.trim();
  const description = draft.description.trim();
  const items = Object.entries(draft.items).flatMap(([variant, count]) => Array<string>(count).fill(variant));
  // A line of several pieces changes whole.
  const changes = order.lines.flatMap((line, index) => {
    const to = draft.changes[index];
    return to ? Array(line.quantity).fill({ from: line.variant, to }) : [];
  });
  switch (name) {
    case "cancel_order":
      return { ...base, action: name, reason };
    case "change_address":
      return { ...base, action: name, address: trimmed(draft.address) };
    case "change_items":
      return { ...base, action: name, changes };
    case "change_payment":
      return { ...base, action: name, payment: draft.payment };
    case "urge_shipment":
      return { ...base, action: name };
    case "schedule_delivery":
      return { ...base, action: name, day: draft.day, part: draft.part || undefined };
    case "return_items":
      return { ...base, action: name, items, reason };
    case "exchange_items":
      return { ...base, action: name, changes, reason };
    case "protect_price":
      return { ...base, action: name, item: draft.item };
    case "report_problem":
      return {
        ...base,
        action: name,
        items,
        problem: draft.problem,
        description,
        pictures: draft.pictures.map((picture) => picture.id),
      };
    case "issue_invoice":
    case "change_invoice": {
      const { kind, title, tax_number, email } = draft.invoice;
      const invoice = {
        kind,
        title: title.trim(),
        tax_number: kind === "company" ? tax_number.trim() : undefined,
        email: email.trim() || undefined,
      };
      return { ...base, action: name, invoice };
    }
    case "request_repair":
      return { ...base, action: name, item: draft.item, description };
    case "file_complaint":
      return { ...base, action: name, text: description };
  }
}

const trimmed = (address: Address): Address =>
  Object.fromEntries(
    Object.entries(address).map(([part, text]) => [part, text.trim()]),
  ) as unknown as Address;
