// The event stream: holds the reader's place, follows new messages only when the reader is at the end, finds events by seq.

import type { UseQueryResult } from "@tanstack/react-query";
import type { ConsoleConversation } from "api";
import { ArrowDown } from "lucide-react";
import {
  type Ref,
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
import { TypingLine } from "./TypingLine";
import { fold, lastDelivery } from "./timeline";
import "./stream.css";

/** Nearer to the end than this counts as reading along. */
const END_PX = 60;
const LIT_MS = 2600;
/** Where each conversation was left, so that coming back loses nothing. */
const places = new Map<string, { top: number; isAtEnd: boolean }>();

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

export function Stream({ ref, id, log, conversation, seq }: Props) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const inner = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(places.get(id)?.isAtEnd ?? true);
  const [lit, setLit] = useState<number | null>(null);
  const [seen, setSeen] = useState(0);
  const events = log.data?.events;
  const items = useMemo(() => fold(events ?? []), [events]);
  const outgoing = useOutgoing(id);
  const delivery = useMemo(
    () => lastDelivery(events ?? [], conversation?.read.shopper ?? 0),
    [events, conversation?.read.shopper],
  );
  const last = log.data?.seq ?? 0;
  const isReady = events !== undefined;

  const toEnd = useCallback(() => {
    if (box.current) box.current.scrollTop = box.current.scrollHeight;
  }, []);
  const show = useCallback((at: number) => {
    const found = box.current?.querySelector(`[data-seq="${at}"]`) ?? nearest(box.current, at);
    if (!found) return;
    isAtEnd.current = false;
    found.scrollIntoView({ block: "center", behavior: "smooth" });
    setLit(Number(found.getAttribute("data-seq")));
  }, []);
  useImperativeHandle(ref, () => ({ show }), [show]);

  useLayoutEffect(() => {
    if (!isReady || !box.current) return;
    const place = places.get(id);
    if (seq) show(seq);
    else if (place && !place.isAtEnd) box.current.scrollTop = place.top;
    else toEnd();
  }, [id, isReady, seq, show, toEnd]);
  useEffect(() => {
    if (!isReady || !inner.current || !box.current) return;
    // Pictures, cards and the handoff card change heights: whoever reads the end stays at the end.
    const watcher = new ResizeObserver(() => isAtEnd.current && toEnd());
    watcher.observe(inner.current);
    watcher.observe(box.current);
    return () => watcher.disconnect();
  }, [isReady, toEnd]);
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
    places.set(id, { top: it.scrollTop, isAtEnd: isAtEnd.current });
    if (isAtEnd.current && seen !== last) setSeen(last);
  }
  const unseen =
    events && seen > 0 ? events.filter((event) => event.seq > seen && event.kind === "message").length : 0;

  if (log.isError && !events) return <Failed error={log.error} onRetry={() => void log.refetch()} />;
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
          {isReady ? (
            <>
              {items.map((item) => (
                <StreamItem
                  key={item.key}
                  item={item}
                  shopper={conversation?.shopper}
                  lit={lit}
                  delivery={delivery}
                />
              ))}
              <OutgoingBubbles messages={outgoing} />
              <TypingLine id={id} />
            </>
          ) : (
            <Bones rows={7} height={38} gap={18} />
          )}
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

/** Dividers folded into another have no place of their own: the nearest one before is shown. */
function nearest(box: HTMLElement | null, at: number): Element | undefined {
  const all = [...(box?.querySelectorAll("[data-seq]") ?? [])];
  return all.findLast((each) => Number(each.getAttribute("data-seq")) <= at) ?? all[0];
}
