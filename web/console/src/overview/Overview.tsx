// The numbers of this moment and of today, and whether the bot can search by meaning.

import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Alert } from "antd";
import { getOverview, type Overview as Numbers } from "api";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "../app/me";
import { PresenceDot } from "../app/PresenceSwitch";
import { HEAL_MS, keyOf } from "../app/queries";
import { useFormat } from "../format/use";
import { ShopSelect } from "../parts/ShopSelect";
import { SpeakerMark } from "../parts/Speaker";
import { Bones, Failed } from "../parts/States";
import "./overview.css";

export function Overview() {
  const { t } = useTranslation();
  const me = useMe();
  const [shop, setShop] = useState<string>();
  const overview = useQuery({
    queryKey: [...keyOf.overview, shop ?? ""],
    queryFn: () => getOverview(shop),
    refetchInterval: HEAL_MS,
    placeholderData: (before) => before,
  });
  return (
    <div className="page">
      <header className="page-head">
        <div>
          <h1>{t("nav.overview")}</h1>
          <p>{t("overview.text")}</p>
        </div>
        <span className="spread" />
        <ShopSelect shops={me.shops} value={shop} hasAll onChange={setShop} />
      </header>
      <div className="page-body">
        {overview.isPending && <Bones rows={8} height={34} gap={20} />}
        {overview.isError && !overview.data && (
          <Failed error={overview.error} onRetry={() => void overview.refetch()} />
        )}
        {overview.data && <Board numbers={overview.data} />}
      </div>
    </div>
  );
}

function Board({ numbers }: { numbers: Numbers }) {
  const { t } = useTranslation();
  const { number, span } = useFormat();
  const online = numbers.agents.filter((agent) => agent.presence === "online").length;
  return (
    <div className="board">
      {numbers.model.embedding === "missing" && (
        <Alert
          type="warning"
          showIcon
          title={t("overview.lexicalOnly")}
          description={t("overview.lexicalOnlyText")}
        />
      )}
      <h2>{t("overview.now")}</h2>
      <div className="board-now">
        <Link to="/inbox" search={{ view: "queue" }} className="figure">
          <SpeakerMark kind="queue" size={26} />
          <span>
            <b className="number">{number(numbers.queue)}</b>
            {t("inbox.queue")}
          </span>
          {numbers.longest_wait_ms != null && numbers.queue > 0 && (
            <small className="number bad-text">
              {t("overview.longest", { time: span(numbers.longest_wait_ms) })}
            </small>
          )}
        </Link>
        <Link to="/inbox" search={{ view: "bot" }} className="figure">
          <SpeakerMark kind="bot" size={26} />
          <span>
            <b className="number">{number(numbers.with_bot)}</b>
            {t("overview.withBot")}
          </span>
        </Link>
        <Link to="/inbox" search={{ view: "open" }} className="figure">
          <SpeakerMark kind="agent" size={26} />
          <span>
            <b className="number">{number(numbers.with_agents)}</b>
            {t("overview.withAgents")}
          </span>
        </Link>
        <div className="figure">
          <PresenceDot presence={online ? "online" : "offline"} />
          <span>
            <b className="number">{number(online)}</b>
            {t("overview.online")}
          </span>
        </div>
      </div>
      <div className="board-two">
        <Today today={numbers.today} />
        <section className="box">
          <h2>{t("overview.team")}</h2>
          {numbers.agents.length === 0 && <p className="muted">{t("overview.noAgents")}</p>}
          <ul className="team">
            {numbers.agents.map((agent) => (
              <li key={agent.id}>
                <PresenceDot presence={agent.presence} />
                <span className="ellipsis spread">{agent.name}</span>
                <span className="muted">{t(`presence.${agent.presence}`)}</span>
                <span className="number team-open">{t("overview.openCount", { count: agent.open })}</span>
              </li>
            ))}
          </ul>
        </section>
      </div>
    </div>
  );
}

function Today({ today }: { today: Numbers["today"] }) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const bars = [
    { name: t("overview.byBot"), value: today.answered_by_bot, color: "var(--bot)" },
    { name: t("overview.handedOff"), value: today.handed_off, color: "var(--queue)" },
    { name: t("overview.resolved"), value: today.resolved, color: "var(--good)" },
    { name: t("overview.rated"), value: today.rated, color: "var(--star)" },
  ];
  const most = Math.max(1, today.conversations);
  return (
    <section className="box">
      <h2>{t("overview.today")}</h2>
      <p className="today-all">
        <b className="number">{number(today.conversations)}</b> {t("overview.conversations")}
        {today.average_stars != null && <span className="chip warn">★ {today.average_stars.toFixed(1)}</span>}
      </p>
      <dl className="bars">
        {bars.map((bar) => (
          <div key={bar.name}>
            <dt>{bar.name}</dt>
            <dd>
              <span className="bar" aria-hidden>
                <i style={{ width: `${Math.min(100, (bar.value / most) * 100)}%`, background: bar.color }} />
              </span>
              <span className="number">{number(bar.value)}</span>
              <span className="number muted">{Math.round((bar.value / most) * 100)}%</span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
