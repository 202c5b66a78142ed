// The conversation as it's read: greeting, messages, notes, typing. Keeps its place while things arrive.

import { Component, createRef } from "preact";
import type { QuickReply, ShopperEvent } from "../contract";
import type { Desk } from "../desk";
import { type Row, rowsOf } from "../log";
import { day, fill } from "../texts";
import type { Texts } from "../texts/zh";
import { Face } from "./Face";
import { Message } from "./Message";
import { Rating } from "./Rating";
import { Rich } from "./Rich";

/** Closer to the end than this counts as reading along. */
const NEAR_PX = 80;

function noteText(event: ShopperEvent, t: Texts): string {
  if (event.kind !== "controller_changed") return t[event.kind as "resolved"];
  if (event.controller === "agent") return fill(t.joined, { name: event.agent?.name ?? "" });
  return event.controller === "queue" ? t.queued : t.bot_back;
}

function Replies({ replies, desk }: { replies: QuickReply[]; desk: Desk }) {
  const choose = ({ action, say, text }: QuickReply) => {
    if (action === "human") desk.toHuman();
    else if (action === "bot") desk.toBot();
    else if (action === "sign_in") desk.events.tell("sign_in");
    else desk.write(say ?? text);
  };
  return (
    <div class="replies">
      {replies.map((reply) => (
        <button type="button" class="chip" onClick={() => choose(reply)}>
          {reply.text}
        </button>
      ))}
    </div>
  );
}

export class Thread extends Component<{ desk: Desk }, { newer: boolean }> {
  private box = createRef<HTMLDivElement>();
  private isAtEnd = true;
  private count = 0;
  private mine = 0;
  private first?: string;

  private onScroll = () => {
    const box = this.box.current;
    if (!box) return;
    this.isAtEnd = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_PX;
    if (this.isAtEnd) {
      if (this.state.newer) this.setState({ newer: false });
      this.props.desk.seen();
    }
    if (box.scrollTop < NEAR_PX) this.props.desk.loadEarlier();
  };

  private toEnd = () => {
    const box = this.box.current;
    if (box) box.scrollTop = box.scrollHeight;
    this.isAtEnd = true;
  };

  private resized?: ResizeObserver;

  componentDidMount() {
    this.toEnd();
    // Pictures and the keyboard change heights after the fact; the end stays the end.
    this.resized = new ResizeObserver(() => this.isAtEnd && this.toEnd());
    const box = this.box.current;
    for (const each of [box, box?.firstElementChild]) if (each) this.resized.observe(each);
    document.addEventListener("visibilitychange", this.onScroll);
    this.props.desk.seen();
  }

  componentWillUnmount() {
    this.resized?.disconnect();
    document.removeEventListener("visibilitychange", this.onScroll);
  }

  getSnapshotBeforeUpdate() {
    return this.box.current?.scrollHeight ?? 0;
  }

  componentDidUpdate(_: unknown, __: unknown, heightBefore: number) {
    const box = this.box.current;
    const rows = this.rows();
    const first = rows.find((row) => row.kind !== "day")?.key;
    const mine = rows.filter((row) => row.kind === "message" && row.by === "shopper").length;
    if (box && this.first && first !== this.first && !this.isAtEnd) {
      // Older messages came in above: what was looked at stays where it was.
      if (rows.some((row) => row.key === this.first)) box.scrollTop += box.scrollHeight - heightBefore;
    } else if (this.isAtEnd || mine > this.mine) this.toEnd();
    else if (rows.length > this.count && !this.state.newer) this.setState({ newer: true });
    this.first = first;
    this.count = rows.length;
    this.mine = mine;
    if (this.isAtEnd) this.props.desk.seen();
  }

  private rows(): Row[] {
    const { desk } = this.props;
    return rowsOf(desk.state.log, desk.outbox.items, desk.state.conversation?.read.team ?? 0);
  }

  render() {
    const { desk } = this.props;
    const { state, t } = desk;
    const { config, conversation, language, log } = state;
    const rows = this.rows();
    const lastMine = rows.reduce(
      (at, row, i) => (row.kind === "message" && row.by === "shopper" ? i : at),
      -1,
    );
    const last = rows[rows.length - 1];
    const isOpen = conversation?.stage !== "resolved";
    const isNew = !rows.some((row) => row.kind === "message");
    return (
      <div class="wrap">
        <div
          class="thread"
          ref={this.box}
          onScroll={this.onScroll}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be scrollable by keyboard.
          tabIndex={0}
          role="group"
          aria-label={t.chat}
        >
          <div>
            <div class="rows" role="log" aria-live="polite" aria-label={t.chat} aria-busy={state.earlier}>
              {log.from > 0 && (
                <button
                  type="button"
                  class="link mid"
                  disabled={state.earlier}
                  onClick={() => desk.loadEarlier()}
                >
                  {t.earlier}
                </button>
              )}
              {log.from === 0 && config && (
                <div class="msg bot" key="greeting">
                  <Face who="bot" />
                  <div class="col">
                    <div class="meta">
                      <b>{t.bot}</b>
                    </div>
                    <div class="bubble">
                      <Rich text={config.greeting[language]} />
                    </div>
                  </div>
                </div>
              )}
              {!config && (
                <div class="msg bot" key="skeleton" aria-hidden="true">
                  <span class="face bone" />
                  <div class="col bone" />
                </div>
              )}
              {rows.map((row, at) =>
                row.kind === "message" ? (
                  <Message key={row.key} row={row} desk={desk} isLast={at === lastMine} />
                ) : (
                  <div key={row.key} class={row.kind}>
                    {row.kind === "note" ? noteText(row.event, t) : day(row.at, language, true)}
                  </div>
                ),
              )}
            </div>
            {isNew && isOpen && config && (
              <div class="ask">
                <small>{t.ask}</small>
                <Replies replies={config.suggestions[language].map((text) => ({ text }))} desk={desk} />
              </div>
            )}
            {isOpen && last?.kind === "message" && last.body.quick_replies && last.by !== "shopper" && (
              <Replies replies={last.body.quick_replies} desk={desk} />
            )}
            <div class="typing" role="status">
              {state.typing && isOpen && (
                <>
                  <Face who={state.typing} name={conversation?.agent?.name} />
                  <span class="dots" aria-hidden="true">
                    <i />
                    <i />
                    <i />
                  </span>
                  <span>{state.typing === "bot" ? t.typing_bot : t.typing_agent}</span>
                </>
              )}
            </div>
            {!isOpen && <Rating desk={desk} key={conversation?.id} />}
          </div>
        </div>
        {this.state.newer && (
          <button
            type="button"
            class="chip newer"
            onClick={() => {
              this.toEnd();
              this.setState({ newer: false });
              desk.seen();
            }}
          >
            ↓ {t.newer}
          </button>
        )}
      </div>
    );
  }
}
