// Which part of a long conversation is drawn: what is near the reader's eyes. Short ones are drawn whole.

import { useVirtualizer, type VirtualItem } from "@tanstack/react-virtual";
import { type RefObject, useLayoutEffect } from "react";
import type { Bubble, Item } from "./timeline";

/** Up to here everything is drawn: finding in the page and reading it out then need no scrolling. */
const DRAWN_WHOLE = 80;
const GAP_PX = 14;
const TOP_PX = 16;
const LINE_PX = 22;
const CHARS_PER_LINE = 34;
/** Beyond any conversation: the browser stops at the end. */
const END_OFFSET = 1e9;

interface Place {
  top: number;
  isAtEnd: boolean;
  sizes: VirtualItem[];
}
/** Where each conversation was left, and how high its items were, so that coming back loses nothing. */
const places = new Map<string, Place>();

export const placeOf = (id: string): Place | undefined => places.get(id);

export function useStreamWindow(id: string, box: RefObject<HTMLDivElement | null>, items: Item[]) {
  const place = places.get(id);
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => box.current,
    estimateSize: (index) => (items[index] ? heightOf(items[index]) : LINE_PX),
    getItemKey: (index) => items[index]?.key ?? index,
    gap: GAP_PX,
    paddingStart: TOP_PX,
    overscan: 12,
    initialRect: { width: 800, height: 800 },
    initialOffset: place && !place.isAtEnd ? place.top : END_OFFSET,
    initialMeasurementsCache: place?.sizes ?? [],
    rangeExtractor: ({ startIndex, endIndex, overscan, count }) =>
      count <= DRAWN_WHOLE
        ? span(0, count - 1)
        : span(Math.max(0, startIndex - overscan), Math.min(count - 1, endIndex + overscan)),
  });
  useLayoutEffect(
    () => () => {
      const left = places.get(id);
      if (left) places.set(id, { ...left, sizes: virtual.takeSnapshot() });
    },
    [id, virtual],
  );
  return virtual;
}

export function keepPlace(id: string, top: number, isAtEnd: boolean): void {
  places.set(id, { top, isAtEnd, sizes: places.get(id)?.sizes ?? [] });
}

const span = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, step) => from + step);

/** A guess until it is drawn; a good one keeps the scroll bar still. */
export function heightOf(item: Item): number {
  switch (item.type) {
    case "day":
      return 20;
    case "divider":
      return 28;
    case "withheld":
      return 40;
    case "note":
      return 40 + linesOf(item.event) * LINE_PX;
    case "run":
      return item.bubbles.reduce((sum, bubble) => sum + linesOf(bubble) * LINE_PX + 18, 20);
  }
}

function linesOf({ message }: Bubble): number {
  const { text } = message.body;
  return text
    .split("\n")
    .reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / CHARS_PER_LINE)), 0);
}

/** The item that shows an event; for one folded into another, the nearest before. */
export function indexOfSeq(items: Item[], seq: number): number {
  const at = items.findLastIndex((item) => firstSeq(item) <= seq);
  return Math.max(at, Math.min(0, items.length - 1));
}

function firstSeq(item: Item): number {
  if (item.type === "day") return Number.POSITIVE_INFINITY;
  return item.type === "run" ? (item.bubbles[0]?.seq ?? 0) : item.event.seq;
}
