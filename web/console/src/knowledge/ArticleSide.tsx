// Where and when an article holds: key, category, scope, dates.

import { useQuery } from "@tanstack/react-query";
import { AutoComplete, DatePicker, Input, Select } from "antd";
import { type ArticleDraft, getArticles, searchProducts } from "api";
import dayjs from "dayjs";
import { useDeferredValue, useState } from "react";
import { useTranslation } from "react-i18next";
import { keyOf } from "../app/queries";
import { useFormat } from "../format/use";
import { type Faults, LIMITS } from "./draft";
import { FaultLine } from "./FaultLine";

interface Props {
  shop: string;
  draft: ArticleDraft;
  faults: Faults;
  isReadOnly: boolean;
  isNew: boolean;
  onChange: (draft: ArticleDraft) => void;
}

export function ArticleSide({ shop, draft, faults, isReadOnly, isNew, onChange }: Props) {
  const { t } = useTranslation();
  const { words } = useFormat();
  const [sought, setSought] = useState("");
  const deferred = useDeferredValue(sought);
  const products = useQuery({
    queryKey: keyOf.products(shop, deferred),
    queryFn: ({ signal }) => searchProducts(shop, deferred, signal),
    staleTime: 60_000,
    placeholderData: (before) => before,
  });
  const categories = useQuery({
    queryKey: [...keyOf.articles, "categories", shop],
    queryFn: () => getArticles({ shop, limit: 1 }),
    select: (page) => page.categories,
    staleTime: 60_000,
  });
  const productOptions = (products.data?.items ?? []).map((product) => ({
    value: product.key,
    label: words(product.title),
  }));
  const productCategories = [...new Set((products.data?.items ?? []).map((product) => product.category))];
  const change = (next: Partial<ArticleDraft>) => onChange({ ...draft, ...next });
  return (
    <aside className="article-side">
      <div className="field">
        <label htmlFor="article-key">{t("field.key")}</label>
        <Input
          id="article-key"
          value={draft.key}
          maxLength={LIMITS.key}
          readOnly={isReadOnly || !isNew}
          disabled={!isNew}
          status={faults.key ? "error" : undefined}
          placeholder="shipping-updates"
          onChange={(event) => change({ key: event.target.value })}
        />
        <FaultLine fault={faults.key} />
        <p className="field-hint">{t("article.keyHint")}</p>
      </div>
      <div className="field">
        <label htmlFor="article-category">{t("field.category")}</label>
        <AutoComplete
          id="article-category"
          value={draft.category}
          disabled={isReadOnly}
          style={{ width: "100%" }}
          options={(categories.data ?? []).map((each) => ({ value: each }))}
          onChange={(category) => change({ category: category ?? "" })}
        />
      </div>
      <div className="field">
        <label htmlFor="article-products">{t("field.products")}</label>
        <Select
          id="article-products"
          mode="multiple"
          disabled={isReadOnly}
          value={draft.scope.products}
          style={{ width: "100%" }}
          placeholder={t("article.everywhere")}
          showSearch={{ filterOption: false, onSearch: setSought }}
          options={productOptions}
          onChange={(list) => change({ scope: { ...draft.scope, products: list } })}
        />
      </div>
      <div className="field">
        <label htmlFor="article-categories">{t("field.productCategories")}</label>
        <Select
          id="article-categories"
          mode="tags"
          disabled={isReadOnly}
          value={draft.scope.categories}
          style={{ width: "100%" }}
          placeholder={t("article.everywhere")}
          options={productCategories.map((each) => ({ value: each, label: each }))}
          onChange={(list) => change({ scope: { ...draft.scope, categories: list } })}
        />
      </div>
      {(["valid_from", "valid_until"] as const).map((field) => (
        <div key={field} className="field">
          <label htmlFor={`article-${field}`}>{t(`field.${field}`)}</label>
          <DatePicker
            id={`article-${field}`}
            showTime={{ format: "HH:mm" }}
            format="YYYY-MM-DD HH:mm"
            disabled={isReadOnly}
            style={{ width: "100%" }}
            status={faults[field] ? "error" : undefined}
            placeholder={t(`article.${field}Hint`)}
            value={draft[field] ? dayjs(draft[field]) : null}
            onChange={(day) => change({ [field]: day ? day.second(0).millisecond(0).valueOf() : null })}
          />
          <FaultLine fault={faults[field]} />
        </div>
      ))}
    </aside>
  );
}
