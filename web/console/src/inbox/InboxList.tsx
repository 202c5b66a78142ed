// The virtualised list: keeps the row at the top where it is while rows come and go, moves a cursor with j and k.

import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useRouter } from "@tanstack/react-router";
import { useVirtualizer } from "@tanstack/react-virtual";
import { CheckCheck, Inbox as InboxIcon, SearchX, Sparkles } from "lucide-react";
import { type MouseEvent, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "../app/me";
import type { InboxSearch } from "../app/router";
import { fetchAhead } from "../conversation/useConversation";
import { useKeys } from "../keys/keys";
import { Empty, Failed } from "../parts/States";
import { withBeside } from "./beside";
import { InboxRowLink } from "./InboxRowLink";
import type { useInbox } from "./useInbox";

const ROW_PX = 82;
const NEAR_END = 12;
/** Stands in the address for the row's own. */
const SOME_ID = "cnv_of_the_row";

interface Props {
  inbox: ReturnType<typeof useInbox>;
  search: InboxSearch;
  opened?: string;
}

export function InboxList({ inbox, search, opened }: Props) {
  const { t } = useTranslation();
  const me = useMe();
  const { rows } = inbox;
  const box = useRef<HTMLDivElement>(null);
  const [cursor, setCursor] = useState<string | undefined>(opened);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_PX,
    overscan: 8,
    getItemKey: (index) => rows[index]?.conversation ?? index,
  });
  const items = virtual.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;

  useStillRows(box, rows, `${search.view}|${search.shop}|${search.text}`);
  useEffect(() => setCursor(opened), [opened]);
  useEffect(() => {
    if (inbox.hasNextPage && !inbox.isFetchingNextPage && lastShown > rows.length - NEAR_END)
      void inbox.fetchNextPage();
  }, [lastShown, rows.length, inbox.hasNextPage, inbox.isFetchingNextPage, inbox.fetchNextPage]);

  function move(step: number) {
    const now = rows.findIndex((row) => row.conversation === cursor);
    const next = now < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, now + step));
    setCursor(rows[next]?.conversation);
    virtual.scrollToIndex(next, { align: "auto" });
  }
  const { hrefOf, show, showBeside } = useOpening(search, opened);
  const open = () => cursor && show(cursor);
  const openBeside = () => cursor && showBeside(cursor);
  const press = useRef((_conversation: string, _event: MouseEvent) => {});
  press.current = (conversation, event) => {
    // The browser knows what to do with these: a tab or a window of its own.
    if (event.ctrlKey || event.metaKey || event.altKey || event.button !== 0) return;
    event.preventDefault();
    if (event.shiftKey) showBeside(conversation);
    else show(conversation);
  };
  const onOpen = useCallback(
    (conversation: string, event: MouseEvent) => press.current(conversation, event),
    [],
  );
  useKeys([
    { keys: "j", name: t("keys.next"), group: "list", run: () => move(1) },
    { keys: "k", name: t("keys.previous"), group: "list", run: () => move(-1) },
    { keys: "o", name: t("work.beside"), group: "list", run: openBeside, isEnabled: cursor !== undefined },
    { keys: "Enter", name: t("keys.open"), group: "list", run: open, isEnabled: cursor !== undefined },
  ]);

  if (inbox.isPending) return <RowBones />;
  if (inbox.isError && rows.length === 0)
    return <Failed error={inbox.error} onRetry={() => void inbox.refetch()} />;
  if (rows.length === 0) return <NoRows search={search} />;
  return (
    <div ref={box} className="inbox-list">
      <ul style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const row = rows[item.index];
          return row ? (
            <li key={item.key} style={{ height: ROW_PX, transform: `translateY(${item.start}px)` }}>
              <InboxRowLink
                row={row}
                href={hrefOf(row.conversation)}
                me={me.id}
                isOpen={row.conversation === opened}
                isAtCursor={row.conversation === cursor && row.conversation !== opened}
                onOpen={onOpen}
              />
            </li>
          ) : null;
        })}
      </ul>
    </div>
  );
}

/** Opening a row alone or beside what is open, and its address. */
function useOpening(search: InboxSearch, opened: string | undefined) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const router = useRouter();
  const to = "/inbox/$conversation";
  const alone = { ...search, seq: undefined };
  const show = (conversation: string) => {
    fetchAhead(client, conversation);
    void navigate({ to, params: { conversation }, search: alone });
  };
  const showBeside = (conversation: string) => {
    if (!opened || conversation === opened) return show(conversation);
    const beside = withBeside(search.beside, conversation);
    void navigate({ to, params: { conversation: opened }, search: { ...alone, beside } });
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: a search that says the same has the same address
  const address = useMemo(
    () => router.buildLocation({ to, params: { conversation: SOME_ID }, search: alone }).publicHref,
    [router, JSON.stringify(alone)],
  );
  const hrefOf = (conversation: string) => address.replace(SOME_ID, conversation);
  return { hrefOf, show, showBeside };
}

/** When rows change above, the first visible row stays under the reader's eyes; at the very top new rows show. */
function useStillRows(
  box: React.RefObject<HTMLDivElement | null>,
  rows: { conversation: string }[],
  view: string,
) {
  const before = useRef({ rows, view });
  useLayoutEffect(() => {
    const { rows: old, view: oldView } = before.current;
    before.current = { rows, view };
    const list = box.current;
    if (!list || old === rows) return;
    if (oldView !== view) {
      list.scrollTop = 0;
      return;
    }
    const anchor = Math.floor(list.scrollTop / ROW_PX);
    const offset = list.scrollTop - anchor * ROW_PX;
    if (list.scrollTop < 4) return;
    const now = rows.findIndex((row) => row.conversation === old[anchor]?.conversation);
    if (now >= 0 && now !== anchor) list.scrollTop = now * ROW_PX + offset;
  }, [rows, view, box]);
}

function RowBones() {
  return (
    <div className="inbox-list" aria-hidden>
      {Array.from({ length: 9 }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: placeholders never move
        <div key={row} className="row-bones" style={{ height: ROW_PX }}>
          <span className="bone" style={{ width: `${30 + ((row * 13) % 25)}%` }} />
          <span className="bone" style={{ width: `${88 - ((row * 17) % 30)}%` }} />
          <span className="bone" style={{ width: "38%" }} />
        </div>
      ))}
    </div>
  );
}

function NoRows({ search }: { search: InboxSearch }) {
  const { t } = useTranslation();
  if (search.text)
    return (
      <Empty
        icon={SearchX}
        title={t("inbox.noneFound")}
        text={t("inbox.noneFoundText", { text: search.text })}
      />
    );
  const icon = {
    queue: Sparkles,
    mine: InboxIcon,
    bot: InboxIcon,
    open: InboxIcon,
    resolved: CheckCheck,
    waiting: Sparkles,
    snoozed: InboxIcon,
  }[search.view];
  return (
    <Empty icon={icon} title={t(`inbox.none.${search.view}`)} text={t(`inbox.none.${search.view}Text`)} />
  );
}
