// The wording in one language: question, other ways to ask, answer with a safe preview.

import { Input, Segmented, Select } from "antd";
import type { Language, Wording } from "api";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { Markdown } from "../markdown/Markdown";
import { EMPTY_WORDING, type Faults, LIMITS } from "./draft";
import { FaultLine } from "./FaultLine";

interface Props {
  language: Language;
  wording?: Wording | null;
  other?: Wording | null;
  faults: Faults;
  isReadOnly: boolean;
  onChange: (wording: Wording) => void;
}

export function WordingEditor({ language, wording, other, faults, isReadOnly, onChange }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const [view, setView] = useState<"write" | "preview">(isReadOnly ? "preview" : "write");
  const value = wording ?? EMPTY_WORDING;
  const change = (next: Partial<Wording>) => onChange({ ...value, ...next });
  const isMissing = !value.question && !value.answer && !!other;
  return (
    <section className="wording" lang={language === "zh" ? "zh-CN" : "en"}>
      <div className="wording-head">
        <h2>{t(`language.${language}`)}</h2>
        {isMissing && <span className="chip is-missing">{t("article.missingLanguage")}</span>}
      </div>
      <div className="field">
        <label htmlFor={`${id}q`}>{t("field.question")}</label>
        <Input
          id={`${id}q`}
          value={value.question}
          readOnly={isReadOnly}
          maxLength={LIMITS.question}
          status={faults[`${language}.question`] ? "error" : undefined}
          placeholder={t(`article.${language}Question`)}
          onChange={(event) => change({ question: event.target.value })}
        />
        <FaultLine fault={faults[`${language}.question`]} />
      </div>
      <div className="field">
        <label htmlFor={`${id}a`}>{t("field.aliases")}</label>
        <Select
          id={`${id}a`}
          mode="tags"
          open={false}
          suffixIcon={null}
          disabled={isReadOnly}
          value={value.aliases}
          maxCount={LIMITS.aliases}
          tokenSeparators={["\n", "；", ";"]}
          placeholder={t("article.aliasesHint")}
          style={{ width: "100%" }}
          onChange={(aliases) => change({ aliases })}
        />
        <FaultLine fault={faults[`${language}.aliases`]} />
      </div>
      <div className="field">
        <div className="field-head">
          <label htmlFor={`${id}t`}>{t("field.answer")}</label>
          <Segmented
            size="small"
            value={view}
            onChange={setView}
            options={[
              { value: "write", label: t("article.write") },
              { value: "preview", label: t("article.previewTab") },
            ]}
          />
        </div>
        {view === "write" ? (
          <Input.TextArea
            id={`${id}t`}
            autoSize={{ minRows: 10, maxRows: 24 }}
            value={value.answer}
            readOnly={isReadOnly}
            status={faults[`${language}.answer`] ? "error" : undefined}
            placeholder={t("article.answerHint")}
            onChange={(event) => change({ answer: event.target.value })}
          />
        ) : (
          <div className="answer-preview">
            {value.answer ? (
              <Markdown text={value.answer} />
            ) : (
              <span className="muted">{t("article.nothingYet")}</span>
            )}
          </div>
        )}
        <FaultLine fault={faults[`${language}.answer`]} />
      </div>
    </section>
  );
}
