// The signed-in frame: narrow navigation, the page, and what is alive on every page (line to the desk, keys, alerts).

import { useQuery } from "@tanstack/react-query";
import { Outlet, useNavigate, useParams } from "@tanstack/react-router";
import { getInbox } from "api";
import { VolumeX, WifiOff } from "lucide-react";
import { lazy, Suspense, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLanguage } from "../format/use";
import { useFreshLists } from "../inbox/useInbox";
import { useKeys } from "../keys/keys";
import { showInTitle, unmute, useIsMuted } from "../live/alerts";
import { useLiveDesk } from "../live/useLiveDesk";
import { useNoticeCalls, useNotices } from "../notices/useNotices";
import { loadTexts } from "../texts/i18n";
import { may, useMe } from "./me";
import { Nav } from "./Nav";
import { usePages } from "./pages";
import { keyOf } from "./queries";
import "./shell.css";

/** Fetched when the page has settled, so that the first Ctrl+K takes the first letter. */
const PREFETCH_MS = 1500;
const loadPalette = () => import("../keys/Palette");
const Palette = lazy(() => loadPalette().then((it) => ({ default: it.Palette })));
const NoticeDrawer = lazy(() =>
  import("../notices/NoticeDrawer").then((it) => ({ default: it.NoticeDrawer })),
);
const KeyMap = lazy(() => import("../keys/KeyMap").then((it) => ({ default: it.KeyMap })));

export function Shell() {
  const { t } = useTranslation();
  const me = useMe();
  const language = useLanguage();
  const navigate = useNavigate();
  const [open, setOpen] = useState<"palette" | "keys" | "notices" | null>(null);
  const line = useLiveDesk();
  const isMuted = useIsMuted();
  const mayRead = may(me, "read_conversations");
  const counts = useCounts(mayRead);
  useFreshLists(mayRead);
  const notices = useNotices(mayRead);
  const { conversation: opened } = useParams({ strict: false });
  useNoticeCalls(notices, opened);

  // Only when the server's choice changes: switching here already tells the server.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    if (me.language !== language) void loadTexts(me.language);
  }, [me.language]);

  const waiting = (counts?.queue ?? 0) + notices.length;
  useEffect(() => showInTitle(waiting, "Tandem 搭档"), [waiting]);

  useEffect(() => {
    // Without a network it is fetched when it's asked for.
    const timer = setTimeout(() => loadPalette().catch(() => {}), PREFETCH_MS);
    return () => clearTimeout(timer);
  }, []);
  const pages = usePages();
  useKeys([
    ...pages.flatMap((page) => {
      const { keys, name, to } = page;
      const search = to === "/inbox" ? { view: "queue" as const } : {};
      return keys
        ? [{ keys, name, group: "go" as const, run: () => void navigate({ to, search: search as never }) }]
        : [];
    }),
    { keys: "mod+k", name: t("keys.palette"), group: "general", run: () => setOpen("palette") },
    { keys: "g n", name: t("notice.title"), group: "go", run: () => setOpen("notices") },
    { keys: "?", name: t("keys.map"), group: "general", run: () => setOpen("keys") },
  ]);

  return (
    <div className="shell">
      <a className="skip" href="#page">
        {t("nav.skip")}
      </a>
      <Nav counts={counts} notices={notices.length} onOpen={setOpen} />
      <main id="page" className="shell-page" tabIndex={-1}>
        {line === "lost" && (
          <div className="line-lost" role="status">
            <WifiOff size={14} /> {t("line.lost")}
          </div>
        )}
        {isMuted && (
          <button type="button" className="line-lost" onClick={unmute}>
            <VolumeX size={14} /> {t("alert.muted")}
          </button>
        )}
        <div className="shell-content">
          <Outlet />
        </div>
      </main>
      <Suspense>
        {open === "palette" && <Palette onClose={() => setOpen(null)} />}
        {open === "notices" && <NoticeDrawer onClose={() => setOpen(null)} />}
        {open === "keys" && <KeyMap onClose={() => setOpen(null)} />}
      </Suspense>
    </div>
  );
}

function useCounts(isEnabled: boolean) {
  const { data } = useQuery({
    queryKey: keyOf.counts,
    queryFn: ({ signal }) => getInbox({ view: "queue", limit: 1 }, signal),
    staleTime: Number.POSITIVE_INFINITY,
    enabled: isEnabled,
    select: (page) => page.counts,
  });
  return data;
}
