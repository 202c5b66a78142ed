// The live line to the desk: one WebSocket that finds its way back, and polling while it can't be opened.
// It knows nothing of conversations; what it carries is told by `Ends`.

import type { ClientFrame, ServerFrame } from "./contract";

export type Link = "down" | "live" | "polling";

export interface Ends {
  url(): string;
  /** Renews the token when it's due; a failure counts as a failed attempt. */
  prepare(): Promise<void>;
  opened(): void;
  frame(frame: ServerFrame): void;
  link(link: Link): void;
  /** One round over HTTP in place of the socket. */
  poll(): Promise<void>;
}

export const PING_MS = 25_000;
/** No frame within this long after a ping: the line is dead although it looks open. */
export const DEAD_MS = 10_000;
const OPEN_MS = 10_000;
export const POLL_MS = 3_000;
const POLL_HIDDEN_MS = 15_000;
/** This many sockets that never opened, and polling begins; attempts go on beside it. */
const POLL_AFTER = 2;
const BASE_MS = 500;
const MOST_MS = 30_000;

/** Doubles from half a second to thirty; the random half keeps a thousand widgets from returning at once. */
export function backoffMs(attempt: number, random: number): number {
  const full = Math.min(MOST_MS, BASE_MS * 2 ** Math.min(attempt, 10));
  return full / 2 + (full / 2) * random;
}

export class Connection {
  link: Link = "down";
  private socket: WebSocket | null = null;
  private running = false;
  private attempt = 0;
  private unopened = 0;
  private retryTimer = 0;
  private pollTimer = 0;
  private pingTimer = 0;
  private deadTimer = 0;

  constructor(
    private ends: Ends,
    private random: () => number = Math.random,
  ) {}

  start(): void {
    if (this.running) return;
    this.running = true;
    addEventListener("online", this.nudge);
    document.addEventListener("visibilitychange", this.nudge);
    this.open();
  }

  stop(): void {
    this.running = false;
    removeEventListener("online", this.nudge);
    document.removeEventListener("visibilitychange", this.nudge);
    clearTimeout(this.retryTimer);
    clearTimeout(this.pollTimer);
    this.pollTimer = 0;
    this.drop();
    this.became("down");
  }

  send(frame: ClientFrame): boolean {
    if (this.socket?.readyState !== 1) return false;
    this.socket.send(JSON.stringify(frame));
    return true;
  }

  /** The network or the page came back: don't wait for the timer, and don't trust an old socket. */
  private nudge = (): void => {
    if (document.visibilityState === "hidden" || !this.running) return;
    if (this.socket) {
      if (this.send({ type: "ping" })) this.expectFrame();
      return;
    }
    this.attempt = 0;
    this.open();
  };

  private async open(): Promise<void> {
    clearTimeout(this.retryTimer);
    if (this.socket || !this.running) return;
    try {
      await this.ends.prepare();
      if (this.socket || !this.running) return;
      this.listen(new WebSocket(this.ends.url()));
    } catch {
      this.lost();
    }
  }

  private listen(socket: WebSocket): void {
    this.socket = socket;
    const openTimer = setTimeout(() => socket.readyState === 0 && this.lost(), OPEN_MS);
    socket.onopen = () => {
      this.unopened = 0;
      clearTimeout(this.pollTimer);
      this.pollTimer = 0;
      this.became("live");
      this.pingTimer = setInterval(() => {
        this.send({ type: "ping" });
        this.expectFrame();
      }, PING_MS) as unknown as number;
      this.ends.opened();
    };
    socket.onmessage = ({ data }) => {
      clearTimeout(this.deadTimer);
      let frame: ServerFrame;
      try {
        frame = JSON.parse(data);
      } catch {
        return;
      }
      if (frame.type === "bye") {
        // The server drains: everybody is told at once, so nobody returns at once.
        this.attempt = Math.max(this.attempt, 2);
        this.lost();
      } else {
        // Only a line that carries something counts as good; one that opens and dies keeps backing off.
        this.attempt = 0;
        this.ends.frame(frame);
      }
    };
    socket.onclose = () => {
      clearTimeout(openTimer);
      if (this.socket === socket) this.lost();
    };
  }

  private expectFrame(): void {
    clearTimeout(this.deadTimer);
    this.deadTimer = setTimeout(() => this.lost(), DEAD_MS) as unknown as number;
  }

  private drop(): void {
    clearInterval(this.pingTimer);
    clearTimeout(this.deadTimer);
    const socket = this.socket;
    this.socket = null;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  private lost(): void {
    if (!this.running) return;
    if (this.link !== "live") this.unopened++;
    this.drop();
    if (this.link === "live") this.became("down");
    if (this.unopened >= POLL_AFTER && !this.pollTimer) this.poll();
    clearTimeout(this.retryTimer);
    this.retryTimer = setTimeout(
      () => this.open(),
      backoffMs(this.attempt++, this.random()),
    ) as unknown as number;
  }

  private async poll(): Promise<void> {
    // Taken before waiting, so that a second loop can't start beside this one.
    this.pollTimer = -1;
    try {
      await this.ends.poll();
      if (this.running && this.link !== "live") this.became("polling");
    } catch {
      if (this.link === "polling") this.became("down");
    }
    if (!this.running || this.link === "live") {
      this.pollTimer = 0;
      return;
    }
    const wait = document.visibilityState === "hidden" ? POLL_HIDDEN_MS : POLL_MS;
    this.pollTimer = setTimeout(() => this.poll(), wait) as unknown as number;
  }

  private became(link: Link): void {
    if (this.link === link) return;
    this.link = link;
    this.ends.link(link);
  }
}
