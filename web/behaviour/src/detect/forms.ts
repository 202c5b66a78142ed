// Forms that refuse: which kind of field, never what was written into it.

import type { Run } from "../run";

/** Pages that check by themselves mark their fields a moment after the press. */
const MARKED_MS = 400;
/** A form that refuses everything at once is one trouble, not twenty. */
const KINDS_MOST = 5;

/** A word of a short list, or the type, which is one of the browser's words; name and value stay on the page. */
export function kindOf(field: Element): string {
  const said = `${field.getAttribute("autocomplete")} ${field.getAttribute("name")}`.toLowerCase();
  const kind = /cc-|card|coupon|phone|tel|email|zip|post|address|street|city|name|password/.exec(said)?.[0];
  return kind === "cc-" ? "card" : (kind ?? (field as HTMLInputElement).type ?? "other");
}

export function forms(run: Run): void {
  const kinds = new Set<string>();
  const refused = (field: Element) => {
    if (!kinds.size)
      run.later(() => {
        for (const kind of [...kinds].slice(0, KINDS_MOST)) run.saw("Form Error", { field_kind: kind });
        kinds.clear();
      }, MARKED_MS);
    kinds.add(kindOf(field));
  };
  run.on(document, "invalid", ({ target }) => refused(target as Element));
  run.on(document, "submit", ({ target }) => {
    run.later(() => (target as Element).querySelectorAll("[aria-invalid=true]").forEach(refused), MARKED_MS);
  });
}
