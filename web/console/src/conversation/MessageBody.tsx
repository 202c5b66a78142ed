// What one message holds: text, pictures and files, cards, sources. Shopper text is shown as text, never as markup.

import { Link } from "@tanstack/react-router";
import type { Body, Party } from "api";
import { BookOpenText } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Markdown, PlainText } from "../markdown/Markdown";
import { Attachments } from "./Attachments";
import { MessageCards } from "./MessageCards";

export function MessageBody({ by, body, time }: { by: Party; body: Body; time?: string }) {
  const { t } = useTranslation();
  if (body.erased) return <div className={`bubble bubble-${by} is-erased`}>{t("message.erased")}</div>;
  return (
    <>
      {body.text && (
        <div className={`bubble bubble-${by}`} title={time}>
          {by === "bot" ? <Markdown text={body.text} /> : <PlainText text={body.text} />}
        </div>
      )}
      {!!body.attachments?.length && <Attachments attachments={body.attachments} />}
      {!!body.cards?.length && <MessageCards cards={body.cards} />}
      {!!body.quick_replies?.length && (
        <ul className="offered" aria-label={t("message.offered")}>
          {body.quick_replies.map((reply) => (
            <li key={reply.text}>{reply.text}</li>
          ))}
        </ul>
      )}
      {!!body.sources?.length && (
        <div className="sources">
          <BookOpenText size={12} />
          <span>{t("message.sources")}</span>
          {body.sources.map((source) => (
            <Link
              key={`${source.article}-${source.version}`}
              to="/knowledge/$article"
              params={{ article: source.article }}
              search={{ version: source.version }}
            >
              {source.title} <small className="number">v{source.version}</small>
            </Link>
          ))}
        </div>
      )}
    </>
  );
}
