// Where in the shop the page is: a router of thirty lines.

import type { ComponentChildren, JSX } from "preact";
import { store } from "./store";

export const BASE = "/shop";

export interface Place {
  path: string;
  query: URLSearchParams;
}

const read = (): Place => ({
  path: location.pathname.replace(/^\/shop(?=\/|$)/, "").replace(/\/+$/, "") || "/",
  query: new URLSearchParams(location.search),
});

export const place = store(read());

addEventListener("popstate", () => place.set(read()));

export function go(to: string, replace = false): void {
  history[replace ? "replaceState" : "pushState"](null, "", BASE + to);
  place.set(read());
  if (!replace) scrollTo(0, 0);
}

interface LinkProps extends Omit<JSX.IntrinsicElements["a"], "href"> {
  to: string;
  children?: ComponentChildren;
}

/** Leaves clicks with a modifier key, and other targets, to the browser. */
export function Link({ to, ...rest }: LinkProps) {
  return (
    <a
      {...rest}
      href={BASE + to}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0) return;
        event.preventDefault();
        go(to);
      }}
    />
  );
}
