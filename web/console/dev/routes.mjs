// What the mock answers, address by address. Holds no rules worth trusting.

import { botRoutes } from "./bot.mjs";
import * as db from "./data/all.mjs";
import { measureRoutes } from "./measures.mjs";

export const sockets = new Set();
const tell = (pointer) => {
  for (const s of sockets) s.send(JSON.stringify(pointer));
};
export const fail = (status, code, detail, fields) => ({
  status,
  body: { type: "about:blank", title: code, status, code, detail, fields },
});

const last = (c) => [...c.events].reverse().find((e) => e.kind === "message") ?? c.events[0];
const seqOf = (c) => c.events.at(-1).seq;
const row = (c) => {
  const l = last(c);
  return {
    conversation: c.id,
    shop: c.shop,
    shopper: c.shopper,
    stage: c.stage,
    controller: c.controller,
    agent_name: c.agent_name,
    language: c.language,
    last: { at: l.at, by: l.by, text: l.message?.body.text.slice(0, 120) ?? "" },
    waiting_since: l.by === "shopper" && c.stage === "open" ? l.at : undefined,
    unread: c.unread,
    reason: c.reason,
    emotion: c.emotion,
    tags: c.tags ?? [],
    seq: seqOf(c),
    started_at: c.events[0].at,
  };
};
const mine = (c) => c.controller.kind === "agent" && c.controller.agent === db.me.id;
const views = {
  queue: (c) => c.stage === "open" && c.controller.kind === "queue",
  mine: (c) => c.stage === "open" && mine(c),
  bot: (c) => c.stage === "open" && c.controller.kind === "bot",
  open: (c) => c.stage === "open",
  resolved: (c) => c.stage === "resolved",
};
const full = (c) => ({
  ...c,
  events: undefined,
  seq: seqOf(c),
  started_at: c.events[0].at,
  deadlines: [],
  tags: c.tags ?? [],
  may: {
    take_over: c.stage === "open" && !mine(c),
    reply: c.stage === "open" && mine(c),
    hand_back: c.stage === "open" && mine(c),
    resolve: c.stage === "open",
    reopen: c.stage === "resolved",
    note: true,
  },
});
const add = (c, event) => {
  c.events.push({ seq: seqOf(c) + 1, at: Date.now(), ...event });
  tell({ type: "conversation", id: c.id, seq: seqOf(c) });
  tell({ type: "inbox" });
  return c.events.at(-1);
};
const who = { id: db.me.id, name: db.me.name };
const articleRow = (a) => ({
  id: a.id,
  shop: a.shop,
  version: a.version,
  key: a.key,
  category: a.category,
  question: { zh: a.zh?.question, en: a.en?.question },
  languages: [a.zh && "zh", a.en && "en"].filter(Boolean),
  state: stateOf(a),
  updated_at: a.updated_at,
  updated_by: a.updated_by,
  indexed: a.indexed,
});
const stateOf = (a) =>
  a.archived
    ? "archived"
    : a.valid_from > Date.now()
      ? "scheduled"
      : a.valid_until && a.valid_until < Date.now()
        ? "expired"
        : "live";
const draftOf = ({ key, category, scope, valid_from, valid_until, zh, en }) => ({
  key,
  category,
  scope,
  valid_from,
  valid_until,
  zh,
  en,
});

function addPhrase(draft) {
  db.phrases.push({ ...draft, id: `phr_${Date.now()}`, used: 0 });
  return db.phrases.at(-1);
}
export let signedIn = process.env.SIGNED_IN !== "0";
function enter() {
  signedIn = true;
  return db.me;
}
export const routes = [
  ...measureRoutes(row),
  ...botRoutes,
  [
    "POST",
    "/sign-in",
    ({ body }) => (body.password === "wrong" ? fail(401, "unauthenticated", "邮箱或密码不对") : enter()),
  ],
  [
    "POST",
    "/sign-out",
    () => {
      signedIn = false;
      return {};
    },
  ],
  ["GET", "/me", () => db.me],
  [
    "PUT",
    "/me/:what",
    ({ body, p }) => {
      if (p.what !== "password") Object.assign(db.me, body);
      tell({ type: "presence" });
      return {};
    },
  ],
  [
    "GET",
    "/inbox",
    ({ q }) => {
      const all = [...db.conversations.values()].filter(
        (c) =>
          (!q.shop || c.shop === q.shop) &&
          (!q.text || JSON.stringify([c.shopper.name, c.events]).includes(q.text)),
      );
      const rows = all
        .filter(views[q.view])
        .map(row)
        .sort((a, b) =>
          q.view === "queue" ? (a.waiting_since ?? 9e15) - (b.waiting_since ?? 9e15) : b.last.at - a.last.at,
        );
      const from = Number(q.cursor ?? 0);
      const limit = Number(q.limit ?? 50);
      return {
        items: rows.slice(from, from + limit),
        next: from + limit < rows.length ? String(from + limit) : null,
        counts: Object.fromEntries(
          ["queue", "mine", "bot", "open"].map((v) => [v, all.filter(views[v]).length]),
        ),
      };
    },
  ],
  ["GET", "/conversations/:id", ({ c }) => full(c)],
  [
    "GET",
    "/conversations/:id/events",
    ({ c, q }) => ({
      events: c.events.filter((e) => e.seq > Number(q.after ?? 0)),
      seq: seqOf(c),
      more: false,
    }),
  ],
  [
    "POST",
    "/conversations/:id/messages",
    ({ c, body }) => {
      if (body.text === "/offline") return fail(503, "unavailable", "down");
      if (!mine(c)) return fail(409, "not_controller", "现在由别人接待");
      const known = c.events.find((e) => e.message?.client_id === body.client_id);
      const e =
        known ??
        add(c, {
          by: "agent",
          staff: who,
          kind: "message",
          message: { id: `msg_${Date.now()}`, client_id: body.client_id, body: { text: body.text } },
        });
      if (!known)
        setTimeout(() => {
          tell({ type: "typing", conversation: c.id, by: "shopper" });
          c.read.shopper = seqOf(c);
          setTimeout(() => {
            add(c, {
              by: "shopper",
              kind: "message",
              message: {
                id: `msg_r${Date.now()}`,
                body: { text: c.language === "zh" ? "好的，谢谢" : "OK, thank you" },
              },
            });
          }, 2500);
        }, 1200);
      return { seq: e.seq, message: e.message, duplicate: !!known };
    },
  ],
  [
    "POST",
    "/conversations/:id/notes",
    ({ c, body }) =>
      add(c, {
        by: "agent",
        staff: who,
        kind: "note",
        message: { id: `msg_${Date.now()}`, body: { text: body.text } },
      }),
  ],
  [
    "POST",
    "/conversations/:id/read",
    ({ c, body }) => {
      c.read.team = body.seq;
      c.unread = 0;
      tell({ type: "inbox" });
      return {};
    },
  ],
  ["POST", "/conversations/:id/typing", () => ({})],
  [
    "POST",
    "/conversations/:id/:action",
    ({ c, p }) => {
      const to = {
        "take-over": { kind: "agent", agent: db.me.id },
        "hand-back": { kind: "bot" },
        queue: { kind: "queue", queue: "que_1" },
      }[p.action];
      if (to) {
        c.controller = to;
        c.agent_name = to.agent && db.me.name;
        c.control_epoch += 1;
        add(c, { by: "agent", staff: who, kind: "controller_changed", controller: to });
      } else {
        c.stage = p.action === "resolve" ? "resolved" : "open";
        c.resolved_at = Date.now();
        add(c, { by: "agent", staff: who, kind: p.action === "resolve" ? "resolved" : "reopened" });
      }
      return full(c);
    },
  ],
  [
    "GET",
    "/conversations/:id/orders",
    ({ c }) =>
      c.shopper.verified
        ? {
            customer: {
              key: "c1",
              name: c.shopper.name,
              level: c.shopper.level,
              since: db.now - 400 * 864e5,
              phone_masked: "138****5521",
              email_masked: "c***@mail.example",
            },
            orders: db.orders,
          }
        : { orders: [] },
  ],
  ["GET", "/traces/:id", ({ p }) => db.trace(p.id)],
  [
    "POST",
    "/files",
    () => ({
      file: `fil_${Date.now()}`,
      name: "图片.png",
      media_type: "image/png",
      bytes: 2048,
      url: "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7",
    }),
  ],
  [
    "GET",
    "/shops/:shop/products",
    ({ q }) => ({
      items: db.products.filter(
        (x) => !q.text || JSON.stringify(x).toLowerCase().includes(q.text.toLowerCase()),
      ),
      next: null,
    }),
  ],
  ["GET", "/phrases", () => db.phrases],
  [
    "POST",
    "/phrases",
    ({ body }) =>
      db.phrases.some((x) => x.shortcut === body.shortcut)
        ? fail(422, "invalid", "快捷码已被使用", [
            { field: "shortcut", code: "taken", detail: "快捷码已被使用" },
          ])
        : addPhrase(body),
  ],
  ["POST", "/phrases/:id/used", () => ({})],
  [
    "PUT",
    "/phrases/:id",
    ({ p, body }) =>
      Object.assign(
        db.phrases.find((x) => x.id === p.id),
        body,
      ),
  ],
  [
    "DELETE",
    "/phrases/:id",
    ({ p }) => {
      db.phrases.splice(
        db.phrases.findIndex((x) => x.id === p.id),
        1,
      );
      return {};
    },
  ],
  [
    "GET",
    "/articles",
    ({ q }) => {
      const items = db.articles
        .filter(
          (a) =>
            (!q.shop || a.shop === q.shop) &&
            (!q.category || a.category === q.category) &&
            (!q.text || JSON.stringify(a).includes(q.text)) &&
            stateOf(a) === (q.state ?? "live"),
        )
        .map(articleRow);
      return {
        items,
        next: null,
        categories: [...new Set(db.articles.map((a) => a.category))],
        total: items.length,
      };
    },
  ],
  [
    "POST",
    "/articles/search",
    ({ body }) => {
      const hits = db.articles
        .filter((a) => !a.archived)
        .slice(0, 5)
        .map((a, i) => ({
          article: articleRow(a),
          version: a.version,
          language: a.zh ? "zh" : "en",
          score: 0.83 - i * 0.13,
          cosine: 0.86 - i * 0.06,
          lexical: Math.max(0, 0.7 - i * 0.2),
          phrasing: a.zh?.aliases[0] ?? a.zh?.question ?? "",
          answer: (a.zh ?? a.en).answer,
        }));
      return {
        basis: body.text.includes("词") ? "lexical_only" : "hybrid",
        took_ms: 23,
        hits,
        would: {
          kind: body.text.length < 3 ? "abstain" : body.text.length < 6 ? "clarify" : "answer",
          article: hits[0].article.id,
          threshold: 0.62,
        },
      };
    },
  ],
  [
    "POST",
    "/articles/import",
    () => ({
      created: 18,
      updated: 6,
      unchanged: 3,
      rejected: [
        { row: 7, field: "answer", code: "empty", message: "回答不能为空" },
        { row: 19, field: "valid_until", code: "ends_before_start", message: "结束时间早于开始时间" },
      ],
      warnings: [{ row: 4, field: "aliases", code: "duplicate", message: "与第 2 行的问法重复" }],
    }),
  ],
  [
    "GET",
    "/articles/:id",
    ({ p }) => db.articles.find((a) => a.id === p.id) ?? fail(404, "not_found", "没有这个知识条目"),
  ],
  [
    "POST",
    "/articles",
    ({ body }) => {
      db.articles.unshift({
        ...body,
        id: `art_n${Date.now()}`,
        version: 1,
        archived: false,
        updated_at: Date.now(),
        updated_by: db.me.name,
        indexed: "pending",
      });
      return db.articles[0];
    },
  ],
  [
    "PUT",
    "/articles/:id",
    ({ p, body }) => {
      const a = db.articles.find((x) => x.id === p.id);
      if (body.version !== a.version || body.draft.category === "冲突")
        return fail(409, "conflict", "别人刚刚改过");
      return Object.assign(a, body.draft, {
        version: a.version + 1,
        updated_at: Date.now(),
        updated_by: db.me.name,
        indexed: "pending",
      });
    },
  ],
  [
    "GET",
    "/articles/:id/versions",
    ({ p }) => {
      const a = db.articles.find((x) => x.id === p.id);
      return Array.from({ length: a.version }, (_, i) => ({
        version: a.version - i,
        archived: false,
        updated_at: a.updated_at - i * 864e5,
        updated_by: i % 2 ? "林晓" : "周航",
        draft: {
          ...draftOf(a),
          zh: a.zh && {
            ...a.zh,
            answer: i
              ? a.zh.answer.replace("12–24 小时", `${12 * i}–${36 * i} 小时`).slice(0, 120 - i * 20)
              : a.zh.answer,
            aliases: a.zh.aliases.slice(i),
          },
        },
      }));
    },
  ],
  [
    "POST",
    "/articles/:id/:what",
    ({ p }) => {
      const a = db.articles.find((x) => x.id === p.id);
      a.archived = p.what === "archive";
      return a;
    },
  ],
  [
    "POST",
    "/articles/:id/versions/:n/restore",
    ({ p }) => {
      const a = db.articles.find((x) => x.id === p.id);
      a.version += 1;
      return a;
    },
  ],
  ["GET", "/staff", () => ({ items: db.staff, next: null })],
  [
    "POST",
    "/staff",
    ({ body }) => {
      db.staff.push({ ...body, id: `stf_${Date.now()}`, disabled: false, presence: "offline" });
      return db.staff.at(-1);
    },
  ],
  [
    "PUT",
    "/staff/:id",
    ({ p, body }) =>
      Object.assign(
        db.staff.find((s) => s.id === p.id),
        body,
      ),
  ],
  [
    "GET",
    "/audit",
    ({ q }) => {
      const from = Number(q.cursor ?? 0);
      return {
        items: db.audit.slice(from, from + 30),
        next: from + 30 < db.audit.length ? String(from + 30) : null,
      };
    },
  ],
  [
    "GET",
    "/overview",
    () => {
      const all = [...db.conversations.values()];
      return {
        queue: all.filter(views.queue).length,
        longest_wait_ms: 812_000,
        with_agents: all.filter((c) => c.stage === "open" && c.controller.kind === "agent").length,
        with_bot: all.filter(views.bot).length,
        agents: db.staff.slice(0, 3).map((s, i) => ({
          id: s.id,
          name: s.name,
          presence: s.id === db.me.id ? db.me.presence : s.presence,
          open: 5 - i * 2,
        })),
        today: {
          conversations: 214,
          answered_by_bot: 158,
          handed_off: 49,
          resolved: 176,
          rated: 63,
          average_stars: 4.6,
        },
        model: { embedding: process.env.NO_MODEL ? "missing" : "ready", name: "multilingual-e5-small" },
      };
    },
  ],
].map(([method, path, run]) => ({
  method,
  run,
  keys: [...path.matchAll(/:(\w+)/g)].map((m) => m[1]),
  at: new RegExp(`^/api/console${path.replace(/:\w+/g, "([^/]+)")}$`),
}));
