import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { allowed, begin, desk, end, events, named, reload, sent, tandem, wait } from "./shop";

beforeEach(begin);
afterEach(end);

const view = (product: string) => tandem("track", "Product Viewed", { product_id: product });

test("events wait for company, urgent ones don't", async () => {
  await allowed();
  view("a");
  view("b");
  await wait(1_000);
  expect(desk.batches).toHaveLength(0);
  tandem("track", "Checkout Failed", { stage: "payment" });
  await wait(500);
  expect(events().map((event) => event.event)).toEqual([
    "Product Viewed",
    "Product Viewed",
    "Checkout Failed",
  ]);
});

test("each batch says when it was sent, and each event when it happened", async () => {
  await allowed();
  view("a");
  const happened = Date.now();
  await sent();
  const [batch] = desk.batches;
  expect(batch?.events[0]?.original_ts).toBe(happened);
  expect((batch?.sent_at ?? 0) - happened).toBe(5_000);
});

test("ids are UUIDs of version 7, in the order of time, and never the same", async () => {
  await allowed();
  for (let n = 0; n < 40; n++) {
    view(`p${n}`);
    await wait(1);
  }
  await sent();
  const ids = named("Product Viewed").map((event) => event.event_id);
  expect(ids).toHaveLength(40);
  for (const id of ids)
    expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  expect(new Set(ids).size).toBe(40);
  expect([...ids].sort()).toEqual(ids);
});

test("what failed is sent again with the same ids, more and more seldom", async () => {
  await allowed();
  desk.answer = () => Promise.reject(new TypeError("offline"));
  view("a");
  await wait(60_000);
  const tries = desk.batches.length;
  expect(tries).toBeGreaterThan(3);
  expect(tries).toBeLessThan(10);
  expect(new Set(named("Product Viewed").map((event) => event.event_id)).size).toBe(1);
  desk.answer = () => Promise.resolve(new Response("{}"));
  await wait(300_000);
  const done = named("Product Viewed").length;
  await wait(600_000);
  expect(named("Product Viewed")).toHaveLength(done);
});

test("Retry-After is waited for", async () => {
  await allowed();
  desk.answer = () => Promise.resolve(new Response("", { status: 429, headers: { "Retry-After": "90" } }));
  view("a");
  await sent();
  expect(desk.batches).toHaveLength(1);
  await wait(80_000);
  expect(named("Product Viewed")).toHaveLength(1);
  await wait(10_000);
  expect(named("Product Viewed")).toHaveLength(2);
});

test("a refused batch isn't sent again, and where nobody listens nothing more is sent", async () => {
  await allowed();
  desk.answer = () => Promise.resolve(new Response("", { status: 422 }));
  view("a");
  await sent();
  await wait(60_000);
  expect(named("Product Viewed")).toHaveLength(1);
  desk.answer = () => Promise.resolve(new Response("", { status: 404 }));
  view("b");
  await sent();
  view("c");
  await sent();
  expect(named("Product Viewed").map((event) => event.properties?.product_id)).toEqual(["a", "b"]);
});

test("what a page left unsent comes from the next with the same ids", async () => {
  await allowed();
  desk.answer = () => Promise.reject(new TypeError("offline"));
  view("a");
  await wait(1_500);
  await reload();
  desk.answer = () => Promise.resolve(new Response("{}"));
  await sent();
  const views = named("Product Viewed");
  expect(views.length).toBeGreaterThan(1);
  expect(new Set(views.map((event) => event.event_id)).size).toBe(1);
  desk.batches = [];
  await reload();
  await sent();
  expect(named("Product Viewed")).toHaveLength(0);
});

test("a page that goes away hands over what it has", async () => {
  await allowed();
  view("a");
  window.dispatchEvent(new Event("pagehide"));
  expect(named("Product Viewed")).toHaveLength(1);
});

test("another tab's events stay with it while it is there", async () => {
  await allowed();
  const other = "tandem-behaviour:main:out:other";
  const event = { event_id: "1", original_ts: Date.now(), event: "Cart Viewed" };
  localStorage.setItem(other, JSON.stringify({ at: Date.now(), events: [event] }));
  await reload();
  await wait(1_000);
  expect(named("Cart Viewed")).toHaveLength(0);
  vi.setSystemTime(Date.now() + 60_000);
  await reload();
  await sent();
  expect(named("Cart Viewed")).toHaveLength(1);
  expect(localStorage.getItem(other)).toBeNull();
});

test("without a network nothing is lost, and the oldest is dropped when too much waits", async () => {
  await allowed();
  vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
  for (let n = 0; n < 290; n++) view(`p${n}`);
  history.pushState(null, "", "/more");
  for (let n = 290; n < 400; n++) view(`p${n}`);
  await wait(60_000);
  expect(desk.batches).toHaveLength(0);
  vi.spyOn(navigator, "onLine", "get").mockReturnValue(true);
  window.dispatchEvent(new Event("online"));
  await wait(60_000);
  const products = named("Product Viewed").map((event) => event.properties?.product_id);
  expect(events().length).toBeLessThanOrEqual(300);
  expect(products).toContain("p399");
  expect(products).not.toContain("p0");
  for (const batch of desk.batches) expect(batch.events.length).toBeLessThanOrEqual(50);
});

test("what is older than a day is dropped: the desk would count it twice", async () => {
  await allowed();
  desk.answer = () => Promise.reject(new TypeError("offline"));
  view("a");
  await wait(1_500);
  window.dispatchEvent(new Event("pagehide"));
  desk.batches = [];
  vi.setSystemTime(Date.now() + 90_000_000);
  desk.answer = () => Promise.resolve(new Response("{}"));
  await reload();
  await sent();
  expect(named("Product Viewed")).toHaveLength(0);
});

test("rubbish in the storage harms nobody", async () => {
  localStorage.setItem("tandem-behaviour:main:out:a", "{not json");
  localStorage.setItem("tandem-behaviour:main:out:b", JSON.stringify({ at: 0, events: "x" }));
  localStorage.setItem("tandem-behaviour:main:out:c", JSON.stringify({ at: 0, events: [null, 3, {}] }));
  await allowed();
  view("a");
  await sent();
  expect(named("Product Viewed")).toHaveLength(1);
});
