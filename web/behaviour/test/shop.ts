// A page with the script on it: what it is asked, what it sends, and a clock that is moved by hand.

import { vi } from "vitest";

export interface Event {
  event_id: string;
  event: string;
  original_ts: number;
  properties?: Record<string, unknown>;
  context: { page: { path: string; type?: string } };
}
export interface Batch {
  sent_at: number;
  anonymous_id: string;
  visitor: string | null;
  consent: Record<string, unknown>;
  events: Event[];
}

type Tandem = (name: string, ...values: unknown[]) => void;
export const tandem: Tandem = (...call) => (window as unknown as { tandem: Tandem }).tandem(...call);

/** What the desk was sent, and what it answers. */
export const desk = {
  batches: [] as Batch[],
  answer: (): Promise<Response> => Promise.resolve(new Response("{}", { status: 200 })),
};

export const events = () => desk.batches.flatMap((batch) => batch.events);
export const named = (name: string) => events().filter((event) => event.event === name);

export const wait = (ms: number) => vi.advanceTimersByTimeAsync(ms);
/** Long enough for whatever is waiting to be sent. */
export const sent = () => wait(8_000);

export function go(path: string): void {
  history.pushState(null, "", path);
}

export async function load(attributes: Record<string, string> = {}): Promise<void> {
  vi.resetModules();
  document.querySelector("script")?.remove();
  const tag = document.createElement("script");
  // Found by its attribute, as when the chat's script loads it.
  for (const [name, value] of Object.entries({
    behaviour: "",
    shop: "main",
    api: "https://desk.example/",
    ...attributes,
  }))
    tag.setAttribute(`data-${name}`, value);
  document.head.append(tag);
  await import("../src/main");
}

/** Another page of the shop, in the same browser. */
export async function reload(attributes?: Record<string, string>): Promise<void> {
  window.dispatchEvent(new Event("pagehide"));
  await wait(0);
  leave();
  // The page is gone, and its timers with it; the clock goes on.
  const now = Date.now();
  vi.clearAllTimers();
  vi.setSystemTime(now);
  await load(attributes);
}

const timeout = setTimeout;
/** The test's browser reports changes of the page by the real clock. */
export const reported = () => new Promise((resolve) => timeout(resolve, 20));

let undo: (() => void)[] = [];
const { pushState, replaceState } = history;

/** What a page's end takes with it: its listeners and its globals. */
export function leave(): void {
  for (const each of undo) each();
  undo = [];
  Object.assign(history, { pushState, replaceState });
  delete (window as { tandem?: unknown }).tandem;
  delete (window as { Tandem?: unknown }).Tandem;
}

export function begin(): void {
  vi.useFakeTimers({ now: Date.UTC(2026, 10, 22, 9) });
  desk.batches = [];
  desk.answer = () => Promise.resolve(new Response("{}", { status: 200 }));
  localStorage.clear();
  sessionStorage.clear();
  document.body.innerHTML = "";
  document.documentElement.removeAttribute("data-tandem-page");
  history.replaceState(null, "", "/");
  vi.stubGlobal("fetch", (_: string, request: RequestInit) => {
    desk.batches.push(JSON.parse(request.body as string));
    return desk.answer();
  });
  for (const target of [window, document]) {
    const add = target.addEventListener.bind(target);
    vi.spyOn(target, "addEventListener").mockImplementation(((name: string, listen: never, how: never) => {
      add(name as never, listen, how);
      undo.push(() => target.removeEventListener(name as never, listen, how));
    }) as never);
  }
}

export function end(): void {
  if ((window as { tandem?: unknown }).tandem) tandem("consent", false);
  leave();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  vi.useRealTimers();
}

export function put(html: string): HTMLElement {
  document.body.innerHTML = html;
  return document.body.firstElementChild as HTMLElement;
}

export function click(element: Element, at: MouseEventInit = {}): void {
  // Links aren't followed here.
  element.addEventListener("click", (event) => event.preventDefault(), { once: true });
  element.dispatchEvent(
    new MouseEvent("click", {
      bubbles: true,
      composed: true,
      detail: 1,
      clientX: 50,
      clientY: 50,
      cancelable: true,
      ...at,
    }),
  );
}

/** The page after consent, with what that sent taken away. */
export async function allowed(attributes?: Record<string, string>): Promise<void> {
  await load(attributes);
  tandem("consent", true);
  await sent();
  desk.batches = [];
}

export const move = () => window.dispatchEvent(new Event("pointermove"));
