// Keeps the line to the desk open while someone is signed in, and calls them when a shopper waits.

import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { Doing, HandoffReason, Me } from "api";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { keyOf } from "../app/queries";
import { deeds } from "../conversation/deeds";
import { outbox } from "../conversation/sending";
import { callAgent } from "./alerts";
import { followWith } from "./follow";
import { type Line, type LineState, openLine } from "./socket";

const PATH = "/api/console/ws";
let line: Line | undefined;
const watched = new Map<string, number>();

/** Typing and read marks come only for conversations that are watched. */
export function watchConversation(id: string): () => void {
  const count = (by: number) => {
    const left = (watched.get(id) ?? 0) + by;
    if (left > 0) watched.set(id, left);
    else watched.delete(id);
    line?.watch([...watched.keys()]);
  };
  count(1);
  return () => count(-1);
}

type Word = { staff: string; name: string; doing: Doing };
let hear = (_conversation: string, _word: Word) => {};
/** What colleagues do in conversations that are open here. */
export function onLooking(listener: typeof hear): void {
  hear = listener;
}
export const sayLooking = (conversation: string, doing: Doing): void => line?.look(conversation, doing);

export function useLiveDesk(): LineState {
  const client = useQueryClient();
  const navigate = useNavigate();
  const { t } = useTranslation();
  const [state, setState] = useState<LineState>("connecting");
  const call = useRef((_conversation: string, _reason: string) => {});
  call.current = (conversation, reason) => {
    if (client.getQueryData<Me>(keyOf.me)?.presence !== "online") return;
    callAgent(
      t("alert.title"),
      t(`reason.${reason as HandoffReason}`, { defaultValue: t("reason.asked") }),
      () => navigate({ to: "/inbox/$conversation", params: { conversation }, search: { view: "queue" } }),
    );
  };

  const warn = useRef((_conversation: string, _percent: number) => {});
  warn.current = (conversation, percent) => {
    // Half of the time is no reason to be called away from what one is doing.
    if (percent < 75 || client.getQueryData<Me>(keyOf.me)?.presence !== "online") return;
    callAgent(percent >= 100 ? t("alert.missed") : t("alert.soon"), t("alert.percent", { percent }), () =>
      navigate({ to: "/inbox/$conversation", params: { conversation }, search: { view: "open" } }),
    );
  };

  useEffect(() => {
    const follower = followWith(client, {
      onAlert: (conversation, reason) => call.current(conversation, reason),
      onDeadline: (conversation, percent) => warn.current(conversation, percent),
      onLooking: (conversation, word) => hear(conversation, word),
    });
    const url = `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${PATH}`;
    line = openLine(url, {
      onPointer: follower.onPointer,
      onResume: () => {
        follower.onResume();
        outbox().resume();
        deeds().resume();
      },
      onState: setState,
    });
    if (watched.size) line.watch([...watched.keys()]);
    outbox().resume();
    deeds().resume();
    return () => {
      line?.close();
      line = undefined;
    };
  }, [client]);
  return state;
}
