// What one should look at: mentions, questions of colleagues (answered here), assignments, tasks that are due.

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { App, Button, Drawer, Input } from "antd";
import { addNote, getNotices, type Notice } from "api";
import {
  AlarmClock,
  AtSign,
  BellRing,
  CheckCheck,
  CircleHelp,
  Ear,
  FilePenLine,
  type LucideIcon,
  MessageCircleReply,
  RotateCcw,
  ShieldAlert,
  UserRoundCheck,
} from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "../app/me";
import { keyOf } from "../app/queries";
import { readDraft, writeDraft } from "../conversation/drafts";
import { useFormat } from "../format/use";
import { Bones, Empty, Failed, useFaultText } from "../parts/States";
import { useSeen } from "./useNotices";
import "./notices.css";

const ICONS: Record<Notice["kind"], LucideIcon> = {
  assigned: UserRoundCheck,
  mention: AtSign,
  question: CircleHelp,
  answer: MessageCircleReply,
  whisper: Ear,
  invitation: ShieldAlert,
  woken: BellRing,
  draft_wanted: FilePenLine,
  task_due: AlarmClock,
  reclaimed: RotateCcw,
};

export function NoticeDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const see = useSeen();
  const notices = useQuery({
    queryKey: [...keyOf.notices, "all"],
    queryFn: ({ signal }) => getNotices(true, signal),
  });
  const unseen = notices.data?.filter((notice) => !notice.seen) ?? [];
  return (
    <Drawer
      open
      placement="left"
      size={400}
      title={t("notice.title")}
      onClose={onClose}
      extra={
        unseen.length > 0 && (
          <Button
            size="small"
            icon={<CheckCheck size={14} />}
            onClick={() => see({ ids: unseen.map((each) => each.id) })}
          >
            {t("notice.seeAll")}
          </Button>
        )
      }
    >
      {notices.isPending && <Bones rows={6} height={40} />}
      {notices.isError && <Failed error={notices.error} onRetry={() => void notices.refetch()} />}
      {notices.data?.length === 0 && (
        <Empty icon={BellRing} title={t("notice.none")} text={t("notice.noneText")} />
      )}
      <ul className="notices">
        {notices.data?.map((notice) => (
          <NoticeRow key={notice.id} notice={notice} onClose={onClose} />
        ))}
      </ul>
    </Drawer>
  );
}

function NoticeRow({ notice, onClose }: { notice: Notice; onClose: () => void }) {
  const { t } = useTranslation();
  const { shortTime } = useFormat();
  const navigate = useNavigate();
  const see = useSeen();
  const me = useMe();
  const Icon = ICONS[notice.kind];
  function open() {
    see({ ids: [notice.id] });
    onClose();
    if (notice.conversation)
      void navigate({
        to: "/inbox/$conversation",
        params: { conversation: notice.conversation },
        search: { view: "mine", seq: notice.seq ?? undefined },
      });
    else void navigate({ to: "/tasks" });
  }
  return (
    <li className={notice.seen ? "" : "is-unseen"}>
      <button type="button" className="notice-open" onClick={open}>
        <Icon size={15} />
        <span>
          <b>{t(`notice.${notice.kind}`, { name: notice.by?.name ?? "" })}</b>
          {notice.text && <span className="notice-text">{notice.text}</span>}
          <small className="muted">
            {notice.shopper_name ? `${notice.shopper_name} · ` : ""}
            {shortTime(notice.at)}
          </small>
        </span>
      </button>
      {notice.kind === "question" && notice.conversation && notice.seq && !notice.seen && (
        <Answer notice={notice} conversation={notice.conversation} question={notice.seq} />
      )}
      {notice.kind === "draft_wanted" && notice.conversation && !notice.seen && (
        <Button
          size="small"
          disabled={!readDraft(me.id, notice.conversation).text}
          onClick={() => {
            writeDraft(me.id, notice.conversation as string, { isShared: true });
            see({ ids: [notice.id] });
          }}
        >
          {t("notice.share")}
        </Button>
      )}
    </li>
  );
}

function Answer({
  notice,
  conversation,
  question,
}: {
  notice: Notice;
  conversation: string;
  question: number;
}) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const faultText = useFaultText();
  const client = useQueryClient();
  const see = useSeen();
  const [text, setText] = useState("");
  const answer = useMutation({
    mutationFn: () => addNote(conversation, { text, kind: "answer", answers: question }),
    onSuccess: () => {
      see({ ids: [notice.id] });
      client.invalidateQueries({ queryKey: keyOf.events(conversation) });
      message.success(t("notice.answered"));
    },
    onError: (error) => message.error(faultText(error)),
  });
  return (
    <div className="notice-answer">
      <Input.TextArea
        autoSize={{ minRows: 1, maxRows: 5 }}
        value={text}
        maxLength={2000}
        placeholder={t("notice.answerHere")}
        aria-label={t("notice.answerHere")}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing && text.trim()) {
            event.preventDefault();
            answer.mutate();
          }
        }}
      />
      <Button
        size="small"
        type="primary"
        disabled={!text.trim()}
        loading={answer.isPending}
        onClick={() => answer.mutate()}
      >
        {t("notice.doAnswer")}
      </Button>
    </div>
  );
}
