import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { allowed, begin, click, desk, end, events, load, move, named, put, sent, tandem, wait } from "./shop";

beforeEach(begin);
afterEach(end);

describe("what the shop marks and says", () => {
  test("attributes tell of clicks and of what appears", async () => {
    await allowed();
    put(
      `<div><button data-tandem-click="Product Added" data-tandem-props='{"product_id":"tent","price_minor":89900,"currency":"CNY"}'>+</button></div>`,
    );
    document.querySelector("button")?.click();
    document.body.insertAdjacentHTML(
      "beforeend",
      `<p data-tandem-view="Checkout Failed" data-tandem-props='{"stage":"payment","error_code":"declined","retriable":true}'></p>`,
    );
    move();
    await wait(4_000);
    await sent();
    expect(named("Product Added")[0]?.properties).toEqual({
      product_id: "tent",
      price_minor: 89_900,
      currency: "CNY",
    });
    expect(named("Checkout Failed").map((event) => event.properties)).toEqual([
      { stage: "payment", error_code: "declined", retriable: true },
    ]);
  });

  test("a search without result is said as such", async () => {
    await allowed();
    tandem("track", "Products Searched", { query: "帐篷 13800001234", result_count: 0 });
    tandem("track", "Products Searched", { result_count: 3 });
    await sent();
    expect(named("Search No Result")).toHaveLength(1);
    expect(named("Products Searched").map((event) => event.properties)).toEqual([
      { result_count: 0 },
      { result_count: 3 },
    ]);
  });

  test("GA4's names are taken; orders, and names nobody knows, are not", async () => {
    await allowed();
    tandem("track", "add_to_cart", {
      currency: "CNY",
      value: 19.9,
      items: [{ item_id: "t1", price: 19.9, quantity: 1, item_name: "x y" }],
    });
    for (const name of [
      "purchase",
      "refund",
      "Order Completed",
      "constructor",
      "Anything Else",
      "",
      null,
      3,
      {},
    ])
      tandem("track", name, { product_id: "a" });
    await sent();
    expect(
      events()
        .filter((event) => event.event !== "Page Dwell")
        .map(({ event, properties }) => [event, properties]),
    ).toEqual([
      ["add_to_cart", { currency: "CNY", value: 19.9, items: [{ item_id: "t1", price: 19.9, quantity: 1 }] }],
    ]);
  });

  test("gtag and a tag manager are read along where the shop asks for it", async () => {
    const layer: unknown[] = [];
    vi.stubGlobal("dataLayer", layer);
    await allowed({ layer: "dataLayer" });
    const push = layer.push;
    (function gtag(..._: unknown[]) {
      // biome-ignore lint/complexity/noArguments: gtag pushes its arguments object.
      layer.push(arguments);
    })("event", "view_item", { items: [{ item_id: "tent" }] });
    expect(
      layer.push(
        { event: "begin_checkout", ecommerce: { value: 3, currency: "CNY" } },
        { event: "gtm.js" },
        null,
      ),
    ).toBe(4);
    await sent();
    expect(named("view_item")).toHaveLength(1);
    expect(named("begin_checkout")).toHaveLength(1);
    tandem("consent", false);
    expect(layer.push).not.toBe(push);
  });

  test("opening the chat is a call for help", async () => {
    await allowed();
    const [call] = (window as unknown as { Tandem: [string, string, () => void][] }).Tandem;
    expect(call?.slice(0, 2)).toEqual(["on", "open"]);
    call?.[2]();
    await sent();
    expect(named("Help Opened")).toHaveLength(1);
  });
});

describe("the shop's page", () => {
  test("never sees a failure, and after too many we stop", async () => {
    await allowed();
    const failed = vi.fn();
    window.addEventListener("error", failed);
    const broken = put("<button>x</button>");
    vi.spyOn(broken, "closest").mockImplementation(() => {
      throw new Error("a strange page");
    });
    for (let n = 0; n < 12; n++) click(broken);
    expect(failed).not.toHaveBeenCalled();
    desk.batches = [];
    tandem("track", "Cart Viewed");
    await sent();
    expect(desk.batches).toEqual([]);
  });

  test("keeps its events: ours neither stop nor prevent them", async () => {
    const listened: (AddEventListenerOptions | undefined)[] = [];
    for (const target of [window, document])
      vi.mocked(target.addEventListener).mockImplementation(((
        _: string,
        __: unknown,
        how?: AddEventListenerOptions,
      ) => {
        listened.push(how);
      }) as never);
    await load();
    tandem("consent", true);
    const [storage, ...ours] = listened;
    expect(storage).toBeUndefined();
    expect(ours.length).toBeGreaterThan(10);
    for (const how of ours) expect(how).toEqual({ capture: true, passive: true });
  });

  test("a script gone wild is stopped at a limit", async () => {
    await allowed();
    for (let n = 0; n < 2_000; n++) tandem("track", "Cart Viewed");
    await wait(120_000);
    expect(named("Cart Viewed").length).toBeLessThanOrEqual(300);
  });
});
