// Above the composer: the draft asks for what is known already. One click puts the value into the reply; sending stays free.

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { checkAskedAgain } from "api";
import { CornerDownRight, Lightbulb } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { keyOf } from "../app/queries";
import { useFormat } from "../format/use";
import { useConversationTools } from "./context";
import "./asked.css";

/** A pause in typing after which the draft is looked at. */
const PAUSE_MS = 500;
/** Shorter texts ask for nothing. */
const FEWEST_CHARS = 4;

export function AskedAgain({ id, text }: { id: string; text: string }) {
  const { t } = useTranslation();
  const { words } = useFormat();
  const { insert, show } = useConversationTools();
  const settled = useSettled(text.trim());
  const isLong = settled.length >= FEWEST_CHARS;
  const { data } = useQuery({
    queryKey: keyOf.askedAgain(id, settled),
    queryFn: () => checkAskedAgain(id, settled),
    enabled: isLong,
    placeholderData: keepPreviousData,
    staleTime: 30_000,
    retry: false,
  });
  const hints = isLong ? (data ?? []) : [];
  if (hints.length === 0) return null;
  return (
    <div className="asked-again" role="status" aria-label={t("askedAgain.name")}>
      <Lightbulb size={13} />
      <span className="muted">{t("askedAgain.hint")}</span>
      {hints.map((hint) => (
        <span key={hint.thing} className="asked-again-one">
          <button type="button" title={t("askedAgain.insert")} onClick={() => insert(hint.value)}>
            <CornerDownRight size={12} />
            {t("askedAgain.known", { name: words(hint.name), value: hint.value })}
          </button>
          {hint.seq ? (
            <button
              type="button"
              className="number"
              title={t("askedAgain.show")}
              onClick={() => hint.seq && show(hint.seq)}
            >
              #{hint.seq}
            </button>
          ) : null}
        </span>
      ))}
    </div>
  );
}

/** The text once nobody has typed for a moment. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
