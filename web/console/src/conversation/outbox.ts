// Messages on their way: kept in this browser until they are in the log, sent in order, never twice (same client id).

import { ApiError, type Attachment } from "api";

export interface Outgoing {
  client_id: string;
  conversation: string;
  text: string;
  attachments: Attachment[];
  at: number;
  /** waiting: will be tried again by itself; refused: the desk said no, and says so again. */
  state: "sending" | "waiting" | "sent" | "failed" | "refused";
  code?: string;
  /** The draft of the desk it was made from, and how much was changed. */
  suggestion?: { id: string; edits: number };
}
export interface OutboxPorts {
  send(message: Outgoing): Promise<unknown>;
  load(): Outgoing[];
  save(messages: Outgoing[]): void;
  newId(): string;
  now(): number;
  /** Calls back after the time; returns how to stop. */
  later(run: () => void, ms: number): () => void;
}

const FIRST_RETRY_MS = 1000;
const LONGEST_RETRY_MS = 30_000;
/** After this many tries a person decides. */
const MOST_TRIES = 8;

export type Outbox = ReturnType<typeof createOutbox>;

export function createOutbox(ports: OutboxPorts) {
  let messages: Outgoing[] = ports.load();
  const listeners = new Set<() => void>();
  const busy = new Set<string>();
  const tries = new Map<string, number>();
  const stops = new Map<string, () => void>();

  function put(next: Outgoing[]): void {
    messages = next;
    ports.save(messages.filter((message) => message.state !== "sent"));
    for (const listener of listeners) listener();
  }
  const change = (id: string, how: Partial<Outgoing>) =>
    put(messages.map((message) => (message.client_id === id ? { ...message, ...how } : message)));

  async function flush(conversation: string): Promise<void> {
    if (busy.has(conversation)) return;
    busy.add(conversation);
    try {
      for (;;) {
        const next = messages.find(
          (message) => message.conversation === conversation && message.state !== "sent",
        );
        if (!next || next.state === "failed" || next.state === "refused") return;
        if (!(await trySending(next))) return;
      }
    } finally {
      busy.delete(conversation);
    }
  }

  async function trySending(message: Outgoing): Promise<boolean> {
    const id = message.client_id;
    stops.get(id)?.();
    change(id, { state: "sending", code: undefined });
    try {
      await ports.send(message);
      tries.delete(id);
      change(id, { state: "sent" });
      return true;
    } catch (error) {
      const fault = error instanceof ApiError ? error : new ApiError("internal", 0, "");
      const count = (tries.get(id) ?? 0) + 1;
      tries.set(id, count);
      if (!fault.isPassing && fault.code !== "unauthenticated")
        change(id, { state: "refused", code: fault.code });
      else if (count >= MOST_TRIES) change(id, { state: "failed", code: fault.code });
      else {
        change(id, { state: "waiting", code: fault.code });
        const wait = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (count - 1));
        stops.set(
          id,
          ports.later(() => void flush(message.conversation), wait),
        );
      }
      return false;
    }
  }

  return {
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    all: (): Outgoing[] => messages,
    add(
      conversation: string,
      text: string,
      attachments: Attachment[] = [],
      suggestion?: Outgoing["suggestion"],
    ): Outgoing {
      const message: Outgoing = {
        client_id: ports.newId(),
        conversation,
        text,
        attachments,
        at: ports.now(),
        state: "sending",
        suggestion,
      };
      put([...messages, message]);
      void flush(conversation);
      return message;
    },
    retry(id: string): void {
      const message = messages.find((each) => each.client_id === id);
      if (!message) return;
      tries.delete(id);
      change(id, { state: "sending", code: undefined });
      void flush(message.conversation);
    },
    /** Takes a message out, so that its text can go back to the composer. */
    take(id: string): Outgoing | undefined {
      const message = messages.find((each) => each.client_id === id);
      stops.get(id)?.();
      put(messages.filter((each) => each.client_id !== id));
      if (message) void flush(message.conversation);
      return message;
    },
    /** The log has these: nothing more to do for them. */
    settle(ids: Set<string>): void {
      if (messages.some((message) => ids.has(message.client_id))) {
        for (const id of ids) stops.get(id)?.();
        put(messages.filter((message) => !ids.has(message.client_id)));
      }
    },
    /** After a reload or a reconnect: everything unfinished is tried now. */
    resume(): void {
      for (const conversation of new Set(messages.map((message) => message.conversation)))
        void flush(conversation);
    },
    clear(): void {
      for (const stop of stops.values()) stop();
      messages = [];
      for (const listener of listeners) listener();
    },
  };
}
