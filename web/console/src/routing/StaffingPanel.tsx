// How many agents each hour takes: what the shop's own log says, by Erlang A, beside who is on shift.

import { useQuery } from "@tanstack/react-query";
import { InputNumber } from "antd";
import { getStaffing, type Staffing, type StaffingHour } from "api";
import { ChartNoAxesColumn } from "lucide-react";
import { useCallback, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { keyOf } from "../app/queries";
import { type Bars, bars } from "../charts/bars";
import { Chart } from "../charts/Chart";
import type { Palette } from "../charts/option";
import { useFormat } from "../format/use";
import { Bones, Empty, Failed } from "../parts/States";
import { missing } from "./plan";

const FEWEST_ARRIVALS = 0.05;

export function StaffingPanel({ shop }: { shop: string }) {
  const { t } = useTranslation();
  const [share, setShare] = useState(90);
  const [seconds, setSeconds] = useState(60);
  const [days, setDays] = useState(14);
  const staffing = useQuery({
    queryKey: keyOf.staffing(shop, share, seconds, days),
    queryFn: () => getStaffing(shop, share / 100, seconds * 1_000, days),
  });
  const fields = [
    { name: "share", value: share, set: setShare, min: 50, max: 99, suffix: "%" },
    { name: "within", value: seconds, set: setSeconds, min: 0, max: 3600, suffix: t("routing.seconds") },
    { name: "days", value: days, set: setDays, min: 1, max: 90, suffix: t("routing.daysUnit") },
  ] as const;
  return (
    <section className="box">
      <h2>{t("routing.staffing")}</h2>
      <p className="field-hint">{t("routing.staffingText")}</p>
      <div className="routing-limits">
        {fields.map((field) => (
          <div className="field" key={field.name}>
            <label htmlFor={`staffing-${field.name}`}>{t(`routing.${field.name}`)}</label>
            <InputNumber
              id={`staffing-${field.name}`}
              value={field.value}
              min={field.min}
              max={field.max}
              suffix={field.suffix}
              onChange={(value) => value != null && field.set(value)}
            />
          </div>
        ))}
      </div>
      {staffing.isPending && <Bones rows={8} />}
      {staffing.isError && <Failed error={staffing.error} onRetry={() => void staffing.refetch()} />}
      {staffing.data && <Told staffing={staffing.data} share={share} seconds={seconds} />}
    </section>
  );
}

function Told({ staffing, share, seconds }: { staffing: Staffing; share: number; seconds: number }) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const hours = useMemo(
    () => staffing.hours.filter((hour) => hour.arrivals >= FEWEST_ARRIVALS),
    [staffing.hours],
  );
  if (staffing.handle_ms == null)
    return (
      <Empty icon={ChartNoAxesColumn} title={t("routing.tooLittle")} text={t("routing.tooLittleText")} />
    );
  const minutes = (ms: number) => number(Math.round(ms / 6_000) / 10);
  const short = hours.filter((hour) => (missing(hour) ?? 0) > 0);
  return (
    <>
      {short.map((hour) => (
        <p key={hour.hour} className="bot-verdict bot-verdict-warn" role="status">
          {t("routing.moreAgents", { n: missing(hour) ?? 0, hour: hour.hour, share, seconds })}
        </p>
      ))}
      <p className="muted">
        {t("routing.rests", {
          stays: number(staffing.stays),
          served: number(staffing.served),
          handle: minutes(staffing.handle_ms),
          patience: minutes(staffing.patience_ms),
        })}{" "}
        {!staffing.patience_is_known && t("routing.patienceUnknown")}
      </p>
      <HoursChart hours={hours} />
      <HoursTable hours={hours} />
    </>
  );
}

function HoursChart({ hours }: { hours: StaffingHour[] }) {
  const { t } = useTranslation();
  const { language } = useFormat();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words change with the language
  const chart = useMemo<Bars>(() => {
    const hasShifts = hours.some((hour) => hour.scheduled != null);
    const shifts = { name: t("routing.scheduled"), values: hours.map((hour) => hour.scheduled ?? null) };
    return {
      names: hours.map((hour) => `${hour.hour}:00`),
      series: [
        { name: t("routing.needed"), values: hours.map((hour) => hour.needed ?? null), color: 3 },
        ...(hasShifts ? [{ ...shifts, color: 0 }] : []),
      ],
    };
  }, [hours, language]);
  const option = useCallback((palette: Palette) => bars(chart, palette), [chart]);
  const told = hours.map(({ hour, needed, scheduled }) =>
    t("routing.ofHour", { hour, needed: needed ?? "—", scheduled: scheduled ?? "—" }),
  );
  return <Chart label={t("routing.hoursChart", { hours: told.join("; ") })} height={220} option={option} />;
}

function HoursTable({ hours }: { hours: StaffingHour[] }) {
  const { t } = useTranslation();
  const { number, percent } = useFormat();
  return (
    <table className="routing-hours number">
      <thead>
        <tr>
          {(["hour", "arrivals", "needed", "scheduled", "inTime"] as const).map((name) => (
            <th scope="col" key={name}>
              {t(`routing.${name}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {hours.map((hour) => (
          <tr key={hour.hour}>
            <th scope="row">{hour.hour}:00</th>
            <td>{number(Math.round(hour.arrivals * 10) / 10)}</td>
            <td>{hour.needed ?? "—"}</td>
            <td className={(missing(hour) ?? 0) > 0 ? "is-short" : ""}>{hour.scheduled ?? "—"}</td>
            <td>{hour.within == null ? "—" : percent(hour.within)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
