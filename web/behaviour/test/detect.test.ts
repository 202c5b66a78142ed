import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import {
  begin,
  click,
  desk,
  end,
  events,
  go,
  load,
  named,
  put,
  reload,
  reported,
  sent,
  tandem,
  wait,
} from "./shop";

beforeEach(begin);
afterEach(end);

const allowed = async (attributes?: Record<string, string>) => {
  await load(attributes);
  tandem("consent", true);
  await sent();
  desk.batches = [];
};

const hide = (state: "hidden" | "visible") => {
  vi.spyOn(document, "visibilityState", "get").mockReturnValue(state);
  document.dispatchEvent(new Event("visibilitychange"));
};
const move = () => window.dispatchEvent(new Event("pointermove"));

describe("rage clicks", () => {
  const times = (element: Element, count: number, at?: MouseEventInit) => {
    for (let n = 0; n < count; n++) click(element, at);
  };

  test("three and more fast clicks in one place are one event with their number", async () => {
    await allowed();
    const buy = put("<button>buy</button>");
    for (let n = 0; n < 4; n++) {
      click(buy);
      await wait(300);
    }
    await sent();
    expect(named("Rage Click")).toHaveLength(1);
    expect(named("Rage Click")[0]?.properties).toEqual({
      selector_hash: expect.stringMatching(/^[\da-f]{8}$/),
      count: 4,
    });
  });

  test.each([
    ["two clicks", "<button>x</button>", 2, {}],
    ["writing", "<input>", 5, {}],
    ["a text area", "<textarea></textarea>", 5, {}],
    ["an editor", "<div contenteditable='true'>x</div>", 5, {}],
    ["a plus", "<button>+</button>", 5, {}],
    ["a minus", "<button>−</button>", 5, {}],
    [
      "a stepper's button",
      "<div><button><svg></svg></button><output>1</output><button><svg></svg></button></div>",
      5,
      {},
    ],
    ["next", "<button aria-label='Next'>x</button>", 5, {}],
    ["a video", "<video></video>", 5, {}],
    ["what the shop excludes", "<div data-tandem-ignore><button>x</button></div>", 5, {}],
    ["a key held down", "<button>x</button>", 5, { detail: 0 }],
  ])("%s is none", async (_, html, count, at) => {
    await allowed();
    put(html);
    const element = document.querySelector("button") ?? (document.body.firstElementChild as Element);
    times(element, count, at);
    await sent();
    expect(named("Rage Click")).toHaveLength(0);
  });

  test("clicks far apart in place or time are none", async () => {
    await allowed();
    const map = put("<div>x</div>");
    for (let n = 0; n < 5; n++) click(map, { clientX: n * 40 });
    await wait(2_000);
    for (let n = 0; n < 5; n++) {
      click(map);
      await wait(1_200);
    }
    await sent();
    expect(named("Rage Click")).toHaveLength(0);
  });

  test("selecting a paragraph is none", async () => {
    await allowed();
    const text = put("<p>a paragraph</p>");
    vi.spyOn(window, "getSelection").mockReturnValue({ isCollapsed: false } as Selection);
    times(text, 3);
    await sent();
    expect(named("Rage Click")).toHaveLength(0);
  });
});

describe("dead clicks", () => {
  test("a button that does nothing", async () => {
    await allowed();
    click(put("<button>buy</button>"));
    await sent();
    expect(named("Dead Click")).toHaveLength(1);
  });

  test("what only looks like a button", async () => {
    await allowed();
    click(put("<div style='cursor: pointer'>x</div>"));
    await sent();
    expect(named("Dead Click")).toHaveLength(1);
  });

  test.each<[string, string, () => void]>([
    ["changes the page", "<button>x</button>", () => document.body.append("added")],
    ["changes an attribute", "<button>x</button>", () => document.body.setAttribute("data-open", "")],
    ["scrolls", "<button>x</button>", () => document.dispatchEvent(new Event("scroll"))],
    ["goes to another page", "<button>x</button>", () => go("/elsewhere")],
    ["opens another window", "<button>x</button>", () => window.dispatchEvent(new Event("blur"))],
    ["selects", "<button>x</button>", () => document.dispatchEvent(new Event("selectionchange"))],
    ["is refused by the form", "<button>x</button>", () => document.body.dispatchEvent(new Event("invalid"))],
  ])("not when it %s", async (_, html, answer) => {
    await allowed();
    click(put(html));
    await wait(500);
    answer();
    await reported();
    await sent();
    expect(named("Dead Click")).toHaveLength(0);
  });

  test.each([
    ["plain text", "<p>x</p>"],
    ["a field", "<input>"],
    ["a check box's label", "<label>x</label>"],
    ["a link to another window", "<a href='/x' target='_blank'>x</a>"],
    ["a download", "<a href='/x' download>x</a>"],
    ["an address to write to", "<a href='mailto:a@b.example'>x</a>"],
    ["the chat", "<tandem-chat>x</tandem-chat>"],
  ])("not on %s", async (_, html) => {
    await allowed();
    click(put(html));
    await sent();
    expect(named("Dead Click")).toHaveLength(0);
  });
});

describe("time", () => {
  test("counts while somebody moves, and is told at marks and at the end", async () => {
    await allowed();
    for (let n = 0; n < 60; n++) {
      move();
      await wait(1_000);
    }
    window.dispatchEvent(new Event("pagehide"));
    const told = named("Page Dwell").map((event) => event.properties?.active_ms as number);
    // Eight seconds went by while consent was given.
    expect(told).toEqual([10_000, 30_000, 60_000, 68_000]);
  });

  test("doesn't count when the page is hidden", async () => {
    await allowed();
    hide("hidden");
    await wait(600_000);
    hide("visible");
    await wait(2_000);
    window.dispatchEvent(new Event("pagehide"));
    const told = named("Page Dwell").map((event) => event.properties?.active_ms as number);
    expect(Math.max(...told)).toBe(10_000);
  });

  test("doesn't count when nobody moves for half a minute", async () => {
    await allowed();
    await wait(600_000);
    move();
    await wait(5_000);
    window.dispatchEvent(new Event("pagehide"));
    const told = named("Page Dwell").map((event) => event.properties?.active_ms as number);
    expect(Math.max(...told)).toBeLessThanOrEqual(36_000);
    expect(Math.max(...told)).toBeGreaterThanOrEqual(34_000);
  });

  test("begins anew on each page, and says how far down one came", async () => {
    await allowed();
    vi.spyOn(document.documentElement, "scrollHeight", "get").mockReturnValue(innerHeight * 4);
    move();
    await wait(3_000);
    go("/b");
    await wait(3_000);
    go("/c");
    await sent();
    const [first] = named("Page Dwell").filter((event) => event.context.page.path === "/b");
    expect(first?.properties).toEqual({ active_ms: 3_000, scroll_pct: 25 });
  });
});

describe("pages", () => {
  test("are told of without loading, once each, and the history still works", async () => {
    await allowed();
    go("/a");
    go("/a?step=1");
    history.replaceState({ kept: 1 }, "", "/b");
    expect(history.state).toEqual({ kept: 1 });
    await sent();
    expect(named("Page Viewed").map((event) => event.context.page.path)).toEqual(["/a", "/b"]);
  });

  test("the history is as it was when consent is withdrawn", async () => {
    const before = history.pushState;
    await allowed();
    expect(history.pushState).not.toBe(before);
    tandem("consent", false);
    expect(history.pushState).toBe(before);
  });

  test("the Navigation API is used where there is one", async () => {
    const before = history.pushState;
    const navigation = new EventTarget();
    vi.stubGlobal("navigation", navigation);
    await allowed();
    expect(history.pushState).toBe(before);
    go("/a");
    navigation.dispatchEvent(new Event("currententrychange"));
    await sent();
    expect(named("Page Viewed").map((event) => event.context.page.path)).toEqual(["/a"]);
  });

  test("addresses lose what is personal, and the query but for what is listed", async () => {
    await allowed({ query: "category, sort" });
    go("/orders/20261122000123?token=abc&category=tea&email=a@b.example");
    go("/reset/eyJhbGciOiJIUzI1NiJ9abc123/anna%40shop.example?sort=price+low");
    go("/p/ridge-tent-2");
    await sent();
    expect(named("Page Viewed").map((event) => event.context.page.path)).toEqual([
      "/orders/:id?category=tea",
      "/reset/:id/:id",
      "/p/ridge-tent-2",
    ]);
  });

  test("says of which type it is", async () => {
    await allowed();
    document.documentElement.setAttribute("data-tandem-page", "product");
    go("/a");
    await sent();
    expect(named("Page Viewed")[0]?.context.page.type).toBe("product");
  });
});

describe("U-turns", () => {
  test("going back at once", async () => {
    await allowed();
    go("/policy");
    await wait(4_000);
    go("/");
    await sent();
    expect(named("U-Turn")[0]?.properties).toEqual({ from: "/policy", to: "/", ms: 4_000 });
  });

  test("also over loading", async () => {
    await allowed();
    go("/policy");
    await wait(1_000);
    history.replaceState(null, "", "/");
    await reload();
    await sent();
    expect(named("U-Turn")).toHaveLength(1);
  });

  test.each<[string, () => Promise<void>]>([
    [
      "after reading",
      async () => {
        go("/policy");
        await wait(12_000);
        go("/");
      },
    ],
    [
      "a redirect",
      async () => {
        go("/language");
        await wait(50);
        go("/");
      },
    ],
    [
      "going on",
      async () => {
        go("/a");
        await wait(2_000);
        go("/b");
      },
    ],
  ])("%s is none", async (_, walk) => {
    await allowed();
    await walk();
    await sent();
    expect(named("U-Turn")).toHaveLength(0);
  });
});

describe("policies", () => {
  test.each([
    ["/policies/returns", "policies"],
    ["/pages/refund-policy", "refund-policy"],
    ["/help/shipping.html", "shipping"],
  ])("%s is one by its address", async (path, policy) => {
    await allowed();
    go(path);
    await sent();
    expect(named("Policy Viewed").map((event) => event.properties)).toEqual([{ policy_id: policy }]);
  });

  test.each(["/", "/products/returnable-bottle", "/checkout", "/account/orders"])(
    "%s isn't",
    async (path) => {
      await allowed();
      go(path);
      await sent();
      expect(named("Policy Viewed")).toHaveLength(0);
    },
  );

  test("each visit counts once", async () => {
    await allowed();
    for (let n = 0; n < 3; n++) {
      go("/returns");
      await wait(12_000);
      go("/");
      await wait(12_000);
    }
    expect(named("Policy Viewed")).toHaveLength(3);
  });

  test("the shop's own addresses", async () => {
    await allowed({ policies: "/hilfe/rueckgabe /agb" });
    go("/hilfe/rueckgabe");
    await wait(2_000);
    go("/returns");
    await sent();
    expect(named("Policy Viewed").map((event) => event.properties?.policy_id)).toEqual(["/hilfe/rueckgabe"]);
  });

  test("a part of a page counts when it is read, not when it is passed", async () => {
    await allowed();
    put("<section data-tandem-policy='returns'></section><section data-tandem-policy='delivery'></section>");
    let top = 0;
    const place = (n: number) => () => ({ top: top + n * 600, bottom: top + n * 600 + 600 }) as DOMRect;
    document.querySelectorAll("section").forEach((part, n) => {
      part.getBoundingClientRect = place(n);
    });
    move();
    await wait(3_000);
    top = -700;
    await wait(900);
    top = 0;
    await wait(3_000);
    await sent();
    expect(named("Policy Viewed").map((event) => event.properties?.policy_id)).toEqual(["returns"]);
  });
});

describe("choices", () => {
  const sizes =
    "<form><input type='radio' name='size' value='S'><input type='radio' name='size' value='M'><input type='radio' name='size' value='L'></form>";
  const choose = (values: string) => {
    for (const value of values) {
      const field = document.querySelector<HTMLInputElement>(`[value=${value}]`);
      field?.dispatchEvent(new Event("change", { bubbles: true }));
    }
  };

  test("back and forth is a loop, and says nothing of what was chosen", async () => {
    await allowed();
    put(sizes);
    document.documentElement.setAttribute("data-tandem-product", "tent");
    choose("SMSMS");
    await sent();
    document.documentElement.removeAttribute("data-tandem-product");
    expect(named("Option Loop").map((event) => event.properties)).toEqual([{ count: 3, product_id: "tent" }]);
  });

  test.each(["SML", "SMLS", "SSSSSS"])("%s is none", async (values) => {
    await allowed();
    put(sizes);
    choose(values);
    await sent();
    expect(named("Option Loop")).toHaveLength(0);
  });

  test("a slow change of mind is none, nor are other fields", async () => {
    await allowed();
    put(`${sizes}<input type='radio' name='payment' value='A'><input type='radio' name='payment' value='B'>`);
    choose("ABABABAB");
    for (const value of "SMSMSM") {
      choose(value);
      await wait(40_000);
    }
    await sent();
    expect(named("Option Loop")).toHaveLength(0);
  });

  test("buttons that say they are choices", async () => {
    await allowed();
    put(
      "<div><button data-tandem-option='colour'>r</button><button data-tandem-option='colour'>g</button></div>",
    );
    const [red, green] = document.querySelectorAll("button");
    for (const each of [red, green, red, green, red]) if (each) click(each, { detail: 0 });
    await sent();
    expect(named("Option Loop")).toHaveLength(1);
  });
});

describe("forms", () => {
  test("a refused field is told by its kind", async () => {
    await allowed();
    put(
      "<form><input type='email' name='mail' value='anna@shop.example'><input name='cardnumber' autocomplete='cc-number' value='4111111111111111'><select name='x'></select></form>",
    );
    for (const field of document.querySelectorAll("input,select")) field.dispatchEvent(new Event("invalid"));
    await sent();
    expect(named("Form Error").map((event) => event.properties)).toEqual([
      { field_kind: "email" },
      { field_kind: "card" },
      { field_kind: "select-one" },
    ]);
  });

  test("a page that checks by itself marks its fields", async () => {
    await allowed();
    put("<form><input name='phone'><input name='street'></form>");
    document.querySelector("form")?.dispatchEvent(new Event("submit", { bubbles: true }));
    document.querySelector("[name=phone]")?.setAttribute("aria-invalid", "true");
    await sent();
    expect(named("Form Error").map((event) => event.properties)).toEqual([{ field_kind: "phone" }]);
  });

  test("a form that goes through is none", async () => {
    await allowed();
    put("<form><input name='phone' aria-invalid='false'></form>");
    document.querySelector("form")?.dispatchEvent(new Event("submit", { bubbles: true }));
    await sent();
    expect(named("Form Error")).toHaveLength(0);
  });
});

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
