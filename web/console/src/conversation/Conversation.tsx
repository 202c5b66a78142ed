// One conversation: head, handoff card, stream, composer, and the panel about the shopper.

import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { lazy, Suspense, useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import { keep, kept } from "../app/keep";
import { useMe } from "../app/me";
import { MOST_BESIDE } from "../inbox/beside";
import { Failed } from "../parts/States";
import { ShopperPanel } from "../shopper/ShopperPanel";
import { Composer, type ComposerHandle } from "./Composer";
import { ConversationHead } from "./ConversationHead";
import { ConversationContext } from "./context";
import { readDraft, useDraft, writeDraft } from "./drafts";
import { HandoffPanel } from "./HandoffPanel";
import { Lookers } from "./Lookers";
import { useLookers } from "./looking";
import { Stream, type StreamHandle } from "./Stream";
import { useActions } from "./useActions";
import { useConversation } from "./useConversation";
import { useConversationKeys } from "./useConversationKeys";
import { WaitingDeeds } from "./WaitingDeeds";
import type { WorkDialog } from "./WorkDialogs";
import "./conversation.css";
import "./work.css";

const WorkDialogs = lazy(() => import("./WorkDialogs").then((it) => ({ default: it.WorkDialogs })));

const TraceDrawer = lazy(() => import("./TraceDrawer").then((it) => ({ default: it.TraceDrawer })));

export function Conversation() {
  const { conversation: id } = useParams({ from: "/signed-in/inbox/$conversation" });
  const { beside = [], ...search } = useSearch({ from: "/signed-in/inbox" });
  const navigate = useNavigate();
  const others = beside.filter((each) => each !== id).slice(0, MOST_BESIDE);
  const [focused, setFocused] = useState(id);
  const active = [id, ...others].includes(focused) ? focused : id;
  const show = (panes: string[]) =>
    navigate({
      to: "/inbox/$conversation",
      params: { conversation: panes[0] ?? id },
      search: { ...search, seq: undefined, beside: panes.length > 1 ? panes.slice(1) : undefined },
    });
  if (others.length === 0) return <OpenConversation key={id} id={id} isActive isAlone />;
  return (
    <div className="panes">
      {[id, ...others].map((each) => (
        // biome-ignore lint/a11y/noStaticElementInteractions: whatever is focused inside makes its pane the active one
        <div
          key={each}
          className={`pane ${each === active ? "is-active" : ""}`}
          onFocusCapture={() => setFocused(each)}
          onMouseDown={() => setFocused(each)}
        >
          <OpenConversation
            id={each}
            isActive={each === active}
            onClose={() => void show([id, ...others].filter((other) => other !== each))}
          />
        </div>
      ))}
    </div>
  );
}

interface OpenProps {
  id: string;
  /** The keys of the page mean this one. */
  isActive: boolean;
  /** There is room for the panel about the shopper. */
  isAlone?: boolean;
  onClose?: () => void;
}

function OpenConversation({ id, isActive, isAlone, onClose }: OpenProps) {
  const me = useMe();
  const { seq, box } = useSearch({ from: "/signed-in/inbox" });
  const { conversation, log } = useConversation(id);
  const stream = useRef<StreamHandle>(null);
  const composer = useRef<ComposerHandle>(null);
  const [trace, setTrace] = useState<string | null>(null);
  const [dialog, setDialog] = useState<WorkDialog | null>(null);
  const [draft] = useDraft(me.id, id);
  const lookers = useLookers(id, draft.text !== "");
  const [isPanelOpen, setPanelOpen] = useState(kept<boolean>("panel") ?? true);
  // The panel is drawn when the conversation is; what the shopper said comes first.
  const isPanelDrawn = useDeferredValue(true, false);
  const card = conversation.data?.card;
  const isAnswered =
    log.data?.events.some(
      (event) => event.by === "agent" && event.kind === "message" && event.at > (card?.written_at ?? 0),
    ) ?? false;
  const lastSaid = log.data?.events.findLast((event) => event.kind === "message");
  const actions = useActions(
    conversation.data,
    lastSaid?.by === "shopper" && conversation.data?.controller.kind !== "bot",
  );

  const insert = useCallback(
    (text: string) => {
      const draft = readDraft(me.id, id);
      writeDraft(me.id, id, {
        text: draft.text && !/\s$/.test(draft.text) ? `${draft.text} ${text}` : draft.text + text,
      });
      composer.current?.focus();
    },
    [me.id, id],
  );
  const tools = useMemo(
    () => ({
      show: (at: number) => stream.current?.show(at),
      openTrace: setTrace,
      insert,
      answer: (question: number) => {
        writeDraft(me.id, id, { isNote: true, noteKind: "answer", answers: question });
        setTimeout(() => composer.current?.focus());
      },
    }),
    [insert, me.id, id],
  );
  const lastShopperSeq =
    log.data?.events.findLast((event) => event.by === "shopper" && event.message)?.seq ?? 0;
  useEffect(() => keep("panel", isPanelOpen), [isPanelOpen]);
  useConversationKeys({
    actions,
    conversation: conversation.data,
    isActive,
    openDialog: setDialog,
    takeSuggestion: (index) => composer.current?.use(index),
    mayNote: conversation.data?.may.note ?? false,
    focusReply: (isNote, noteKind) => {
      writeDraft(me.id, id, { isNote, noteKind });
      setTimeout(() => composer.current?.focus());
    },
    togglePanel: () => setPanelOpen((isOpen) => !isOpen),
  });

  if (conversation.isError && !conversation.data) {
    return (
      <section className="conversation">
        <Failed error={conversation.error} onRetry={() => void conversation.refetch()} />
      </section>
    );
  }
  return (
    <ConversationContext value={tools}>
      <div className={`conversation-frame ${isPanelOpen && isAlone ? "has-panel" : ""}`}>
        <section className="conversation">
          <ConversationHead
            conversation={conversation.data}
            actions={actions}
            isPanelOpen={isPanelOpen}
            onPanel={isAlone ? () => setPanelOpen(!isPanelOpen) : undefined}
            onDialog={setDialog}
            onClose={onClose}
          />
          <Lookers lookers={lookers} />
          <WaitingDeeds id={id} />
          {card && log.data && (
            <HandoffPanel key={card.written_at} id={id} card={card} isAnswered={isAnswered} />
          )}
          <Stream ref={stream} id={id} log={log} conversation={conversation.data} seq={seq} />
          <Composer
            ref={composer}
            conversation={conversation.data}
            actions={actions}
            lastShopperSeq={lastShopperSeq}
            hasFocus={box}
          />
        </section>
        {isPanelOpen && isAlone && isPanelDrawn && <ShopperPanel id={id} conversation={conversation.data} />}
        <Suspense>
          {dialog && conversation.data && (
            <WorkDialogs open={dialog} conversation={conversation.data} onClose={() => setDialog(null)} />
          )}
        </Suspense>
        <Suspense>{trace && <TraceDrawer id={trace} onClose={() => setTrace(null)} />}</Suspense>
      </div>
    </ConversationContext>
  );
}
