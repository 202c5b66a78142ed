// The compliance hint while typing: words the shop had better not say. A hint; people decide.

import { checkDraft, type Slip } from "api";
import { TriangleAlert } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../format/use";

const PAUSE_MS = 500;

/** What the desk finds in the draft, a moment after the last key. */
export function useSlips(id: string, text: string): Slip[] {
  const [slips, setSlips] = useState<Slip[]>([]);
  useEffect(() => {
    if (!text.trim()) {
      setSlips([]);
      return;
    }
    const stop = new AbortController();
    const timer = setTimeout(() => {
      // Without an answer there is no hint, and the message can be sent.
      checkDraft(id, text, stop.signal).then(setSlips, () => {});
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [id, text]);
  return slips;
}

export function WordCheck({ slips, onShow }: { slips: Slip[]; onShow: (text: string) => void }) {
  const { t } = useTranslation();
  const { words } = useFormat();
  if (slips.length === 0) return null;
  return (
    <p className="word-check" role="status">
      <TriangleAlert size={13} /> {t("work.slips")}
      {slips.map((slip, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same word may stand twice
        <button key={index} type="button" title={words(slip.title)} onClick={() => onShow(slip.text)}>
          <mark>{slip.text}</mark> {words(slip.title)}
        </button>
      ))}
    </p>
  );
}
