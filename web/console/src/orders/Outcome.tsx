// What came of a confirmation: done, waiting, or not done and why.

import { Button } from "antd";
import type { ActionRecord } from "api";
import { CircleCheck, CircleX, Hourglass } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useConversationTools } from "../conversation/context";
import { useFormat } from "../format/use";
import { RecordLine } from "./RecordLine";

const LOOKS = {
  done: { icon: CircleCheck, tone: "good" },
  undone: { icon: CircleCheck, tone: "good" },
  running: { icon: Hourglass, tone: "info" },
  awaiting_approval: { icon: Hourglass, tone: "warn" },
  refused: { icon: CircleX, tone: "bad" },
  failed: { icon: CircleX, tone: "bad" },
} as const;

interface Props {
  record: ActionRecord;
  conversation: string;
  onAgain: () => void;
  onClose: () => void;
}

export function Outcome({ record, conversation, onAgain, onClose }: Props) {
  const { t } = useTranslation();
  const { words } = useFormat();
  const { insert } = useConversationTools();
  const { icon: Icon, tone } = LOOKS[record.state];
  const lines = record.lines.map(words);
  return (
    <div className="preview">
      <div className={`bot-verdict bot-verdict-${tone}`} role="status">
        <Icon size={18} />
        <div>
          <b>{t(`actionOutcome.${record.state}`)}</b>
          {record.text && record.state !== "done" && <p>{words(record.text)}</p>}
        </div>
      </div>
      <ul className="preview-lines">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <RecordLine record={record} conversation={conversation} />
      <div className="bot-do">
        <Button onClick={onAgain}>{t("orderActions.again")}</Button>
        {record.state === "done" && (
          <Button
            onClick={() => {
              insert(lines.join("\n"));
              onClose();
            }}
          >
            {t("orderActions.tell")}
          </Button>
        )}
        <Button type="primary" onClick={onClose} autoFocus>
          {t("do.close")}
        </Button>
      </div>
    </div>
  );
}
