// The narrow navigation at the left: pages, presence and the person's own menu.

import { Link } from "@tanstack/react-router";
import { Tooltip } from "antd";
import type { InboxCounts } from "api";
import { Bell, Keyboard, type LucideIcon, Search } from "lucide-react";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { useToDecide } from "../orders/waiting";
import { IconButton, TipWithKeys } from "../parts/IconButton";
import { may, useMe } from "./me";
import { PresenceSwitch } from "./PresenceSwitch";
import { type PagePath, usePages } from "./pages";
import { UserMenu } from "./UserMenu";

interface Props {
  counts?: InboxCounts;
  notices: number;
  onOpen: (what: "palette" | "keys" | "notices") => void;
}

/** Remembered: opening a conversation changes nothing here. */
export const Nav = memo(function Nav({ counts, notices, onOpen }: Props) {
  const { t } = useTranslation();
  const pages = usePages();
  const me = useMe();
  const toDecide = useToDecide(may(me, "serve"));
  return (
    <nav className="nav" aria-label={t("nav.name")}>
      <img className="nav-mark" src="/console/icon.svg" alt="Tandem" width={30} height={30} />
      {pages.map((page) => (
        <NavLink
          key={page.to}
          {...page}
          count={page.to === "/inbox" ? counts?.queue : page.to === "/approvals" ? toDecide : undefined}
        />
      ))}
      <span className="spread" />
      <span className="nav-bell">
        <IconButton
          icon={Bell}
          size={18}
          name={notices ? t("notice.unseen", { count: notices }) : t("notice.title")}
          keys="g n"
          placement="right"
          onClick={() => onOpen("notices")}
        />
        {notices > 0 && <span className="nav-count number">{notices > 99 ? "99+" : notices}</span>}
      </span>
      <IconButton
        icon={Search}
        size={18}
        name={t("keys.palette")}
        keys="mod+k"
        placement="right"
        onClick={() => onOpen("palette")}
      />
      <IconButton
        icon={Keyboard}
        size={18}
        name={t("keys.map")}
        keys="?"
        placement="right"
        onClick={() => onOpen("keys")}
      />
      {may(me, "serve") && <PresenceSwitch />}
      <UserMenu />
    </nav>
  );
});

interface NavLinkProps {
  to: PagePath;
  icon: LucideIcon;
  name: string;
  keys?: string;
  count?: number;
}

function NavLink({ to, icon: Icon, name, keys, count = 0 }: NavLinkProps) {
  const shown = count > 99 ? "99+" : String(count);
  return (
    <Tooltip
      title={keys ? <TipWithKeys name={name} keys={keys} /> : name}
      placement="right"
      mouseEnterDelay={0.3}
    >
      <Link
        to={to}
        search={(to === "/inbox" ? { view: "queue" } : {}) as never}
        className="nav-link"
        activeOptions={{ includeSearch: false }}
        aria-label={count ? `${name} ${shown}` : name}
      >
        <Icon size={19} strokeWidth={1.8} />
        {!!count && <span className="nav-count number">{shown}</span>}
      </Link>
    </Tooltip>
  );
}
