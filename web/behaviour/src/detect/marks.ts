// What the shop marks on its pages with attributes, so that it needs no script of its own.

import { every, marked, said } from "../mark";
import type { Run } from "../run";

/** `data-tandem-click="Product Added"` is told when it's clicked, `data-tandem-view="Checkout Failed"` when it's there. */
export function marks(run: Run): void {
  let told = new WeakMap<Element, string>();
  const tell = (element: Element, name: string) =>
    run.told(said(element, name), JSON.parse(said(element, "props") || "{}"));
  run.onPage(() => {
    told = new WeakMap();
  });
  run.on(document, "click", ({ target }) => {
    const element = marked(target, "click");
    if (element) tell(element, "click");
  });
  run.onTick(() => {
    for (const element of every("view")) {
      const what = said(element, "view") + said(element, "props");
      if (told.get(element) === what) continue;
      told.set(element, what);
      tell(element, "view");
    }
  });
}
