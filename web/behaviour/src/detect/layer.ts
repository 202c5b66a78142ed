// Reading along with what the page already tells Google: gtag("event", …) and dataLayer.push({ event, ecommerce }).

import type { Run } from "../run";

export function layer(run: Run): void {
  const name = run.settings.layer;
  if (!name) return;
  const page = window as unknown as Record<string, unknown[]>;
  page[name] ??= [];
  const entries = page[name];
  const { push } = entries;
  const read = run.safe((entry: Record<string, unknown>) => {
    // gtag pushes its arguments as they are.
    if (entry[0] === "event") run.told(entry[1], entry[2]);
    else run.told(entry.event, entry.ecommerce ?? entry);
  });
  const patched = (...added: unknown[]) => {
    const length = push.apply(entries, added);
    for (const entry of added) read(entry as never);
    return length;
  };
  entries.push = patched;
  run.undo(() => {
    if (entries.push === patched) entries.push = push;
  });
}
