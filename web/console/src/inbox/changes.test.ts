import type { InboxPage, InboxRow } from "api";
import { describe, expect, it, vi } from "vitest";
import { type ListWish, type LoadedList, withChanges } from "./changes";
import { changedSince } from "./freshen";

const counts = { queue: 0, waiting: 0, snoozed: 0, mine: 0, bot: 0, open: 0 };
const row = (conversation: string, at: number, more: Partial<InboxRow> = {}): InboxRow =>
  ({
    conversation,
    shop: "shp_1",
    stage: "open",
    controller: { kind: "bot" },
    last: { at, by: "shopper", text: "" },
    tags: [],
    unread: 0,
    ...more,
  }) as unknown as InboxRow;
const queued = (conversation: string, waiting_since: number, at = 0) =>
  row(conversation, at, { waiting_since, controller: { kind: "queue", queue: "que_1" } });
const list = (pages: InboxRow[][], next: string | null = null): LoadedList => ({
  pages: pages.map((items, at) => ({ items, counts, next: at < pages.length - 1 ? "more" : next })),
  pageParams: pages.map(() => undefined),
});
const laidOver = (before: LoadedList, wish: ListWish, rows: InboxRow[]) =>
  withChanges(before, wish, "stf_me", { rows, counts: { ...counts, open: 7 } });
const names = ({ pages }: LoadedList) => pages.map(({ items }) => items.map((each) => each.conversation));

describe("a loaded list", () => {
  it("moves what spoke last to the top, and leaves all other rows the same objects", () => {
    const before = list([[row("a", 5), row("b", 4)], [row("c", 3)]]);
    const now = laidOver(before, { view: "bot" }, [row("c", 9)]);
    expect(names(now)).toEqual([["c", "a", "b"], []]);
    expect(now.pages[0]?.items[1]).toBe(before.pages[0]?.items[0]);
    expect(now.pages.every((page) => page.counts.open === 7)).toBe(true);
  });
  it("keeps a row that says the same as before", () => {
    const before = list([[row("a", 5), row("b", 4)]]);
    const now = laidOver(before, { view: "bot" }, [row("a", 5), row("b", 4, { unread: 2 })]);
    expect(now.pages[0]?.items[0]).toBe(before.pages[0]?.items[0]);
    expect(now.pages[0]?.items[1]?.unread).toBe(2);
  });
  it("takes out what went to somebody else, was put to sleep or ended", () => {
    const mine = { controller: { kind: "agent", agent: "stf_me" } } as const;
    const before = list([[row("a", 5, mine), row("b", 4, mine), row("c", 3, mine), row("d", 2, mine)]]);
    const now = laidOver(before, { view: "mine" }, [
      row("a", 9, { controller: { kind: "agent", agent: "stf_other" } }),
      row("b", 9, { ...mine, snoozed: { until: 99 } } as Partial<InboxRow>),
      row("c", 9, { ...mine, stage: "resolved" }),
    ]);
    expect(names(now)).toEqual([["d"]]);
  });
  it("keeps a queue in the order of waiting, whoever speaks in it", () => {
    const before = list([[queued("a", 1), queued("b", 2)]]);
    const now = laidOver(before, { view: "queue" }, [queued("c", 3, 30), queued("a", 1, 40)]);
    expect(names(now)).toEqual([["a", "b", "c"]]);
  });
  it("leaves to later pages what belongs further down than is loaded", () => {
    const now = laidOver(list([[queued("a", 1)]], "more"), { view: "queue" }, [queued("b", 2)]);
    expect(names(now)).toEqual([["a"]]);
  });
  it("shows only what carries the tag, waits in the queue and is of the shop", () => {
    const tagged = row("a", 9, { tags: ["vip"] });
    expect(names(laidOver(list([[]]), { view: "open", tag: "vip" }, [tagged, row("b", 9)]))).toEqual([["a"]]);
    expect(names(laidOver(list([[]]), { view: "queue", queue: "que_2" }, [queued("a", 1)]))).toEqual([[]]);
    expect(names(laidOver(list([[]]), { view: "open", shop: "shp_2" }, [tagged]))).toEqual([[]]);
  });
});

describe("asking for what has changed", () => {
  const pages: InboxPage[] = [0, 1, 2, 3, 4, 5, 6].map((page) => ({
    items: [row(`a${page}`, 100_000 - page * 10_000), row(`b${page}`, 95_000 - page * 10_000)],
    counts,
    next: String(page + 1),
  }));
  const read = () =>
    vi.fn(({ cursor = "0" }: { cursor?: string }) => Promise.resolve(pages[Number(cursor)] as InboxPage));
  it("stops where it was asked the last time", async () => {
    const asked = read();
    const found = await changedSince(91_000, "open", asked);
    expect(asked).toHaveBeenCalledTimes(2);
    expect(found?.items.map((each) => each.conversation)).toEqual(["a0", "b0", "a1", "b1"]);
  });
  it("gives up when too much has changed", async () => {
    expect(await changedSince(0, "open", read())).toBeNull();
  });
});
