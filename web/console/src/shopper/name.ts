// What to call a shopper: by name, or a visitor told apart by the end of their id.

import { useTranslation } from "react-i18next";

const CODE_CHARS = 4;

export function useShopperName(): (shopper?: { id: string; name?: string | null }) => string {
  const { t } = useTranslation();
  return (shopper) =>
    shopper?.name?.trim() ||
    t("shopper.anonymous", { code: shopper?.id.slice(-CODE_CHARS).toUpperCase() ?? "" });
}
