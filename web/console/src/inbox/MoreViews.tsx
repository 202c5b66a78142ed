// Further views: who waits for an answer, what sleeps, one tag, and the lists somebody has saved.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Input, Popover, Select } from "antd";
import { deleteView, getTags, getViews, type InboxCounts, type SavedView, saveView } from "api";
import { AlarmClock, Bookmark, BookmarkPlus, Hourglass, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { keyOf } from "../app/queries";
import { type InboxSearch, VIEWS } from "../app/router";
import { IconButton } from "../parts/IconButton";
import { useFaultText } from "../parts/States";

interface Props {
  search: InboxSearch;
  counts?: InboxCounts;
  onChange: (next: Partial<InboxSearch>) => void;
}

export function MoreViews({ search, counts, onChange }: Props) {
  const { t } = useTranslation();
  const { data: tags = [] } = useQuery({ queryKey: keyOf.tags, queryFn: () => getTags(), staleTime: 60_000 });
  return (
    <div className="more-views">
      {(["waiting", "snoozed"] as const).map((view) => (
        <button
          key={view}
          type="button"
          aria-pressed={search.view === view}
          className={`chip ${search.view === view ? "accent" : ""}`}
          onClick={() => onChange({ view })}
        >
          {view === "waiting" ? <Hourglass size={11} /> : <AlarmClock size={11} />} {t(`inbox.${view}`)}
          {!!counts?.[view] && <b className="number">{counts[view]}</b>}
        </button>
      ))}
      <span className="spread" />
      {(tags.length > 0 || search.tag) && (
        <Select
          size="small"
          variant="borderless"
          allowClear
          showSearch
          className="tag-select"
          popupMatchSelectWidth={false}
          placeholder={t("inbox.tag")}
          aria-label={t("inbox.tag")}
          value={search.tag}
          onChange={(tag?: string) => onChange({ tag })}
          options={tags.map(({ tag, count }) => ({ value: tag, label: `#${tag} (${count})` }))}
        />
      )}
      <SavedViews search={search} onChange={onChange} />
    </div>
  );
}

function SavedViews({ search, onChange }: Pick<Props, "search" | "onChange">) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { message } = App.useApp();
  const faultText = useFaultText();
  const [isOpen, setOpen] = useState(false);
  const [name, setName] = useState("");
  const { data: views = [] } = useQuery({
    queryKey: keyOf.views,
    queryFn: () => getViews(),
    staleTime: 60_000,
  });
  const refresh = () => client.invalidateQueries({ queryKey: keyOf.views });
  const tell = (error: unknown) => void message.error(faultText(error));
  function save() {
    const { view, shop, tag, queue, text } = search;
    saveView(name.trim(), { view, shop, tag, queue, text }).then(() => {
      setName("");
      refresh();
    }, tell);
  }
  function open({ wish }: SavedView) {
    const view = VIEWS.find((each) => each === wish.view) ?? "queue";
    onChange({
      view,
      shop: wish.shop ?? undefined,
      tag: wish.tag ?? undefined,
      queue: wish.queue ?? undefined,
      text: wish.text ?? undefined,
    });
    setOpen(false);
  }
  return (
    <Popover
      open={isOpen}
      onOpenChange={setOpen}
      trigger="click"
      placement="bottomRight"
      title={t("inbox.saved")}
      content={
        <div className="saved-views">
          {views.map((view) => (
            <div key={view.id}>
              <Button type="text" size="small" icon={<Bookmark size={13} />} onClick={() => open(view)}>
                {view.name}
              </Button>
              <IconButton
                icon={Trash2}
                size={13}
                name={t("do.delete")}
                onClick={() => void deleteView(view.id).then(refresh, tell)}
              />
            </div>
          ))}
          <Input
            size="small"
            value={name}
            maxLength={30}
            placeholder={t("inbox.saveAs")}
            aria-label={t("inbox.saveAs")}
            onChange={(event) => setName(event.target.value)}
            onPressEnter={() => name.trim() && save()}
            addonAfter={
              <button
                type="button"
                className="save-view"
                disabled={!name.trim()}
                aria-label={t("do.save")}
                onClick={save}
              >
                <BookmarkPlus size={13} />
              </button>
            }
          />
        </div>
      }
    >
      <button type="button" className="icon-button" aria-label={t("inbox.saved")} title={t("inbox.saved")}>
        <Bookmark size={15} />
      </button>
    </Popover>
  );
}
