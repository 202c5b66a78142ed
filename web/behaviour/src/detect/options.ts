// Sizes, colours and other choices taken back and forth: the sign of somebody who can't decide.

import { marked, markOf, said } from "../mark";
import type { Run } from "../run";

/** So many returns to what was chosen before. Looking at each option once is only looking. */
const RETURNS = 3;
const WITHIN_MS = 60_000;
const CHOICE = /size|colou?r|spec|variant|option|style|尺|码|颜色|规格|款/i;

interface Group {
  chosen: unknown[];
  returns: number[];
}

export function options(run: Run): void {
  const groups = new Map<string, Group>();
  run.onPage(() => groups.clear());
  const chose = (name: string, what: unknown) => {
    const group = groups.get(name) ?? { chosen: [], returns: [] };
    groups.set(name, group);
    const { chosen, returns } = group;
    if (chosen[chosen.length - 1] === what) return;
    const now = run.now();
    if (chosen.includes(what)) returns.push(now);
    chosen.push(what);
    group.returns = returns.filter((at) => now - at < WITHIN_MS);
    if (group.returns.length < RETURNS) return;
    run.saw("Option Loop", { count: group.returns.length, product_id: markOf("product") });
    groups.delete(name);
  };
  run.on(document, "change", ({ target }) => {
    const field = target as HTMLInputElement;
    if (field.type !== "radio" && field.tagName !== "SELECT") return;
    // What is chosen is compared here and sent nowhere.
    if (CHOICE.test(`${field.name} ${field.id}`)) chose(field.name, field.value);
  });
  run.on(document, "click", ({ target }) => {
    const option = marked(target, "option");
    if (option) chose(said(option, "option"), option);
  });
}
