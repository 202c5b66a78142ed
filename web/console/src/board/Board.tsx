// The live board for supervisors: who waits, who serves whom with how much load, what is about to be missed, whom the
// bot has upset.

import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { type BoardAgent, getBoard, type InboxRow, type Board as Numbers } from "api";
import { AlarmClock } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "../app/me";
import { PresenceDot } from "../app/PresenceSwitch";
import { HEAL_MS, keyOf } from "../app/queries";
import { useFormat, useNow } from "../format/use";
import { ShopSelect } from "../parts/ShopSelect";
import { Bones, Failed } from "../parts/States";
import { BoardCharts } from "./BoardCharts";
import { BoardRow } from "./BoardRow";
import { LevelsDrawer } from "./LevelsDrawer";
import { byAgent, isMissed, isNear, pressing } from "./order";
import "./board.css";

/** As many as the desk sends of each list. */
const ROWS = 200;

export function Board() {
  const { t } = useTranslation();
  const me = useMe();
  const [shop, setShop] = useState<string>();
  const [areLevelsOpen, openLevels] = useState(false);
  const board = useQuery({
    queryKey: [...keyOf.board, shop ?? ""],
    queryFn: () => getBoard(shop),
    refetchInterval: HEAL_MS,
    placeholderData: (before) => before,
  });
  return (
    <div className="page">
      <header className="page-head">
        <div>
          <h1>{t("nav.board")}</h1>
          <p>{t("board.text")}</p>
        </div>
        <span className="spread" />
        <ShopSelect shops={me.shops} value={shop} hasAll onChange={setShop} />
        <Button icon={<AlarmClock size={15} />} onClick={() => openLevels(true)}>
          {t("levels.title")}
        </Button>
      </header>
      <div className="page-body">
        {board.isPending && <Bones rows={8} height={34} gap={20} />}
        {board.isError && !board.data && <Failed error={board.error} onRetry={() => void board.refetch()} />}
        {board.data && <Live board={board.data} />}
      </div>
      {areLevelsOpen && (
        <LevelsDrawer shop={shop ?? me.shops[0]?.id ?? ""} onClose={() => openLevels(false)} />
      )}
    </div>
  );
}

function Live({ board }: { board: Numbers }) {
  const { t } = useTranslation();
  const now = useNow();
  const held = [...board.waiting, ...board.served];
  const near = held.filter((row) => isNear(row, now)).length;
  const missed = held.filter((row) => isMissed(row, now)).length;
  const online = board.agents.filter((agent) => agent.presence === "online").length;
  return (
    <div className="live">
      <div className="live-figures">
        <Figure name={t("board.waiting")} value={board.waiting.length} isCut={board.waiting.length >= ROWS} />
        <Figure name={t("board.near")} value={near} tone={near ? "warn" : undefined} />
        <Figure name={t("board.missed")} value={missed} tone={missed ? "bad" : undefined} />
        <Figure name={t("board.served")} value={board.served.length} isCut={board.served.length >= ROWS} />
        <Figure name={t("board.online")} value={online} of={board.agents.length} />
      </div>
      <div className="live-columns">
        <Section title={t("board.near")} rows={pressing(held, now)} none={t("board.noneNear")} />
        <Section title={t("board.waiting")} rows={board.waiting} none={t("board.noneWaiting")} />
        <Section title={t("board.upset")} rows={board.upset} none={t("board.noneUpset")} />
      </div>
      <BoardCharts waiting={board.waiting} agents={board.agents} />
      <Agents agents={board.agents} rows={byAgent(board.served)} />
    </div>
  );
}

interface FigureProps {
  name: string;
  value: number;
  of?: number;
  tone?: "warn" | "bad";
  /** There are more than the list holds. */
  isCut?: boolean;
}

function Figure(props: FigureProps) {
  const { number } = useFormat();
  return (
    <div className={`live-figure ${props.tone ? `is-${props.tone}` : ""}`}>
      <b className="number">
        {number(props.value)}
        {props.isCut && "+"}
        {props.of !== undefined && <small> / {number(props.of)}</small>}
      </b>
      <span>{props.name}</span>
    </div>
  );
}

function Section({ title, rows, none }: { title: string; rows: InboxRow[]; none: string }) {
  return (
    <section className="live-list" aria-label={title}>
      <h2>{title}</h2>
      {rows.length === 0 ? (
        <p className="muted">{none}</p>
      ) : (
        <ul>
          {rows.map((row) => (
            <BoardRow key={row.conversation} row={row} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Agents({ agents, rows }: { agents: BoardAgent[]; rows: Map<string, InboxRow[]> }) {
  const { t } = useTranslation();
  return (
    <div className="live-agents">
      {agents.map((agent) => {
        const own = rows.get(agent.id) ?? [];
        const share = agent.capacity ? Math.min(1, agent.open / agent.capacity) : 0;
        return (
          <section key={agent.id} className="live-list" aria-label={agent.name}>
            <h2>
              <PresenceDot presence={agent.presence} /> {agent.name}
              <span className="spread" />
              <span className="number muted">
                {t("board.load", { open: agent.open, capacity: agent.capacity })}
              </span>
            </h2>
            <div className="load" aria-hidden>
              <span className={share >= 1 ? "is-full" : ""} style={{ width: `${share * 100}%` }} />
            </div>
            {own.length === 0 ? (
              <p className="muted">{t("board.noneServed")}</p>
            ) : (
              <ul>
                {own.map((row) => (
                  <BoardRow key={row.conversation} row={row} />
                ))}
              </ul>
            )}
          </section>
        );
      })}
    </div>
  );
}
