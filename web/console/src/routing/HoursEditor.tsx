// Business hours and holidays, in the shop's time zone.

import { Button, Input } from "antd";
import type { Hours } from "api";
import { Plus, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { IconButton } from "../parts/IconButton";
import type { EditorProps } from "./RoutingPage";
import { SpansInput, WeekEditor } from "./WeekEditor";

export function HoursEditor({ plan, mayChange, onChange }: EditorProps) {
  const { t } = useTranslation();
  const { hours } = plan;
  const change = (next: Partial<Hours>) => onChange({ ...plan, hours: { ...hours, ...next } });
  const holidays = hours.holidays ?? [];
  const changeHoliday = (place: number, next: Partial<(typeof holidays)[number]>) =>
    change({ holidays: holidays.map((each, at) => (at === place ? { ...each, ...next } : each)) });
  return (
    <>
      <section className="box">
        <h2>{t("routing.hours")}</h2>
        <p className="field-hint">{t("routing.hoursText")}</p>
        <div className="field">
          <label htmlFor="routing-zone">{t("routing.zone")}</label>
          <Input
            id="routing-zone"
            value={hours.zone}
            disabled={!mayChange}
            style={{ maxWidth: 240 }}
            onChange={(event) => change({ zone: event.target.value.trim() })}
          />
        </div>
        <WeekEditor
          week={hours.week}
          label={t("routing.hours")}
          disabled={!mayChange}
          onChange={(week) => change({ week })}
        />
      </section>
      <section className="box">
        <h2>{t("routing.holidays")}</h2>
        <p className="field-hint">{t("routing.holidaysText")}</p>
        {holidays.map((holiday, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a holiday has nothing else that stays while it is written
          <div className="routing-row" key={place}>
            <Input
              type="date"
              value={holiday.date}
              aria-label={t("routing.date")}
              disabled={!mayChange}
              onChange={(event) => changeHoliday(place, { date: event.target.value })}
            />
            {(["zh", "en"] as const).map((language) => (
              <Input
                key={language}
                value={holiday.name[language]}
                placeholder={t(`routing.name_${language}`)}
                aria-label={t(`routing.name_${language}`)}
                disabled={!mayChange}
                onChange={(event) =>
                  changeHoliday(place, { name: { ...holiday.name, [language]: event.target.value } })
                }
              />
            ))}
            <SpansInput
              spans={holiday.open ?? []}
              label={t("routing.openThen")}
              disabled={!mayChange}
              onChange={(open) => changeHoliday(place, { open })}
            />
            {mayChange && (
              <IconButton
                icon={Trash2}
                name={t("do.delete")}
                onClick={() => change({ holidays: holidays.filter((_, at) => at !== place) })}
              />
            )}
          </div>
        ))}
        {mayChange && (
          <Button
            size="small"
            icon={<Plus size={14} />}
            onClick={() =>
              change({ holidays: [...holidays, { date: "", name: { zh: "", en: "" }, open: [] }] })
            }
          >
            {t("routing.addHoliday")}
          </Button>
        )}
      </section>
    </>
  );
}
