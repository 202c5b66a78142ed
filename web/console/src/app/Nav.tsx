// The narrow navigation at the left: pages, presence and the person's own menu.

import { Link, type LinkProps } from "@tanstack/react-router";
import { Tooltip } from "antd";
import type { InboxCounts } from "api";
import {
  BookOpen,
  ChartNoAxesColumn,
  Inbox,
  Keyboard,
  type LucideIcon,
  MessageSquareQuote,
  ScrollText,
  Search,
  Users,
} from "lucide-react";
import { useTranslation } from "react-i18next";
import { IconButton, TipWithKeys } from "../parts/IconButton";
import { hasRole, useMe } from "./me";
import { PresenceSwitch } from "./PresenceSwitch";
import { UserMenu } from "./UserMenu";

interface Props {
  counts?: InboxCounts;
  onPalette: () => void;
  onKeys: () => void;
}

export function Nav({ counts, onPalette, onKeys }: Props) {
  const { t } = useTranslation();
  const me = useMe();
  return (
    <nav className="nav" aria-label={t("nav.name")}>
      <img className="nav-mark" src="/console/icon.svg" alt="Tandem" width={30} height={30} />
      <NavLink
        to="/inbox"
        search={{ view: "queue" }}
        icon={Inbox}
        name={t("nav.inbox")}
        keys="g i"
        count={counts?.queue}
      />
      <NavLink to="/knowledge" icon={BookOpen} name={t("nav.knowledge")} keys="g k" />
      <NavLink to="/phrases" icon={MessageSquareQuote} name={t("nav.phrases")} keys="g p" />
      <NavLink to="/overview" icon={ChartNoAxesColumn} name={t("nav.overview")} keys="g o" />
      {hasRole(me, "admin") && <NavLink to="/staff" icon={Users} name={t("nav.staff")} keys="g s" />}
      {hasRole(me, "admin") && <NavLink to="/audit" icon={ScrollText} name={t("nav.audit")} />}
      <span className="spread" />
      <IconButton
        icon={Search}
        size={18}
        name={t("keys.palette")}
        keys="mod+k"
        placement="right"
        onClick={onPalette}
      />
      <IconButton
        icon={Keyboard}
        size={18}
        name={t("keys.map")}
        keys="?"
        placement="right"
        onClick={onKeys}
      />
      <PresenceSwitch />
      <UserMenu />
    </nav>
  );
}

interface NavLinkProps {
  to: LinkProps["to"];
  search?: { view: "queue" };
  icon: LucideIcon;
  name: string;
  keys?: string;
  count?: number;
}

function NavLink({ to, search, icon: Icon, name, keys, count }: NavLinkProps) {
  return (
    <Tooltip
      title={keys ? <TipWithKeys name={name} keys={keys} /> : name}
      placement="right"
      mouseEnterDelay={0.3}
    >
      <Link
        to={to}
        search={search as never}
        className="nav-link"
        activeOptions={{ includeSearch: false }}
        aria-label={name}
      >
        <Icon size={19} strokeWidth={1.8} />
        {!!count && <span className="nav-count number">{count > 99 ? "99+" : count}</span>}
      </Link>
    </Tooltip>
  );
}
