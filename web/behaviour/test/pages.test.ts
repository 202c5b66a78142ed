import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { allowed, begin, end, go, move, named, put, reload, sent, tandem, wait } from "./shop";

beforeEach(begin);
afterEach(end);

const hide = (state: "hidden" | "visible") => {
  vi.spyOn(document, "visibilityState", "get").mockReturnValue(state);
  document.dispatchEvent(new Event("visibilitychange"));
};

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
