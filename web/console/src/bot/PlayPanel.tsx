// Plays conversation tests, written as YAML, against the demo shop, and shows them turn by turn.

import { useMutation } from "@tanstack/react-query";
import { Button } from "antd";
import { type Play, type PlayFault, type PlayReport, playConversations } from "api";
import { CircleCheck, CircleX } from "lucide-react";
import { useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { may, useMe } from "../app/me";
import { Markdown } from "../markdown/Markdown";
import { SpeakerMark } from "../parts/Speaker";
import { Bones, Failed } from "../parts/States";
import { byTurn, EXAMPLE, offsetOf } from "./play";
import "./play.css";

/** The server takes no more. */
const MAX_CHARS = 20_000;

export function PlayPanel({ shop }: { shop: string }) {
  const { t } = useTranslation();
  const id = useId();
  const me = useMe();
  const mayPlay = may(me, "write_knowledge");
  const editor = useRef<HTMLTextAreaElement>(null);
  const [yaml, setYaml] = useState(EXAMPLE);
  const play = useMutation({ mutationFn: () => playConversations(shop, yaml) });
  function showFault(fault: PlayFault) {
    const at = offsetOf(yaml, fault.line, fault.column);
    editor.current?.focus();
    editor.current?.setSelectionRange(at, at);
  }
  return (
    <>
      <p className="muted bot-hint" id={id}>
        {t(mayPlay ? "skill.playText" : "skill.playNotAllowed")}
      </p>
      <textarea
        ref={editor}
        className="yaml"
        rows={18}
        spellCheck={false}
        wrap="off"
        maxLength={MAX_CHARS}
        value={yaml}
        readOnly={!mayPlay}
        aria-label={t("skill.playYaml")}
        aria-describedby={id}
        onChange={(event) => setYaml(event.target.value)}
      />
      <div className="bot-do">
        <Button size="small" disabled={!mayPlay || yaml === EXAMPLE} onClick={() => setYaml(EXAMPLE)}>
          {t("skill.playExample")}
        </Button>
        <Button
          type="primary"
          size="small"
          loading={play.isPending}
          disabled={!mayPlay || !yaml.trim()}
          onClick={() => play.mutate()}
        >
          {t("skill.playDo")}
        </Button>
      </div>
      {play.isPending && <Bones rows={6} height={26} />}
      {play.isError && <Failed error={play.error} onRetry={() => play.mutate()} />}
      {play.isSuccess && <Report report={play.data} onFault={showFault} />}
    </>
  );
}

function Report({ report, onFault }: { report: PlayReport; onFault: (fault: PlayFault) => void }) {
  const { t } = useTranslation();
  const passed = report.conversations.filter((each) => each.passed).length;
  if (report.faults.length > 0)
    return (
      <div role="alert" className="play-faults">
        <h3>{t("skill.faulty", { count: report.faults.length })}</h3>
        <ol>
          {report.faults.map((fault) => (
            <li key={`${fault.line}:${fault.column}:${fault.message}`}>
              <button type="button" className="link-button number" onClick={() => onFault(fault)}>
                {t("skill.faultAt", { line: fault.line, column: fault.column })}
              </button>{" "}
              {fault.message}
            </li>
          ))}
        </ol>
      </div>
    );
  return (
    <div role="status">
      <p className="play-sum">
        <span className={`chip ${passed === report.conversations.length ? "good" : "bad"}`}>
          {t("skill.passedOf", { passed, all: report.conversations.length })}
        </span>
      </p>
      {report.conversations.map((each, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two tests may have the same name, and a report never changes
        <Played key={index} play={each} />
      ))}
    </div>
  );
}

function Played({ play }: { play: Play }) {
  const { t } = useTranslation();
  const Icon = play.passed ? CircleCheck : CircleX;
  const differences = byTurn(play.differences, play.turns.length);
  return (
    <details className="play" open={!play.passed}>
      <summary>
        <Icon size={15} className={play.passed ? "good-text" : "bad-text"} />
        <b>{play.name}</b>
        <span className={`chip ${play.passed ? "good" : "bad"}`}>
          {t(play.passed ? "skill.passed" : "skill.differs")}
        </span>
      </summary>
      <Differences found={differences.get(-1)} />
      <ol className="play-turns">
        {play.turns.map((turn, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: turns are known by their number
          <li key={index}>
            <div className="play-says">
              <SpeakerMark kind="shopper" size={20} />
              <span className="visually-hidden">{t("speaker.shopper")}</span>
              <p>{turn.shopper}</p>
            </div>
            <div className="play-says is-bot">
              <SpeakerMark kind="bot" size={20} />
              <span className="visually-hidden">{t("speaker.bot")}</span>
              <div>
                {turn.bot ? <Markdown text={turn.bot} /> : <p className="muted">{t("skill.silent")}</p>}
                {turn.skills.map((skill) => (
                  <code key={skill} className="chip bot">
                    {skill}
                  </code>
                ))}
              </div>
            </div>
            <Differences found={differences.get(index)} />
          </li>
        ))}
      </ol>
    </details>
  );
}

function Differences({ found }: { found?: string[] }) {
  if (!found) return null;
  return (
    <ul className="play-differences">
      {found.map((what) => (
        <li key={what}>{what}</li>
      ))}
    </ul>
  );
}
