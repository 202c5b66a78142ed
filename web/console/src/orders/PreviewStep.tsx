// What would happen, in words and amounts. Only what is read here is done.

import { Button } from "antd";
import type { ActionPreview } from "api";
import { CircleCheck, CircleHelp, CircleX } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../format/use";
import { useFaultText } from "../parts/States";

const LOOKS = {
  allowed: { icon: CircleCheck, tone: "good" },
  needs_approval: { icon: CircleHelp, tone: "warn" },
  refused: { icon: CircleX, tone: "bad" },
} as const;

interface Props {
  preview: ActionPreview;
  isBusy: boolean;
  error: Error | null;
  onConfirm: () => void;
  onBack: () => void;
}

export function PreviewStep({ preview, isBusy, error, onConfirm, onBack }: Props) {
  const { t } = useTranslation();
  const { words, money, duration } = useFormat();
  const faultText = useFaultText();
  const { icon: Icon, tone } = LOOKS[preview.verdict];
  const isRefused = preview.verdict === "refused";
  const approver = t(`actor.${preview.approver ?? "supervisor"}`);
  return (
    <div className="preview">
      <div className={`bot-verdict bot-verdict-${tone}`} role="status">
        <Icon size={18} />
        <div>
          <b>
            {preview.verdict === "needs_approval"
              ? t("orderActions.needsApproval", { who: approver })
              : t(isRefused ? "orderActions.isRefused" : "orderActions.read")}
          </b>
          {preview.text && (
            <p>
              {words(preview.text)} <code>{preview.rule}</code>
            </p>
          )}
        </div>
      </div>
      {!isRefused && (
        <>
          <ul className="preview-lines">
            {preview.lines.map((line) => (
              <li key={line.zh + line.en}>{words(line)}</li>
            ))}
          </ul>
          <dl className="preview-sums">
            {preview.sums.refund && <Sum name={t("orderActions.back")} value={money(preview.sums.refund)} />}
            {preview.sums.charge && (
              <Sum name={t("orderActions.charge")} value={money(preview.sums.charge)} />
            )}
          </dl>
          <p className="muted">
            {preview.undo_ms == null
              ? t("policy.noUndo")
              : t("policy.undo", { time: duration(preview.undo_ms) })}
          </p>
        </>
      )}
      {error && (
        <p className="field-fault" role="alert">
          {faultText(error)}
        </p>
      )}
      <div className="bot-do">
        <Button onClick={onBack} disabled={isBusy}>
          {t("do.back")}
        </Button>
        {!isRefused && (
          <Button type="primary" onClick={onConfirm} loading={isBusy} autoFocus>
            {t(preview.verdict === "needs_approval" ? "orderActions.send" : "orderActions.confirm")}
          </Button>
        )}
      </div>
    </div>
  );
}

function Sum({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="number">{value}</dd>
    </div>
  );
}
