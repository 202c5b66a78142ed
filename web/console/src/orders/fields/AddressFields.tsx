// An address, part by part, and the details of an invoice.

import { Input, Segmented } from "antd";
import type { Address } from "api";
import { useTranslation } from "react-i18next";
import type { FieldProps } from "../ActionForm";

const ADDRESS = ["recipient", "phone", "province", "city", "district", "street", "postcode"] as const;

export function AddressFields({ draft, change }: FieldProps) {
  const { t } = useTranslation();
  const set = (part: keyof Address, text: string) => change({ address: { ...draft.address, [part]: text } });
  return (
    <div className="field-grid">
      {ADDRESS.map((part) => (
        <div key={part} className={`field ${part === "street" ? "is-wide" : ""}`}>
          <label htmlFor={`address-${part}`}>{t(`address.${part}`)}</label>
          <Input
            id={`address-${part}`}
            value={draft.address[part] ?? ""}
            autoComplete="off"
            onChange={(event) => set(part, event.target.value)}
          />
        </div>
      ))}
    </div>
  );
}

export function InvoiceFields({ draft, change }: FieldProps) {
  const { t } = useTranslation();
  const { invoice } = draft;
  const set = (part: Partial<typeof invoice>) => change({ invoice: { ...invoice, ...part } });
  return (
    <>
      <div className="field">
        <span id="invoice-kind" className="field-name">
          {t("invoice.kind")}
        </span>
        <Segmented
          aria-labelledby="invoice-kind"
          value={invoice.kind}
          onChange={(kind) => set({ kind })}
          options={(["personal", "company"] as const).map((kind) => ({
            value: kind,
            label: t(`invoice.${kind}`),
          }))}
        />
      </div>
      {(["title", "tax_number", "email"] as const)
        .filter((part) => part !== "tax_number" || invoice.kind === "company")
        .map((part) => (
          <div key={part} className="field">
            <label htmlFor={`invoice-${part}`}>{t(`invoice.${part}`)}</label>
            <Input
              id={`invoice-${part}`}
              value={invoice[part]}
              onChange={(event) => set({ [part]: event.target.value })}
            />
          </div>
        ))}
    </>
  );
}
