import type { InboxRow } from "api";
import { describe, expect, it } from "vitest";
import { byAgent, byWait, isMissed, isNear, pressing } from "./order";

const row = (conversation: string, due_at: number | undefined, more: Partial<InboxRow> = {}): InboxRow =>
  ({
    conversation,
    deadline: { kind: "next_reply", started_at: 0, target_ms: 100, due_at, mark: 0 },
    controller: { kind: "queue" },
    ...more,
  }) as InboxRow;

describe("what is pressing", () => {
  it("begins at three quarters of the time, or when the desk has told of them", () => {
    expect([174, 175, 200].map((now) => isNear(row("a", 200), now))).toEqual([false, true, false]);
    const told = row("a", 200, {
      deadline: { kind: "next_reply", started_at: 0, target_ms: 10, due_at: 200, mark: 75 },
    });
    expect(isNear(told, 20)).toBe(true);
  });
  it("doesn't press while it stands still", () => {
    expect(isNear(row("a", undefined), 500) || isMissed(row("a", undefined), 500)).toBe(false);
  });
  it("puts who is due first in front", () => {
    const rows = [row("calm", 900), row("near", 210), row("missed", 150)];
    expect(pressing(rows, 200).map((each) => each.conversation)).toEqual(["missed", "near"]);
  });
  it("groups what agents have", () => {
    const lin = { controller: { kind: "agent", agent: "stf_1" } } as Partial<InboxRow>;
    const groups = byAgent([row("a", 1, lin), row("b", 1), row("c", 1, lin)]);
    expect([...groups].map(([agent, rows]) => [agent, rows.length])).toEqual([["stf_1", 2]]);
  });
  it("counts waits up to each step, the step's end included", () => {
    const since = [100_000, 70_000, 69_999, 0].map((waiting_since) => row("a", 1, { waiting_since }));
    expect(byWait(since, 100_000)).toEqual([2, 1, 1, 0, 0]);
    expect(byWait(since.slice(3), 700_000)).toEqual([0, 0, 0, 0, 1]);
  });
});
