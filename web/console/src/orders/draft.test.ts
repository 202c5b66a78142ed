// What a form makes of what is filled in, for every kind of action.

import type { Order } from "api";
import { describe, expect, it } from "vitest";
import { actionOf, type Draft, emptyDraft, FORMS, type FormName } from "./draft";

const line = (variant: string, quantity: number) => ({
  product: "p",
  variant,
  title: { zh: "台灯", en: "Lamp" },
  options: { zh: "白", en: "white" },
  quantity,
  unit_price: { minor: 100, currency: "CNY" },
});
const order = (...lines: ReturnType<typeof line>[]): Order =>
  ({
    key: "SL1",
    lines,
    address: { recipient: "王", country: "CN", city: "杭州", street: "文三路 1 号" },
  }) as unknown as Order;
const make = (name: FormName, part: Partial<Draft>, of = order(line("a", 2), line("b", 1))) =>
  actionOf(name, { ...emptyDraft(of), ...part }, of);

describe("an action's form", () => {
  it("says which field is missing", () => {
    expect(make("cancel_order", { reason: "  " })).toEqual({ isRight: false, fault: "reason" });
    expect(make("return_items", { reason: "x" })).toEqual({ isRight: false, fault: "items" });
    expect(make("change_items", { changes: { 0: "" } })).toEqual({ isRight: false, fault: "changes" });
    const company = { kind: "company" as const, title: "t", tax_number: "", email: "" };
    expect(make("issue_invoice", { invoice: company })).toEqual({ isRight: false, fault: "invoice" });
    expect(make("change_address", { address: { ...order().address, street: " " } })).toMatchObject({
      fault: "address",
    });
  });

  it("names a variant as often as there are pieces", () => {
    const returned = make("return_items", { items: { a: 2, b: 0 }, reason: "quality" });
    expect(returned).toEqual({
      isRight: true,
      action: { action: "return_items", order: "SL1", items: ["a", "a"], reason: "quality" },
    });
    const changed = make("exchange_items", { changes: { 0: "c", 1: "" }, reason: "size" });
    expect(changed).toMatchObject({
      action: {
        changes: [
          { from: "a", to: "c" },
          { from: "a", to: "c" },
        ],
      },
    });
  });

  it("takes the only item of an order at once", () => {
    const only = order(line("a", 1));
    expect(make("protect_price", {}, only)).toMatchObject({ action: { item: "a" } });
    expect(make("report_problem", { description: "broken" }, only)).toMatchObject({
      action: { items: ["a"], problem: "damaged", pictures: [] },
    });
  });

  it("trims what is typed and leaves out what is empty", () => {
    const invoice = { kind: "personal" as const, title: " 王雨桐 ", tax_number: "left over", email: "" };
    expect(make("issue_invoice", { invoice })).toMatchObject({
      action: { invoice: { kind: "personal", title: "王雨桐", tax_number: undefined, email: undefined } },
    });
    expect(make("schedule_delivery", { day: "2026-11-24" })).toMatchObject({
      action: { day: "2026-11-24", part: undefined },
    });
  });

  it("is there for every action an order can have", () => {
    const filled: Partial<Draft> = {
      reason: "r",
      changes: { 0: "c" },
      payment: "p",
      day: "2026-11-24",
      items: { a: 1 },
      item: "a",
      description: "d",
      invoice: { kind: "personal", title: "t", tax_number: "", email: "" },
    };
    for (const name of Object.keys(FORMS) as FormName[])
      expect(make(name, filled)).toMatchObject({ isRight: true, action: { action: name, order: "SL1" } });
  });
});
