// Says in words who serves the shopper now, and holds the language switch, the menu and the way out.

import type { Conversation } from "../contract";
import type { Desk } from "../desk";
import { fill } from "../texts";
import type { Texts } from "../texts/zh";
import { Face } from "./Face";
import { Icon } from "./icons";

/** An estimate is rounded up and never more exact than it can be; with nobody there it isn't given at all. */
export function waitText(queue: Conversation["queue"], t: Texts): string {
  if (!queue) return "";
  const { agents_online, estimate_ms, position } = queue;
  const place = position > 1 ? fill(t.position, { n: position - 1 }) : t.next;
  if (!agents_online) return `${place} · ${t.nobody}`;
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
  if (serving === "queue") hint = waitText(conversation?.queue, t);
  else if (serving === "agent") hint = `${name} ${t.agent_hint}`;
  const other = language === "zh" ? "en" : "zh";
  let [way, go]: [string, () => unknown] = [t.to_bot, desk.toBot];
  if (isEnded) [way, go] = [t.fresh, desk.startAfresh];
  else if (serving === "bot") [way, go] = [t.to_human, desk.toHuman];
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
      <details class="menu">
        <summary class="icon" aria-label={t.menu}>
          <Icon name="dots" />
        </summary>
        <button
          type="button"
          onClick={(event) => {
            event.currentTarget.closest("details")?.removeAttribute("open");
            go();
          }}
        >
          {way}
        </button>
      </details>
      <button type="button" class="icon" aria-label={t.close} onClick={() => desk.open(false)}>
        <Icon name="close" />
      </button>
    </div>
  );
}
