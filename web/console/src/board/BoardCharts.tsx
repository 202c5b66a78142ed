// The board at a glance: how long people have been waiting, and how full each agent is.

import type { BoardAgent, InboxRow } from "api";
import { useCallback, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { type Bars, bars } from "../charts/bars";
import { Chart } from "../charts/Chart";
import type { Palette } from "../charts/option";
import { useFormat, useNow } from "../format/use";
import { byWait, WAITS_MS } from "./order";

const HEIGHT_PX = 190;
const QUEUE_COLOUR = 3;
/** A wait is counted again so often: the numbers are read, the bars only looked at. */
const STEP_MS = 5_000;

export function BoardCharts({ waiting, agents }: { waiting: InboxRow[]; agents: BoardAgent[] }) {
  const { t } = useTranslation();
  const { span, language } = useFormat();
  const now = Math.floor(useNow() / STEP_MS) * STEP_MS;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words change with the language
  const waits = useMemo<Bars>(() => {
    const last = WAITS_MS.at(-1) ?? 0;
    const names = WAITS_MS.map((most) => t("board.upTo", { time: span(most) }));
    const series = [{ name: t("board.waiting"), values: byWait(waiting, now), color: QUEUE_COLOUR }];
    return { names: [...names, t("board.longer", { time: span(last) })], series };
  }, [waiting, now, language]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words change with the language
  const loads = useMemo<Bars>(() => {
    const there = agents.filter((agent) => agent.presence === "online" || agent.open > 0);
    return {
      names: there.map((agent) => agent.name),
      isStacked: true,
      isLying: true,
      series: [
        { name: t("board.open"), values: there.map((agent) => agent.open), color: 2 },
        {
          name: t("board.free"),
          values: there.map(({ open, capacity }) => Math.max(0, capacity - open)),
        },
      ],
    };
  }, [agents, language]);
  return (
    <div className="live-charts">
      <Box title={t("board.waits")} chart={waits} words="board.waitsChart" />
      {loads.names.length > 0 && <Box title={t("board.loads")} chart={loads} words="board.loadsChart" />}
    </div>
  );
}

interface BoxProps {
  title: string;
  chart: Bars;
  words: "board.waitsChart" | "board.loadsChart";
}

function Box({ title, chart, words }: BoxProps) {
  const { t } = useTranslation();
  const option = useCallback((palette: Palette) => bars(chart, palette), [chart]);
  const told = chart.names.map((name, at) => `${name} ${chart.series[0]?.values[at] ?? 0}`).join(", ");
  return (
    <section className="live-list" aria-label={title}>
      <h2>{title}</h2>
      <Chart label={t(words, { bars: told })} height={HEIGHT_PX} option={option} />
    </section>
  );
}
