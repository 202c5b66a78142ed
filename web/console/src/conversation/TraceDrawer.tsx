// Why did it say that: the bot's turn stage by stage, in the reader's language, with the articles it stood on.

import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Drawer } from "antd";
import { getTrace, type Trace } from "api";
import { BookOpenText, Brain, GitFork, PenLine, Send, ShieldCheck, Wrench } from "lucide-react";
import { useTranslation } from "react-i18next";
import { keyOf } from "../app/queries";
import { useFormat } from "../format/use";
import { Bones, Failed } from "../parts/States";
import { StepDetail } from "./StepDetail";
import "./trace.css";

const ICONS = {
  understand: Brain,
  decide: GitFork,
  act: Wrench,
  compose: PenLine,
  guard: ShieldCheck,
  deliver: Send,
};

export function TraceDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation();
  const trace = useQuery({
    queryKey: keyOf.trace(id),
    queryFn: () => getTrace(id),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <Drawer open title={t("trace.why")} size={560} onClose={onClose}>
      {trace.data ? (
        <TraceView trace={trace.data} />
      ) : trace.isError ? (
        <Failed error={trace.error} onRetry={() => void trace.refetch()} />
      ) : (
        <Bones rows={10} height={22} />
      )}
    </Drawer>
  );
}

function TraceView({ trace }: { trace: Trace }) {
  const { t } = useTranslation();
  const { words, fullTime, number } = useFormat();
  const longest = Math.max(1, ...trace.steps.map((step) => step.took_ms));
  return (
    <div className="trace">
      <p className="trace-head">
        <span
          className={`chip ${trace.outcome === "replied" ? "good" : trace.outcome === "withheld" ? "warn" : "info"}`}
        >
          {t(`trace.${trace.outcome}`)}
        </span>
        <span className="muted number">
          {fullTime(trace.at)} · {t("trace.took", { ms: number(trace.took_ms) })}
        </span>
      </p>
      <ol>
        {trace.steps.map((step, index) => {
          const Icon = ICONS[step.stage];
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a finished trace never changes
            <li key={index}>
              <span className="trace-icon">
                <Icon size={14} />
              </span>
              <div className="trace-step">
                <div className="trace-stage">
                  <b>{t(`trace.${step.stage}`)}</b>
                  <span className="trace-bar" aria-hidden>
                    <i style={{ width: `${Math.max(2, (step.took_ms / longest) * 100)}%` }} />
                  </span>
                  <span className="muted number">{number(step.took_ms)} ms</span>
                </div>
                <p>{words(step.summary)}</p>
                <StepDetail detail={step.detail} />
              </div>
            </li>
          );
        })}
      </ol>
      <h3>{t("message.sources")}</h3>
      {trace.sources.length === 0 && <p className="muted">{t("trace.noSources")}</p>}
      {trace.sources.map((source) => (
        <Link
          key={source.article}
          className="trace-source"
          to="/knowledge/$article"
          params={{ article: source.article }}
          search={{ version: source.version }}
        >
          <BookOpenText size={14} /> {source.title} <small className="muted number">v{source.version}</small>
        </Link>
      ))}
      <p className="trace-what-if">
        <Link to="/bot/policy" search={{ conversation: trace.conversation }}>
          {t("trace.whatIf")}
        </Link>
      </p>
    </div>
  );
}
