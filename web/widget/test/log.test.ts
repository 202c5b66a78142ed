import { expect, test } from "vitest";
import type { Party, ShopperEvent } from "../src/contract";
import { emptyLog, type Row, rowsOf, take, unreadAfter } from "../src/log";
import type { Pending } from "../src/outbox";

const DAY = Date.UTC(2026, 0, 18, 4);
const said = (seq: number, by: Party, text: string, client_id?: string): ShopperEvent => ({
  seq,
  at: DAY + seq * 1000,
  by,
  kind: "message",
  message: { id: `msg_${seq}`, client_id, body: { text } },
  ...(by === "agent" && { agent: { id: "stf_1", name: "林小满" } }),
});
const events: ShopperEvent[] = [
  { seq: 1, at: DAY, by: "shopper", kind: "started" },
  said(2, "shopper", "你好", "c1"),
  said(4, "bot", "您好"),
  {
    seq: 6,
    at: DAY + 6000,
    by: "system",
    kind: "controller_changed",
    controller: "agent",
    agent: { id: "stf_1", name: "林小满" },
  },
  said(7, "agent", "我来了"),
  said(8, "agent", "请稍等"),
];
const texts = (rows: Row[]) => rows.map((row) => (row.kind === "message" ? row.body.text : row.kind));
const pending: Pending = { client_id: "c9", text: "在吗", attachments: [], at: DAY + 9000, state: "sending" };

test("any order and any repetition fold to the same", () => {
  const once = take(emptyLog(), events, 9);
  let folded = emptyLog();
  for (const event of [...events].reverse().concat(events)) folded = take(folded, [event], event.seq);
  folded = take(folded, [], 9);
  expect(folded).toEqual(once);
  expect(once.seq).toBe(9);
});

test("holes are not missing: the frame says how far the log was read", () => {
  expect(take(emptyLog(), [said(2, "bot", "a")], 12).seq).toBe(12);
  expect(take(take(emptyLog(), [], 12), [said(2, "bot", "a")], 2).seq).toBe(12);
});

test("rows: a day, messages by speaker, notes, and what waits to be sent at the end", () => {
  const rows = rowsOf(take(emptyLog(), events, 9), [pending], 2);
  expect(texts(rows)).toEqual(["day", "你好", "您好", "note", "我来了", "请稍等", "在吗"]);
  expect(rows.map((row) => row.kind === "message" && row.follows)).toEqual([
    false,
    false,
    false,
    false,
    false,
    true,
    false,
  ]);
  expect(rows.map((row) => row.kind === "message" && row.delivery)).toMatchObject({
    1: "read",
    6: "sending",
  });
});

test("an optimistic message keeps its key when it becomes real, and never shows twice", () => {
  const before = rowsOf(emptyLog(), [pending], 0);
  const after = rowsOf(take(emptyLog(), [said(3, "shopper", "在吗", "c9")], 3), [pending], 0);
  expect(after.filter((row) => row.kind === "message")).toHaveLength(1);
  expect(after[1]?.key).toBe(before[1]?.key);
  expect(after[1]).toMatchObject({ delivery: "sent" });
});

test("unread counts what the team said after what was seen", () => {
  const log = take(emptyLog(), events, 9);
  expect([0, 4, 7, 8].map((seq) => unreadAfter(log, seq))).toEqual([3, 2, 1, 0]);
});

test("earlier pages go in front", () => {
  let log = take(emptyLog(6), events.slice(4), 9);
  expect(log.from).toBe(6);
  log = take(log, events.slice(0, 4), 0, 0);
  expect([log.from, log.seq, log.events.map((event) => event.seq)]).toEqual([0, 9, [1, 2, 4, 6, 7, 8]]);
});
