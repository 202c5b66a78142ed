// The page's end: tandem("consent", …) and tandem("track", …), and nothing before the shopper has agreed.

import { type Behaviour, behaviour } from "./behaviour";
import { type Choice, choiceOf, remembered, type Standing, standing } from "./consent";
import { keepIn } from "./keep";

type Call = [name: string, ...values: unknown[]];
type Said = ((...call: Call) => void) & { q?: Call[] };
type Listen = (standing: Standing) => void;

function begin(): void {
  const page = window as unknown as { tandem?: Said; Tandem?: { push(call: unknown[]): unknown } };
  const waiting = page.tandem ? page.tandem.q : [];
  // Here already: two tags, or a tag of its own beside the chat's.
  if (!waiting) return;
  const tag = (document.currentScript ??
    document.querySelector("script[data-behaviour]")) as HTMLScriptElement;
  const said = (name: string) => tag.getAttribute(`data-${name}`);
  const list = (name: string) => said(name)?.match(/[^\s,]+/g) ?? [];
  const shop = said("shop") ?? "";
  const version = said("consent-version");
  const prefix = `tandem-behaviour:${shop}:`;
  const lasting = keepIn(() => localStorage, prefix);
  const tab = keepIn(() => sessionStorage, prefix);
  const listeners = new Set<Listen>();
  page.Tandem ??= [] as unknown[];
  page.Tandem.push(["on", "open", () => running?.track("Help Opened")]);
  let running: Behaviour | undefined;
  let choice: Choice | undefined;

  const tell = (listen: Listen) => {
    try {
      listen(standing(choice));
    } catch {}
  };
  const follow = () => {
    const before = choice;
    choice = remembered(lasting, version, Date.now());
    const isGranted = standing(choice) === "granted";
    if (running && (!isGranted || before?.ts !== choice?.ts)) {
      running.end(choice);
      running = undefined;
    }
    if (isGranted && choice) {
      // Whoever wants to be helped can be spoken to before they have spoken themselves.
      if (choice.service_outreach) page.Tandem?.push(["listen"]);
      running ??= behaviour(
        {
          url: new URL(`/api/widget/events?shop=${encodeURIComponent(shop)}`, said("api") ?? tag.src).href,
          lasting,
          tab,
          visitor: () => localStorage.getItem(`tandem:${shop}:visitor`),
          query: list("query"),
          more: list("properties"),
          policies: list("policies"),
          layer: said("layer"),
        },
        choice,
      );
    }
    // With the yes everything goes but the no: ids, pages and what was waiting to be sent.
    else
      for (const keep of [lasting, tab])
        for (const name of keep.names()) if (name !== "consent") keep.remove(name);
    listeners.forEach(tell);
  };

  const tandem: Said = (name, value, props) => {
    try {
      if (name === "track") running?.track(value, props);
      else if (name === "state") {
        listeners.add(value as Listen);
        tell(value as Listen);
      } else {
        if (name === "consent") lasting.set(name, choiceOf(value, version, Date.now()));
        follow();
      }
    } catch {}
  };
  page.tandem = tandem;
  // Said in another tab.
  addEventListener("storage", ({ key }) => key === `${prefix}consent` && tandem(""));
  tandem("");
  for (const call of waiting) tandem(...call);
}

try {
  begin();
} catch {}
