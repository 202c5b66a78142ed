// Keeps the line to the desk open while someone is signed in, and calls them when a shopper waits.

import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { HandoffReason, Me } from "api";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { keyOf } from "../app/queries";
import { outbox } from "../conversation/sending";
import { callAgent } from "./alerts";
import { followWith } from "./follow";
import { type Line, type LineState, openLine } from "./socket";

const PATH = "/api/console/ws";
let line: Line | undefined;
let watched: string[] = [];

/** Typing and read marks come only for conversations that are watched. */
export function watchConversations(ids: string[]): void {
  watched = ids;
  line?.watch(ids);
}

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
    const follower = followWith(
      client,
      (conversation, reason) => call.current(conversation, reason),
      (conversation, percent) => warn.current(conversation, percent),
    );
    const url = `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${PATH}`;
    line = openLine(url, {
      onPointer: follower.onPointer,
      onResume: () => {
        follower.onResume();
        outbox().resume();
      },
      onState: setState,
    });
    if (watched.length) line.watch(watched);
    outbox().resume();
    return () => {
      line?.close();
      line = undefined;
    };
  }, [client]);
  return state;
}
