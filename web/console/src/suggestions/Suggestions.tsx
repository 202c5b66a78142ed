// Up to three drafts above the reply box, each with what it was made from; one key puts it into the reply.

import { useQuery } from "@tanstack/react-query";
import { getSuggestions, type Suggestion, tookSuggestion } from "api";
import { BookOpen, ChevronDown, Lightbulb, Package, UsersRound } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { keep, kept } from "../app/keep";
import { keyOf } from "../app/queries";
import { useFormat } from "../format/use";
import { isMac } from "../keys/keys";
import { fillIn, type PhraseValues } from "../phrases/expand";
import "./suggestions.css";

const ICONS = { article: BookOpen, order: Package, colleague: UsersRound };

/** The drafts for what the shopper said last, with what can be filled in filled in. */
export function useSuggestions(id: string, lastShopperSeq: number, isOn: boolean, values: PhraseValues) {
  const { data = [] } = useQuery({
    queryKey: keyOf.suggestions(id, lastShopperSeq),
    queryFn: ({ signal }) => getSuggestions(id, signal),
    enabled: isOn && lastShopperSeq > 0,
    staleTime: 5 * 60_000,
    // What answered the message before stays until there is something for the new one.
    placeholderData: (before) => before,
  });
  return data.map((each) => ({ ...each, text: fillIn(each.text, values) }));
}

export const noteUse = (id: string, suggestion: string) => tookSuggestion(id, suggestion).catch(() => {});

interface Props {
  suggestions: Suggestion[];
  onUse: (suggestion: Suggestion) => void;
}

export function Suggestions({ suggestions, onUse }: Props) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(kept<boolean>("suggestions") ?? true);
  if (suggestions.length === 0) return null;
  return (
    <section className="suggestions" aria-label={t("suggest.name")}>
      <button
        type="button"
        className="suggestions-head"
        aria-expanded={isOpen}
        onClick={() => {
          keep("suggestions", !isOpen);
          setOpen(!isOpen);
        }}
      >
        <Lightbulb size={13} />
        {t("suggest.title", { count: suggestions.length })}
        <ChevronDown size={13} className={isOpen ? "is-open" : ""} />
      </button>
      {isOpen && (
        <ul>
          {suggestions.map((each, index) => (
            <li key={each.id}>
              <button type="button" title={each.text} onClick={() => onUse(each)}>
                <kbd>
                  {isMac ? "⌥" : "Alt"} {index + 1}
                </kbd>
                <span className="suggestion-text">{each.text}</span>
                <Origin suggestion={each} />
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Origin({ suggestion }: { suggestion: Suggestion }) {
  const { t } = useTranslation();
  const { date } = useFormat();
  const { source } = suggestion;
  const Icon = ICONS[source.kind];
  const words =
    source.kind === "article"
      ? t("suggest.article", { title: source.title })
      : source.kind === "order"
        ? t("suggest.order", { order: source.order })
        : t("suggest.colleague", {
            name: source.staff.name,
            date: date(source.at),
            count: source.alike,
          });
  return (
    <span className="suggestion-source" title={words}>
      <Icon size={12} /> <span className="ellipsis">{words}</span>
    </span>
  );
}
