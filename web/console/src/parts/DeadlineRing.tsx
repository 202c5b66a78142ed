// How much of a deadline is used up: a ring that fills, with what is left beside it.

import type { Deadline } from "api";
import { useTranslation } from "react-i18next";
import { useFormat, useNow } from "../format/use";
import "./deadline.css";

const RADIUS = 7;
const ROUND = 2 * Math.PI * RADIUS;

export function DeadlineRing({ deadline }: { deadline: Deadline }) {
  const { t } = useTranslation();
  const { span } = useFormat();
  const now = useNow();
  if (deadline.due_at == null) return null;
  const left = deadline.due_at - now;
  // From the hour it is due back: closed hours in between make it fill late, never early.
  const used = Math.min(1, Math.max(0, 1 - left / deadline.target_ms));
  const degree = left <= 0 ? "is-over" : used >= 0.75 || deadline.mark >= 75 ? "is-near" : "";
  const kind = t(`deadline.${deadline.kind}`);
  const words = t(left > 0 ? "deadline.left" : "deadline.over", { kind, time: span(Math.abs(left)) });
  return (
    <span className={`deadline number ${degree}`} title={words}>
      <svg width={18} height={18} viewBox="0 0 18 18" aria-hidden>
        <circle cx={9} cy={9} r={RADIUS} className="deadline-all" />
        <circle
          cx={9}
          cy={9}
          r={RADIUS}
          className="deadline-used"
          strokeDasharray={`${used * ROUND} ${ROUND}`}
          transform="rotate(-90 9 9)"
        />
      </svg>
      <span aria-hidden>{span(Math.abs(left))}</span>
      <span className="visually-hidden">{words}</span>
    </span>
  );
}
