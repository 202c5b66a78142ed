// The plain parts of a form: reason, description, day, problem, way to pay.

import { AutoComplete, Input, Radio, Select } from "antd";
import type { PaymentMethod } from "api";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../format/use";
import type { FieldProps } from "../ActionForm";
import { PARTS, PROBLEMS, REASONS } from "../draft";

export function ReasonField({ draft, change }: FieldProps) {
  const { t } = useTranslation();
  // Policies know these reasons by their codes.
  const shown = (value: string) => {
    const known = REASONS.find((each) => each === value);
    return known ? t(`reasonWord.${known}`) : value;
  };
  return (
    <div className="field">
      <label htmlFor="action-reason">{t("actionField.reason")}</label>
      <AutoComplete
        id="action-reason"
        value={shown(draft.reason)}
        onChange={(text) =>
          change({ reason: REASONS.find((each) => t(`reasonWord.${each}`) === text) ?? text ?? "" })
        }
        options={REASONS.map((each) => ({ value: t(`reasonWord.${each}`) }))}
      />
    </div>
  );
}

export function DescriptionField({ draft, change }: FieldProps) {
  const { t } = useTranslation();
  return (
    <div className="field">
      <label htmlFor="action-description">{t("actionField.description")}</label>
      <Input.TextArea
        id="action-description"
        value={draft.description}
        autoSize={{ minRows: 2, maxRows: 8 }}
        onChange={(event) => change({ description: event.target.value })}
      />
    </div>
  );
}

export function DayField({ draft, change }: FieldProps) {
  const { t } = useTranslation();
  return (
    <div className="field-grid">
      <div className="field">
        <label htmlFor="action-day">{t("actionField.day")}</label>
        <Input
          id="action-day"
          type="date"
          value={draft.day}
          onChange={(event) => change({ day: event.target.value })}
        />
      </div>
      <div className="field">
        <label htmlFor="action-part">{t("actionField.part")}</label>
        <Select
          id="action-part"
          value={draft.part}
          onChange={(part) => change({ part })}
          options={[
            { value: "", label: t("dayPart.any") },
            ...PARTS.map((part) => ({ value: part, label: t(`dayPart.${part}`) })),
          ]}
        />
      </div>
    </div>
  );
}

export function ProblemField({ draft, change }: FieldProps) {
  const { t } = useTranslation();
  return (
    <div className="field">
      <span id="action-problem" className="field-name">
        {t("actionField.problem")}
      </span>
      <Radio.Group
        aria-labelledby="action-problem"
        value={draft.problem}
        onChange={(event) => change({ problem: event.target.value })}
        options={PROBLEMS.map((each) => ({ value: each, label: t(`itemProblem.${each}`) }))}
      />
    </div>
  );
}

export function PaymentField({ draft, change, payments }: FieldProps) {
  const { t } = useTranslation();
  const { money } = useFormat();
  const name = (method: PaymentMethod) =>
    [
      t(`paymentKind.${method.kind}`),
      method.brand,
      method.last_four,
      method.balance && t("actionField.balance", { amount: money(method.balance) }),
    ]
      .filter(Boolean)
      .join(" · ");
  return (
    <div className="field">
      <label htmlFor="action-payment">{t("actionField.payment")}</label>
      <Select
        id="action-payment"
        value={draft.payment || undefined}
        placeholder={t(payments.length ? "actionField.choose" : "actionField.noPayments")}
        onChange={(payment) => change({ payment })}
        options={payments.map((method) => ({ value: method.key, label: name(method) }))}
      />
    </div>
  );
}
