import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { begin, desk, end, events, load, named, put, reload, sent, tandem, wait } from "./shop";

beforeEach(begin);
afterEach(end);

const kept = () => [...Object.keys(localStorage), ...Object.keys(sessionStorage)];

test("nothing is stored or sent before the shopper agrees", async () => {
  await load();
  tandem("track", "Product Viewed", { product_id: "tent" });
  put("<button>buy</button>").click();
  await sent();
  window.dispatchEvent(new Event("pagehide"));
  expect(desk.batches).toEqual([]);
  expect(kept()).toEqual([]);
});

test("after the yes it runs, says what was agreed to, and remembers", async () => {
  await load({ "consent-version": "2026-11" });
  tandem("consent", { behaviour: true, service_outreach: true });
  await sent();
  expect(desk.batches[0]?.consent).toMatchObject({
    analytics: true,
    service_outreach: true,
    marketing: false,
    version: "2026-11",
  });
  desk.batches = [];
  await reload({ "consent-version": "2026-11" });
  await sent();
  expect(named("Page Viewed")).toHaveLength(1);
});

test("only a plain true is a yes", async () => {
  for (const said of [undefined, null, "true", 1, {}, { behaviour: "yes" }, { marketing: true }]) {
    await load();
    tandem("consent", said);
    await sent();
    end();
    begin();
  }
  expect(desk.batches).toEqual([]);
});

test("a yes to an older text or of long ago asks again", async () => {
  const standings: string[] = [];
  await load({ "consent-version": "1" });
  tandem("consent", true);
  await reload({ "consent-version": "2" });
  tandem("state", (standing: string) => standings.push(standing));
  tandem("consent", true);
  vi.setSystemTime(Date.now() + 200 * 86_400_000);
  await reload({ "consent-version": "2" });
  tandem("state", (standing: string) => standings.push(standing));
  expect(standings).toEqual(["unasked", "granted", "unasked"]);
});

test("withdrawing ends it, erases what is kept, and a later yes is somebody new", async () => {
  await load();
  tandem("consent", true);
  await sent();
  const first = desk.batches[0]?.anonymous_id;
  tandem("track", "Cart Viewed");
  await wait(1_500);
  tandem("consent", false);
  expect(kept()).toEqual(["tandem-behaviour:main:consent"]);
  const before = events().length;
  put("<button>x</button>").click();
  tandem("track", "Cart Viewed");
  await sent();
  expect(events()).toHaveLength(before);
  tandem("consent", true);
  await sent();
  const last = desk.batches[desk.batches.length - 1];
  expect(last?.anonymous_id).not.toBe(first);
  expect(named("Cart Viewed")).toHaveLength(0);
});

test("who no longer wants to be spoken to is not, and that is the last that is sent", async () => {
  await load();
  tandem("consent", { behaviour: true, service_outreach: true });
  await sent();
  const first = desk.batches[0]?.anonymous_id;
  desk.batches = [];
  tandem("consent", false);
  await sent();
  expect(desk.batches).toHaveLength(1);
  expect(desk.batches[0]?.anonymous_id).toBe(first);
  expect(desk.batches[0]?.consent).toMatchObject({ analytics: false, service_outreach: false });
  expect(events().map((event) => event.event)).toEqual(["Outreach Opted Out"]);
  expect(kept()).toEqual(["tandem-behaviour:main:consent"]);
});

test("a choice made in another tab counts here", async () => {
  await load();
  tandem("consent", true);
  await sent();
  const choice = JSON.parse(localStorage.getItem("tandem-behaviour:main:consent") ?? "");
  localStorage.setItem(
    "tandem-behaviour:main:consent",
    JSON.stringify({ ...choice, analytics: false, ts: choice.ts + 1 }),
  );
  window.dispatchEvent(new StorageEvent("storage", { key: "tandem-behaviour:main:consent" }));
  const before = events().length;
  tandem("track", "Cart Viewed");
  await sent();
  expect(events()).toHaveLength(before);
  expect(kept()).toEqual(["tandem-behaviour:main:consent"]);
});

test.each([
  ["globalPrivacyControl", true],
  ["doNotTrack", "1"],
])("%s is respected whatever was chosen", async (name, value) => {
  Object.defineProperty(navigator, name, { value, configurable: true });
  try {
    const standings: string[] = [];
    await load();
    tandem("state", (standing: string) => standings.push(standing));
    tandem("consent", true);
    await sent();
    expect(standings).toEqual(["blocked", "blocked"]);
    expect(desk.batches).toEqual([]);
    expect(kept()).toEqual(["tandem-behaviour:main:consent"]);
  } finally {
    delete (navigator as unknown as Record<string, unknown>)[name];
  }
});

test("calls made before the script has loaded are answered", async () => {
  const page = window as unknown as { tandem: unknown };
  page.tandem = Object.assign(() => {}, {
    q: [
      ["consent", true],
      ["track", "Cart Viewed", { value: 3, currency: "CNY" }],
    ],
  });
  await load();
  await sent();
  expect(named("Cart Viewed")[0]?.properties).toEqual({ value: 3, currency: "CNY" });
});

test("a second tag does nothing", async () => {
  await load();
  tandem("consent", true);
  await load();
  await sent();
  expect(named("Page Viewed")).toHaveLength(1);
});

test("the chat opens a line only to whom it may speak unasked", async () => {
  await load();
  const calls = () => (window as unknown as { Tandem: unknown[][] }).Tandem.map(([name]) => name);
  tandem("consent", { behaviour: true });
  expect(calls()).toEqual(["on"]);
  tandem("consent", { behaviour: true, service_outreach: true });
  expect(calls()).toEqual(["on", "listen"]);
});

test("a page whose storage is forbidden goes on without us", async () => {
  vi.stubGlobal("localStorage", undefined);
  await load();
  expect(() => tandem("consent", true)).not.toThrow();
  await sent();
});
