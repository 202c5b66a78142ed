// What waits to be sent: kept over reloads, sent in batches, sent again until the desk has it. Events have ids of
// their own, so the desk takes each once however often it comes.

import type { Guard } from "./guard";
import type { Keep } from "./keep";

export interface Sent {
  event_id: string;
  original_ts: number;
  [name: string]: unknown;
}

export interface Outbox {
  add(event: Sent, isUrgent: boolean): void;
  /** The page goes away: what it has is handed over to the browser, and kept for the next page as well. */
  leave(): void;
}

/** A busy shopper without a network fills this in half an hour; what came first is dropped first. */
export const KEPT_MOST = 300;
/** Below the desk's limit for a batch. */
export const BATCH_MOST = 50;
/** Browsers let a page that goes away send 64 KB in all: this and one more. */
const BATCH_CHARS_MOST = 28_000;
/** The desk knows an event again for a day; what is older could count twice. */
const HOLDS_MS = 86_400_000;
const SOON_MS = 5_000;
const NOW_MS = 400;
const SAVE_MS = 1_000;
const BACK_OFF_MS = 2_000;
const BACK_OFF_MOST_MS = 300_000;
/** A server may ask for patience, not for silence for ever. */
const RETRY_AFTER_MOST_MS = 3_600_000;
/** A page that hasn't touched its events for so long is gone. */
const LEFT_MS = 30_000;
const TIMEOUT_MS = 20_000;

interface Kept {
  /** When the page last touched it; 0 when it has left. */
  at: number;
  events: Sent[];
}

/** As text, and not as JSON by its type: such a request needs no preflight, which a page that goes away can't await. */
export const post = (url: string, body: string, signal?: AbortSignal): Promise<Response> =>
  fetch(url, {
    method: "POST",
    body,
    keepalive: true,
    credentials: "omit",
    headers: { "Content-Type": "text/plain" },
    signal,
  });

/** `place` is this page's own in the storage, so that tabs don't overwrite each other. */
export function outbox(
  keep: Keep,
  guard: Guard,
  place: string,
  url: string,
  now: () => number,
  random: () => number,
  /** The batch that carries these events, made at the moment of sending: it says when that was. */
  wrap: (events: Sent[]) => string,
): Outbox {
  let waiting: Sent[] = [];
  const flying = new Set<Sent>();
  let stopTimer: (() => void) | undefined;
  let due = 0;
  let stopSaving: (() => void) | undefined;
  let tries = 0;
  let notBefore = 0;
  let isRefused = false;
  let hasLeft = false;

  function save(): void {
    stopSaving?.();
    stopSaving = undefined;
    if (waiting.length) keep.set(place, { at: hasLeft ? 0 : now(), events: waiting } satisfies Kept);
    else keep.remove(place);
  }

  function sendIn(ms: number): void {
    const at = Math.max(now() + ms, notBefore);
    if (due && at >= due) return;
    stopTimer?.();
    due = at;
    stopTimer = guard.later(() => {
      due = 0;
      send();
    }, at - now());
  }

  function settle(batch: Sent[], status: number, retryAfter?: string | null): void {
    if (!status || status === 429 || status >= 500) {
      const asked = Math.min((Number(retryAfter) || 0) * 1_000, RETRY_AFTER_MOST_MS);
      const patience = Math.min(BACK_OFF_MS * 2 ** tries++, BACK_OFF_MOST_MS);
      // Not all pages of a shop come back in the same moment.
      notBefore = now() + Math.max(asked, patience * (0.5 + random() / 2));
    } else {
      tries = 0;
      // Not wanted here: no such shop, or switched off. Asking again with every event would be a nuisance.
      isRefused = status > 400 && status < 405;
      waiting = isRefused ? [] : waiting.filter((event) => !batch.includes(event));
    }
    save();
    if (waiting.length) sendIn(NOW_MS);
  }

  function send(isLeaving?: boolean): void {
    if ((flying.size && !isLeaving) || navigator.onLine === false) return;
    // Timers can be a little early.
    if (now() < notBefore) {
      sendIn(0);
      return;
    }
    let chars = 0;
    const batch = waiting
      .filter((event) => !flying.has(event))
      .slice(0, BATCH_MOST)
      .filter((event, at) => {
        chars += JSON.stringify(event).length;
        return !at || chars < BATCH_CHARS_MOST;
      });
    if (!batch.length) return;
    const abort = new AbortController();
    const stop = guard.later(() => abort.abort(), TIMEOUT_MS);
    for (const event of batch) flying.add(event);
    const settled = guard.safe((answer?: Response) => {
      stop();
      for (const event of batch) flying.delete(event);
      settle(batch, answer ? answer.status : 0, answer?.headers.get("Retry-After"));
    });
    post(url, wrap(batch), abort.signal).then(settled, () => settled());
  }

  // What pages before this one left unsent is taken over, unless one is still there in another tab.
  for (const name of keep.names()) {
    const kept = keep.get<Kept>(name);
    if (!name.startsWith("out:") || (kept && kept.at > now() - LEFT_MS && kept.at <= now())) continue;
    keep.remove(name);
    waiting.push(...(kept?.events ?? []).filter((event) => event?.original_ts > now() - HOLDS_MS));
  }
  waiting = waiting.slice(-KEPT_MOST);
  if (waiting.length) {
    save();
    sendIn(NOW_MS);
  }
  guard.on(window, "online", () => sendIn(NOW_MS));

  return {
    add(event, isUrgent) {
      if (isRefused) return;
      hasLeft = false;
      waiting = [...waiting, event].slice(-KEPT_MOST);
      stopSaving ??= guard.later(save, SAVE_MS);
      sendIn(isUrgent || waiting.length >= BATCH_MOST ? NOW_MS : SOON_MS);
    },
    leave() {
      hasLeft = true;
      save();
      send(true);
    },
  };
}
