import { beforeEach, expect, test } from "vitest";
import type { ShopperEvent } from "../src/contract";
import { type Keep, keepIn } from "../src/keep";
import { newClientId, Outbox, STALE_MS } from "../src/outbox";

let keep: Keep;
beforeEach(() => {
  localStorage.clear();
  keep = keepIn("t:", [() => localStorage]);
});

const event = (client_id: string): ShopperEvent => ({
  seq: 3,
  at: 1,
  by: "shopper",
  kind: "message",
  message: { id: "msg_1", client_id, body: { text: "hi" } },
});

test("a message survives a reload until the server has it", () => {
  const { client_id } = new Outbox(keep, 0).add("你好", [], 10);
  const after = new Outbox(keep, 20);
  expect(after.next()).toMatchObject({ client_id, text: "你好", state: "sending", unsure: true });
  after.accepted(client_id, 7);
  expect(after.items).toMatchObject([{ state: "sent", seq: 7 }]);
  expect(after.next()).toBeUndefined();
  expect(new Outbox(keep, 20).items).toEqual([]);
});

test("the log settles what another connection delivered, so that nothing is sent twice", () => {
  const { client_id } = new Outbox(keep, 0).add("a", [], 10);
  const after = new Outbox(keep, 20);
  after.settle([event(client_id)]);
  expect(after.items).toEqual([]);
  expect(keep.keys()).toEqual([]);
});

test("two tabs keep their messages apart", () => {
  const left = new Outbox(keep, 0);
  const right = new Outbox(keep, 0);
  left.add("left", [], 1);
  right.add("right", [], 2);
  left.accepted(left.items[0]?.client_id ?? "", 1);
  expect(new Outbox(keep, 3).items.map((item) => item.text)).toEqual(["right"]);
});

test("refused messages stay for a retry, old ones wait for the shopper's word", () => {
  const outbox = new Outbox(keep, 0);
  const { client_id } = outbox.add("a", [], 10);
  outbox.change(client_id, { state: "failed", error: "太长" });
  expect(outbox.next()).toBeUndefined();
  expect(new Outbox(keep, 20).items).toMatchObject([{ state: "failed", error: "太长" }]);
  outbox.change(client_id, { state: "sending", error: undefined });
  expect(outbox.next()?.client_id).toBe(client_id);
  expect(new Outbox(keep, 10 + STALE_MS + 1).items).toMatchObject([{ state: "failed" }]);
});

test("messages go in the order they were written, and what can't be read is let go", () => {
  keep.set("out:x", "not json");
  const outbox = new Outbox(keep, 0);
  for (const text of ["1", "2", "3"]) outbox.add(text, [], Number(text));
  expect(new Outbox(keep, 5).items.map((item) => item.text)).toEqual(["1", "2", "3"]);
  expect(keep.get("out:x")).toBeNull();
});

test("storage that refuses or is full falls back, and never throws", () => {
  const denied = (): Storage => {
    throw new Error("denied");
  };
  const memory = keepIn("t:", [denied, denied]);
  memory.set("a", "1");
  expect([memory.get("a"), memory.keys()]).toEqual(["1", ["a"]]);
  memory.remove("a");
  expect(memory.get("a")).toBeNull();

  let full = false;
  const area = {
    getItem: () => null,
    removeItem: () => {},
    setItem() {
      if (full) throw new Error("full");
    },
  };
  const kept = keepIn("t:", [() => area]);
  full = true;
  kept.set("b", "2");
  expect(kept.get("b")).toBe("2");
});

test("ids fit the contract, with and without randomUUID", () => {
  const ids = new Set(Array.from({ length: 100 }, newClientId));
  expect(ids.size).toBe(100);
  for (const id of ids) expect(id.length).toBeLessThanOrEqual(64);
});
