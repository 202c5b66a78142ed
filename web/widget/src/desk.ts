// The shopper's end of the desk: one state, the operations that change it, and whoever watches it.
// What is true comes from the server's log and state frames; this never decides who may speak.

import { Connection, type Link } from "./connection";
import type {
  Attachment,
  ClientFrame,
  Config,
  Connected,
  ConnectRequest,
  ContactRequest,
  Conversation,
  EventsPage,
  Language,
  Page,
  RatingRequest,
  ServerFrame,
  StartRequest,
} from "./contract";
import { EventsOf } from "./events";
import { type Caller, call, Problem } from "./http";
import type { Keep } from "./keep";
import { emptyLog, type Log, lastSeq, take, unreadAfter } from "./log";
import { safeUrl } from "./markdown";
import { Outbox } from "./outbox";
import { part } from "./part";
import { Sending } from "./sending";
import { locale, textsIn } from "./texts";
import type { Texts } from "./texts/zh";
import { Uploads } from "./uploads";

export interface State {
  language: Language;
  open: boolean;
  config?: Config;
  connected?: Connected;
  /** The open conversation, or the last one when it has ended. */
  conversation: Conversation | null;
  log: Log;
  link: Link;
  /** The browser says there is no network, or the line has been down for a while. */
  offline: boolean;
  busy: boolean;
  typing?: "bot" | "agent";
  notice?: string;
  contact: "hidden" | "shown" | { left: string };
  earlier: boolean;
}

/** How much of a long conversation is loaded at once. */
const HISTORY = 60;
const TYPING_SHOWN_MS = 6_000;
const TYPING_SENT_MS = 3_000;
/** A page says who its customer is soon after it loads, if they are still signed in. */
const VOUCH_MS = 5_000;
/** Shorter interruptions heal before anybody needs to be told. */
const OFFLINE_AFTER_MS = 3_000;

export class Desk {
  state: State;
  page: Page = {};
  readonly outbox: Outbox;
  readonly uploads: Uploads;
  readonly sending: Sending;
  readonly events = new EventsOf();
  private connection: Connection;
  private jwt?: string;
  private connecting?: Promise<void>;
  /** Raised when the person changes: answers to an earlier person's requests are dropped. */
  private person = 0;
  private typingTimer = 0;
  private offlineTimer = 0;
  private typedAt = 0;
  private vouch = () => {};
  private vouched = new Promise<void>((resolve) => {
    this.vouch = resolve;
    setTimeout(resolve, VOUCH_MS);
  });
  private readSent = 0;

  constructor(
    readonly api: string,
    readonly shop: string,
    language: Language,
    private pictures: string,
    private pages: string,
    private keep: Keep,
    private changed: () => void,
  ) {
    this.state = {
      language,
      open: false,
      conversation: null,
      log: emptyLog(),
      link: "down",
      offline: false,
      busy: false,
      contact: "hidden",
      earlier: false,
    };
    this.outbox = new Outbox(keep, Date.now());
    this.uploads = new Uploads(this);
    this.sending = new Sending(this);
    this.connection = new Connection({
      url: () =>
        `${this.api.replace(/^http/, "ws")}/api/widget/ws?token=${encodeURIComponent(this.state.connected?.token ?? "")}`,
      prepare: () => this.ready(),
      opened: () => this.follow(),
      frame: (frame) => this.frame(frame),
      link: (link) => this.linked(link),
      poll: () => this.poll(),
    });
  }

  // --- State -----------------------------------------------------------------------------------------------

  set(patch: Partial<State>): void {
    this.state = { ...this.state, ...patch };
    this.changed();
  }

  get caller(): Caller {
    return {
      api: this.api,
      token: this.state.connected?.token,
      language: locale(this.state.language),
    };
  }

  get unread(): number {
    const { log, conversation } = this.state;
    return unreadAfter(log, Math.max(conversation?.read.shopper ?? 0, this.readSent));
  }

  get t(): Texts {
    return textsIn(this.state.language);
  }

  explain(failure: unknown): string {
    if (failure instanceof Problem)
      return failure.message || (failure.code === "network" ? this.t.no_network : this.t.wrong);
    return this.t.wrong;
  }

  // --- The person ------------------------------------------------------------------------------------------

  async begin(): Promise<void> {
    // Someone who has talked to us before may have an answer waiting; others cost nothing until they ask.
    if (this.keep.get("visitor")) this.ready().catch(() => {});
    try {
      this.set({
        config: await call<Config>(this.caller, "GET", `config?shop=${encodeURIComponent(this.shop)}`),
      });
    } catch {
      setTimeout(() => this.state.config || this.begin(), 10_000);
    }
  }

  /** A line although nothing has been said yet. */
  listen(): void {
    this.ready().then(
      () => this.connection.start(),
      () => {},
    );
  }

  identify(jwt: string): void {
    this.jwt = jwt;
    this.vouch();
    this.forget(false);
    this.ready().catch(() => {});
  }

  /** The next person at this computer must not find the customer's conversation. */
  signOut(): void {
    this.jwt = undefined;
    this.vouch();
    for (const key of ["visitor", "customer", "conversation"]) this.keep.remove(key);
    this.outbox.clear();
    this.uploads.clear();
    this.forget(true);
  }

  private forget(everything: boolean): void {
    this.person++;
    this.connecting = undefined;
    this.connection.stop();
    this.readSent = 0;
    this.set({
      connected: undefined,
      ...(everything && { conversation: null, log: emptyLog(), contact: "hidden", notice: undefined }),
    });
  }

  /** Connected, with a token that still holds; one attempt at a time. */
  ready(): Promise<void> {
    const { connected } = this.state;
    if (connected && connected.expires_at - Date.now() > 60_000) return Promise.resolve();
    if (!this.connecting) {
      const attempt = this.connect().finally(() => {
        if (this.connecting === attempt) this.connecting = undefined;
      });
      this.connecting = attempt;
    }
    return this.connecting;
  }

  private async connect(): Promise<void> {
    const person = this.person;
    // Connecting before the page has spoken would make a stranger of its customer.
    if (!this.jwt && this.keep.get("customer")) await this.vouched;
    if (person !== this.person) return this.ready();
    let connected: Connected;
    try {
      const request: ConnectRequest = {
        shop: this.shop,
        visitor: this.keep.get("visitor") ?? undefined,
        identity: this.jwt,
        language: this.state.language,
      };
      connected = await call<Connected>({ ...this.caller, token: undefined }, "POST", "connect", request);
    } catch (failure) {
      if (person !== this.person) return this.ready();
      if (
        failure instanceof Problem &&
        (failure.code === "forged_token" || failure.code === "expired_token")
      ) {
        // A bad identity is the shop's mistake; a bad visitor is only old. Neither keeps the shopper out.
        if (this.jwt) this.events.tell("identity_error", failure.code);
        else if (!this.keep.get("visitor")) throw failure;
        else this.keep.remove("visitor");
        this.jwt = undefined;
        return this.connect();
      }
      throw failure;
    }
    if (person !== this.person) return this.ready();
    this.keep.set("visitor", connected.visitor);
    // Another customer at the same browser: what the one before left unsent isn't theirs.
    const before = this.keep.get("customer");
    if (before && before !== connected.shopper.id) {
      this.outbox.clear();
      this.keep.remove("customer");
    }
    if (connected.shopper.verified) this.keep.set("customer", connected.shopper.id);
    this.set({ connected });
    if (connected.conversation) this.enter(connected.conversation);
    else await this.lastConversation();
    if (this.state.conversation) this.connection.start();
    this.sending.flush();
  }

  /** What ended while the page was away can still be read and rated. */
  private async lastConversation(): Promise<void> {
    const id = this.keep.get("conversation");
    if (!id) return this.set({ conversation: null, log: emptyLog() });
    try {
      this.enter(await call<Conversation>(this.caller, "GET", `conversations/${id}`));
    } catch {
      this.keep.remove("conversation");
      this.set({ conversation: null, log: emptyLog() });
    }
  }

  // --- The conversation ------------------------------------------------------------------------------------

  private enter(conversation: Conversation): void {
    const same = this.state.conversation?.id === conversation.id;
    this.keep.set("conversation", conversation.id);
    if (!same) {
      this.readSent = 0;
      this.set({ log: emptyLog(Math.max(0, conversation.seq - HISTORY)), contact: "hidden" });
    }
    this.update(conversation);
    if (!same && !this.follow()) this.connection.start();
  }

  private get here(): Page {
    return { url: location.href, title: document.title, ...this.page };
  }

  /** States can overtake each other between socket and HTTP; an older one changes nothing. */
  update(conversation: Conversation): void {
    const now = this.state.conversation;
    if (now?.id === conversation.id && conversation.seq < now.seq) return;
    const queued = conversation.controller === "queue" && conversation.stage === "open";
    let { contact } = this.state;
    if (!queued && contact === "shown") contact = "hidden";
    // With nobody there, leaving a number comes first.
    if (queued && now?.controller !== "queue" && conversation.queue?.agents_online === 0) contact = "shown";
    this.set({ conversation, contact });
    this.tellUnread();
  }

  /** Says where the shopper is, too, for the agent who helps; the server keeps that only where it may. */
  follow(): boolean {
    const { conversation, log } = this.state;
    return (
      !!conversation &&
      this.connection.send({ type: "follow", conversation: conversation.id, after: log.seq, page: this.here })
    );
  }

  /** The open conversation, started when there is none. */
  async started(prefer?: "bot" | "human"): Promise<Conversation> {
    await this.ready();
    const { conversation } = this.state;
    if (conversation?.stage === "open") return conversation;
    const request: StartRequest = {
      language: this.state.language,
      prefer,
      page: this.here,
    };
    const fresh = await call<Conversation>(this.caller, "POST", "conversations", request);
    this.enter(fresh);
    return fresh;
  }

  /** Leaves the ended conversation for an empty page; the next message starts the new one. */
  startAfresh = (): void => {
    this.keep.remove("conversation");
    this.connection.stop();
    this.set({ conversation: null, log: emptyLog(), contact: "hidden", typing: undefined });
  };

  private async act(work: () => Promise<void>): Promise<boolean> {
    if (this.state.busy) return false;
    this.set({ busy: true, notice: undefined });
    try {
      await work();
      return true;
    } catch (failure) {
      this.set({ notice: this.explain(failure) });
      return false;
    } finally {
      this.set({ busy: false });
    }
  }

  post<Answer>(path: string, body: unknown = {}): Promise<Answer> {
    return call<Answer>(this.caller, "POST", `conversations/${this.state.conversation?.id}/${path}`, body);
  }

  toHuman = () =>
    this.act(async () => {
      const before = this.state.conversation?.stage === "open";
      const { controller } = await this.started("human");
      if (before || controller === "bot") this.update(await this.post<Conversation>("human"));
    });

  toBot = () => this.act(async () => this.update(await this.post<Conversation>("bot")));

  rate = (stars: number, comment: string) =>
    this.act(async () => {
      const request: RatingRequest = { stars, comment: comment || undefined };
      await this.post("rating", request);
      const { conversation } = this.state;
      if (conversation) this.set({ conversation: { ...conversation, rated: stars } });
    });

  leaveContact = (contact: string, text: string | undefined, call_back: boolean) =>
    this.act(async () => {
      const request: ContactRequest = { contact, text: text || undefined, call_back };
      this.update(await this.post<Conversation>("contact", request));
      this.set({ contact: { left: contact } });
    });

  write(text: string, attachments: Attachment[] = []): void {
    this.outbox.add(text, attachments, Date.now());
    this.set({ notice: undefined });
    this.typedAt = 0;
    this.sending.flush();
  }

  retry(client_id: string): void {
    this.outbox.change(client_id, { state: "sending", error: undefined });
    this.set({});
    this.sending.flush();
  }

  discard(client_id: string): void {
    this.outbox.remove(client_id);
    this.set({});
  }

  /** Shops give a path of their own, an absolute address, or a name below the pictures. */
  pictureOf = (picture?: string) => safeUrl(picture, this.pictures);

  /** Product pages are the merchant's own: a path stands below where the tag says they begin. */
  pageOf = (page?: string) => safeUrl(page?.startsWith("/") ? this.pages + page : page, location.href);

  typing(): void {
    const { conversation } = this.state;
    if (!conversation || Date.now() - this.typedAt < TYPING_SENT_MS) return;
    this.typedAt = Date.now();
    this.connection.send({ type: "typing", conversation: conversation.id });
  }

  /** Everything loaded is on screen and the shopper looks at it. */
  seen(): void {
    const { conversation, log, open } = this.state;
    const seq = lastSeq(log);
    const read = Math.max(conversation?.read.shopper ?? 0, this.readSent);
    if (!conversation || !open || document.visibilityState === "hidden" || unreadAfter(log, read) === 0)
      return;
    this.readSent = seq;
    if (!this.connection.send({ type: "read", conversation: conversation.id, seq }))
      this.post("read", { seq }).catch(() => {});
    this.tellUnread();
    this.changed();
  }

  async loadEarlier(): Promise<void> {
    const { conversation, log, earlier } = this.state;
    if (!conversation || earlier || log.from === 0) return;
    this.set({ earlier: true });
    const from = Math.max(0, log.from - HISTORY);
    try {
      const page = await this.eventsAfter(conversation.id, from, log.from - from);
      const older = page.events.filter((event) => event.seq <= log.from);
      this.set({ log: take(this.state.log, older, 0, from) });
    } catch (failure) {
      this.set({ notice: this.explain(failure) });
    }
    this.set({ earlier: false });
  }

  // --- The line --------------------------------------------------------------------------------------------

  say(frame: ClientFrame): boolean {
    return this.connection.send(frame);
  }

  private eventsAfter(id: string, after: number, limit = 200) {
    return call<EventsPage>(this.caller, "GET", `conversations/${id}/events?after=${after}&limit=${limit}`);
  }

  /** Reads the log to its end over HTTP. */
  async catchUp(): Promise<void> {
    const id = this.state.conversation?.id;
    for (let more = !!id; id && more; ) {
      const page = await this.eventsAfter(id, this.state.log.seq);
      this.frame({ type: "events", conversation: id, ...page });
      more = page.more && page.events.length > 0;
    }
  }

  private async poll(): Promise<void> {
    try {
      await this.ready();
      const id = this.state.conversation?.id;
      if (!id) return;
      await this.catchUp();
      this.update(await call<Conversation>(this.caller, "GET", `conversations/${id}`));
      this.sending.flush();
    } catch (failure) {
      if (failure instanceof Problem && failure.status === 401) this.set({ connected: undefined });
      throw failure;
    }
  }

  private frame(frame: ServerFrame): void {
    const { conversation } = this.state;
    if ("conversation" in frame && frame.type !== "state" && frame.conversation !== conversation?.id) return;
    if (frame.type === "events") {
      this.outbox.settle(frame.events);
      const spoke = frame.events.some((event) => event.by === "bot" || event.by === "agent");
      this.set({ log: take(this.state.log, frame.events, frame.seq), ...(spoke && { typing: undefined }) });
      this.tellUnread();
      this.sending.flush();
    } else if (frame.type === "state") {
      if (frame.conversation.id === conversation?.id) this.update(frame.conversation);
    } else if (frame.type === "typing") {
      this.set({ typing: frame.by });
      clearTimeout(this.typingTimer);
      this.typingTimer = setTimeout(
        () => this.set({ typing: undefined }),
        TYPING_SHOWN_MS,
      ) as unknown as number;
    } else if (frame.type === "accepted" || frame.type === "refused") {
      this.sending.answered(frame);
    } else if (frame.type === "teaser") {
      // Most pages never show one, so it's loaded when there is one.
      part(this.api, "teaser").then(
        (teaser) => teaser.default(frame, (answer: ClientFrame) => this.say(answer)),
        () => {},
      );
    }
  }

  private linked(link: Link): void {
    this.set({ link });
    clearTimeout(this.offlineTimer);
    if (link === "down") {
      this.sending.interrupted();
      this.offlineTimer = setTimeout(
        () => this.set({ offline: !!this.state.conversation && this.state.link === "down" }),
        OFFLINE_AFTER_MS,
      ) as unknown as number;
    } else this.set({ offline: false });
  }

  // --- The panel -------------------------------------------------------------------------------------------

  private told = 0;
  tellUnread(): void {
    if (this.unread !== this.told) {
      this.told = this.unread;
      this.events.tell("unread", this.told);
    }
  }

  open(open: boolean): void {
    if (open === this.state.open) return;
    this.set({ open });
    this.events.tell(open ? "open" : "close");
    if (open) this.ready().catch((failure) => this.set({ notice: this.explain(failure) }));
  }

  speak(language: Language): void {
    this.keep.set("language", language);
    this.set({ language });
  }
}
