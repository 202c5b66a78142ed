// Which items of the order: some with their number, one, or what each is to become.

import { useQueries } from "@tanstack/react-query";
import { Checkbox, InputNumber, Radio, Select } from "antd";
import { getProduct, type Order } from "api";
import { useTranslation } from "react-i18next";
import { keyOf } from "../../app/queries";
import { useFormat } from "../../format/use";
import type { FieldProps } from "../ActionForm";

type Line = Order["lines"][number];

function useLineName(): (line: Line) => string {
  const { words } = useFormat();
  return (line) => [words(line.title), words(line.options)].filter(Boolean).join(" · ");
}

export function ItemsField({ draft, order, change }: FieldProps) {
  const { t } = useTranslation();
  const lineName = useLineName();
  const set = (variant: string, count: number) => change({ items: { ...draft.items, [variant]: count } });
  return (
    <fieldset className="field">
      <legend>{t("actionField.items")}</legend>
      {order.lines.map((line) => {
        const count = draft.items[line.variant] ?? 0;
        return (
          <div key={line.variant} className="item-choice">
            <Checkbox
              checked={count > 0}
              onChange={(event) => set(line.variant, event.target.checked ? line.quantity : 0)}
            >
              {lineName(line)}
            </Checkbox>
            {line.quantity > 1 && (
              <InputNumber
                size="small"
                aria-label={t("actionField.count", { item: lineName(line) })}
                min={0}
                max={line.quantity}
                value={count}
                onChange={(value) => set(line.variant, value ?? 0)}
              />
            )}
          </div>
        );
      })}
    </fieldset>
  );
}

export function ItemField({ draft, order, change }: FieldProps) {
  const { t } = useTranslation();
  const lineName = useLineName();
  return (
    <fieldset className="field">
      <legend>{t("actionField.item")}</legend>
      <Radio.Group
        className="item-radios"
        value={draft.item}
        onChange={(event) => change({ item: event.target.value })}
        options={order.lines.map((line) => ({ value: line.variant, label: lineName(line) }))}
      />
    </fieldset>
  );
}

export function ChangesField({ draft, order, shop, change }: FieldProps) {
  const { t } = useTranslation();
  const { words, money } = useFormat();
  const lineName = useLineName();
  const products = useQueries({
    queries: order.lines.map((line) => ({
      queryKey: keyOf.product(shop, line.product),
      queryFn: ({ signal }: { signal: AbortSignal }) => getProduct(shop, line.product, signal),
      staleTime: 60_000,
    })),
  });
  return (
    <fieldset className="field">
      <legend>{t("actionField.changes")}</legend>
      {order.lines.map((line, index) => {
        const found = products[index];
        const options = (found?.data?.variants ?? [])
          .filter((variant) => variant.key !== line.variant)
          .map((variant) => {
            const name = variant.options.map((option) => words(option.value)).join(" / ") || variant.key;
            const stock = variant.stock > 0 ? "" : ` · ${t("actionField.noStock")}`;
            return { value: variant.key, label: `${name} · ${money(variant.price)}${stock}` };
          });
        return (
          <div key={line.variant} className="item-change">
            <label htmlFor={`change-${index}`}>
              {lineName(line)} ×{line.quantity}
            </label>
            <Select
              id={`change-${index}`}
              loading={found?.isPending}
              value={draft.changes[index] ?? ""}
              onChange={(to) => change({ changes: { ...draft.changes, [index]: to } })}
              options={[{ value: "", label: t("actionField.keep") }, ...options]}
            />
          </div>
        );
      })}
    </fieldset>
  );
}
