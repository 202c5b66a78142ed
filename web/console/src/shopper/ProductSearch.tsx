// Finding a product and putting it into the reply.

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Input } from "antd";
import { type Language, type Product, searchProducts } from "api";
import { CornerDownLeft, PackageSearch, Search } from "lucide-react";
import { useDeferredValue, useState } from "react";
import { useTranslation } from "react-i18next";
import { keyOf } from "../app/queries";
import { useConversationTools } from "../conversation/context";
import { inLanguage, money as moneyIn } from "../format/format";
import { useFormat } from "../format/use";
import { IconButton } from "../parts/IconButton";
import { Picture } from "../parts/Picture";
import { Bones, Empty, Failed } from "../parts/States";

export function ProductSearch({ shop, language }: { shop: string; language: Language }) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const sought = useDeferredValue(text.trim());
  const found = useQuery({
    queryKey: keyOf.products(shop, sought),
    queryFn: ({ signal }) => searchProducts(shop, sought, signal),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
  const products = found.data?.items ?? [];
  return (
    <section>
      <Input
        allowClear
        prefix={<Search size={14} />}
        placeholder={t("product.search")}
        aria-label={t("product.search")}
        value={text}
        maxLength={100}
        onChange={(event) => setText(event.target.value)}
      />
      {found.isPending && <Bones rows={6} height={30} />}
      {found.isError && <Failed error={found.error} onRetry={() => void found.refetch()} />}
      {found.isSuccess && products.length === 0 && (
        <Empty icon={PackageSearch} title={t("product.none")} text={t("product.noneText")} />
      )}
      {products.map((product) => (
        <OneProduct key={product.key} product={product} language={language} />
      ))}
    </section>
  );
}

function OneProduct({ product, language }: { product: Product; language: Language }) {
  const { t } = useTranslation();
  const { words, money } = useFormat();
  const { insert } = useConversationTools();
  const cheapest = product.variants.reduce(
    (a, b) => (b.price.minor < a.price.minor ? b : a),
    product.variants[0] as Product["variants"][0],
  );
  const stock = product.variants.reduce((sum, variant) => sum + variant.stock, 0);
  if (!cheapest) return null;
  const link = product.page ? ` ${new URL(product.page, location.origin)}` : "";
  const said = `${inLanguage(product.title, language)} ${moneyIn(cheapest.price, language)}${link}`;
  return (
    <article className="product">
      <Picture url={product.picture} size={44} />
      <div className="order-what">
        <b className="ellipsis" title={words(product.title)}>
          {words(product.title)}
        </b>
        <span className="number">
          {money(cheapest.price)}{" "}
          {cheapest.list_price && <s className="muted">{money(cheapest.list_price)}</s>}{" "}
          <small className={stock > 0 ? "muted" : "bad-text"}>
            {stock > 0 ? t("product.stock", { count: stock }) : t("product.soldOut")}
          </small>
        </span>
        <small className="muted product-variants">
          {product.variants
            .map(
              (variant) =>
                `${variant.options?.map((option) => words(option.value)).join("/") || "—"} ${variant.stock}`,
            )
            .join(" · ")}
        </small>
      </div>
      <IconButton
        icon={CornerDownLeft}
        size={14}
        name={t("do.insertIt", { text: words(product.title) })}
        onClick={() => insert(said)}
      />
    </article>
  );
}
