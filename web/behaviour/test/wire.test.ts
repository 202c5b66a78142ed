// What goes over the wire, in full. batch.json is what the desk has to be able to read.

import { afterEach, beforeEach, expect, test } from "vitest";
import agreed from "./batch.json";
import { begin, desk, end, go, load, sent, tandem, wait } from "./shop";

beforeEach(begin);
afterEach(end);

test("a batch is as the desk reads it", async () => {
  localStorage.setItem("tandem:main:visitor", "visitor-token");
  await load({ "consent-version": "2026-11" });
  tandem("consent", { behaviour: true, service_outreach: true });
  go("/p/tent-2");
  tandem("track", "Product Viewed", { product_id: "tent-2", price_minor: 89_900, currency: "CNY", stock: 3 });
  tandem("track", "add_to_cart", {
    currency: "CNY",
    value: 899,
    items: [{ item_id: "tent-2", quantity: 1 }],
  });
  tandem("track", "Checkout Failed", {
    cart_id: "c_81",
    stage: "payment",
    error_code: "declined",
    retriable: true,
  });
  await wait(500);
  go("/");
  await sent();
  const events = desk.batches.flatMap((batch) => batch.events);
  const [first] = desk.batches;
  expect({
    ...first,
    anonymous_id: agreed.anonymous_id,
    context: agreed.context,
    sent_at: agreed.sent_at,
    consent: { ...first?.consent, ts: agreed.consent.ts },
    events: events.map((event) => ({
      ...event,
      event_id: agreed.events[0]?.event_id,
      original_ts: agreed.sent_at,
    })),
  }).toEqual(agreed);
  expect(Object.keys(first ?? {})).toEqual(Object.keys(agreed));
});
