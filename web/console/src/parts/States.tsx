// Empty, loading and error states: each says what is the case and what to do.

import { Button } from "antd";
import { ApiError } from "api";
import { CircleAlert, type LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import "./states.css";

export function Empty(props: { icon: LucideIcon; title: string; text?: string; children?: ReactNode }) {
  const Icon = props.icon;
  return (
    <div className="empty">
      <span className="empty-icon">
        <Icon size={22} strokeWidth={1.75} />
      </span>
      <h3>{props.title}</h3>
      {props.text && <p>{props.text}</p>}
      {props.children}
    </div>
  );
}

export function useFaultText(): (error: unknown) => string {
  const { t, i18n } = useTranslation();
  return (error) => {
    const code = error instanceof ApiError ? error.code : "internal";
    const own = `fault.${code}`;
    if (error instanceof ApiError && error.detail && code !== "offline") return error.detail;
    return i18n.exists(own) ? t(own as "fault.internal") : t("fault.internal");
  };
}

export function Failed({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation();
  const faultText = useFaultText();
  return (
    <div className="empty" role="alert">
      <span className="empty-icon is-bad">
        <CircleAlert size={22} strokeWidth={1.75} />
      </span>
      <h3>{t("fault.title")}</h3>
      <p>{faultText(error)}</p>
      {onRetry && <Button onClick={onRetry}>{t("do.retry")}</Button>}
    </div>
  );
}

export function Bones({ rows, height = 14, gap = 12 }: { rows: number; height?: number; gap?: number }) {
  return (
    <div className="bones" aria-hidden style={{ gap }}>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: placeholders never move
        <span key={row} className="bone" style={{ height, width: `${92 - ((row * 37) % 45)}%` }} />
      ))}
    </div>
  );
}
