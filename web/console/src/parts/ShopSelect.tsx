// Choosing a shop, when there is more than one.

import { Select } from "antd";
import type { ShopName } from "api";
import { useTranslation } from "react-i18next";
import { useFormat } from "../format/use";

interface Props {
  shops: ShopName[];
  value?: string;
  hasAll?: boolean;
  onChange: (shop: string | undefined) => void;
}

export function ShopSelect({ shops, value, hasAll, onChange }: Props) {
  const { t } = useTranslation();
  const { words } = useFormat();
  if (shops.length < 2) return null;
  return (
    <Select
      value={value ?? ""}
      aria-label={t("inbox.shop")}
      popupMatchSelectWidth={false}
      onChange={(shop) => onChange(shop || undefined)}
      options={[
        ...(hasAll ? [{ value: "", label: t("inbox.allShops") }] : []),
        ...shops.map((shop) => ({ value: shop.id, label: words(shop.name) })),
      ]}
    />
  );
}
