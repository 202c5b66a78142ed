// What compliance finds while typing: marked, with its reason and a rewrite. Sending is decided by the desk.

import { Button } from "antd";
import { checkDraft, checkText, type Slip } from "api";
import { TriangleAlert, WandSparkles } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { MarkedText } from "../parts/MarkedText";

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

interface Props {
  shop: string;
  text: string;
  slips: Slip[];
  onShow: (slip: Slip) => void;
  onRewrite: (text: string) => void;
}

export function WordCheck({ shop, text, slips, onShow, onRewrite }: Props) {
  const { t } = useTranslation();
  const [isBusy, setBusy] = useState(false);
  if (slips.length === 0) return null;
  function rewrite() {
    setBusy(true);
    checkText(shop, text)
      .then(({ rewritten }) => rewritten && onRewrite(rewritten))
      .catch(() => {})
      .finally(() => setBusy(false));
  }
  return (
    <div className="word-check" role="status">
      <div className="word-check-head">
        <TriangleAlert size={13} /> {t("work.slips")}
        <span className="spread" />
        <Button size="small" icon={<WandSparkles size={13} />} loading={isBusy} onClick={rewrite}>
          {t("work.rewrite")}
        </Button>
      </div>
      <MarkedText text={text} slips={slips} onShow={onShow} />
    </div>
  );
}
