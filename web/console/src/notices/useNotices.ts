// One's own notices, kept fresh; a new one calls the agent, and what needs an answer calls again until it is seen.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { getNotices, type Notice, seeNotices } from "api";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { HEAL_MS, keyOf } from "../app/queries";
import { callAgent } from "../live/alerts";

/** A shopper waits behind these: once is not enough. */
const PRESSING: Notice["kind"][] = ["assigned", "invitation", "question"];
/** Seen only when they are answered. */
const ASKING: Notice["kind"][] = ["question", "draft_wanted"];
const AGAIN_MS = 20_000;
/** Whoever doesn't come after so many calls isn't there. */
const MOST_CALLS = 15;

export function useNotices(isEnabled: boolean): Notice[] {
  const { data = [] } = useQuery({
    queryKey: keyOf.notices,
    queryFn: ({ signal }) => getNotices(false, signal),
    refetchInterval: HEAL_MS,
    enabled: isEnabled,
  });
  return data;
}

export function useSeen(): (seen: { ids?: string[]; conversation?: string }) => void {
  const client = useQueryClient();
  return (seen) => {
    client.setQueryData<Notice[]>(keyOf.notices, (known = []) =>
      known.filter(
        (notice) =>
          !(
            seen.ids?.includes(notice.id) ||
            (seen.conversation && notice.conversation === seen.conversation)
          ),
      ),
    );
    seeNotices(seen)
      .catch(() => {})
      .finally(() => client.invalidateQueries({ queryKey: keyOf.notices }));
  };
}

/** Which of them are to be called now: the new ones, and the pressing ones from time to time. Pure. */
export function toCall(
  notices: Notice[],
  called: Map<string, { at: number; times: number }>,
  now: number,
): Notice[] {
  return notices.filter((notice) => {
    const before = called.get(notice.id);
    if (!before) return true;
    return PRESSING.includes(notice.kind) && now - before.at >= AGAIN_MS && before.times < MOST_CALLS;
  });
}

export function useNoticeCalls(notices: Notice[], opened: string | undefined): void {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const see = useSeen();
  const called = useRef(new Map<string, { at: number; times: number }>());
  const look = useRef(() => {});
  look.current = () => {
    // What one has before one's eyes is seen, but for what asks for a deed.
    const here = notices.filter(
      (notice) => opened && notice.conversation === opened && !ASKING.includes(notice.kind),
    );
    if (here.length > 0 && document.hasFocus()) see({ ids: here.map((notice) => notice.id) });
    const rest = notices.filter((notice) => !here.includes(notice) || !document.hasFocus());
    const now = Date.now();
    const [first, ...others] = toCall(rest, called.current, now);
    if (!first) return;
    for (const notice of [first, ...others])
      called.current.set(notice.id, { at: now, times: (called.current.get(notice.id)?.times ?? 0) + 1 });
    callAgent(
      t(`notice.${first.kind}`, { name: first.by?.name ?? "" }),
      first.text || first.shopper_name || t("notice.look"),
      () => {
        if (first.conversation)
          void navigate({
            to: "/inbox/$conversation",
            params: { conversation: first.conversation },
            search: { view: "mine", seq: first.seq ?? undefined },
          });
        else void navigate({ to: "/tasks" });
      },
      `tandem-${first.kind}`,
    );
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: looks whenever there is something new
  useEffect(() => look.current(), [notices, opened]);
  useEffect(() => {
    const timer = setInterval(() => look.current(), AGAIN_MS / 4);
    const onFocus = () => look.current();
    window.addEventListener("focus", onFocus);
    return () => {
      clearInterval(timer);
      window.removeEventListener("focus", onFocus);
    };
  }, []);
}
