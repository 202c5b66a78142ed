// The collision notice: who else has this conversation open, and who is writing in it right now.

import { Eye, PencilLine } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Looker } from "./looking";

export function Lookers({ lookers }: { lookers: Looker[] }) {
  const { t } = useTranslation();
  if (lookers.length === 0) return null;
  const writers = lookers.filter((each) => each.isWriting);
  const names = (some: Looker[]) => some.map((each) => each.name).join(t("work.and"));
  const readers = lookers.filter((each) => !each.isWriting);
  return (
    <div className={`lookers ${writers.length ? "is-collision" : ""}`} role="status">
      {writers.length > 0 && (
        <span>
          <PencilLine size={13} /> {t("work.writes", { names: names(writers) })}
        </span>
      )}
      {readers.length > 0 && (
        <span>
          <Eye size={13} /> {t("work.reads", { names: names(readers) })}
        </span>
      )}
    </div>
  );
}
