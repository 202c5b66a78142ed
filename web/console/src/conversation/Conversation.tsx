// One conversation: head, handoff card, stream, composer, and the panel about the shopper.

import { useParams, useSearch } from "@tanstack/react-router";
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { keep, kept } from "../app/keep";
import { useMe } from "../app/me";
import { Failed } from "../parts/States";
import { ShopperPanel } from "../shopper/ShopperPanel";
import { Composer, type ComposerHandle } from "./Composer";
import { ConversationHead } from "./ConversationHead";
import { ConversationContext } from "./context";
import { readDraft, writeDraft } from "./drafts";
import { HandoffPanel } from "./HandoffPanel";
import { Stream, type StreamHandle } from "./Stream";
import { useActions } from "./useActions";
import { useConversation } from "./useConversation";
import { useConversationKeys } from "./useConversationKeys";
import "./conversation.css";

const TraceDrawer = lazy(() => import("./TraceDrawer").then((it) => ({ default: it.TraceDrawer })));

export function Conversation() {
  const { conversation: id } = useParams({ from: "/signed-in/inbox/$conversation" });
  return <OpenConversation key={id} id={id} />;
}

function OpenConversation({ id }: { id: string }) {
  const me = useMe();
  const { seq } = useSearch({ from: "/signed-in/inbox" });
  const { conversation, log } = useConversation(id);
  const stream = useRef<StreamHandle>(null);
  const composer = useRef<ComposerHandle>(null);
  const [trace, setTrace] = useState<string | null>(null);
  const [isPanelOpen, setPanelOpen] = useState(kept<boolean>("panel") ?? true);
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
    () => ({ show: (at: number) => stream.current?.show(at), openTrace: setTrace, insert }),
    [insert],
  );
  useEffect(() => keep("panel", isPanelOpen), [isPanelOpen]);
  useConversationKeys({
    actions,
    mayNote: conversation.data?.may.note ?? false,
    focusReply: (isNote) => {
      writeDraft(me.id, id, { isNote });
      composer.current?.focus();
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
      <div className={`conversation-frame ${isPanelOpen ? "has-panel" : ""}`}>
        <section className="conversation">
          <ConversationHead
            conversation={conversation.data}
            actions={actions}
            isPanelOpen={isPanelOpen}
            onPanel={() => setPanelOpen(!isPanelOpen)}
          />
          {card && log.data && (
            <HandoffPanel key={card.written_at} id={id} card={card} isAnswered={isAnswered} />
          )}
          <Stream ref={stream} id={id} log={log} conversation={conversation.data} seq={seq} />
          <Composer ref={composer} conversation={conversation.data} actions={actions} />
        </section>
        {isPanelOpen && <ShopperPanel id={id} conversation={conversation.data} />}
        <Suspense>{trace && <TraceDrawer id={trace} onClose={() => setTrace(null)} />}</Suspense>
      </div>
    </ConversationContext>
  );
}
