// How the shopper feels, by face, colour and word; calm needs no mark.

import type { Emotion } from "api";
import { Angry, Annoyed, Frown } from "lucide-react";
import { useTranslation } from "react-i18next";

const FACES = { worried: Frown, upset: Annoyed, angry: Angry };

export function EmotionMark({ emotion }: { emotion?: Emotion | null }) {
  const { t } = useTranslation();
  if (!emotion || emotion === "calm") return null;
  const Face = FACES[emotion];
  return (
    <span className={`chip ${emotion === "worried" ? "warn" : "bad"}`}>
      <Face size={12} /> {t(`emotion.${emotion}`)}
    </span>
  );
}
