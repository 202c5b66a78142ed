// The frame of the bot's pages: the tabs, each for those who may see it, and the shop they are about.

import { Link, useNavigate } from "@tanstack/react-router";
import type { ShopName } from "api";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { may, type Permission, useMe } from "../app/me";
import { ShopSelect } from "../parts/ShopSelect";
import { useShop } from "../parts/useShop";
import "../parts/verdict.css";
import "./bot.css";

const TABS = ["skills", "policy", "guarantee", "settings", "compliance", "model"] as const;
export type Tab = (typeof TABS)[number];
/** Any of these opens a tab. */
const NEEDS: Record<Tab, Permission[]> = {
  skills: ["read_knowledge"],
  policy: ["read_knowledge"],
  guarantee: ["supervise", "write_knowledge", "read_audit"],
  settings: ["read_knowledge"],
  compliance: ["read_knowledge"],
  model: ["write_knowledge", "manage_staff"],
};

export function useMaySee(tab: Tab): boolean {
  const me = useMe();
  return NEEDS[tab].some((permission) => may(me, permission));
}

interface Props {
  tab: Tab;
  shopInAddress?: string;
  children: (shop: ShopName) => ReactNode;
}

export function BotFrame({ tab, shopInAddress, children }: Props) {
  const { t } = useTranslation();
  const me = useMe();
  const navigate = useNavigate();
  const { shop, shops } = useShop(shopInAddress);
  const tabs = TABS.filter((each) => NEEDS[each].some((permission) => may(me, permission)));
  return (
    <div className="page">
      <header className="page-head">
        <div>
          <h1>{t("nav.bot")}</h1>
          <p>{t(`bot.${tab}Text`)}</p>
        </div>
        <nav className="bot-tabs" aria-label={t("bot.tabs")}>
          {tabs.map((each) => (
            <Link
              key={each}
              to={`/bot/${each}`}
              search={{ shop: shopInAddress }}
              aria-current={each === tab ? "page" : undefined}
              className={each === tab ? "is-on" : ""}
            >
              {t(`bot.${each}`)}
            </Link>
          ))}
        </nav>
        <ShopSelect
          shops={shops}
          value={shop?.id}
          onChange={(id) => navigate({ to: `/bot/${tab}`, search: { shop: id }, replace: true })}
        />
      </header>
      {shop && children(shop)}
    </div>
  );
}
