// Says in words who serves the shopper now, and holds the language switch, the menu and the way out.

import { Component, type JSX } from "preact";
import type { Conversation } from "../contract";
import type { Desk } from "../desk";
import type { Say } from "../texts";
import { Face } from "./Face";
import { Icon } from "./icons";

/** An estimate is rounded up and never more exact than it can be. */
export function waitText(queue: Conversation["queue"], say: Say): string {
  if (!queue) return "";
  const minutes = Math.ceil((queue.estimate_ms ?? 0) / 60_000);
  return [
    queue.position > 1 ? say("position", { n: queue.position - 1 }) : say("next"),
    queue.agents_online === 0
      ? say("nobody")
      : queue.estimate_ms == null
        ? say("no_estimate")
        : minutes < 1 || queue.estimate_ms < 60_000
          ? say("soon")
          : say("about", { n: minutes }),
    ...(queue.agents_online ? [say("online", { n: queue.agents_online })] : []),
  ].join(" · ");
}

export class Header extends Component<{ desk: Desk }, { menu: boolean }> {
  private choose = (work: () => void) => () => {
    this.setState({ menu: false });
    work();
  };

  private onKey = (event: JSX.TargetedKeyboardEvent<HTMLElement>) => {
    if (event.key !== "Escape" || !this.state.menu) return;
    event.stopPropagation();
    this.setState({ menu: false });
    (event.currentTarget.querySelector("[aria-haspopup]") as HTMLElement).focus();
  };

  private onLeave = (event: JSX.TargetedFocusEvent<HTMLElement>) => {
    if (!event.currentTarget.contains(event.relatedTarget as Node)) this.setState({ menu: false });
  };

  render() {
    const { desk } = this.props;
    const { state, say } = desk;
    const { conversation } = state;
    const ended = conversation?.stage === "resolved";
    const serving = (!ended && conversation?.controller) || "bot";
    const name = conversation?.agent?.name;
    const hint = ended
      ? say("bot_hint")
      : serving === "queue"
        ? waitText(conversation?.queue, say)
        : serving === "agent"
          ? `${name ?? ""} ${say("agent_hint")}`.trim()
          : say("bot_hint");
    const entries: [string, () => void][] = [];
    if (ended) entries.push([say("fresh"), () => desk.startAfresh()]);
    else {
      if (serving === "bot") entries.push([say("to_human"), desk.toHuman]);
      else entries.push([say("to_bot"), desk.toBot]);
      if (serving === "queue") entries.push([say("leave_contact"), () => desk.set({ contact: "shown" })]);
    }
    return (
      <header class={serving}>
        <Face who={serving} name={name} />
        <div class="who" role="status">
          <b>
            {ended ? say("ended") : say(serving)}
            {serving === "agent" && name ? ` · ${name}` : ""}
          </b>
          <span>{hint}</span>
        </div>
        <button
          type="button"
          class="icon lang"
          lang={state.language === "zh" ? "en" : "zh-CN"}
          onClick={() => desk.speak(state.language === "zh" ? "en" : "zh")}
        >
          {say("language")}
        </button>
        <span class="menu" onKeyDown={this.onKey} onFocusOut={this.onLeave}>
          <button
            type="button"
            class="icon"
            aria-label={say("menu")}
            aria-haspopup="true"
            aria-expanded={this.state.menu ?? false}
            onClick={() => this.setState(({ menu }) => ({ menu: !menu }))}
          >
            <Icon name="dots" />
          </button>
          {this.state.menu && (
            <ul>
              {entries.map(([text, work]) => (
                <li>
                  <button type="button" onClick={this.choose(work)}>
                    {text}
                  </button>
                </li>
              ))}
            </ul>
          )}
        </span>
        <button type="button" class="icon" aria-label={say("close")} onClick={() => desk.open(false)}>
          <Icon name="close" />
        </button>
      </header>
    );
  }
}
