import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { backoffMs, Connection, DEAD_MS, type Ends, PING_MS, POLL_MS } from "../src/connection";

class FakeSocket {
  static all: FakeSocket[] = [];
  static refuse = false;
  readyState = 0;
  sent: string[] = [];
  onopen?: () => void;
  onmessage?: (event: { data: string }) => void;
  onclose?: () => void;
  constructor(readonly url: string) {
    FakeSocket.all.push(this);
    setTimeout(() => {
      if (FakeSocket.refuse) return this.onclose?.();
      this.readyState = 1;
      this.onopen?.();
    }, 1);
  }
  send(text: string) {
    this.sent.push(text);
  }
  close() {
    this.readyState = 3;
  }
  gets(frame: object) {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
}

const last = () => FakeSocket.all[FakeSocket.all.length - 1] as FakeSocket;
let links: string[];
let ends: Ends;
let connection: Connection;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", FakeSocket);
  FakeSocket.all = [];
  FakeSocket.refuse = false;
  links = [];
  ends = {
    url: () => "ws://x",
    prepare: async () => {},
    opened: vi.fn(),
    frame: vi.fn(),
    link: (link) => links.push(link),
    poll: vi.fn(async () => {}),
  };
  connection = new Connection(ends, () => 0.5);
});
afterEach(() => {
  connection.stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("waiting doubles from half a second to thirty, with a random half", () => {
  expect([0, 1, 2, 3].map((attempt) => backoffMs(attempt, 1))).toEqual([500, 1000, 2000, 4000]);
  expect([0, 1].map((random) => backoffMs(99, random))).toEqual([15_000, 30_000]);
});

test("opens, follows, and returns after a loss", async () => {
  connection.start();
  await vi.advanceTimersByTimeAsync(5);
  expect([links, (ends.opened as ReturnType<typeof vi.fn>).mock.calls.length]).toEqual([["live"], 1]);
  last().onclose?.();
  expect(links).toEqual(["live", "down"]);
  await vi.advanceTimersByTimeAsync(600);
  expect([FakeSocket.all.length, links]).toEqual([2, ["live", "down", "live"]]);
});

test("a line without an answer to a ping is dead", async () => {
  connection.start();
  await vi.advanceTimersByTimeAsync(5);
  await vi.advanceTimersByTimeAsync(PING_MS);
  expect(last().sent).toEqual(['{"type":"ping"}']);
  last().gets({ type: "pong" });
  await vi.advanceTimersByTimeAsync(DEAD_MS);
  expect(links).toEqual(["live"]);
  await vi.advanceTimersByTimeAsync(PING_MS + DEAD_MS);
  expect(links.slice(0, 2)).toEqual(["live", "down"]);
});

test("polls while the socket can't be opened, and stops when it can", async () => {
  FakeSocket.refuse = true;
  connection.start();
  await vi.advanceTimersByTimeAsync(2_000);
  expect(links).toEqual(["polling"]);
  const before = (ends.poll as ReturnType<typeof vi.fn>).mock.calls.length;
  await vi.advanceTimersByTimeAsync(POLL_MS);
  expect((ends.poll as ReturnType<typeof vi.fn>).mock.calls.length).toBe(before + 1);
  FakeSocket.refuse = false;
  await vi.advanceTimersByTimeAsync(31_000);
  const polls = (ends.poll as ReturnType<typeof vi.fn>).mock.calls.length;
  expect(links).toEqual(["polling", "live"]);
  await vi.advanceTimersByTimeAsync(POLL_MS * 3);
  expect((ends.poll as ReturnType<typeof vi.fn>).mock.calls.length).toBe(polls);
});

test("returns at once when the network does", async () => {
  FakeSocket.refuse = true;
  connection.start();
  await vi.advanceTimersByTimeAsync(60_000);
  FakeSocket.refuse = false;
  const tried = FakeSocket.all.length;
  dispatchEvent(new Event("online"));
  await vi.advanceTimersByTimeAsync(5);
  expect([FakeSocket.all.length, connection.link]).toEqual([tried + 1, "live"]);
});

test("a draining server is left, and not returned to at once", async () => {
  connection.start();
  await vi.advanceTimersByTimeAsync(5);
  last().gets({ type: "bye", reason: "drain" });
  await vi.advanceTimersByTimeAsync(900);
  expect(FakeSocket.all.length).toBe(1);
  await vi.advanceTimersByTimeAsync(1_500);
  expect([FakeSocket.all.length, connection.link]).toEqual([2, "live"]);
});

test("stopped is stopped", async () => {
  connection.start();
  await vi.advanceTimersByTimeAsync(5);
  connection.stop();
  dispatchEvent(new Event("online"));
  await vi.advanceTimersByTimeAsync(120_000);
  expect(FakeSocket.all.length).toBe(1);
});
