// What the bot can carry out, and beside it two ways to try it: one sentence, or whole conversations.

import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { Segmented } from "antd";
import { getSkills, type Skill, type SkillGroup } from "api";
import { Workflow } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { keyOf } from "../app/queries";
import { useFormat } from "../format/use";
import { Bones, Empty, Failed } from "../parts/States";
import { useActionName } from "./actions";
import { BotFrame } from "./BotFrame";
import { PlayPanel } from "./PlayPanel";
import { SentencePanel } from "./SentencePanel";
import "./skills.css";

const GROUPS: SkillGroup[] = ["pre_sale", "in_sale", "after_sale"];

export function Skills() {
  const search = useSearch({ from: "/signed-in/bot/skills" });
  return (
    <BotFrame tab="skills" shopInAddress={search.shop}>
      {(shop) => <Content key={shop.id} shop={shop.id} />}
    </BotFrame>
  );
}

function Content({ shop }: { shop: string }) {
  const { t } = useTranslation();
  const [way, setWay] = useState<"sentence" | "play">("sentence");
  const skills = useQuery({ queryKey: keyOf.skills(shop), queryFn: () => getSkills(shop) });
  return (
    <div className="bot-two">
      <section className="bot-main">
        {skills.isPending && <Bones rows={12} height={26} gap={18} />}
        {skills.isError && !skills.data && (
          <Failed error={skills.error} onRetry={() => void skills.refetch()} />
        )}
        {skills.data?.length === 0 && (
          <Empty icon={Workflow} title={t("skill.none")} text={t("skill.noneText")} />
        )}
        {GROUPS.map((group) => {
          const mine = (skills.data ?? []).filter((skill) => skill.group === group);
          if (mine.length === 0) return null;
          return (
            <section key={group} className="skill-group">
              <h2>
                {t(`skill.${group}`)} <span className="muted number">{mine.length}</span>
              </h2>
              {mine.map((skill) => (
                <SkillRow key={skill.name} skill={skill} />
              ))}
            </section>
          );
        })}
      </section>
      <aside className="bot-side" aria-label={t("skill.try")}>
        <Segmented
          block
          value={way}
          onChange={setWay}
          options={[
            { value: "sentence", label: t("skill.sentence") },
            { value: "play", label: t("skill.play") },
          ]}
        />
        {/* Both stay: what was written in one isn't lost by a look at the other. */}
        <div hidden={way !== "sentence"}>
          <SentencePanel shop={shop} />
        </div>
        <div hidden={way !== "play"}>
          <PlayPanel shop={shop} />
        </div>
      </aside>
    </div>
  );
}

function SkillRow({ skill }: { skill: Skill }) {
  const { t } = useTranslation();
  const { words } = useFormat();
  const actionName = useActionName();
  return (
    <details className="skill">
      <summary>
        <b>{words(skill.title)}</b>
        <code className="muted">{skill.name}</code>
        <span className="spread" />
        {skill.needs_verified && <span className="chip warn">{t("skill.needsVerified")}</span>}
        {skill.actions.length > 0 && <span className="chip info">{t("skill.acts")}</span>}
      </summary>
      <dl className="skill-facts">
        <dt>{t("skill.slots")}</dt>
        <dd>
          {skill.slots.length === 0 && <span className="muted">{t("skill.noSlots")}</span>}
          {skill.slots.map((slot) => (
            <span key={slot.name} className="chip" title={slot.name}>
              {words(slot.title)}
              {slot.is_optional && <span className="muted">{t("skill.optional")}</span>}
            </span>
          ))}
        </dd>
        <dt>{t("skill.actions")}</dt>
        <dd>
          {skill.actions.length === 0 && <span className="muted">{t("skill.noActions")}</span>}
          {skill.actions.map((action) => (
            <span key={action} className="chip info" title={action}>
              {actionName(action)}
            </span>
          ))}
        </dd>
        {(["zh", "en"] as const).map((language) => (
          <Examples key={language} language={language} examples={skill[`examples_${language}`]} />
        ))}
      </dl>
    </details>
  );
}

function Examples({ language, examples }: { language: "zh" | "en"; examples: string[] }) {
  const { t } = useTranslation();
  return (
    <>
      <dt>
        {t("skill.examples")} · {t(`language.${language}`)}
      </dt>
      <dd lang={language}>
        {examples.length === 0 && <span className="muted">—</span>}
        <ul className="skill-examples">
          {examples.map((example) => (
            <li key={example}>{example}</li>
          ))}
        </ul>
      </dd>
    </>
  );
}
