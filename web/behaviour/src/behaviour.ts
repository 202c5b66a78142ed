// What runs while it is allowed: one anonymous person, their pages, the detectors and the outbox.

import { clean, type Props } from "./clean";
import type { Choice } from "./consent";
import { clicks } from "./detect/clicks";
import { dwell } from "./detect/dwell";
import { forms } from "./detect/forms";
import { layer } from "./detect/layer";
import { marks } from "./detect/marks";
import { options } from "./detect/options";
import { pages } from "./detect/pages";
import { policies } from "./detect/policies";
import { guard } from "./guard";
import { uuid } from "./ids";
import { markOf } from "./mark";
import { isKnown, isUrgent } from "./names";
import { outbox, post, type Sent } from "./outbox";
import type { Run, Settings } from "./run";

/** Nobody does so much on one page; a script gone wild does. */
const PER_PAGE_MOST = 300;

/** Where events happen, as it is sent. */
interface Page {
  path: string;
  type?: string;
}
/** Sooner than anything is sent. */
const DRAWN_MS = 200;

export interface Behaviour {
  track(name: unknown, props?: unknown): void;
  /** Ends for another choice, or for none that holds. */
  end(choice?: Choice): void;
}

const DETECTORS = [clicks, forms, options, marks, policies, dwell, layer];

export function behaviour(settings: Settings, consent: Choice): Behaviour {
  const now = () => Date.now();
  const guarded = guard();
  const { lasting } = settings;
  const anonymous = lasting.get<string>("anonymous") ?? uuid(now());
  lasting.set("anonymous", anonymous);
  const batch = (events: Sent[], agreed = consent) =>
    JSON.stringify({
      schema_version: 1,
      sent_at: now(),
      anonymous_id: anonymous,
      visitor: settings.visitor(),
      consent: agreed,
      context: {
        locale: navigator.language,
        tz: Intl.DateTimeFormat().resolvedOptions().timeZone,
      },
      events,
    });
  const { url } = settings;
  const box = outbox(lasting, guarded, `out:${uuid(now())}`, url, now, Math.random, batch);
  const made = (event: string) => ({ event_id: uuid(now()), original_ts: now(), event });

  let page: Page | undefined;
  let count = 0;
  const arrivals: ((address: string) => void)[] = [];
  const leavings: (() => void)[] = [];
  const ticks: ((ms: number) => void)[] = [];
  const saw = (event: string, properties?: Props) => {
    if (++count > PER_PAGE_MOST) return;
    box.add({ ...made(event), properties, context: { page } }, isUrgent(event));
  };
  const told = (said: unknown, props?: unknown) => {
    const name = `${said}`;
    if (!isKnown(name)) return;
    const cleaned = clean(props, settings.more);
    saw(name, cleaned);
    if (/search/i.test(name) && cleaned.result_count === 0) saw("Search No Result");
  };
  const run: Run = {
    ...guarded,
    settings,
    now,
    saw,
    told,
    onPage: (listen) => arrivals.push(guarded.safe(listen)),
    onLeave: (listen) => leavings.push(guarded.safe(listen)),
    onTick: (listen) => ticks.push(guarded.safe(listen)),
  };
  const left = () => {
    for (const listen of leavings) listen();
  };
  for (const detect of DETECTORS)
    run.safe(detect)(run, (ms) => {
      for (const listen of ticks) listen(ms);
    });
  pages(
    run,
    (address) => {
      const arrived: Page = { path: address };
      const type = () => {
        if (page === arrived) arrived.type = markOf("page");
      };
      const isFirst = !page;
      page = arrived;
      if (isFirst) type();
      // A page that comes without loading is drawn after its address has changed. All its events share this object.
      run.later(type, DRAWN_MS);
      count = 0;
      saw("Page Viewed");
      for (const listen of arrivals) listen(address);
    },
    left,
  );
  const leave = () => {
    left();
    box.leave();
  };
  run.on(window, "pagehide", leave);
  // On phones this may be the last that a page hears.
  run.on(document, "visibilitychange", () => document.visibilityState === "hidden" && leave());
  return {
    track: run.safe(told),
    end(choice) {
      guarded.end();
      // What the desk was about to say to them dies with the yes. This is all that is sent after it.
      if (choice && !choice.service_outreach && consent.service_outreach)
        post(url, batch([made("Outreach Opted Out")], choice)).catch(() => {});
    },
  };
}
