// The handoff card at the top of a conversation: everything already collected, each line leading to the event it came from.

import type { CardLine, HandoffCard } from "api";
import { BadgeCheck, ChevronDown, ClipboardList, CornerDownRight, Timer, UserRound } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { keep, kept } from "../app/keep";
import { useFormat, useNow } from "../format/use";
import { EmotionMark } from "../parts/EmotionMark";
import { useConversationTools } from "./context";
import "./handoff.css";

/** Whether a card was left open, by the time it was written: a new card starts afresh. */
type Folded = Record<number, boolean>;

interface Props {
  id: string;
  card: HandoffCard;
  /** A person has spoken since: the card starts folded, to leave room for the conversation. */
  isAnswered: boolean;
}

export function HandoffPanel({ id, card, isAnswered }: Props) {
  const { t } = useTranslation();
  const { clock, money } = useFormat();
  const { insert } = useConversationTools();
  const slotName = (slot: string) => t(`slot.${slot}` as "slot.phone", { defaultValue: slot });
  const name = `card.${id}`;
  const [isOpen, setOpen] = useState(() => kept<Folded>(name)?.[card.written_at] ?? !isAnswered);
  function toggle() {
    keep(name, { [card.written_at]: !isOpen });
    setOpen(!isOpen);
  }
  return (
    <section className={`handoff ${isOpen ? "is-open" : ""}`} aria-label={t("card.name")}>
      <button type="button" className="handoff-head" aria-expanded={isOpen} onClick={toggle}>
        <ClipboardList size={15} />
        <b>{t("card.name")}</b>
        <span className="chip info">{t(`reason.${card.reason}`)}</span>
        <EmotionMark emotion={card.emotion.level} />
        <span className="ellipsis spread handoff-ask">{isOpen ? "" : card.ask.text}</span>
        {card.due_at && !isAnswered ? <Due at={card.due_at} /> : null}
        <time className="muted number">{clock(card.written_at)}</time>
        <ChevronDown size={15} className="handoff-arrow" />
      </button>
      {isOpen && (
        <div className="handoff-body">
          <p className="handoff-main">
            <Line line={card.ask} />
          </p>
          <p className="muted handoff-reason">
            {card.reason_text} · {t("card.language")}: {t("card.languageName", { lng: card.language })}
          </p>
          <div className="handoff-grid">
            <Part name={t("card.identity")}>
              <span className="handoff-id">
                {card.identity.verified ? (
                  <BadgeCheck size={13} className="verified" />
                ) : (
                  <UserRound size={13} />
                )}
                <Line
                  line={{
                    text: card.identity.verified
                      ? [card.identity.name, t("shopper.verified")].filter(Boolean).join(" · ")
                      : t("shopper.notVerified"),
                    seq: card.identity.seq,
                  }}
                />
              </span>
            </Part>
            {card.intents.length > 0 && (
              <Part name={t("card.intents")}>
                {card.intents.map((intent) => (
                  <Line key={intent.name} line={intent} />
                ))}
              </Part>
            )}
            {card.order && (
              <Part name={t("card.order")}>
                <Line line={card.order.line} />
              </Part>
            )}
            {card.product && (
              <Part name={t("card.product")}>
                <b>{card.product.title}</b>
                <Line line={card.product.line} />
              </Part>
            )}
            {card.slots.length > 0 && (
              <Part name={t("card.slots")}>
                {card.slots.map((slot) => (
                  <Line
                    key={`${slot.name}-${slot.value}`}
                    line={{
                      text: t("card.slot", { name: slotName(slot.name), value: slot.value }),
                      seq: slot.seq,
                    }}
                  />
                ))}
              </Part>
            )}
            {card.emotion.quote && (
              <Part name={t("card.emotion")}>
                <q>
                  <Line line={card.emotion.quote} />
                </q>
              </Part>
            )}
          </div>
          {(card.allowed ?? []).length > 0 && (
            <Part name={t("card.allowed")}>
              <span className="handoff-allowed">
                {(card.allowed ?? []).map((action) => (
                  <span
                    key={action.name}
                    title={action.limits}
                    className={`chip ${action.needs_approval ? "warn" : "good"}`}
                  >
                    {[
                      action.text,
                      action.refund && t("card.refund", { amount: money(action.refund) }),
                      action.needs_approval && t("card.approval"),
                    ]
                      .filter(Boolean)
                      .join(" · ")}
                  </span>
                ))}
              </span>
            </Part>
          )}
          <div className="handoff-lists">
            <Lines name={t("card.tried")} lines={card.tried} />
            <Lines name={t("card.done")} lines={card.done ?? []} />
            <Lines name={t("card.failed")} lines={card.failed} tone="bad" />
            <Lines name={t("card.promises")} lines={card.promises} tone="warn" />
          </div>
          {(card.drafts ?? []).length > 0 && (
            <div className="handoff-drafts">
              <h4>{t("card.drafts")}</h4>
              {(card.drafts ?? []).map((draft) => (
                <button
                  key={draft.text}
                  type="button"
                  title={t("card.insert")}
                  onClick={() => insert(draft.text)}
                >
                  <span>{draft.text}</span>
                  <small className="muted">
                    {draft.sources?.length
                      ? t("card.draftFrom", {
                          titles: draft.sources.map((source) => source.title).join(", "),
                        })
                      : t("card.draftRecords")}
                  </small>
                </button>
              ))}
            </div>
          )}
          {card.suggested.length > 0 && (
            <div className="handoff-suggested">
              <h4>{t("card.suggested")}</h4>
              {card.suggested.map((line) => (
                <button
                  key={line.text}
                  type="button"
                  title={t("card.insert")}
                  onClick={() => insert(line.text)}
                >
                  <CornerDownRight size={13} /> {line.text}
                </button>
              ))}
            </div>
          )}
        </div>
      )}
    </section>
  );
}

/** When a person has to have answered, and whether that is over. */
function Due({ at }: { at: number }) {
  const { t } = useTranslation();
  const { clock } = useFormat();
  const isOver = useNow() > at;
  return (
    <span className={`chip ${isOver ? "bad" : "warn"} number`}>
      <Timer size={12} /> {t(isOver ? "card.overdue" : "card.due", { time: clock(at) })}
    </span>
  );
}

function Part({ name, tone, children }: { name: string; tone?: string; children: ReactNode }) {
  return (
    <div className={`handoff-part ${tone ?? ""}`}>
      <h4>{name}</h4>
      {children}
    </div>
  );
}

function Lines({ name, lines, tone }: { name: string; lines: CardLine[]; tone?: string }) {
  if (lines.length === 0) return null;
  return (
    <Part name={name} tone={tone}>
      {lines.map((line) => (
        <Line key={`${line.seq}-${line.text}`} line={line} />
      ))}
    </Part>
  );
}

/** A line and the way to where it was said. */
function Line({ line }: { line: CardLine }) {
  const { t } = useTranslation();
  const { show } = useConversationTools();
  const { seq } = line;
  if (!seq) return <span className="handoff-line">{line.text}</span>;
  return (
    <button
      type="button"
      className="handoff-line is-link"
      title={t("card.show", { seq })}
      onClick={() => show(seq)}
    >
      {line.text}
      <sup className="number">#{seq}</sup>
    </button>
  );
}
