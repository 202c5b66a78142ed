// One conversation on the board: who, what was said last, how much time is left, and one click to watch, whisper or take over.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { App } from "antd";
import { act, type InboxRow, isCode } from "api";
import { Ear, Eye, Hand } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useMe } from "../app/me";
import { keyOf } from "../app/queries";
import { writeDraft } from "../conversation/drafts";
import { useFormat, useNow } from "../format/use";
import { DeadlineRing } from "../parts/DeadlineRing";
import { EmotionMark } from "../parts/EmotionMark";
import { IconButton } from "../parts/IconButton";
import { useFaultText } from "../parts/States";
import { useShopperName } from "../shopper/name";

export function BoardRow({ row }: { row: InboxRow }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const me = useMe();
  const client = useQueryClient();
  const faultText = useFaultText();
  const { message } = App.useApp();
  const name = useShopperName()(row.shopper);
  const open = {
    to: "/inbox/$conversation",
    params: { conversation: row.conversation },
    search: { view: "open" },
  } as const;
  function whisper() {
    // What was begun stays; the box is a whisper when it opens.
    writeDraft(me.id, row.conversation, { isNote: true, noteKind: "whisper" });
    void navigate({ ...open, search: { ...open.search, box: true } });
  }
  const take = useMutation({
    mutationFn: () => act(row.conversation, "take-over"),
    onSuccess: () => navigate(open),
    onError: (error) =>
      message.error(isCode(error, "not_controller", "already_so") ? t("act.someoneFirst") : faultText(error)),
    onSettled: () => client.invalidateQueries({ queryKey: keyOf.board }),
  });
  return (
    <li className="board-row">
      <Link {...open} className="board-row-main" title={t("board.watch", { name })}>
        <span className="board-row-line">
          <b className="ellipsis">{name}</b>
          <EmotionMark emotion={row.emotion} />
          <span className="spread" />
          {row.deadline ? <DeadlineRing deadline={row.deadline} /> : <Wait row={row} />}
        </span>
        <span className="ellipsis board-row-said">{row.last.text || "…"}</span>
      </Link>
      <IconButton icon={Eye} name={t("board.watch", { name })} onClick={() => void navigate(open)} />
      {row.controller.kind === "agent" && (
        <IconButton icon={Ear} name={t("board.whisper", { name })} onClick={whisper} />
      )}
      <IconButton
        icon={Hand}
        name={t("board.takeOver", { name })}
        isDisabled={take.isPending}
        onClick={() => take.mutate()}
      />
    </li>
  );
}

function Wait({ row }: { row: InboxRow }) {
  const { span } = useFormat();
  const now = useNow();
  return row.waiting_since ? <span className="number muted">{span(now - row.waiting_since)}</span> : null;
}
