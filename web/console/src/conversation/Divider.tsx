// A slim line in the stream: control passed, resolved, rated, signed in, contact left.

import type { ConsoleEvent } from "api";
import {
  AlarmClock,
  BadgeCheck,
  CircleCheckBig,
  Flag,
  MessageCirclePlus,
  Phone,
  RotateCcw,
  Star,
  Tag,
} from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../format/use";
import { SpeakerMark } from "../parts/Speaker";
import { whyHere } from "../routing/why";

export function Divider({ event, isLit }: { event: ConsoleEvent; isLit: boolean }) {
  const { clock, fullTime } = useFormat();
  const words = useDividerWords(event);
  return (
    <div className={`divider ${isLit ? "is-lit" : ""}`} data-seq={event.seq}>
      <span className="divider-text">
        <DividerIcon event={event} />
        {words}
        <time className="number" title={fullTime(event.at)}>
          {clock(event.at)}
        </time>
      </span>
    </div>
  );
}

function DividerIcon({ event }: { event: ConsoleEvent }): ReactNode {
  switch (event.kind) {
    case "controller_changed":
      return <SpeakerMark kind={event.controller?.kind ?? "system"} size={15} />;
    case "handoff":
      return <SpeakerMark kind="queue" size={15} />;
    case "resolved":
      return <CircleCheckBig size={13} />;
    case "reopened":
      return <RotateCcw size={13} />;
    case "rated":
      return <Star size={13} />;
    case "identified":
      return <BadgeCheck size={13} className="verified" />;
    case "contact_left":
      return <Phone size={13} />;
    case "started":
      return <MessageCirclePlus size={13} />;
    case "tagged":
    case "untagged":
      return <Tag size={13} />;
    case "snoozed":
    case "woken":
    case "turn_came":
      return <AlarmClock size={13} />;
    default:
      return <Flag size={13} />;
  }
}

function useDividerWords(event: ConsoleEvent): string {
  const { t } = useTranslation();
  const { dateTime } = useFormat();
  const name = event.staff?.name ?? "";
  // Only a handoff has a reason worth saying; the other names only repeat what the line says.
  const reasonKey = `reason.${event.reason}` as "reason.asked";
  const reason = event.reason ? t(reasonKey, { defaultValue: "" }) : "";
  const withReason = (words: string) => (reason ? t("divider.because", { what: words, reason }) : words);
  switch (event.kind) {
    case "started":
      return t("divider.started");
    case "handoff":
      return withReason(t("divider.toQueue"));
    case "controller_changed":
      if (event.placement) return t("divider.assigned", { name, why: whyHere(event.placement, t) });
      if (event.controller?.kind === "agent")
        return name ? t("divider.toAgent", { name }) : t("divider.toAnyAgent");
      if (event.reason === "overflowed") return t("divider.overflowed");
      if (event.controller?.kind === "queue")
        return name ? t("divider.toQueueBy", { name }) : withReason(t("divider.toQueue"));
      if (event.reason?.startsWith("shopper_")) return t("divider.choseBot");
      return name ? t("divider.toBotBy", { name }) : t("divider.toBot");
    case "resolved":
      return name ? t("divider.resolvedBy", { name }) : t("divider.resolved");
    case "reopened":
      return name ? t("divider.reopenedBy", { name }) : t("divider.reopened");
    case "rated":
      return `${t("divider.rated", { stars: "★".repeat(event.stars ?? 0) })}${event.comment ? ` ${t("divider.comment", { comment: event.comment })}` : ""}`;
    case "identified":
      return t("divider.identified");
    case "contact_left":
      return [
        t("divider.contact", { contact: event.comment ?? event.message?.body.text ?? "" }),
        event.until ? t("divider.callBackBy", { until: dateTime(event.until) }) : "",
      ].join(" ");
    case "tagged":
      return t("divider.tagged", { name, tag: event.tag ?? "" });
    case "untagged":
      return t("divider.untagged", { name, tag: event.tag ?? "" });
    case "snoozed":
      return event.until
        ? t("divider.snoozed", { name, until: dateTime(event.until) })
        : t("divider.snoozedOpen", { name });
    case "woken":
      return name ? t("divider.wokenBy", { name }) : t("divider.woken");
    case "turn_came":
      return t("divider.turnCame");
    default:
      return event.kind;
  }
}
