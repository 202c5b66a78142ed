// The terms of the guarantee: how wrong, how sure, how much is judged, and whether it counts.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, InputNumber, Switch } from "antd";
import { type GuaranteeTerms, setGuarantee } from "api";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { may, useMe } from "../app/me";
import { keyOf } from "../app/queries";
import { useFaultText } from "../parts/States";
import { draftOf, isSameDraft, RANGES, type TermsDraft, type TermsField, termsOf } from "./standing";

const FIELDS: TermsField[] = ["error", "confidence", "share"];

export function TermsForm({ shop, terms }: { shop: string; terms: GuaranteeTerms }) {
  const { t } = useTranslation();
  const me = useMe();
  const client = useQueryClient();
  const { message } = App.useApp();
  const faultText = useFaultText();
  // Nothing written yet: what the server says is shown, also when it changes.
  const [written, setWritten] = useState<TermsDraft | null>(null);
  const draft = written ?? draftOf(terms);
  const mayEdit = may(me, "write_knowledge");
  const wanted = termsOf(draft);
  const isChanged = !isSameDraft(draft, draftOf(terms));
  const save = useMutation({
    mutationFn: (next: GuaranteeTerms) => setGuarantee(shop, next),
    onSuccess: (guarantee) => {
      client.setQueryData(keyOf.guarantee(shop), guarantee);
      setWritten(null);
      message.success(t("guarantee.saved"));
    },
    onError: (error) => void message.error(faultText(error)),
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    if (typeof wanted !== "string") save.mutate(wanted);
  }
  return (
    <form className="box guarantee-terms" onSubmit={submit}>
      <h2>{t("guarantee.terms")}</h2>
      {FIELDS.map((field) => (
        <div key={field} className="field">
          <label htmlFor={`terms-${field}`}>{t(`guarantee.${field}`)}</label>
          <InputNumber
            id={`terms-${field}`}
            value={draft[field]}
            disabled={!mayEdit}
            step={field === "share" ? 5 : 1}
            suffix="%"
            aria-describedby={`terms-${field}-hint`}
            status={wanted === field ? "error" : undefined}
            onChange={(value) => setWritten({ ...draft, [field]: value })}
          />
          <div
            id={`terms-${field}-hint`}
            className={wanted === field ? "field-fault" : "field-hint"}
            role={wanted === field ? "alert" : undefined}
          >
            {wanted === field ? t("guarantee.outOfRange", RANGES[field]) : t(`guarantee.${field}Hint`)}
          </div>
        </div>
      ))}
      {/* biome-ignore lint/a11y/noLabelWithoutControl: the switch is inside */}
      <label className="guarantee-on">
        <Switch
          size="small"
          checked={draft.isOn}
          disabled={!mayEdit}
          onChange={(isOn) => setWritten({ ...draft, isOn })}
        />
        {t("guarantee.isOn")}
      </label>
      <p className="field-hint">{t(mayEdit ? "guarantee.termsWarning" : "guarantee.termsReadOnly")}</p>
      {mayEdit && (
        <div className="bot-do">
          <Button size="small" disabled={!isChanged || save.isPending} onClick={() => setWritten(null)}>
            {t("do.cancel")}
          </Button>
          <Button
            type="primary"
            size="small"
            htmlType="submit"
            loading={save.isPending}
            disabled={!isChanged || typeof wanted === "string"}
          >
            {t("do.save")}
          </Button>
        </div>
      )}
    </form>
  );
}
