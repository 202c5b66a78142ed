// One quick phrase in the list.

import type { Phrase } from "api";
import { Pencil, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useMe } from "../app/me";
import { useFormat } from "../format/use";
import { IconButton } from "../parts/IconButton";

export function PhraseRow({
  phrase,
  mayEdit,
  onEdit,
  onDelete,
}: {
  phrase: Phrase;
  mayEdit: boolean;
  onEdit: () => void;
  onDelete: () => void;
}) {
  const { t } = useTranslation();
  const { words, number } = useFormat();
  const me = useMe();
  const shop = me.shops.find((each) => each.id === phrase.shop);
  return (
    <article className="phrase">
      <code>/{phrase.shortcut}</code>
      <div className="phrase-texts">
        {phrase.text.zh && <p lang="zh-CN">{phrase.text.zh}</p>}
        {phrase.text.en && (
          <p lang="en" className="muted">
            {phrase.text.en}
          </p>
        )}
      </div>
      <span className="phrase-tags">
        <span className={`chip ${phrase.owner ? "accent" : ""}`}>
          {t(phrase.owner ? "phrase.own" : "phrase.team")}
        </span>
        {shop && <span className="chip">{words(shop.name)}</span>}
      </span>
      <span className="muted number phrase-used">
        {t("phrase.used", { count: phrase.used, shown: number(phrase.used) })}
      </span>
      <span className="phrase-do">
        {mayEdit && <IconButton icon={Pencil} size={14} name={t("do.edit")} onClick={onEdit} />}
        {mayEdit && <IconButton icon={Trash2} size={14} name={t("do.delete")} onClick={onDelete} />}
      </span>
    </article>
  );
}
