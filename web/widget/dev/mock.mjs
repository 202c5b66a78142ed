// A desk small enough to read, for trying the widget: `npm run dev -w widget`, then http://localhost:8790/.
// It follows the HTTP and WebSocket contract and keeps everything in memory. Words that steer it:
// 订单/order, 商品/product, 转人工/human, markdown, slow, drop (cuts the line), end (resolves).

import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { WebSocketServer } from "ws";

const PORT = Number(process.env.PORT ?? 8790);
export const faults = { ws: true, http: true, agents: 2 };
const conversations = new Map();
const people = new Map();
const sockets = new Set();
let ids = 0;
const id = (prefix) => `${prefix}_${(++ids).toString(36).padStart(6, "0")}`;

const shown = (c) => ({
  ...c,
  log: undefined,
  owner: undefined,
  seq: c.log.length,
  queue:
    c.controller === "queue"
      ? {
          position: 2,
          waiting_since: Date.now(),
          estimate_ms: faults.agents ? 150_000 : undefined,
          agents_online: faults.agents,
        }
      : undefined,
});

function tell(c, frame) {
  for (const socket of sockets) if (socket.follows === c.id) socket.send(JSON.stringify(frame));
}

function append(c, by, event) {
  c.log.push({ seq: c.log.length + 1, at: Date.now(), by, ...event });
  tell(c, { type: "events", conversation: c.id, events: c.log.slice(-1), seq: c.log.length });
  tell(c, { type: "state", conversation: shown(c) });
  return c.log.at(-1);
}

function control(c, controller, agent) {
  c.controller = controller;
  c.agent = agent;
  append(c, "system", { kind: "controller_changed", controller, agent });
  if (controller === "queue" && faults.agents) {
    setTimeout(() => c.controller === "queue" && control(c, "agent", { id: "stf_1", name: "林小满" }), 4000);
  }
  if (controller === "agent") {
    setTimeout(
      () =>
        append(c, "agent", {
          kind: "message",
          agent,
          message: { id: id("msg"), body: { text: "您好，我是林小满，已经看到您的问题，马上帮您处理。" } },
        }),
      800,
    );
  }
  return c;
}

const money = (minor) => ({ minor, currency: "CNY" });
const ANSWERS = [
  [
    /订单|order/i,
    {
      text: "这是您最近的订单，**预计明天送达**：",
      cards: [
        {
          kind: "order",
          order: "SL20260118-0421",
          state: "shipped",
          state_text: "运输中",
          placed_at: Date.now() - 2e8,
          total: money(45800),
          lines: [
            { title: "山行 28L 轻量徒步背包", options: "松绿 / 28L", quantity: 1, picture: "pack.svg" },
            { title: "速干抓绒手套", options: "M", quantity: 2 },
          ],
          shipment: {
            carrier: "顺丰速运",
            tracking_number: "SF1390057721",
            state: "in_transit",
            latest: { at: Date.now() - 3e6, place: "杭州转运中心", what: "快件已发往上海" },
            expected_at: Date.now() + 8e7,
          },
        },
      ],
      quick_replies: [{ text: "催一下快递" }, { text: "修改地址" }, { text: "转人工", action: "human" }],
    },
  ],
  [
    /商品|product/i,
    {
      text: "给您找到 2 款：",
      cards: [
        {
          kind: "product",
          product: "kettle",
          title: "云雾恒温电热水壶 1.7L",
          price_from: money(25900),
          list_price: money(32900),
          stock: 42,
          page: "/shop/products/kettle",
        },
        {
          kind: "product",
          product: "tent",
          title: "双人自动帐篷",
          price_from: money(69900),
          stock: 3,
          options: "2 种颜色",
        },
      ],
    },
  ],
  [
    /markdown/i,
    {
      text: "可以这样退货：\n\n1. 打开**我的订单**\n2. 选择 [退货说明](https://example.com/returns)\n3. 提交\n\n- 质保 7 天\n- 运费险\n\n<img src=x onerror=alert(1)> [坏链接](javascript:alert(1)) https://example.com/a.",
      sources: [{ article: "art_1", version: 3, title: "怎么申请退货" }],
    },
  ],
];

function answer(c, text) {
  if (c.controller !== "bot") return;
  if (/转人工|human/i.test(text)) return control(c, "queue");
  if (/^end$/.test(text)) {
    c.stage = "resolved";
    return append(c, "system", { kind: "resolved" });
  }
  if (/^drop$/.test(text)) for (const socket of sockets) socket.terminate();
  tell(c, { type: "typing", conversation: c.id, by: "bot" });
  const body = ANSWERS.find(([pattern]) => pattern.test(text))?.[1] ?? {
    text: `收到：“${text.slice(0, 40)}”。7 天内未使用的商品支持**无理由退货**。`,
    sources: [{ article: "art_2", version: 1, title: "退货政策" }],
  };
  setTimeout(
    () => c.controller === "bot" && append(c, "bot", { kind: "message", message: { id: id("msg"), body } }),
    /slow/.test(text) ? 3000 : 700,
  );
}

function say(c, { client_id, text, attachments = [] }) {
  const known = c.log.find((event) => event.message?.client_id === client_id);
  if (known) return { seq: known.seq, message: known.message, duplicate: true };
  const files = attachments.map((file) => ({
    file,
    name: "photo.png",
    media_type: "image/png",
    bytes: 120_000,
    url: `/api/files/${file}`,
  }));
  const event = append(c, "shopper", {
    kind: "message",
    message: { id: id("msg"), client_id, body: { text, attachments: files } },
  });
  setTimeout(() => {
    c.read.team = c.log.length;
    tell(c, { type: "state", conversation: shown(c) });
    answer(c, text);
  }, 300);
  return { seq: event.seq, message: event.message, duplicate: false };
}

class Refused extends Error {
  constructor(status, code, detail) {
    super(detail);
    Object.assign(this, { status, code });
  }
}

function handle(method, path, query, body, owner) {
  if (path === "config") {
    return {
      shop: { id: "shp_1", key: "shanlan", name: { zh: "山岚生活", en: "Shanlan Living" } },
      languages: ["zh", "en"],
      greeting: {
        zh: "您好，我是**山岚生活**的智能客服，查物流、退换货、选商品都可以问我。",
        en: "Hello, I am the assistant of **Shanlan Living**. Ask me about deliveries, returns or products.",
      },
      suggestions: {
        zh: ["我的订单到哪了？", "怎么退货", "推荐商品"],
        en: ["Where is my order?", "How do returns work?", "Recommend a product"],
      },
      agents_online: faults.agents,
      business_open: true,
      limits: {
        message_chars: 2000,
        file_bytes: 8 << 20,
        files_per_message: 5,
        file_types: ["image/png", "image/jpeg", "image/webp", "image/gif", "application/pdf", "text/plain"],
      },
      colors: { accent: "#0f6b56" },
    };
  }
  if (path === "connect") {
    const who = body.identity ? `customer:${body.identity}` : (body.visitor ?? id("vis"));
    people.set(who, true);
    const own = [...conversations.values()].findLast((c) => c.owner === who && c.stage === "open");
    return {
      token: who,
      expires_at: Date.now() + 3_600_000,
      visitor: body.visitor ?? who,
      shopper: { id: who, verified: !!body.identity },
      conversation: own ? shown(own) : null,
    };
  }
  if (!people.has(owner)) throw new Refused(401, "unauthenticated", "请重新连接");
  if (path === "files")
    return {
      file: id("fil"),
      name: "photo.png",
      media_type: "image/png",
      bytes: 120_000,
      url: "/api/files/x",
    };
  if (path === "conversations" && method === "POST") {
    let c = [...conversations.values()].find((each) => each.owner === owner && each.stage === "open");
    if (!c) {
      c = {
        id: id("cnv"),
        shop: "shp_1",
        stage: "open",
        controller: "bot",
        language: body.language,
        read: { shopper: 0, team: 0 },
        started_at: Date.now(),
        log: [],
        owner,
      };
      conversations.set(c.id, c);
      append(c, "shopper", { kind: "started", controller: "bot" });
      if (body.prefer === "human") control(c, "queue");
    }
    return shown(c);
  }
  const [, key, what] = path.split("/");
  const c = conversations.get(key);
  if (c?.owner !== owner) throw new Refused(404, "not_found", "没有这个会话");
  if (!what) return shown(c);
  if (what === "events") {
    const after = Number(query.get("after"));
    const events = c.log.slice(after, after + Number(query.get("limit") ?? 100));
    return { events, seq: after + events.length, more: after + events.length < c.log.length };
  }
  if (what === "messages") return say(c, body);
  if (what === "human") return shown(control(c, "queue"));
  if (what === "bot") return shown(control(c, "bot"));
  if (what === "read") c.read.shopper = body.seq;
  if (what === "contact") return shown(c);
  if (what === "rating") c.rated = body.stars;
  return {};
}

const PAGE = `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Tandem</title><h1>山岚生活</h1><script src="/widget/tandem.js" data-shop="shanlan" data-language="auto" defer></script>`;
const CSP = "default-src 'self'; style-src 'none'; connect-src 'self' ws:; img-src 'self'";

/** A merchant's page on another origin than the desk, with every setting of the tag. */
const EMBEDDED = (port) =>
  `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>Shop</title><h1>Shop</h1><script src="/widget/tandem.js" data-shop="shanlan" data-language="en" data-api="http://127.0.0.1:${port}/" data-color="#ffcc00" data-theme="dark" data-pages="/m" data-pictures="https://pictures.example/" defer></script>`;

export const server = createServer(async (request, response) => {
  const url = new URL(request.url, "http://x");
  const send = (status, type, content) => {
    const open = { "Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "*" };
    response
      .writeHead(status, { "Content-Type": type, "Content-Security-Policy": CSP, ...open })
      .end(content);
  };
  let raw = "";
  for await (const part of request) raw += part.toString("latin1");
  if (request.method === "OPTIONS") return send(204, "text/plain", "");
  if (url.pathname === "/embedded") {
    response.writeHead(200, { "Content-Type": "text/html" }).end(EMBEDDED(server.address().port));
    return;
  }
  if (url.pathname === "/") return send(200, "text/html", PAGE);
  if (url.pathname === "/widget/tandem.js")
    return send(200, "text/javascript", readFileSync(new URL("../dist/tandem.js", import.meta.url)));
  if (!url.pathname.startsWith("/api/widget/")) return send(404, "text/plain", "");
  if (!faults.http) return request.destroy();
  try {
    const isJson = request.headers["content-type"]?.includes("json");
    const body = isJson ? JSON.parse(Buffer.from(raw, "latin1").toString("utf8")) : {};
    const owner = request.headers.authorization?.slice(7);
    send(
      200,
      "application/json",
      JSON.stringify(handle(request.method, url.pathname.slice(12), url.searchParams, body, owner)),
    );
  } catch ({ status = 500, code = "internal", message }) {
    send(status, "application/problem+json", JSON.stringify({ title: code, status, code, detail: message }));
  }
});

const live = new WebSocketServer({ noServer: true });
server.on("upgrade", (request, socket, head) => {
  const owner = new URL(request.url, "http://x").searchParams.get("token");
  if (!faults.ws || !faults.http || !people.has(owner)) return socket.destroy();
  live.handleUpgrade(request, socket, head, (line) => {
    sockets.add(line);
    line.on("close", () => sockets.delete(line));
    line.on("message", (text) => {
      const frame = JSON.parse(text);
      const c = conversations.get(frame.conversation);
      if (frame.type === "ping") line.send('{"type":"pong"}');
      if (frame.type === "follow") {
        line.follows = c.id;
        line.send(
          JSON.stringify({
            type: "events",
            conversation: c.id,
            events: c.log.slice(frame.after),
            seq: c.log.length,
          }),
        );
      }
      if (frame.type === "say")
        line.send(JSON.stringify({ type: "accepted", client_id: frame.client_id, ...say(c, frame) }));
      if (frame.type === "read") c.read.shopper = frame.seq;
    });
  });
});

export const cut = () => {
  for (const socket of sockets) socket.terminate();
};
export const all = conversations;
if (process.argv[1] === new URL(import.meta.url).pathname)
  server.listen(PORT, () => console.log(`http://localhost:${PORT}/`));
