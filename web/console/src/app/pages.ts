// The pages of the navigation, in order; each only for those who may use it.

import {
  BadgeCheck,
  BookOpen,
  Bot,
  ChartNoAxesColumn,
  ChartSpline,
  Inbox,
  ListChecks,
  type LucideIcon,
  MessageSquareQuote,
  MonitorDot,
  Route,
  ScrollText,
  Users,
} from "lucide-react";
import { useTranslation } from "react-i18next";
import { may, type Permission, useMe } from "./me";

export type PagePath =
  | "/inbox"
  | "/approvals"
  | "/tasks"
  | "/knowledge"
  | "/bot"
  | "/phrases"
  | "/routing"
  | "/overview"
  | "/board"
  | "/reports"
  | "/staff"
  | "/audit";
interface Page {
  to: PagePath;
  name:
    | "inbox"
    | "approvals"
    | "tasks"
    | "knowledge"
    | "bot"
    | "phrases"
    | "routing"
    | "overview"
    | "board"
    | "reports"
    | "staff"
    | "audit";
  icon: LucideIcon;
  keys?: string;
  needs: Permission;
}
export const PAGES: Page[] = [
  { to: "/inbox", name: "inbox", icon: Inbox, keys: "g i", needs: "read_conversations" },
  { to: "/approvals", name: "approvals", icon: BadgeCheck, keys: "g e", needs: "serve" },
  { to: "/tasks", name: "tasks", icon: ListChecks, keys: "g t", needs: "serve" },
  { to: "/knowledge", name: "knowledge", icon: BookOpen, keys: "g k", needs: "read_knowledge" },
  { to: "/bot", name: "bot", icon: Bot, keys: "g b", needs: "read_knowledge" },
  { to: "/phrases", name: "phrases", icon: MessageSquareQuote, keys: "g p", needs: "read_knowledge" },
  { to: "/routing", name: "routing", icon: Route, keys: "g r", needs: "read_knowledge" },
  { to: "/overview", name: "overview", icon: ChartNoAxesColumn, keys: "g o", needs: "read_conversations" },
  { to: "/board", name: "board", icon: MonitorDot, keys: "g l", needs: "supervise" },
  { to: "/reports", name: "reports", icon: ChartSpline, keys: "g m", needs: "supervise" },
  { to: "/staff", name: "staff", icon: Users, keys: "g s", needs: "manage_staff" },
  { to: "/audit", name: "audit", icon: ScrollText, keys: "g a", needs: "read_audit" },
];

export function usePages() {
  const { t } = useTranslation();
  const me = useMe();
  return PAGES.filter((page) => may(me, page.needs)).map((page) => ({
    ...page,
    name: t(`nav.${page.name}`),
  }));
}
