// What a page shows when there is nothing, or something went wrong.

import type { ComponentChildren } from "preact";
import { Refused } from "../api";
import { useSpoken } from "../language";
import { Icon, type IconName } from "./Icon";

interface EmptyProps {
  icon: IconName;
  title: string;
  note?: string;
  children?: ComponentChildren;
}

export function Empty({ icon, title, note, children }: EmptyProps) {
  return (
    <div class="empty">
      <span class="disc">
        <Icon name={icon} size={28} />
      </span>
      <h2>{title}</h2>
      {note && <p>{note}</p>}
      {children && <div class="actions">{children}</div>}
    </div>
  );
}

export function Wrong({ failure, again }: { failure: unknown; again(): void }) {
  const { t } = useSpoken();
  const detail = failure instanceof Refused ? failure.message : "";
  return (
    <div role="alert">
      <Empty icon="alert" title={t.wrong} note={detail || t.wrong_note}>
        <button type="button" class="button" onClick={again}>
          {t.again}
        </button>
      </Empty>
    </div>
  );
}

export function Bones({ rows = 4 }: { rows?: number }) {
  const { t } = useSpoken();
  return (
    <div class="stack" role="status" aria-label={t.loading}>
      {Array.from({ length: rows }, (_, at) => (
        <div class="panel bone" style={{ height: 120 }} key={at} />
      ))}
    </div>
  );
}
