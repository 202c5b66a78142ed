// What becomes of loaded lists when some conversations have changed: rows are replaced, moved, put in or taken out, and
// all others stay the very same objects, so that nothing else is drawn again. Pure.

import type { InboxCounts, InboxPage, InboxRow } from "api";
import type { InboxSearch } from "../app/router";

export type ListWish = Pick<InboxSearch, "view" | "shop" | "text" | "tag" | "queue">;
export interface LoadedList {
  pages: InboxPage[];
  pageParams: unknown[];
}
export interface Changes {
  /** As they are now, each once. */
  rows: InboxRow[];
  counts: InboxCounts;
}

/** As the desk decides it; what was searched for by words only the desk can tell. */
export function belongs(row: InboxRow, list: ListWish, me: string): boolean {
  const { controller } = row;
  const isOpen = row.stage === "open";
  const isMine = isOpen && controller.kind === "agent" && controller.agent === me;
  const isInView = {
    queue: isOpen && controller.kind === "queue",
    waiting: isOpen && controller.kind !== "bot" && row.waiting_since != null && !row.snoozed,
    mine: isMine && !row.snoozed,
    snoozed: isMine && !!row.snoozed,
    bot: isOpen && controller.kind === "bot",
    open: isOpen,
    resolved: !isOpen,
  }[list.view];
  return (
    isInView &&
    (!list.shop || row.shop === list.shop) &&
    (!list.tag || row.tags.includes(list.tag)) &&
    (!list.queue || (controller.kind === "queue" && controller.queue === list.queue))
  );
}

/** Whoever waits longest comes first where people wait; elsewhere what happened last. */
const isByWait = (view: ListWish["view"]) => view === "queue" || view === "waiting";

function comesBefore(a: InboxRow, b: InboxRow, view: ListWish["view"]): boolean {
  if (isByWait(view)) {
    const step = (a.waiting_since ?? 0) - (b.waiting_since ?? 0);
    return step === 0 ? a.conversation < b.conversation : step < 0;
  }
  const step = b.last.at - a.last.at;
  return step === 0 ? a.conversation > b.conversation : step < 0;
}

const staysPut = (now: InboxRow, before: InboxRow, view: ListWish["view"]): boolean =>
  isByWait(view) ? now.waiting_since === before.waiting_since : now.last.at === before.last.at;

export function withChanges(list: LoadedList, wish: ListWish, me: string, changes: Changes): LoadedList {
  const changed = new Map(changes.rows.map((row) => [row.conversation, row]));
  const settled = new Set<string>();
  const pages = list.pages.map((page) => {
    const items = page.items.flatMap((row) => {
      const now = changed.get(row.conversation);
      if (!now) return [row];
      if (settled.has(row.conversation) || !belongs(now, wish, me) || !staysPut(now, row, wish.view))
        return [];
      settled.add(row.conversation);
      return [isSame(now, row) ? row : now];
    });
    return { ...page, items, counts: changes.counts };
  });
  for (const row of changed.values())
    if (!settled.has(row.conversation) && belongs(row, wish, me)) putIn(pages, row, wish.view);
  return { ...list, pages };
}

/** At its place among what is loaded; what belongs further down comes when somebody scrolls there. */
function putIn(pages: InboxPage[], row: InboxRow, view: ListWish["view"]): void {
  for (const [at, page] of pages.entries()) {
    const index = page.items.findIndex((each) => comesBefore(row, each, view));
    if (index < 0) continue;
    pages[at] = { ...page, items: page.items.toSpliced(index, 0, row) };
    return;
  }
  const last = pages.at(-1);
  if (last && !last.next) pages[pages.length - 1] = { ...last, items: [...last.items, row] };
}

const isSame = (a: InboxRow, b: InboxRow): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The desk's pages may overlap when a row moves between two requests. */
export function onePerConversation(rows: InboxRow[]): InboxRow[] {
  const seen = new Set<string>();
  return rows.filter((row) => !seen.has(row.conversation) && seen.add(row.conversation));
}
