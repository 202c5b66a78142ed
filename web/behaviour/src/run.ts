// What detectors are given: the page they are on, and how to say what they saw.

import type { Props } from "./clean";
import type { Guard } from "./guard";
import type { Keep } from "./keep";

/** What the shop's tag says. */
export interface Settings {
  /** Parts of the query that may leave. */
  query: string[];
  /** Properties that may leave besides the known ones. */
  more: string[];
  /** What the paths of policies begin with; without any, what usually does. */
  policies: string[];
  /** The array that gtag or a tag manager writes to. */
  layer: string | null;
  /** Where events go. */
  url: string;
  lasting: Keep;
  tab: Keep;
  /** The chat's own token, for the desk that gave it: so the chat can speak to whom the events are about. */
  visitor(): string | null;
}

export interface Run extends Guard {
  settings: Settings;
  now(): number;
  /** Says what a detector saw; it has made sure itself that nothing personal is in it. */
  saw(name: string, props?: Props): void;
  /** Says what the page says: the name is looked up, and the properties are cleaned. */
  told(name: unknown, props?: unknown): void;
  /** At each page, also those that come without loading. */
  onPage(listen: (address: string) => void): void;
  /** When a page is left, or may be. */
  onLeave(listen: () => void): void;
  /** Each second in which the page is looked at, with what passed of active time. */
  onTick(listen: (ms: number) => void): void;
}
