// The inbox: views with live counts, filters, the list, and beside it the open conversation.

import { Outlet, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { Input, type InputRef, Select } from "antd";
import type { InboxView } from "api";
import { Search } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "../app/me";
import { useFormat } from "../format/use";
import { useKeys } from "../keys/keys";
import { InboxList } from "./InboxList";
import { MoreViews } from "./MoreViews";
import { useInbox } from "./useInbox";
import "./inbox.css";

const VIEWS: InboxView[] = ["queue", "mine", "bot", "open", "resolved"];
const TYPING_PAUSE_MS = 250;

export function Inbox() {
  const { t } = useTranslation();
  const { words } = useFormat();
  const me = useMe();
  const navigate = useNavigate();
  const search = useSearch({ from: "/signed-in/inbox" });
  const { conversation } = useParams({ strict: false });
  const box = useRef<InputRef>(null);
  const [text, setText] = useState(search.text ?? "");
  const inbox = useInbox(search);

  const change = (next: Partial<typeof search>) =>
    navigate({ to: ".", search: { ...search, seq: undefined, ...next }, replace: true });
  // biome-ignore lint/correctness/useExhaustiveDependencies: only typing starts the timer
  useEffect(() => {
    if (text === (search.text ?? "")) return;
    const timer = setTimeout(() => void change({ text: text.trim() || undefined }), TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);

  const keyed: InboxView[] = [...VIEWS, "waiting", "snoozed"];
  useKeys([
    { keys: "/", name: t("keys.search"), group: "list", run: () => box.current?.focus({ cursor: "all" }) },
    ...keyed.map((view, index) => ({
      keys: String(index + 1),
      name: t(`inbox.${view}`),
      group: "list" as const,
      run: () => void change({ view }),
    })),
  ]);

  return (
    <div className="inbox">
      <section className="inbox-side" aria-label={t("nav.inbox")}>
        <div className="inbox-views" role="tablist" aria-label={t("inbox.views")}>
          {VIEWS.map((view) => (
            <button
              key={view}
              type="button"
              role="tab"
              aria-selected={view === search.view}
              className={view === search.view ? "is-on" : ""}
              onClick={() => change({ view })}
            >
              {t(`inbox.${view}`)}
              {view !== "resolved" && (
                <span
                  className={`count number ${view === "queue" && inbox.counts?.queue ? "is-urgent" : ""}`}
                >
                  {inbox.counts?.[view] ?? ""}
                </span>
              )}
            </button>
          ))}
        </div>
        <div className="inbox-filters">
          <Input
            ref={box}
            size="small"
            allowClear
            prefix={<Search size={14} />}
            placeholder={t("inbox.search")}
            aria-label={t("inbox.search")}
            value={text}
            maxLength={100}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()}
          />
          {me.shops.length > 1 && (
            <Select
              size="small"
              variant="filled"
              value={search.shop ?? ""}
              aria-label={t("inbox.shop")}
              popupMatchSelectWidth={false}
              onChange={(shop) => change({ shop: shop || undefined })}
              options={[
                { value: "", label: t("inbox.allShops") },
                ...me.shops.map((shop) => ({ value: shop.id, label: words(shop.name) })),
              ]}
            />
          )}
        </div>
        <MoreViews search={search} counts={inbox.counts} onChange={change} />
        <InboxList inbox={inbox} search={search} opened={conversation} />
      </section>
      <Outlet />
    </div>
  );
}
