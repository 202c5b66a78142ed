// Says in words who serves the shopper now, and holds the language switch and the way out.

import type { Conversation, Language } from "../contract";
import type { Desk } from "../desk";
import { clock, day, fill } from "../texts";
import type { Texts } from "../texts/zh";
import { Face } from "./Face";
import { Icon } from "./icons";

/** An estimate is rounded up and never more exact than it can be; with nobody there it isn't given at all. */
export function waitText(queue: Conversation["queue"], t: Texts, language: Language): string {
  if (!queue) return "";
  const { agents_online, back_at, estimate_ms, position } = queue;
  const place = position > 1 ? fill(t.position, { n: position - 1 }) : t.turn_came;
  if (!agents_online) {
    const back = back_at ? fill(t.back, { at: `${day(back_at, language)} ${clock(back_at, language)}` }) : "";
    return `${place} · ${t.nobody}${back}`;
  }
  let wait = t.no_estimate;
  if (estimate_ms != null)
    wait = estimate_ms < 60_000 ? t.soon : fill(t.about, { n: Math.ceil(estimate_ms / 60_000) });
  return `${place} · ${wait} · ${fill(t.online, { n: agents_online })}`;
}

export function Header({ desk }: { desk: Desk }) {
  const { state, t } = desk;
  const { conversation, language } = state;
  const isEnded = conversation?.stage === "resolved";
  const serving = (!isEnded && conversation?.controller) || "bot";
  const name = conversation?.agent?.name ?? "";
  let hint = t.bot_hint;
  if (serving === "queue") hint = waitText(conversation?.queue, t, language);
  else if (serving === "agent") hint = `${name} ${t.agent_hint}`;
  const other = language === "zh" ? "en" : "zh";
  return (
    <div class={`head ${serving}`}>
      <Face who={serving} name={name} />
      <div class="who" role="status">
        <b>{isEnded ? t.ended : t[serving] + (serving === "agent" && name ? ` · ${name}` : "")}</b>
        <span>{hint}</span>
      </div>
      <button type="button" class="icon lang" lang={other} onClick={() => desk.speak(other)}>
        {t.language}
      </button>
      <button type="button" class="icon" aria-label={t.close} onClick={() => desk.open(false)}>
        <Icon name="close" />
      </button>
    </div>
  );
}
