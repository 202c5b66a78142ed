import type { ConsoleEvent } from "api";
import { describe, expect, it } from "vitest";
import { catchUp, EMPTY_LOG, extend } from "./log";
import { indexOfSeq } from "./streamWindow";
import { arrived, fold, lastDelivery } from "./timeline";

const NOON = new Date(2026, 4, 4, 12).getTime();
const event = (seq: number, minutes: number, more: Partial<ConsoleEvent>): ConsoleEvent => ({
  seq,
  at: NOON + minutes * 60_000,
  by: "shopper",
  kind: "message",
  ...more,
});
const said = (seq: number, minutes: number, by: ConsoleEvent["by"], more: Partial<ConsoleEvent> = {}) =>
  event(seq, minutes, { by, message: { id: `msg_${seq}`, body: { text: `text ${seq}` } }, ...more });

describe("fold", () => {
  it("puts one speaker's messages into one run until another speaks", () => {
    const items = fold([said(1, 0, "shopper"), said(2, 1, "shopper"), said(3, 2, "bot")]);
    expect(
      items.map((item) => (item.type === "run" ? `${item.by}:${item.bubbles.length}` : item.type)),
    ).toEqual(["day", "shopper:2", "bot:1"]);
  });
  it("begins a new run after a pause and for another agent", () => {
    const lin = { staff: { id: "stf_1", name: "Lin" } };
    const may = { staff: { id: "stf_2", name: "May" } };
    const items = fold([said(1, 0, "agent", lin), said(2, 1, "agent", may), said(3, 20, "agent", may)]);
    expect(items.filter((item) => item.type === "run")).toHaveLength(3);
  });
  it("says the day once, also at midnight", () => {
    const items = fold([said(1, 0, "shopper"), said(2, 60 * 13, "shopper"), said(3, 60 * 13 + 1, "shopper")]);
    expect(items.map((item) => item.type)).toEqual(["day", "run", "day", "run"]);
  });
  it("keeps notes and withheld replies out of the runs", () => {
    const items = fold([
      said(1, 0, "agent"),
      said(2, 0, "agent", { kind: "note" }),
      event(3, 0, { kind: "reply_withheld", by: "bot", withheld: { text: "x", reason: "guard" } }),
    ]);
    expect(items.map((item) => item.type)).toEqual(["day", "run", "note", "withheld"]);
  });
  it("shows a handoff and its change of controller as one divider", () => {
    const handoff = event(2, 1, { kind: "handoff", by: "bot" });
    const change = event(3, 1, {
      kind: "controller_changed",
      by: "bot",
      controller: { kind: "queue", queue: "que_1" },
    });
    expect(
      fold([said(1, 0, "shopper"), handoff, change]).filter((item) => item.type === "divider"),
    ).toHaveLength(1);
    expect(fold([said(1, 0, "shopper"), handoff]).filter((item) => item.type === "divider")).toHaveLength(1);
  });
});

describe("delivery and arrival", () => {
  it("speaks about the last message from our side only", () => {
    const events = [said(1, 0, "agent"), said(2, 1, "bot"), said(3, 2, "shopper")];
    expect(lastDelivery(events, 1)).toEqual({ seq: 2, isRead: false });
    expect(lastDelivery(events, 3)).toEqual({ seq: 2, isRead: true });
    expect(lastDelivery([], 3)).toBeNull();
  });
  it("knows client ids that reached the log", () => {
    const mine = said(1, 0, "agent", { message: { id: "m", client_id: "c1", body: { text: "" } } });
    expect(arrived([mine, said(2, 0, "bot")])).toEqual(new Set(["c1"]));
  });
});

describe("the log", () => {
  it("adds only what is new, in order, and follows the seq over holes", () => {
    const log = extend(
      { events: [said(1, 0, "shopper")], seq: 1 },
      { events: [said(5, 1, "bot"), said(1, 0, "shopper"), said(3, 1, "bot")], seq: 7 },
    );
    expect(log.events.map((each) => each.seq)).toEqual([1, 3, 5]);
    expect(log.seq).toBe(7);
    expect(extend(log, { events: [], seq: 7 })).toBe(log);
  });
  it("reads on while there is more, and stops when nothing moves", async () => {
    const asked: number[] = [];
    const log = await catchUp(EMPTY_LOG, async (after) => {
      asked.push(after);
      return after === 0
        ? { events: [said(1, 0, "shopper")], seq: 1, more: true }
        : { events: [said(2, 0, "bot")], seq: 2, more: false };
    });
    expect(asked).toEqual([0, 1]);
    expect(log.events).toHaveLength(2);
    await expect(catchUp(EMPTY_LOG, async () => ({ events: [], seq: 0, more: true }))).resolves.toEqual(
      EMPTY_LOG,
    );
  });
});

describe("a long conversation is drawn in pieces", () => {
  const many = Array.from({ length: 45 }, (_, at) => said(at + 1, at / 60, "shopper"));

  it("a long run goes on as a new one", () => {
    const runs = fold(many).flatMap((item) => (item.type === "run" ? [item.bubbles.length] : []));
    expect(runs).toEqual([20, 20, 5]);
  });
  it("an event is found in the piece that shows it, or in the nearest before", () => {
    const items = fold(many);
    expect(items.map((item) => item.type)).toEqual(["day", "run", "run", "run"]);
    expect([1, 20, 21, 45, 60].map((seq) => indexOfSeq(items, seq))).toEqual([1, 1, 2, 3, 3]);
    expect(indexOfSeq([], 1)).toBe(-1);
  });
});
