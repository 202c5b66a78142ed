// Type a question as a shopper would: what is found, how well, and what the bot would do with it.

import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button, Input, Select } from "antd";
import { type Language, previewSearch, type SearchHit, type SearchPreview } from "api";
import {
  CircleHelp,
  CircleSlash,
  MessageCircleQuestionMark,
  MessageSquareText,
  TriangleAlert,
} from "lucide-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../format/use";
import { Markdown } from "../markdown/Markdown";
import { Bones, Empty, Failed } from "../parts/States";

const WOULD = {
  answer: { icon: MessageSquareText, tone: "good" },
  clarify: { icon: CircleHelp, tone: "warn" },
  abstain: { icon: CircleSlash, tone: "bad" },
} as const;

export function SearchPreviewPanel({ shop }: { shop: string }) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const [language, setLanguage] = useState<Language | "">("");
  const ask = useMutation({
    mutationFn: (asked: string) => previewSearch({ shop, text: asked, language: language || undefined }),
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    if (text.trim()) ask.mutate(text.trim());
  }
  return (
    <aside className="preview" aria-label={t("preview.name")}>
      <h2>{t("preview.name")}</h2>
      <p className="muted">{t("preview.text")}</p>
      <form onSubmit={submit}>
        <Input.TextArea
          autoSize={{ minRows: 2, maxRows: 5 }}
          value={text}
          maxLength={500}
          placeholder={t("preview.placeholder")}
          aria-label={t("preview.placeholder")}
          onChange={(event) => setText(event.target.value)}
          onPressEnter={(event) => {
            if (event.shiftKey || event.nativeEvent.isComposing) return;
            submit(event);
          }}
        />
        <div className="preview-ask">
          <Select
            size="small"
            value={language}
            aria-label={t("shopper.language")}
            onChange={setLanguage}
            popupMatchSelectWidth={false}
            options={[
              { value: "", label: t("preview.anyLanguage") },
              { value: "zh", label: t("language.zh") },
              { value: "en", label: t("language.en") },
            ]}
          />
          <span className="spread" />
          <Button
            type="primary"
            size="small"
            htmlType="submit"
            loading={ask.isPending}
            disabled={!text.trim()}
          >
            {t("preview.ask")}
          </Button>
        </div>
      </form>
      {ask.isPending && <Bones rows={6} height={26} />}
      {ask.isError && <Failed error={ask.error} onRetry={() => ask.mutate(text.trim())} />}
      {ask.isIdle && (
        <Empty icon={MessageCircleQuestionMark} title={t("preview.empty")} text={t("preview.emptyText")} />
      )}
      {ask.isSuccess && <Found preview={ask.data} />}
    </aside>
  );
}

function Found({ preview }: { preview: SearchPreview }) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const { would, hits } = preview;
  const { icon: Icon, tone } = WOULD[would.kind];
  const best = hits[0]?.score ?? 0;
  return (
    <>
      {preview.basis === "lexical_only" && (
        <div className="would would-warn" role="status">
          <TriangleAlert size={18} />
          <div>
            <b>{t("preview.lexicalOnly")}</b>
            <p>{t("preview.lexicalOnlyText")}</p>
          </div>
        </div>
      )}
      <div className={`would would-${tone}`}>
        <Icon size={18} />
        <div>
          <b>{t(`would.${would.kind}`)}</b>
          <p>
            {t(`would.${would.kind}Text`, { score: best.toFixed(2), threshold: would.threshold.toFixed(2) })}
          </p>
        </div>
      </div>
      <p className="muted preview-facts number">
        {t(preview.basis === "hybrid" ? "preview.hybrid" : "preview.lexical")} ·{" "}
        {t("trace.took", { ms: number(preview.took_ms) })}
      </p>
      {hits.length === 0 && <p className="muted">{t("preview.none")}</p>}
      <ol className="hits">
        {hits.map((hit, index) => (
          <Hit
            key={hit.article.id}
            hit={hit}
            threshold={would.threshold}
            isChosen={hit.article.id === would.article && would.kind === "answer"}
            isOpen={index === 0}
          />
        ))}
      </ol>
    </>
  );
}

function Hit({
  hit,
  threshold,
  isChosen,
  isOpen,
}: {
  hit: SearchHit;
  threshold: number;
  isChosen: boolean;
  isOpen: boolean;
}) {
  const { t } = useTranslation();
  const question = hit.article.question[hit.language] || hit.article.question.zh || hit.article.question.en;
  // The threshold stands in the middle: real scores lie close together, and only their side of it matters.
  const percent = (value: number) =>
    `${Math.round(Math.min(1, Math.max(0.02, 0.5 + (value - threshold) / (2 * (1 - threshold)))) * 100)}%`;
  return (
    <li className={isChosen ? "is-chosen" : ""}>
      <div className="hit-head">
        <Link to="/knowledge/$article" params={{ article: hit.article.id }} className="ellipsis">
          {question}
        </Link>
        <b className="number">{hit.score.toFixed(2)}</b>
      </div>
      <div className="score" role="img" aria-label={t("preview.score", { score: hit.score.toFixed(2) })}>
        <i style={{ width: percent(hit.score) }} className={hit.score >= threshold ? "" : "is-under"} />
        <span
          className="score-threshold"
          style={{ insetInlineStart: percent(threshold) }}
          title={t("preview.threshold", { threshold: threshold.toFixed(2) })}
        />
      </div>
      <p className="muted number hit-facts">
        {hit.cosine != null && <span>{t("preview.cosine", { value: hit.cosine.toFixed(2) })}</span>}
        {hit.lexical != null && <span>{t("preview.lexicalScore", { value: hit.lexical.toFixed(2) })}</span>}
        {hit.phrasing && (
          <span className="ellipsis">{t("preview.phrasing", { phrasing: hit.phrasing })}</span>
        )}
      </p>
      <details open={isOpen}>
        <summary>{t("field.answer")}</summary>
        <Markdown text={hit.answer} />
      </details>
    </li>
  );
}
