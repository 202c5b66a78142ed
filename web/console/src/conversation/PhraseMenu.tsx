// The list of quick phrases that opens above the reply box after a slash.

import type { Language, Phrase } from "api";
import { useTranslation } from "react-i18next";
import { wordingOf } from "../phrases/expand";

interface Props {
  phrases: Phrase[];
  at: number;
  language: Language;
  onAt: (index: number) => void;
  onChoose: (phrase: Phrase) => void;
}

export function PhraseMenu({ phrases, at, language, onAt, onChoose }: Props) {
  const { t } = useTranslation();
  return (
    <div className="phrase-menu" role="listbox" aria-label={t("nav.phrases")}>
      {phrases.map((phrase, index) => (
        <button
          key={phrase.id}
          type="button"
          role="option"
          aria-selected={index === at}
          tabIndex={-1}
          className={index === at ? "is-at" : ""}
          onMouseMove={() => onAt(index)}
          onMouseDown={(event) => {
            event.preventDefault();
            onChoose(phrase);
          }}
        >
          <code>/{phrase.shortcut}</code>
          <span className="ellipsis spread">{wordingOf(phrase, language)}</span>
          {!phrase.text[language] && (
            <span className="chip warn">{t(`language.${language === "zh" ? "en" : "zh"}`)}</span>
          )}
          <small className="muted">{phrase.group}</small>
        </button>
      ))}
    </div>
  );
}
