// The list of colleagues that opens above a note after an `@`.

import type { Colleague } from "api";
import { useTranslation } from "react-i18next";

interface Props {
  people: Colleague[];
  at: number;
  onAt: (index: number) => void;
  onChoose: (one: Colleague) => void;
}

export function MentionMenu({ people, at, onAt, onChoose }: Props) {
  const { t } = useTranslation();
  return (
    <div className="phrase-menu mention-menu" role="listbox" aria-label={t("work.mention")}>
      {people.map((one, index) => (
        <button
          key={one.id}
          type="button"
          role="option"
          aria-selected={index === at}
          tabIndex={-1}
          className={index === at ? "is-at" : ""}
          onMouseMove={() => onAt(index)}
          onMouseDown={(event) => {
            event.preventDefault();
            onChoose(one);
          }}
        >
          <b>{one.name}</b>
          {one.supervises && <span className="chip">{t("role.supervisor")}</span>}
          <small className="muted">{t(`presence.${one.presence}`)}</small>
        </button>
      ))}
    </div>
  );
}
