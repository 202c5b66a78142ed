// Messages not yet in the log: on their way, waiting for the network, or in need of a decision.

import { CircleAlert, Clock3, RotateCw, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useMe } from "../app/me";
import { PlainText } from "../markdown/Markdown";
import { SpeakerMark } from "../parts/Speaker";
import { Attachments } from "./Attachments";
import { giveBack } from "./drafts";
import type { Outgoing } from "./outbox";
import { outbox } from "./sending";

export function OutgoingBubbles({ messages }: { messages: Outgoing[] }) {
  const { t } = useTranslation();
  const me = useMe();
  if (messages.length === 0) return null;
  function takeBack(message: Outgoing) {
    const taken = outbox().take(message.client_id);
    if (taken) giveBack(me.id, taken.conversation, taken.text, taken.attachments);
  }
  return (
    <div className="run run-agent is-ours">
      <SpeakerMark kind="agent" size={28} />
      <div className="run-main">
        <div className="run-head">
          <b>{t("speaker.agent")}</b>
          <span>{me.name}</span>
        </div>
        {messages.map((message) => (
          <div key={message.client_id} className={`bubble-line is-outgoing is-${message.state}`}>
            {message.text && (
              <div className="bubble bubble-agent">
                <PlainText text={message.text} />
              </div>
            )}
            {message.attachments.length > 0 && <Attachments attachments={message.attachments} />}
            <span className="delivery">
              {(message.state === "sending" || message.state === "sent") && (
                <>
                  <Clock3 size={11} /> {t("message.sending")}
                </>
              )}
              {message.state === "waiting" && (
                <>
                  <Clock3 size={11} /> {t("message.waiting")}
                </>
              )}
              {(message.state === "failed" || message.state === "refused") && (
                <span className="bad-text">
                  <CircleAlert size={11} /> {t("message.failed")}
                </span>
              )}
              {message.state !== "sending" && message.state !== "sent" && (
                <>
                  <button
                    type="button"
                    className="link-button"
                    onClick={() => outbox().retry(message.client_id)}
                  >
                    <RotateCw size={11} /> {t("do.retry")}
                  </button>
                  <button type="button" className="link-button" onClick={() => takeBack(message)}>
                    <X size={11} /> {t("message.takeBack")}
                  </button>
                </>
              )}
            </span>
          </div>
        ))}
      </div>
    </div>
  );
}
