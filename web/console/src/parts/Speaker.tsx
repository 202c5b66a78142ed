// Who speaks, told by shape, colour and word: the bot is a violet square, a person an amber circle, the queue a blue diamond.

import type { Controller, Party } from "api";
import { Bot, Headset, Hourglass, Settings2, UserRound } from "lucide-react";
import { useTranslation } from "react-i18next";
import "./speaker.css";

export type SpeakerKind = "bot" | "agent" | "queue" | "shopper" | "system";
const ICONS = { bot: Bot, agent: Headset, queue: Hourglass, system: Settings2, UserRound };

export function SpeakerMark({
  kind,
  initial,
  size = 24,
}: {
  kind: SpeakerKind;
  initial?: string;
  size?: number;
}) {
  const Icon = kind === "shopper" ? (initial ? null : UserRound) : ICONS[kind];
  return (
    <span className={`mark mark-${kind}`} style={{ width: size, height: size }} aria-hidden>
      {Icon ? (
        <Icon size={Math.round(size * 0.58)} strokeWidth={2} />
      ) : (
        <b style={{ fontSize: size * 0.46 }}>{initial}</b>
      )}
    </span>
  );
}

export function ControllerTag({
  controller,
  agentName,
}: {
  controller: Controller;
  agentName?: string | null;
}) {
  const { t } = useTranslation();
  const word = controller.kind === "agent" && agentName ? agentName : t(`speaker.${controller.kind}`);
  return (
    <span className={`controller controller-${controller.kind}`} title={t(`speaker.${controller.kind}`)}>
      <SpeakerMark kind={controller.kind} size={14} />
      <span className="ellipsis">{word}</span>
    </span>
  );
}

export const speakerOf = (party: Party): SpeakerKind => party;
export const initialOf = (name?: string | null): string => [...(name ?? "").trim()][0]?.toUpperCase() ?? "";
