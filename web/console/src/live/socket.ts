// One WebSocket that stays open: backs off with jitter, notices silent death, says when hints may have been missed.

import type { Doing, Pointer } from "api";

const PING_MS = 20_000;
/** No answer to a ping for this long: the line is dead even if the browser doesn't know. */
const SILENCE_MS = 10_000;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;

export type LineState = "connecting" | "open" | "lost";
export interface LineEvents {
  onPointer(pointer: Pointer): void;
  /** Open again after having been closed: everything in between may have been missed. */
  onResume(): void;
  onState(state: LineState): void;
}
export interface Line {
  watch(conversations: string[]): void;
  /** Said once and forgotten: on a lost line nobody needs to hear it later. */
  look(conversation: string, doing: Doing): void;
  close(): void;
}

export function openLine(url: string, events: LineEvents): Line {
  let socket: WebSocket | undefined;
  let attempt = 0;
  let wasOpen = false;
  let isClosed = false;
  let watched: string[] = [];
  let pingTimer: ReturnType<typeof setInterval> | undefined;
  let silenceTimer: ReturnType<typeof setTimeout> | undefined;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;

  const say = (message: unknown) => {
    if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
  };

  function connect(): void {
    clearTimeout(retryTimer);
    events.onState("connecting");
    const mine = new WebSocket(url);
    socket = mine;
    mine.onopen = () => {
      attempt = 0;
      events.onState("open");
      if (watched.length) say({ type: "watch", conversations: watched });
      pingTimer = setInterval(ping, PING_MS);
      if (wasOpen) events.onResume();
      wasOpen = true;
    };
    mine.onmessage = (message) => {
      clearTimeout(silenceTimer);
      const pointer = parse(message.data);
      if (pointer?.type === "bye") mine.close();
      else if (pointer && pointer.type !== "pong") events.onPointer(pointer);
    };
    mine.onclose = () => mine === socket && lose();
    mine.onerror = () => mine.close();
  }

  function ping(): void {
    say({ type: "ping" });
    clearTimeout(silenceTimer);
    silenceTimer = setTimeout(() => lose(), SILENCE_MS);
  }

  function lose(): void {
    clearInterval(pingTimer);
    clearTimeout(silenceTimer);
    const old = socket;
    socket = undefined;
    old?.close();
    if (isClosed) return;
    events.onState("lost");
    const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt) * (0.5 + Math.random());
    attempt += 1;
    clearTimeout(retryTimer);
    retryTimer = setTimeout(connect, wait);
  }

  const onOnline = () => {
    if (!socket) connect();
  };
  const onVisible = () => {
    if (document.visibilityState !== "visible") return;
    if (socket) ping();
    else connect();
  };
  window.addEventListener("online", onOnline);
  document.addEventListener("visibilitychange", onVisible);
  connect();

  return {
    watch(conversations) {
      watched = conversations;
      say({ type: "watch", conversations });
    },
    look(conversation, doing) {
      say({ type: "look", conversation, doing });
    },
    close() {
      isClosed = true;
      window.removeEventListener("online", onOnline);
      document.removeEventListener("visibilitychange", onVisible);
      clearTimeout(retryTimer);
      lose();
    },
  };
}

function parse(text: unknown): Pointer | null {
  try {
    return JSON.parse(String(text)) as Pointer;
  } catch {
    return null;
  }
}
