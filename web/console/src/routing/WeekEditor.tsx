// The hours of seven days, as people write them; what can't be understood is marked and not taken over.

import { Input } from "antd";
import type { Span } from "api";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { readSpans, writeSpans } from "./plan";

const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

interface Props {
  week: Span[][];
  /** Before each day's name, for whoever hears the field only. */
  label: string;
  disabled: boolean;
  onChange: (week: Span[][]) => void;
}

export function WeekEditor({ week, label, disabled, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <div className="routing-week">
      {DAYS.map((day, place) => (
        <div key={day}>
          <span>{t(`routing.${day}`)}</span>
          <SpansInput
            spans={week[place] ?? []}
            label={`${label} ${t(`routing.${day}`)}`}
            disabled={disabled}
            onChange={(spans) =>
              onChange(DAYS.map((_, each) => (each === place ? spans : (week[each] ?? []))))
            }
          />
        </div>
      ))}
    </div>
  );
}

interface SpansProps {
  spans: Span[];
  label: string;
  disabled: boolean;
  onChange: (spans: Span[]) => void;
}

export function SpansInput({ spans, label, disabled, onChange }: SpansProps) {
  const { t } = useTranslation();
  const [written, setWritten] = useState<string | null>(null);
  const isBad = written !== null && readSpans(written) === null;
  return (
    <Input
      size="small"
      value={written ?? writeSpans(spans)}
      placeholder={t("routing.closed")}
      aria-label={label}
      aria-invalid={isBad}
      status={isBad ? "error" : undefined}
      disabled={disabled}
      onChange={(event) => {
        setWritten(event.target.value);
        const read = readSpans(event.target.value);
        if (read) onChange(read);
      }}
      onBlur={() => !isBad && setWritten(null)}
    />
  );
}
