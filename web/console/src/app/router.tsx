// Every page of the console and its address. Pages that aren't needed to answer a shopper load when visited.

import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import { type InboxView, isCode } from "api";
import { Conversation } from "../conversation/Conversation";
import { Inbox } from "../inbox/Inbox";
import { NothingOpen } from "../inbox/NothingOpen";
import { SignIn } from "../signin/SignIn";
import { may, meQuery } from "./me";
import { queryClient } from "./queries";
import { NotFound, RouteFault } from "./RouteFault";
import { Shell } from "./Shell";

export const VIEWS: InboxView[] = ["queue", "mine", "bot", "open", "resolved", "waiting", "snoozed"];
export interface InboxSearch {
  view: InboxView;
  shop?: string;
  text?: string;
  tag?: string;
  queue?: string;
  /** Conversations beside the open one. */
  beside?: string[];
  /** The event to scroll to. */
  seq?: number;
  /** Opened to write: the box has the focus. */
  box?: boolean;
}
const text = (value: unknown): string | undefined => (typeof value === "string" && value ? value : undefined);

const root = createRootRoute({ component: Outlet, errorComponent: RouteFault, notFoundComponent: NotFound });

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: (search: Record<string, unknown>): { from?: string } => ({ from: text(search.from) }),
  component: SignIn,
});

const signedIn = createRoute({
  getParentRoute: () => root,
  id: "signed-in",
  component: Shell,
  beforeLoad: async ({ location }) => {
    try {
      await queryClient.ensureQueryData(meQuery);
    } catch (error) {
      if (isCode(error, "unauthenticated"))
        throw redirect({ to: "/sign-in", search: { from: location.href } });
      throw error;
    }
  },
});

const home = createRoute({
  getParentRoute: () => signedIn,
  path: "/",
  beforeLoad: async () => {
    const me = await queryClient.ensureQueryData(meQuery);
    throw may(me, "read_conversations")
      ? redirect({ to: "/inbox", search: { view: "queue" } })
      : redirect({ to: "/knowledge" });
  },
});

const inbox = createRoute({
  getParentRoute: () => signedIn,
  path: "/inbox",
  validateSearch: (search: Record<string, unknown>): InboxSearch => ({
    view: VIEWS.find((view) => view === search.view) ?? "queue",
    shop: text(search.shop),
    text: text(search.text),
    tag: text(search.tag),
    queue: text(search.queue),
    beside: Array.isArray(search.beside)
      ? search.beside.filter((each) => typeof each === "string")
      : undefined,
    seq: Number(search.seq) || undefined,
    box: search.box === true || undefined,
  }),
  component: Inbox,
});
const inboxEmpty = createRoute({ getParentRoute: () => inbox, path: "/", component: NothingOpen });
const conversation = createRoute({
  getParentRoute: () => inbox,
  path: "$conversation",
  component: Conversation,
});

const knowledge = createRoute({
  getParentRoute: () => signedIn,
  path: "/knowledge",
  validateSearch: (
    search: Record<string, unknown>,
  ): { state?: string; category?: string; text?: string; shop?: string } => ({
    state: text(search.state),
    category: text(search.category),
    text: text(search.text),
    shop: text(search.shop),
  }),
  component: lazyRouteComponent(() => import("../knowledge/Knowledge"), "Knowledge"),
});
const article = createRoute({
  getParentRoute: () => signedIn,
  path: "/knowledge/$article",
  validateSearch: (search: Record<string, unknown>): { version?: number; shop?: string } => ({
    version: Number(search.version) || undefined,
    shop: text(search.shop),
  }),
  component: lazyRouteComponent(() => import("../knowledge/ArticlePage"), "ArticlePage"),
});
const page = <P extends string>(path: P, load: () => Promise<Record<string, unknown>>, name: string) =>
  createRoute({
    getParentRoute: () => signedIn,
    path,
    component: lazyRouteComponent(load as () => Promise<Record<string, () => React.ReactNode>>, name),
  });
const bot = createRoute({
  getParentRoute: () => signedIn,
  path: "/bot",
  beforeLoad: () => {
    throw redirect({ to: "/bot/skills" });
  },
});
const skills = createRoute({
  getParentRoute: () => signedIn,
  path: "/bot/skills",
  validateSearch: (search: Record<string, unknown>): { shop?: string } => ({ shop: text(search.shop) }),
  component: lazyRouteComponent(() => import("../bot/Skills"), "Skills"),
});
const policy = createRoute({
  getParentRoute: () => signedIn,
  path: "/bot/policy",
  validateSearch: (search: Record<string, unknown>): { shop?: string; conversation?: string } => ({
    shop: text(search.shop),
    conversation: text(search.conversation),
  }),
  component: lazyRouteComponent(() => import("../bot/PolicyPage"), "PolicyPage"),
});
const guarantee = createRoute({
  getParentRoute: () => signedIn,
  path: "/bot/guarantee",
  validateSearch: (search: Record<string, unknown>): { shop?: string } => ({ shop: text(search.shop) }),
  component: lazyRouteComponent(() => import("../bot/GuaranteePage"), "GuaranteePage"),
});
const botSettings = createRoute({
  getParentRoute: () => signedIn,
  path: "/bot/settings",
  validateSearch: (search: Record<string, unknown>): { shop?: string } => ({ shop: text(search.shop) }),
  component: lazyRouteComponent(() => import("../bot/SettingsPage"), "SettingsPage"),
});
const compliance = createRoute({
  getParentRoute: () => signedIn,
  path: "/bot/compliance",
  validateSearch: (search: Record<string, unknown>): { shop?: string } => ({ shop: text(search.shop) }),
  component: lazyRouteComponent(() => import("../bot/CompliancePage"), "CompliancePage"),
});
const model = createRoute({
  getParentRoute: () => signedIn,
  path: "/bot/model",
  validateSearch: (search: Record<string, unknown>): { shop?: string } => ({ shop: text(search.shop) }),
  component: lazyRouteComponent(() => import("../bot/ModelPage"), "ModelPage"),
});
const approvals = page("/approvals", () => import("../orders/Approvals"), "Approvals");
const tasks = page("/tasks", () => import("../tasks/Tasks"), "Tasks");
const phrases = page("/phrases", () => import("../phrases/Phrases"), "Phrases");
const routing = createRoute({
  getParentRoute: () => signedIn,
  path: "/routing",
  validateSearch: (search: Record<string, unknown>): { shop?: string; tab?: string } => ({
    shop: text(search.shop),
    tab: text(search.tab),
  }),
  component: lazyRouteComponent(() => import("../routing/RoutingPage"), "RoutingPage"),
});
const overview = page("/overview", () => import("../overview/Overview"), "Overview");
const board = page("/board", () => import("../board/Board"), "Board");
const reports = page("/reports", () => import("../reports/Reports"), "Reports");
const staff = page("/staff", () => import("../staff/Staff"), "Staff");
const audit = page("/audit", () => import("../audit/Audit"), "Audit");

export const router = createRouter({
  routeTree: root.addChildren([
    signIn,
    signedIn.addChildren([
      home,
      inbox.addChildren([inboxEmpty, conversation]),
      knowledge,
      article,
      bot,
      skills,
      policy,
      guarantee,
      botSettings,
      compliance,
      model,
      approvals,
      tasks,
      phrases,
      routing,
      overview,
      board,
      reports,
      staff,
      audit,
    ]),
  ]),
  basepath: "/console",
  defaultPreload: "intent",
  defaultErrorComponent: RouteFault,
  defaultPendingMinMs: 0,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
