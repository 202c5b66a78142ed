import { beforeEach, expect, test, vi } from "vitest";

type Call = [string, ...unknown[]];
const page = window as unknown as { tandem?: { q: Call[] } };

beforeEach(() => {
  vi.resetModules();
  localStorage.clear();
  delete page.tandem;
});

test("what is said before the script has arrived waits for it, and not without end", async () => {
  const { note } = await import("../src/behaviour");
  for (let n = 0; n < 80; n++) note("Cart Viewed");
  expect(page.tandem?.q).toHaveLength(50);
  expect(page.tandem?.q[1]).toEqual(["track", "Cart Viewed", {}]);
});

test("the question is there until it's answered, and again when the script has forgotten", async () => {
  const { asking, choose } = await import("../src/behaviour");
  expect(asking.get()).toBe(true);
  choose({ behaviour: true, service_outreach: false });
  expect(asking.get()).toBe(false);
  const calls = page.tandem?.q ?? [];
  expect(calls[1]).toEqual(["consent", { behaviour: true, service_outreach: false }]);

  vi.resetModules();
  const again = await import("../src/behaviour");
  expect(again.asking.get()).toBe(false);
  const [, told] = calls[calls.length - 1] as [string, (standing: string) => void];
  told("unasked");
  expect(again.asking.get()).toBe(true);
  told("blocked");
  expect(again.asking.get()).toBe(false);
});

test("a cart has one id until the next one begins", async () => {
  const { cartId, emptyCart, put } = await import("../src/cart");
  put("tent", "tent-red", 1);
  const first = cartId();
  put("lamp", "lamp-1", 1);
  emptyCart();
  expect(cartId()).toBe(first);
  put("lamp", "lamp-1", 1);
  expect(cartId()).not.toBe(first);
});
