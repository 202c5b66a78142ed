// Reports: every measure with its definition, what it rests on and how sure it is; day by day and by group; as a file.

import { useQuery } from "@tanstack/react-query";
import { Button, Dropdown, Select } from "antd";
import { getMeasures, type Measure, type MeasureReport, type ReportWish, reportFile } from "api";
import { Download } from "lucide-react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "../app/me";
import { keyOf } from "../app/queries";
import { ShopSelect } from "../parts/ShopSelect";
import { Bones, Failed } from "../parts/States";
import { DraftUse } from "./DraftUse";
import { FigureTable } from "./FigureTable";
import { TrendChart } from "./TrendChart";
import { useFigure } from "./useFigure";
import { WhoseSelects } from "./WhoseSelects";
import "./reports.css";

const SPANS = [1, 7, 30, 90];
const DAY_MS = 86_400_000;
const GROUPS = ["shop", "agent", "queue"] as const;
const NAMES = { shop: "reports.byShop", agent: "reports.byAgent", queue: "reports.byQueue" } as const;

export function Reports() {
  const { t } = useTranslation();
  const me = useMe();
  const [shop, setShop] = useState<string>();
  const [days, setDays] = useState(30);
  const [group, setGroup] = useState<ReportWish["group"]>();
  const [agent, setAgent] = useState<string>();
  const [queue, setQueue] = useState<string>();
  const [chosen, setChosen] = useState<Measure>("first_response_human");
  // Until the end of this minute: asked anew each time, nothing would ever be cached.
  const wish = useMemo<ReportWish>(() => {
    const until = Math.ceil(Date.now() / 60_000) * 60_000;
    return { shop, agent, queue, group, from: until - days * DAY_MS, until };
  }, [shop, agent, queue, group, days]);
  const report = useQuery({
    queryKey: [...keyOf.measures, wish],
    queryFn: ({ signal }) => getMeasures(wish, signal),
    placeholderData: (before) => before,
  });
  function chooseShop(next: string | undefined) {
    setShop(next);
    // They are of the other shop.
    setAgent(undefined);
    setQueue(undefined);
  }
  const save = (format: "csv" | "xlsx") => ({
    key: format,
    label: <a href={reportFile(wish, format)}>{t(`reports.${format}`)}</a>,
  });
  return (
    <div className="page">
      <header className="page-head">
        <div>
          <h1>{t("nav.reports")}</h1>
          <p>{t("reports.text")}</p>
        </div>
        <span className="spread" />
        <ShopSelect shops={me.shops} value={shop} hasAll onChange={chooseShop} />
        <WhoseSelects shop={shop} agent={agent} queue={queue} onAgent={setAgent} onQueue={setQueue} />
        <Select
          value={days}
          aria-label={t("reports.days")}
          popupMatchSelectWidth={false}
          onChange={setDays}
          options={SPANS.map((each) => ({ value: each, label: t("reports.lastDays", { days: each }) }))}
        />
        <Select
          value={group ?? ("" as const)}
          aria-label={t("reports.group")}
          popupMatchSelectWidth={false}
          onChange={(next) => setGroup(next || undefined)}
          options={[
            { value: "" as const, label: t("reports.noGroup") },
            ...GROUPS.map((each) => ({ value: each, label: t(NAMES[each]) })),
          ]}
        />
        <Dropdown menu={{ items: [save("csv"), save("xlsx")] }}>
          <Button icon={<Download size={15} />}>{t("reports.export")}</Button>
        </Dropdown>
      </header>
      <div className="page-body">
        {report.isPending && <Bones rows={12} height={30} gap={14} />}
        {report.isError && !report.data && (
          <Failed error={report.error} onRetry={() => void report.refetch()} />
        )}
        {report.data && <Sheet report={report.data} shop={shop} chosen={chosen} onChoose={setChosen} />}
      </div>
    </div>
  );
}

interface SheetProps {
  report: MeasureReport;
  shop?: string;
  chosen: Measure;
  onChoose: (measure: Measure) => void;
}

function Sheet({ report, shop, chosen, onChoose }: SheetProps) {
  const { t } = useTranslation();
  const name = t(`measure.${chosen}.name`);
  return (
    <div className="sheet">
      <FigureTable figures={report.all} chosen={chosen} onChoose={onChoose} />
      <div className="sheet-side">
        <section aria-label={t("reports.trend")}>
          <h2>
            {name} <span className="muted">{t("reports.trend")}</span>
          </h2>
          <p className="muted">{t(`measure.${chosen}.text`)}</p>
          <TrendChart days={report.days} measure={chosen} />
        </section>
        {report.groups.length > 0 && <Groups report={report} chosen={chosen} />}
        <DraftUse shop={shop} />
      </div>
    </div>
  );
}

function Groups({ report, chosen }: Omit<SheetProps, "onChoose">) {
  const { t } = useTranslation();
  const { value, interval } = useFigure();
  const title = t("reports.groupTitle", { name: t(`measure.${chosen}.name`) });
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      <table className="figures">
        <thead>
          <tr>
            <th scope="col">{t("reports.group")}</th>
            <th scope="col">{t("reports.value")}</th>
            <th scope="col">{t("reports.interval")}</th>
            <th scope="col">{t("reports.n")}</th>
          </tr>
        </thead>
        <tbody>
          {report.groups.map((group) => {
            const figure = group.figures.find((each) => each.measure === chosen);
            return figure ? (
              <tr key={group.id}>
                <th scope="row">{group.name}</th>
                <td className="number">{value(figure)}</td>
                <td className="number">{interval(figure)}</td>
                <td className="number">{figure.n}</td>
              </tr>
            ) : null;
          })}
        </tbody>
      </table>
    </section>
  );
}
