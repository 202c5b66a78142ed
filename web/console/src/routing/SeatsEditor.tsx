// What each agent can do and how much: skills, languages, weight, capacity, and when they work.

import { InputNumber, Select } from "antd";
import type { PlanAgent, Seat } from "api";
import { useTranslation } from "react-i18next";
import { PresenceDot } from "../app/PresenceSwitch";
import { seatOf, skillsIn, withSeat } from "./plan";
import type { EditorProps } from "./RoutingPage";
import { WeekEditor } from "./WeekEditor";

const LANGUAGES = ["zh", "en"] as const;

export function SeatsEditor({ plan, agents, mayChange, onChange }: EditorProps) {
  const { t } = useTranslation();
  const skills = skillsIn(plan);
  return (
    <>
      <p className="field-hint">{t("routing.seatsText")}</p>
      {agents.map((agent) => (
        <SeatBox
          key={agent.id}
          agent={agent}
          seat={seatOf(plan, agent.id)}
          skills={skills}
          mayChange={mayChange}
          onChange={(seat) => onChange(withSeat(plan, seat))}
        />
      ))}
    </>
  );
}

interface SeatProps {
  agent: PlanAgent;
  seat: Seat;
  skills: string[];
  mayChange: boolean;
  onChange: (seat: Seat) => void;
}

function SeatBox({ agent, seat, skills, mayChange, onChange }: SeatProps) {
  const { t } = useTranslation();
  const change = (next: Partial<Seat>) => onChange({ ...seat, ...next });
  const of = (what: string) => `${agent.name}: ${what}`;
  return (
    <section className="box">
      <h2 className="routing-agent">
        <PresenceDot presence={agent.presence} /> {agent.name}
      </h2>
      <div className="routing-row">
        <Select
          mode="tags"
          value={seat.skills}
          placeholder={t("routing.noSkills")}
          aria-label={of(t("routing.skills"))}
          disabled={!mayChange}
          options={skills.map((skill) => ({ value: skill, label: skill }))}
          onChange={(chosen) => change({ skills: chosen })}
        />
        <Select
          mode="multiple"
          value={seat.languages}
          placeholder={t("routing.allLanguages")}
          aria-label={of(t("routing.languages"))}
          disabled={!mayChange}
          options={LANGUAGES.map((language) => ({ value: language, label: t(`language.${language}`) }))}
          onChange={(languages) => change({ languages })}
        />
        <InputNumber
          value={seat.capacity / 100}
          min={1}
          max={50}
          prefix={t("routing.capacity")}
          aria-label={of(t("routing.capacity"))}
          disabled={!mayChange}
          onChange={(capacity) => change({ capacity: Math.round((capacity ?? 1) * 100) })}
        />
        <InputNumber
          value={seat.weight}
          min={1}
          max={1000}
          prefix={t("routing.weight")}
          aria-label={of(t("routing.weight"))}
          disabled={!mayChange}
          onChange={(weight) => change({ weight: weight ?? 100 })}
        />
      </div>
      <details>
        <summary>{t("routing.shifts")}</summary>
        <p className="field-hint">{t("routing.shiftsText")}</p>
        <WeekEditor
          week={seat.shifts ?? []}
          label={of(t("routing.shifts"))}
          disabled={!mayChange}
          onChange={(shifts) => change({ shifts })}
        />
      </details>
    </section>
  );
}
