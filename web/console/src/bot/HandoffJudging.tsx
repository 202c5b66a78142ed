// Judging sampled turns, one after the other and in their order: was a human needed here?

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { App, Button } from "antd";
import { getHandoffTurns, type HandoffTurn, judgeHandoffTurn } from "api";
import { Bot, CheckCheck, UserRound } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { keyOf } from "../app/queries";
import { useFormat } from "../format/use";
import { Bones, Empty, Failed, useFaultText } from "../parts/States";

const PAGE = 50;

export function HandoffJudging({ shop, open }: { shop: string; open: number }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { message } = App.useApp();
  const faultText = useFaultText();
  const [done, setDone] = useState<ReadonlySet<string>>(new Set());
  const list = useQuery({
    queryKey: keyOf.handoffTurns(shop),
    queryFn: () => getHandoffTurns(shop, PAGE),
  });
  const left = (list.data ?? []).filter((turn) => !done.has(turn.id) && turn.said.length > 0);
  const next = left[0];
  const judge = useMutation({
    mutationFn: ({ turn, needed }: { turn: HandoffTurn; needed: boolean }) =>
      judgeHandoffTurn(turn.id, needed),
    onSuccess: (_, { turn }) => {
      setDone(new Set([...done, turn.id]));
      void client.invalidateQueries({ queryKey: keyOf.handoff(shop) });
      if (left.length <= 1) void client.invalidateQueries({ queryKey: keyOf.handoffTurns(shop) });
    },
    onError: (error) => message.error(faultText(error)),
  });
  return (
    <section className="box judging">
      <header>
        <h2>{t("handoffPromise.judge")}</h2>
        <span className="muted number">{t("handoffPromise.left", { count: open })}</span>
      </header>
      <p className="muted">{t("handoffPromise.why")}</p>
      {list.isPending && <Bones rows={4} height={24} />}
      {list.isError && !list.data && <Failed error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && !next && (
        <Empty icon={CheckCheck} title={t("handoffPromise.none")} text={t("handoffPromise.noneText")} />
      )}
      {next && <Said turn={next} />}
      {next && (
        <div className="judging-do">
          <p>{t("handoffPromise.ask")}</p>
          <span className="spread" />
          <Button
            icon={<Bot size={15} />}
            disabled={judge.isPending}
            onClick={() => judge.mutate({ turn: next, needed: false })}
          >
            {t("handoffPromise.no")}
          </Button>
          <Button
            icon={<UserRound size={15} />}
            type="primary"
            disabled={judge.isPending}
            onClick={() => judge.mutate({ turn: next, needed: true })}
          >
            {t("handoffPromise.yes")}
          </Button>
        </div>
      )}
    </section>
  );
}

function Said({ turn }: { turn: HandoffTurn }) {
  const { t } = useTranslation();
  const { fullTime } = useFormat();
  const lines = turn.said.map((line, place) => ({ ...line, place }));
  return (
    <div className="handoff-turn" aria-live="polite">
      {lines.map((line) => (
        <p key={line.place}>
          <b>{t(line.by_shopper ? "handoffPromise.shopper" : "handoffPromise.bot")}</b> {line.text}
        </p>
      ))}
      <p className="muted number">
        {t(`handoffPromise.${turn.outcome}` as "handoffPromise.went_on")} · {fullTime(turn.at)} ·{" "}
        <Link
          to="/inbox/$conversation"
          params={{ conversation: turn.conversation }}
          search={{ view: "open", seq: turn.seq }}
        >
          {t("handoffPromise.conversation")}
        </Link>
      </p>
    </div>
  );
}
