// What pages say about themselves with `data-tandem-…` attributes.

import { isCode } from "./clean";

export const every = (name: string) => document.querySelectorAll(`[data-tandem-${name}]`);

export const said = (element: Element, name: string): string =>
  element.getAttribute(`data-tandem-${name}`) ?? "";

/** The marked element that this one is or stands in. */
export const marked = (target: EventTarget | null, name: string) =>
  (target as Element).closest?.(`[data-tandem-${name}]`);

/** What the page says of itself anywhere, if it is a code. */
export function markOf(name: string): string | undefined {
  const [first] = every(name);
  const code = first && said(first, name);
  return isCode(code) ? code : undefined;
}
