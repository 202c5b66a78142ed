// What the bot may do to orders without a person, within the policy.

import { InputNumber, Segmented } from "antd";
import { useTranslation } from "react-i18next";
import { useActionName } from "./actions";
import { ACTIONS, limitOf, minorOf, REACHES, reachOf, withReach } from "./botSettings";
import type { SettingsPartProps } from "./ToneFields";

export function ReachFields({ draft, faults, isReadOnly, onChange }: SettingsPartProps) {
  const { t } = useTranslation();
  const actionName = useActionName();
  const fault = faults["bot_may.actions"];
  const limitFault = faults["bot_may.refund_limit"];
  return (
    <section className="box">
      <h2>{t("botSettings.reach")}</h2>
      <p className="field-hint">{t("botSettings.reachHint")}</p>
      <div className="field">
        <label htmlFor="refund-limit">{t("botSettings.refundLimit")}</label>
        <InputNumber
          id="refund-limit"
          min={0}
          precision={2}
          value={limitOf(draft.bot_may.refund_limit)}
          readOnly={isReadOnly}
          aria-describedby="refund-limit-hint"
          status={limitFault ? "error" : undefined}
          onChange={(limit) =>
            onChange({ ...draft, bot_may: { ...draft.bot_may, refund_limit: minorOf(limit) } })
          }
        />
        <div
          id="refund-limit-hint"
          className={limitFault ? "field-fault" : "field-hint"}
          role={limitFault ? "alert" : undefined}
        >
          {limitFault ?? t("botSettings.refundLimitHint")}
        </div>
      </div>
      <ul className="reaches">
        {ACTIONS.map((action) => (
          <li key={action}>
            <span id={`reach-${action}`}>{actionName(action)}</span>
            <Segmented
              size="small"
              aria-labelledby={`reach-${action}`}
              value={reachOf(draft, action)}
              disabled={isReadOnly}
              onChange={(reach) => onChange(withReach(draft, action, reach))}
              options={REACHES.map((each) => ({ value: each, label: t(`reach.${each}`) }))}
            />
          </li>
        ))}
      </ul>
      {fault && (
        <div className="field-fault" role="alert">
          {fault}
        </div>
      )}
    </section>
  );
}
