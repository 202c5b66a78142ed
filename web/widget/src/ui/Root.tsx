// The launcher and the panel: a dialog beside the page, or the whole screen of a phone.

import { Component, createRef, type JSX } from "preact";
import type { Desk } from "../desk";
import { fill } from "../texts";
import { Foot } from "./Foot";
import { Header } from "./Header";
import { Icon } from "./icons";
import { Thread } from "./Thread";

const narrow = () => matchMedia("(max-width:480px)").matches;

class Panel extends Component<{ desk: Desk }, { drag: boolean }> {
  private panel = createRef<HTMLDivElement>();

  private focus(): void {
    // On a touch screen focusing the field would throw the keyboard over the greeting.
    const field = matchMedia("(pointer:coarse)").matches
      ? null
      : this.panel.current?.querySelector<HTMLElement>("input[name],textarea");
    (field ?? this.panel.current)?.focus();
  }

  private get focused(): Element | null | undefined {
    return (this.panel.current?.getRootNode() as ShadowRoot | undefined)?.activeElement;
  }

  getSnapshotBeforeUpdate() {
    return !!this.panel.current?.contains(this.focused ?? null);
  }

  componentDidUpdate(_: unknown, __: unknown, hadFocus: boolean) {
    // What was pressed may be gone by its own doing; whoever stood on it stays in the chat.
    if (hadFocus && !this.focused) this.focus();
  }

  componentDidMount() {
    this.focus();
    visualViewport?.addEventListener("resize", this.fit);
    visualViewport?.addEventListener("scroll", this.fit);
    this.fit();
  }

  componentWillUnmount() {
    visualViewport?.removeEventListener("resize", this.fit);
    visualViewport?.removeEventListener("scroll", this.fit);
  }

  /** On a phone the panel is what the keyboard leaves of the screen. */
  private fit = () => {
    const view = visualViewport;
    const style = this.panel.current?.style;
    if (!view || !style) return;
    style.height = narrow() ? `${view.height}px` : "";
    style.top = narrow() ? `${view.offsetTop}px` : "";
  };

  private onKey = (event: JSX.TargetedKeyboardEvent<HTMLElement>) => {
    // Keys pressed here are not the page's shortcuts.
    event.stopPropagation();
    if (event.key === "Escape") this.props.desk.open(false);
    // Beside the page Tab walks out of the dialog; over the whole screen there is nothing to walk to.
    if (event.key !== "Tab" || !narrow()) return;
    const stops = Array.from(
      event.currentTarget.querySelectorAll<HTMLElement>(
        "button:not(:disabled),a[href],textarea,input:not([hidden]),[tabindex='0']",
      ),
    );
    const root = event.currentTarget.getRootNode() as ShadowRoot;
    const edge = event.shiftKey ? stops[0] : stops[stops.length - 1];
    if (root.activeElement !== edge && root.activeElement !== event.currentTarget) return;
    event.preventDefault();
    (event.shiftKey ? stops[stops.length - 1] : stops[0])?.focus();
  };

  render() {
    const { desk } = this.props;
    const { t } = desk;
    const takesFiles = desk.state.conversation?.stage !== "resolved";
    return (
      <div
        class="panel"
        role="dialog"
        aria-modal={narrow()}
        aria-label={t.chat}
        tabIndex={-1}
        ref={this.panel}
        onKeyDown={this.onKey}
        onDragOver={(event) => {
          if (!takesFiles || !event.dataTransfer?.types.includes("Files")) return;
          event.preventDefault();
          this.setState({ drag: true });
        }}
        onDragLeave={() => this.setState({ drag: false })}
        onDrop={(event) => {
          event.preventDefault();
          this.setState({ drag: false });
          if (takesFiles) desk.uploads.add(Array.from(event.dataTransfer?.files ?? []));
        }}
      >
        <Header desk={desk} />
        <Thread desk={desk} />
        <Foot desk={desk} />
        {this.state.drag && <div class="drop">{t.drop}</div>}
      </div>
    );
  }
}

export class Root extends Component<{ desk: Desk }> {
  private launcher = createRef<HTMLButtonElement>();
  private wasOpen = false;

  componentDidUpdate() {
    const { open } = this.props.desk.state;
    if (this.wasOpen && !open) this.launcher.current?.focus();
    this.wasOpen = open;
  }

  render() {
    const { desk } = this.props;
    const { t, state, unread } = desk;
    return (
      <div lang={state.language === "zh" ? "zh-CN" : "en"} class={state.open ? "tandem open" : "tandem"}>
        {state.open && <Panel desk={desk} />}
        <button
          type="button"
          class="launcher"
          ref={this.launcher}
          aria-expanded={state.open}
          aria-label={state.open ? t.close : unread ? `${t.open} · ${fill(t.unread, { n: unread })}` : t.open}
          onClick={() => desk.open(!state.open)}
        >
          <Icon name={state.open ? "down" : "chat"} size={24} />
          {!state.open && unread > 0 && <span class="badge">{unread > 99 ? "99+" : unread}</span>}
        </button>
      </div>
    );
  }
}
