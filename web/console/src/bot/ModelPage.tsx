// The external chat model: what is configured, how it stands, a live trial, and what the last days used and cost.

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { type ChatModel, type ChatModelTrial, getChatModel, tryChatModel } from "api";
import { CircleCheck, CircleX, Lock, PlugZap } from "lucide-react";
import { useTranslation } from "react-i18next";
import { keyOf } from "../app/queries";
import { useFormat } from "../format/use";
import { Bones, Empty, Failed } from "../parts/States";
import { BotFrame, useMaySee } from "./BotFrame";
import "./model.css";

const DAY_MS = 86_400_000;

export function ModelPage() {
  const { t } = useTranslation();
  const search = useSearch({ from: "/signed-in/bot/model" });
  const maySee = useMaySee("model");
  return (
    <BotFrame tab="model" shopInAddress={search.shop}>
      {(shop) =>
        maySee ? (
          <Content key={shop.id} shop={shop.id} />
        ) : (
          <Empty icon={Lock} title={t("fault.forbidden")} text={t("model.notAllowed")} />
        )
      }
    </BotFrame>
  );
}

function Content({ shop }: { shop: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const model = useQuery({ queryKey: keyOf.chatModel(shop), queryFn: () => getChatModel(shop) });
  const trial = useMutation({
    mutationFn: () => tryChatModel(shop),
    onSettled: () => client.invalidateQueries({ queryKey: keyOf.chatModel(shop) }),
  });
  if (model.isPending) return <Bones rows={8} height={30} gap={20} />;
  if (!model.data) return <Failed error={model.error} onRetry={() => void model.refetch()} />;
  return (
    <div className="page-body model-page">
      {model.data.settings ? (
        <Configured model={model.data} settings={model.data.settings}>
          <div className="bot-do model-try">
            {trial.data && <Tried trial={trial.data} />}
            {trial.isError && <Failed error={trial.error} />}
            <span className="spread" />
            <Button
              type="primary"
              icon={<PlugZap size={14} />}
              loading={trial.isPending}
              onClick={() => trial.mutate()}
            >
              {t("model.try")}
            </Button>
          </div>
        </Configured>
      ) : (
        <section className="box">
          <h2>{t("model.none")}</h2>
          <p>{t("model.noneText")}</p>
          <pre className="model-how">
            {'[chat_model]\nurl = "https://api.example.com/v1"\nname = "some-model"\napi_key = "…"'}
          </pre>
          <p className="muted">{t("model.how")}</p>
        </section>
      )}
      <Ledger model={model.data} />
    </div>
  );
}

function Configured(props: {
  model: ChatModel;
  settings: NonNullable<ChatModel["settings"]>;
  children: React.ReactNode;
}) {
  const { t } = useTranslation();
  const { number, shortTime } = useFormat();
  const { settings, model } = props;
  const tone = { closed: "good", half_open: "warn", open: "bad" }[model.breaker];
  const facts = [
    [t("model.time"), t("model.seconds", { s: number(settings.time_ms / 1000) })],
    [t("model.replyTokens"), number(settings.reply_tokens)],
    [t("model.tokens"), number(settings.tokens)],
    [t("model.turnTime"), t("model.seconds", { s: number(settings.turn_time_ms / 1000) })],
    [t("model.turnTokens"), number(settings.turn_tokens)],
    [t("model.prices"), `${number(settings.prompt_price)} / ${number(settings.completion_price)}`],
  ];
  return (
    <section className="box">
      <header className="model-head">
        <h2>{settings.model}</h2>
        <span className={`chip ${tone}`}>{t(`breaker.${model.breaker}`)}</span>
        {model.open_until != null && (
          <small className="muted">{t("model.openUntil", { time: shortTime(model.open_until) })}</small>
        )}
      </header>
      <dl className="guarantee-figures">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="number">{value}</dd>
          </div>
        ))}
      </dl>
      {props.children}
    </section>
  );
}

function Tried({ trial }: { trial: ChatModelTrial }) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const Icon = trial.error ? CircleX : CircleCheck;
  const words = {
    ms: number(trial.took_ms),
    prompt: number(trial.prompt_tokens),
    completion: number(trial.completion_tokens),
  };
  return (
    <div className={`bot-verdict bot-verdict-${trial.error ? "bad" : "good"}`} role="status">
      <Icon size={18} />
      <div>
        <b>
          {trial.error
            ? t(`modelError.${trial.error}` as "modelError.timed_out", { defaultValue: trial.error })
            : t("model.answered")}
        </b>
        <p className="number">{t("model.used", words)}</p>
      </div>
    </div>
  );
}

function Ledger({ model }: { model: ChatModel }) {
  const { t } = useTranslation();
  const { number, date } = useFormat();
  const cost = (value: number) => value.toFixed(value && value < 0.01 ? 4 : 2);
  const total = model.days.reduce((sum, day) => sum + day.cost, 0);
  return (
    <section className="box">
      <h2>{t("model.ledger")}</h2>
      {model.days.length === 0 ? (
        <p className="muted">{t("model.unused")}</p>
      ) : (
        <table className="model-ledger">
          <thead>
            <tr>
              <th scope="col">{t("model.day")}</th>
              <th scope="col">{t("model.model")}</th>
              <th scope="col">{t("model.calls")}</th>
              <th scope="col">{t("model.failures")}</th>
              <th scope="col">{t("model.promptTokens")}</th>
              <th scope="col">{t("model.completionTokens")}</th>
              <th scope="col">{t("model.cost")}</th>
            </tr>
          </thead>
          <tbody>
            {model.days.map((day) => (
              <tr key={`${day.day} ${day.model}`}>
                <td>{date(day.day * DAY_MS)}</td>
                <td>{day.model}</td>
                <td className="number">{number(day.calls)}</td>
                <td className="number">{number(day.failures)}</td>
                <td className="number">{number(day.prompt_tokens)}</td>
                <td className="number">{number(day.completion_tokens)}</td>
                <td className="number">{cost(day.cost)}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row" colSpan={6}>
                {t("model.total")}
              </th>
              <td className="number">{cost(total)}</td>
            </tr>
          </tfoot>
        </table>
      )}
    </section>
  );
}
