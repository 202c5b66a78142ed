// One row of the inbox: who, what was said last, who speaks now, how long the shopper waits and why.

import type { InboxRow } from "api";
import { AlarmClock, BadgeCheck, Clock3, PencilLine } from "lucide-react";
import { type MouseEvent, memo } from "react";
import { useTranslation } from "react-i18next";
import { useHasDraft } from "../conversation/drafts";
import { useFormat, useNow } from "../format/use";
import { DeadlineRing } from "../parts/DeadlineRing";
import { EmotionMark } from "../parts/EmotionMark";
import { ControllerTag, initialOf, SpeakerMark } from "../parts/Speaker";
import { useShopperName } from "../shopper/name";

/** From here a wait is shown as long, and then as too long (3-minute response rate of the marketplaces). */
const LONG_WAIT_MS = 100_000;
const TOO_LONG_MS = 180_000;

/** The row has one line for them. */
const MOST_TAGS = 2;

interface Props {
  row: InboxRow;
  /** A plain address: a router's link in each row would be drawn again at every step. */
  href: string;
  me: string;
  isOpen: boolean;
  isAtCursor: boolean;
  onOpen: (conversation: string, event: MouseEvent) => void;
}

export const InboxRowLink = memo(function InboxRowLink({ row, href, me, isOpen, isAtCursor, onOpen }: Props) {
  const { t } = useTranslation();
  const { shortTime } = useFormat();
  const hasDraft = useHasDraft(me, row.conversation);
  const name = useShopperName()(row.shopper);
  return (
    <a
      href={href}
      className={`row ${isOpen ? "is-open" : ""} ${isAtCursor ? "is-at" : ""} ${row.unread ? "is-unread" : ""}`}
      onClick={(event) => onOpen(row.conversation, event)}
      aria-current={isOpen ? "page" : undefined}
    >
      <SpeakerMark kind="shopper" initial={initialOf(row.shopper.name)} size={32} />
      <div className="row-main">
        <div className="row-line">
          <strong className="ellipsis">{name}</strong>
          {row.shopper.verified && (
            <BadgeCheck size={14} className="verified" aria-label={t("shopper.verified")} />
          )}
          {!!row.shopper.level && <span className="level number">V{row.shopper.level}</span>}
          <span className="spread" />
          <RowTime row={row} />
        </div>
        <div className="row-line row-preview">
          <span className="ellipsis">
            {row.last.by !== "shopper" && row.last.by !== "system" && (
              <em>{t(`speaker.${row.last.by}Short`)}: </em>
            )}
            {previewOf(row.last) || "…"}
          </span>
          <span className="spread" />
          {row.unread > 0 && (
            <span className="unread number" role="img" aria-label={t("inbox.unread", { count: row.unread })}>
              {row.unread > 99 ? "99+" : row.unread}
            </span>
          )}
        </div>
        <div className="row-line row-foot">
          {row.stage === "resolved" ? (
            <span className="chip good">{t("stage.resolved")}</span>
          ) : (
            <ControllerTag controller={row.controller} agentName={row.agent_name} />
          )}
          {row.reason && row.controller.kind !== "bot" && (
            <span className="chip">{t(`reason.${row.reason}`)}</span>
          )}
          {row.snoozed && (
            <span className="chip info">
              <AlarmClock size={10} />{" "}
              {row.snoozed.until ? shortTime(row.snoozed.until) : t("snooze.shopper")}
            </span>
          )}
          {row.tags.slice(0, MOST_TAGS).map((tag) => (
            <span key={tag} className="chip ellipsis">
              #{tag}
            </span>
          ))}
          <EmotionMark emotion={row.emotion} />
          {hasDraft && !isOpen && (
            <span className="chip accent">
              <PencilLine size={10} /> {t("composer.draft")}
            </span>
          )}
        </div>
      </div>
    </a>
  );
});

/** The bot writes Markdown; a line of a list has no room for its signs. */
const previewOf = ({ by, text }: InboxRow["last"]): string =>
  by === "bot" ? text.replace(/\*\*|`|^#+ |^[-*] /gm, "") : text;

function RowTime({ row }: { row: InboxRow }) {
  const { shortTime } = useFormat();
  if (row.deadline) return <DeadlineRing deadline={row.deadline} />;
  if (row.waiting_since && row.stage === "open")
    return <Waiting since={row.waiting_since} isCalm={row.controller.kind === "bot"} />;
  return <time className="row-time number">{shortTime(row.last.at)}</time>;
}

function Waiting({ since, isCalm }: { since: number; isCalm: boolean }) {
  const { t } = useTranslation();
  const { span } = useFormat();
  const wait = useNow() - since;
  const degree = isCalm || wait < LONG_WAIT_MS ? "" : wait < TOO_LONG_MS ? "is-long" : "is-too-long";
  return (
    <span className={`wait number ${degree}`} title={t("inbox.waiting", { time: span(wait) })}>
      <Clock3 size={11} /> {span(wait)}
    </span>
  );
}
