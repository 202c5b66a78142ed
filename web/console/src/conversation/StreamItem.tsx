// One item of the stream: a day, a run of messages, a note, a withheld reply or a divider.

import type { ConsoleConversation } from "api";
import { CircleHelp, Ear, EyeOff, LockKeyhole, MessageCircleReply, ShieldAlert } from "lucide-react";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "../app/me";
import { useFormat } from "../format/use";
import { Markdown, PlainText } from "../markdown/Markdown";
import { initialOf, SpeakerMark } from "../parts/Speaker";
import { useShopperName } from "../shopper/name";
import { useConversationTools } from "./context";
import { Divider } from "./Divider";
import { MessageBody } from "./MessageBody";
import type { Delivery, Item } from "./timeline";
import { WhyButton } from "./WhyButton";

const NOTE_ICONS = {
  note: LockKeyhole,
  whisper: Ear,
  question: CircleHelp,
  answer: MessageCircleReply,
  invitation: ShieldAlert,
};

interface Props {
  item: Item;
  shopper?: ConsoleConversation["shopper"];
  lit: number | null;
  delivery: Delivery | null;
}

export const StreamItem = memo(function StreamItem({ item, shopper, lit, delivery }: Props) {
  switch (item.type) {
    case "day":
      return <Day at={item.at} />;
    case "divider":
      return <Divider event={item.event} isLit={lit === item.event.seq} />;
    case "note":
      return <Note item={item} isLit={lit === item.event.seq} />;
    case "withheld":
      return <Withheld item={item} isLit={lit === item.event.seq} />;
    case "run":
      return <Run item={item} shopper={shopper} lit={lit} delivery={delivery} />;
  }
});

function Day({ at }: { at: number }) {
  const { dayName } = useFormat();
  return (
    <div className="day">
      <span>{dayName(at)}</span>
    </div>
  );
}

function Run({
  item,
  shopper,
  lit,
  delivery,
}: Omit<Props, "item"> & { item: Extract<Item, { type: "run" }> }) {
  const { t } = useTranslation();
  const { clock, fullTime } = useFormat();
  const nameOf = useShopperName();
  const isOurs = item.by === "bot" || item.by === "agent";
  const name = item.by === "shopper" ? nameOf(shopper) : item.name;
  return (
    <div className={`run run-${item.by} ${isOurs ? "is-ours" : ""}`}>
      <SpeakerMark
        kind={item.by}
        initial={item.by === "shopper" ? initialOf(shopper?.name) : undefined}
        size={28}
      />
      <div className="run-main">
        <div className="run-head">
          {item.by === "shopper" ? <b>{name}</b> : <b>{t(`speaker.${item.by}`)}</b>}
          {isOurs && name && <span>{name}</span>}
          <time className="number" title={fullTime(item.at)}>
            {clock(item.at)}
          </time>
        </div>
        {item.bubbles.map((event) => (
          <div
            key={event.seq}
            data-seq={event.seq}
            className={`bubble-line ${lit === event.seq ? "is-lit" : ""}`}
          >
            <MessageBody by={event.by} body={event.message.body} time={fullTime(event.at)} />
            {event.by === "bot" && event.trace && <WhyButton trace={event.trace} />}
            {delivery?.seq === event.seq && (
              <span className="delivery">{delivery.isRead ? t("message.read") : t("message.delivered")}</span>
            )}
          </div>
        ))}
      </div>
    </div>
  );
}

function Note({ item, isLit }: { item: Extract<Item, { type: "note" }>; isLit: boolean }) {
  const { t } = useTranslation();
  const { clock, fullTime } = useFormat();
  const { answer, show } = useConversationTools();
  const me = useMe();
  const { event } = item;
  const kind = event.note ?? "note";
  const to = (event.to ?? [])
    .map((each) => (each.id === me.id ? t("speaker.you") : each.name))
    .join(t("work.and"));
  const question = event.answers;
  const Icon = NOTE_ICONS[kind];
  return (
    <div className={`note is-${kind} ${isLit ? "is-lit" : ""}`} data-seq={event.seq}>
      <div className="note-head">
        <Icon size={12} />
        <b>{kind === "note" ? t("note.name") : t(`work.kind_${kind}`)}</b>
        <span>{event.staff?.name}</span>
        {to && kind !== "invitation" && <span>→ {to}</span>}
        <span className="muted">{t(kind === "whisper" ? "work.whisperOnly" : "note.teamOnly")}</span>
        {question && (
          <button type="button" className="note-link" onClick={() => show(question)}>
            #{question}
          </button>
        )}
        {kind === "question" && event.to?.some((each) => each.id === me.id) && (
          <button type="button" className="note-link" onClick={() => answer(event.seq)}>
            {t("work.kind_answer")}
          </button>
        )}
        <span className="spread" />
        <time className="number muted" title={fullTime(event.at)}>
          {clock(event.at)}
        </time>
      </div>
      <PlainText text={event.message.body.text} />
    </div>
  );
}

function Withheld({ item, isLit }: { item: Extract<Item, { type: "withheld" }>; isLit: boolean }) {
  const { t } = useTranslation();
  const { event } = item;
  const reason = event.withheld?.reason ?? event.reason ?? "";
  const key = `withheld.${reason}` as "withheld.control_passed";
  return (
    <details className={`withheld ${isLit ? "is-lit" : ""}`} data-seq={event.seq}>
      <summary>
        <EyeOff size={13} />
        <b>{t("withheld.name")}</b>
        <span className="ellipsis">{t(key, { defaultValue: reason })}</span>
      </summary>
      <div className="withheld-body">
        <Markdown text={event.withheld?.text ?? ""} />
        {event.trace && <WhyButton trace={event.trace} />}
      </div>
    </details>
  );
}
