// Type a sentence as a shopper would say it: what the bot would do, what it reads in it, and how sure it may be of that.

import { useMutation } from "@tanstack/react-query";
import { Button, Input } from "antd";
import { type Reading, readIntents } from "api";
import { CircleSlash, MessageCircleQuestionMark, Workflow } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../format/use";
import { Bones, Empty, Failed } from "../parts/States";
import "./skills.css";

const MAX_CHARS = 500;
/** Those after the sixth share so little that they say nothing. */
const MOST_SHOWN = 6;

export function SentencePanel({ shop }: { shop: string }) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const read = useMutation({ mutationFn: (said: string) => readIntents(shop, said) });
  function submit(event: FormEvent) {
    event.preventDefault();
    if (text.trim() && !read.isPending) read.mutate(text.trim());
  }
  return (
    <>
      <p className="muted bot-hint">{t("skill.sentenceText")}</p>
      <form onSubmit={submit} className="bot-form">
        <Input.TextArea
          autoSize={{ minRows: 2, maxRows: 5 }}
          value={text}
          maxLength={MAX_CHARS}
          placeholder={t("skill.sentencePlaceholder")}
          aria-label={t("skill.sentence")}
          onChange={(event) => setText(event.target.value)}
          onPressEnter={(event) => {
            if (event.shiftKey || event.nativeEvent.isComposing) return;
            submit(event);
          }}
        />
        <div className="bot-do">
          <Button
            type="primary"
            size="small"
            htmlType="submit"
            loading={read.isPending}
            disabled={!text.trim()}
          >
            {t("preview.ask")}
          </Button>
        </div>
      </form>
      {read.isPending && <Bones rows={5} height={22} />}
      {read.isError && <Failed error={read.error} onRetry={() => read.mutate(text.trim())} />}
      {read.isIdle && (
        <Empty icon={MessageCircleQuestionMark} title={t("preview.empty")} text={t("skill.sentenceEmpty")} />
      )}
      {read.isSuccess && <Read reading={read.data} />}
    </>
  );
}

function Read({ reading }: { reading: Reading }) {
  const { t } = useTranslation();
  const { words, percent } = useFormat();
  const first = reading.intents[0];
  const nameOf = (intent: Reading["intents"][number]) =>
    intent.skill ? words(intent.title) || intent.skill : t("skill.article");
  if (!first)
    return <Empty icon={CircleSlash} title={t("skill.untrained")} text={t("skill.untrainedText")} />;
  return (
    <div role="status">
      <div className="bot-verdict bot-verdict-info">
        <Workflow size={18} />
        <div>
          <b>
            {reading.next === "begin"
              ? t("skill.begins", { names: reading.begins.map((it) => words(it.title)).join(t("skill.and")) })
              : t(`skill.next_${reading.next}`)}
          </b>
          <p>
            {t("skill.likeliest", { name: nameOf(first) })} ·{" "}
            {t("skill.reliability", { share: percent(reading.reliability) })}
          </p>
        </div>
      </div>
      <ol className="chances">
        {reading.intents.slice(0, MOST_SHOWN).map((intent) => (
          <li key={intent.skill ?? ""}>
            <span className="ellipsis" title={intent.skill ?? undefined}>
              {nameOf(intent)}
            </span>
            <ChanceBar chance={intent.chance} />
            <b className="number">{percent(intent.chance)}</b>
          </li>
        ))}
      </ol>
      <p className="muted bot-hint">{t("skill.reliabilityText")}</p>
    </div>
  );
}

/** Only the picture of a number that stands beside it. */
export function ChanceBar({ chance }: { chance: number }) {
  return (
    <span className="chance" aria-hidden>
      <i style={{ width: `${Math.round(Math.min(1, Math.max(0, chance)) * 100)}%` }} />
    </span>
  );
}
