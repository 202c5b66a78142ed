// Judging the sample, one question after the other: what the shopper asked beside the article the bot found for it.

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { App, Button } from "antd";
import { getQuestions, judgeQuestion, type Question } from "api";
import { Check, CheckCheck, X } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { keyOf } from "../app/queries";
import { useFormat } from "../format/use";
import { useKeys } from "../keys/keys";
import { Markdown } from "../markdown/Markdown";
import { Keys } from "../parts/IconButton";
import { Bones, Empty, Failed, useFaultText } from "../parts/States";
import { isErased, judged, newRound, nextOf, openOf } from "./judging";

/** More are fetched when fewer than `REFILL` are left, so that nobody waits between two questions. */
const PAGE = 50;
const REFILL = 10;

export function Judging({ shop, open }: { shop: string; open: number }) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const client = useQueryClient();
  const { message } = App.useApp();
  const faultText = useFaultText();
  const [round, setRound] = useState(newRound);
  const list = useQuery({ queryKey: keyOf.questions(shop), queryFn: () => getQuestions(shop, PAGE) });
  const questions = list.data ?? [];
  const left = openOf(questions, round);
  const next = nextOf(questions, round);
  const erased = left.filter(isErased).length;
  const judge = useMutation({
    mutationFn: ({ question, isRight }: { question: Question; isRight: boolean }) =>
      judgeQuestion(question.id, isRight),
    onMutate: ({ question, isRight }) => {
      setRound(judged(round, question, isRight));
      return { before: round };
    },
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: keyOf.guarantee(shop) });
      if (left.length < REFILL) void client.invalidateQueries({ queryKey: keyOf.questions(shop) });
    },
    onError: (error, _, kept) => {
      if (kept) setRound(kept.before);
      void client.invalidateQueries({ queryKey: keyOf.questions(shop) });
      message.error(faultText(error));
    },
  });
  const say = (isRight: boolean) => next && judge.mutate({ question: next, isRight });
  useKeys([
    {
      keys: "r",
      name: t("judge.right"),
      group: "judging",
      isEnabled: !!next && !judge.isPending,
      run: () => say(true),
    },
    {
      keys: "w",
      name: t("judge.wrong"),
      group: "judging",
      isEnabled: !!next && !judge.isPending,
      run: () => say(false),
    },
  ]);
  return (
    <section className="box judging">
      <header>
        <h2>{t("judge.name")}</h2>
        <span className="muted number">{t("judge.open", { count: open, shown: number(open) })}</span>
      </header>
      <p className="muted">{t("judge.whyInOrder")}</p>
      {erased > 0 && <p className="muted">{t("judge.erased", { count: erased })}</p>}
      {list.isPending && <Bones rows={5} height={24} />}
      {list.isError && !list.data && <Failed error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && !next && (
        <Empty icon={CheckCheck} title={t("judge.none")} text={t("judge.noneText")} />
      )}
      {next && <Pair question={next} />}
      {next && (
        <div className="judging-do">
          <p>{t("judge.ask")}</p>
          <span className="spread" />
          <Button icon={<X size={15} />} danger disabled={judge.isPending} onClick={() => say(false)}>
            {t("judge.wrong")} <Keys keys="w" />
          </Button>
          <Button
            icon={<Check size={15} />}
            type="primary"
            disabled={judge.isPending}
            onClick={() => say(true)}
          >
            {t("judge.right")} <Keys keys="r" />
          </Button>
        </div>
      )}
      {round.last && (
        <p className="judging-last" role="status">
          <span className={`chip ${round.last.isRight ? "good" : "bad"}`}>
            {t(round.last.isRight ? "judge.right" : "judge.wrong")}
          </span>
          <span className="ellipsis">{round.last.question.asked}</span>
          <button
            type="button"
            className="link-button"
            disabled={judge.isPending}
            onClick={() => round.last && judge.mutate({ ...round.last, isRight: !round.last.isRight })}
          >
            {t(round.last.isRight ? "judge.changeToWrong" : "judge.changeToRight")}
          </button>
        </p>
      )}
    </section>
  );
}

function Pair({ question }: { question: Question }) {
  const { t } = useTranslation();
  const { fullTime } = useFormat();
  return (
    <div className="judging-pair" aria-live="polite">
      <div>
        <h3>{t("judge.asked")}</h3>
        <blockquote>{question.asked}</blockquote>
        <p className="muted number">
          {fullTime(question.at)} ·{" "}
          <Link
            to="/inbox/$conversation"
            params={{ conversation: question.conversation }}
            search={{ view: "open", seq: question.seq }}
          >
            {t("judge.conversation")}
          </Link>
        </p>
      </div>
      <div>
        <h3>{t("judge.found")}</h3>
        <b>{question.question || "—"}</b>
        <Markdown text={question.answer} />
        <p className="muted">
          <Link to="/knowledge/$article" params={{ article: question.article }}>
            {t("judge.article")}
          </Link>
        </p>
      </div>
    </div>
  );
}
