import { QueryClient } from "@tanstack/react-query";
import { afterEach, describe, expect, it, vi } from "vitest";
import { keyOf } from "../app/queries";
import { followWith } from "./follow";
import { throttle } from "./throttle";

const deaf = { onAlert: () => {}, onDeadline: () => {}, onLooking: () => {} };
afterEach(() => vi.useRealTimers());

describe("throttle", () => {
  it("runs at once, then once per interval, and never drops the last", () => {
    vi.useFakeTimers();
    const run = vi.fn();
    const hint = throttle(run, 1000);
    hint();
    hint();
    hint();
    expect(run).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(1000);
    expect(run).toHaveBeenCalledTimes(2);
    vi.advanceTimersByTime(5000);
    expect(run).toHaveBeenCalledTimes(2);
  });
});

describe("pointers", () => {
  it("make only what is behind be read again", () => {
    const client = new QueryClient();
    client.setQueryData(keyOf.events("cnv_1"), { events: [], seq: 5 });
    const follower = followWith(client, deaf, { freshen: () => {} });
    follower.onPointer({ type: "conversation", id: "cnv_1", seq: 5 });
    expect(client.getQueryState(keyOf.events("cnv_1"))?.isInvalidated).toBe(false);
    follower.onPointer({ type: "conversation", id: "cnv_1", seq: 6 });
    expect(client.getQueryState(keyOf.events("cnv_1"))?.isInvalidated).toBe(true);
  });
  it("after a reconnect everything is read again", () => {
    const client = new QueryClient();
    client.setQueryData(keyOf.events("cnv_1"), { events: [], seq: 5 });
    const freshen = vi.fn();
    followWith(client, deaf, { freshen }).onResume();
    expect(client.getQueryState(keyOf.events("cnv_1"))?.isInvalidated).toBe(true);
    expect(freshen).toHaveBeenCalled();
  });
  it("hand alerts on", () => {
    const onAlert = vi.fn();
    followWith(new QueryClient(), { ...deaf, onAlert }, { freshen: () => {} }).onPointer({
      type: "alert",
      conversation: "cnv_1",
      reason: "asked",
    });
    expect(onAlert).toHaveBeenCalledWith("cnv_1", "asked");
  });
});
