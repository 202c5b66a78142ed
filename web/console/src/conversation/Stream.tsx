// The event stream: holds the reader's place, follows new messages only when the reader is at the end, finds events by seq.

import type { UseQueryResult } from "@tanstack/react-query";
import type { ConsoleConversation } from "api";
import { ArrowDown } from "lucide-react";
import {
  type Ref,
  type RefObject,
  useCallback,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { useTranslation } from "react-i18next";
import { Bones, Failed } from "../parts/States";
import type { EventLog } from "./log";
import { OutgoingBubbles } from "./OutgoingBubbles";
import { StreamItem } from "./StreamItem";
import { useOutgoing } from "./sending";
import { indexOfSeq, keepPlace, placeOf, useStreamWindow } from "./streamWindow";
import { TypingLine } from "./TypingLine";
import { fold, lastDelivery } from "./timeline";
import "./stream.css";

/** Nearer to the end than this counts as reading along. */
const END_PX = 60;
const LIT_MS = 2600;
/** What is far away has to be drawn before it can be shown; more frames than this it never takes. */
const SHOW_FRAMES = 30;

export interface StreamHandle {
  show(seq: number): void;
}
interface Props {
  ref: Ref<StreamHandle>;
  id: string;
  log: UseQueryResult<EventLog>;
  conversation?: ConsoleConversation;
  seq?: number;
}

export function Stream({ log, ...props }: Props) {
  const { t } = useTranslation();
  if (log.data) return <Events log={log.data} {...props} />;
  if (log.isError) return <Failed error={log.error} onRetry={() => void log.refetch()} />;
  return (
    <div className="stream-frame">
      <div className="stream" role="log" aria-label={t("conversation.log")} aria-busy>
        <div className="stream-inner">
          <Bones rows={7} height={38} gap={18} />
        </div>
      </div>
    </div>
  );
}

function Events({ ref, id, log, conversation, seq }: Omit<Props, "log"> & { log: EventLog }) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const inner = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(placeOf(id)?.isAtEnd ?? true);
  const [lit, setLit] = useState<number | null>(null);
  const [seen, setSeen] = useState(0);
  const { events, seq: last } = log;
  const items = useMemo(() => fold(events), [events]);
  const virtual = useStreamWindow(id, box, items);
  const drawn = virtual.getVirtualItems();
  const outgoing = useOutgoing(id);
  const delivery = useMemo(
    () => lastDelivery(events, conversation?.read.shopper ?? 0),
    [events, conversation?.read.shopper],
  );

  const toEnd = useCallback(() => {
    if (box.current) box.current.scrollTop = box.current.scrollHeight;
  }, []);
  const known = useRef(items);
  known.current = items;
  const show = useCallback(
    (at: number) => {
      const index = indexOfSeq(known.current, at);
      if (index < 0) return;
      isAtEnd.current = false;
      virtual.scrollToIndex(index, { align: "center" });
      whenDrawn(box, at, (found) => {
        found.scrollIntoView({ block: "center" });
        setLit(Number(found.getAttribute("data-seq")));
      });
    },
    [virtual],
  );
  useImperativeHandle(ref, () => ({ show }), [show]);

  useLayoutEffect(() => {
    if (seq) show(seq);
    else if (isAtEnd.current) toEnd();
  }, [seq, show, toEnd]);
  useEffect(() => {
    if (!inner.current || !box.current) return;
    // Pictures, cards and the handoff card change heights: whoever reads the end stays at the end.
    const watcher = new ResizeObserver(() => isAtEnd.current && toEnd());
    watcher.observe(inner.current);
    watcher.observe(box.current);
    return () => watcher.disconnect();
  }, [toEnd]);
  const newest = outgoing.at(-1)?.client_id;
  useEffect(() => {
    if (!newest) return;
    isAtEnd.current = true;
    toEnd();
  }, [newest, toEnd]);
  useEffect(() => {
    if (isAtEnd.current) setSeen(last);
  }, [last]);
  useEffect(() => {
    if (lit === null) return;
    const timer = setTimeout(() => setLit(null), LIT_MS);
    return () => clearTimeout(timer);
  }, [lit]);

  function onScroll() {
    const it = box.current;
    if (!it) return;
    isAtEnd.current = it.scrollHeight - it.scrollTop - it.clientHeight < END_PX;
    keepPlace(id, it.scrollTop, isAtEnd.current);
    if (isAtEnd.current && seen !== last) setSeen(last);
  }
  const unseen = seen > 0 ? events.filter((event) => event.seq > seen && event.kind === "message").length : 0;
  const above = drawn[0]?.start ?? 0;
  const below = drawn.length ? virtual.getTotalSize() - (drawn.at(-1)?.end ?? 0) : 0;

  return (
    <div className="stream-frame">
      <div
        ref={box}
        className="stream"
        onScroll={onScroll}
        role="log"
        aria-label={t("conversation.log")}
        aria-live="off"
      >
        <div ref={inner} className="stream-inner">
          <div className="stream-items" style={{ paddingBlock: `${above}px ${below}px` }}>
            {drawn.map(({ key, index }) => {
              const item = items[index];
              return item ? (
                <div key={key} ref={virtual.measureElement} data-index={index}>
                  <StreamItem item={item} shopper={conversation?.shopper} lit={lit} delivery={delivery} />
                </div>
              ) : null;
            })}
          </div>
          <OutgoingBubbles messages={outgoing} />
          <TypingLine id={id} />
        </div>
      </div>
      {unseen > 0 && (
        <button type="button" className="stream-new" onClick={toEnd}>
          <ArrowDown size={14} /> {t("conversation.newMessages", { count: unseen })}
        </button>
      )}
    </div>
  );
}

/** Calls back with the element of an event, or of the nearest before it, as soon as the stream has drawn it. */
function whenDrawn(box: RefObject<HTMLDivElement | null>, at: number, then: (found: Element) => void): void {
  let frames = 0;
  const look = () => {
    if (!box.current) return;
    const all = [...box.current.querySelectorAll("[data-seq]")];
    const seqs = all.map((each) => Number(each.getAttribute("data-seq")));
    const found = all[seqs.findLastIndex((seq) => seq <= at)];
    // The nearest before counts only if something after it is drawn too, or nothing else will come.
    if (found && (seqs.includes(at) || frames >= SHOW_FRAMES || (seqs.at(-1) ?? 0) >= at)) then(found);
    else if (frames < SHOW_FRAMES) {
      frames += 1;
      requestAnimationFrame(look);
    }
  };
  requestAnimationFrame(look);
}
