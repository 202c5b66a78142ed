import { QueryClient } from "@tanstack/react-query";
import type { InboxPage, InboxRow, Me } from "api";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { keyOf } from "../app/queries";
import type { LoadedList } from "./changes";
import { freshenerOf } from "./freshen";

const counts = { queue: 0, waiting: 0, snoozed: 0, mine: 0, bot: 0, open: 2000 };
const row = (at: number, conversation = `cnv_${at}`) =>
  ({
    conversation,
    shop: "s",
    stage: "open",
    controller: { kind: "bot" },
    last: { at },
    tags: [],
  }) as unknown as InboxRow;
const key = keyOf.inboxView("open");

/** Twenty pages of a hundred rows, the latest first. */
const loaded = (): LoadedList => ({
  pages: Array.from({ length: 20 }, (_, page) => ({
    items: Array.from({ length: 100 }, (_, at) => row(1_000_000 - page * 100 - at)),
    counts,
    next: "more",
  })),
  pageParams: Array.from({ length: 20 }, () => undefined),
});
const desk = (newest: InboxRow[]) =>
  vi.fn(
    async ({ view }: { view: string }): Promise<InboxPage> => ({
      items: view === "open" ? [...newest, row(1_000_000)] : [],
      counts,
      next: null,
    }),
  );

function signedIn(permissions = ["read_conversations"]): QueryClient {
  const client = new QueryClient();
  client.setQueryData(keyOf.me, { id: "stf_me", permissions } as unknown as Me);
  client.setQueryData(key, loaded());
  return client;
}
const first = (client: QueryClient) => client.getQueryData<LoadedList>(key)?.pages[0]?.items[0]?.conversation;

describe("keeping lists fresh", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("costs two requests, however long the list and however many the hints", async () => {
    const client = signedIn();
    const read = desk([row(2_000_000, "cnv_new")]);
    const lists = freshenerOf(client, read);
    lists.freshen();
    await vi.advanceTimersByTimeAsync(10);
    expect(read).toHaveBeenCalledTimes(2);
    expect(first(client)).toBe("cnv_new");
    for (let hint = 0; hint < 50; hint += 1) lists.freshen("cnv_new");
    await vi.advanceTimersByTimeAsync(5_000);
    expect(read).toHaveBeenCalledTimes(4);
  });
  it("looks again when a page was under way, whose older rows would be laid over the new ones", async () => {
    const client = signedIn();
    const read = desk([row(2_000_000, "cnv_new")]);
    let finish = (_: LoadedList) => {};
    void client.fetchQuery({
      queryKey: key,
      queryFn: () => new Promise<LoadedList>((done) => (finish = done)),
    });
    freshenerOf(client, read).freshen();
    await vi.advanceTimersByTimeAsync(10);
    finish(loaded());
    await vi.advanceTimersByTimeAsync(10);
    expect(first(client)).toBe("cnv_1000000");
    await vi.advanceTimersByTimeAsync(2_000);
    expect(first(client)).toBe("cnv_new");
  });
  it("asks nothing for who may not read conversations", async () => {
    const read = desk([]);
    freshenerOf(signedIn(["write_knowledge"]), read).freshen();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(read).not.toHaveBeenCalled();
  });
});
