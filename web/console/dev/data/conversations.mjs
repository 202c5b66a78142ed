// The mock's conversations: a few worked out in detail, many short ones, and why the bot said what it said.

import { b, cny, DAY, kettle, MIN, now, orders, shell } from "./shop.mjs";

const src = (id, title, version = 3) => ({ article: id, version, title });
const orderCard = {
  kind: "order",
  order: orders[0].key,
  state: "shipped",
  state_text: "运输中",
  placed_at: orders[0].placed_at,
  total: orders[0].total,
  lines: [
    { title: shell.title.zh, options: "石墨黑 / M", quantity: 1 },
    { title: kettle.title.zh, options: "松绿", quantity: 1 },
  ],
  shipment: {
    carrier: "顺丰速运",
    tracking_number: "SF1428857736021",
    state: "in_transit",
    latest: { at: now - 3.2 * DAY, place: "武汉转运中心", what: "到达，等待中转" },
    expected_at: now - 2 * DAY,
  },
};
const productCard = {
  kind: "product",
  product: "kettle",
  title: kettle.title.en,
  price_from: cny(12900),
  list_price: cny(15900),
  stock: 42,
  options: "Pine green",
};

const picture = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" width="480" height="320"><rect width="480" height="320" fill="#cfe3da"/><path d="M0 320 150 120l90 110 70-80 170 170z" fill="#0f6b56"/><circle cx="380" cy="80" r="34" fill="#f0bd4f"/></svg>')}`;

export const card = {
  version: 1,
  language: "zh",
  reason: "upset",
  reason_text: "买家情绪激动，并两次要求给出到货时间",
  written_at: now - 13 * MIN,
  ask: { text: "订单 2025110288431 在武汉停了三天，要求今天给出确切到货时间，否则退款", seq: 8 },
  intents: [
    { name: "logistics", text: "查物流 / 催派送", seq: 2 },
    { name: "refund", text: "不到货就退款", seq: 8 },
  ],
  identity: { verified: true, customer: "c1", name: "陈雨" },
  order: {
    key: orders[0].key,
    state: "shipped",
    line: { text: "已发货 · 顺丰 SF1428857736021 · 预计送达已过 2 天", seq: 5 },
  },
  product: { key: "shell", title: "山岚 三层防水冲锋衣", line: { text: "石墨黑 / M ×1", seq: 5 } },
  slots: [
    { name: "订单号", value: "2025110288431", seq: 4 },
    { name: "收货城市", value: "成都", seq: 4 },
  ],
  tried: [
    { text: "查询物流：武汉转运中心，等待中转，3 天无更新", seq: 5 },
    { text: "回答了延误的常见原因（物流延误说明 v3）", seq: 7 },
  ],
  failed: [{ text: "承运商接口没有给出新的预计送达时间", seq: 7 }],
  promises: [{ text: "已告知会有人工客服继续跟进", seq: 9 }],
  emotion: { level: "upset", quote: { text: "都三天了一动不动，你们到底管不管？", seq: 8 } },
  suggested: [
    { text: "先致歉，再联系顺丰催件并给出回电时间" },
    { text: "超过承诺 2 天，可按政策补偿 20 元券" },
  ],
};

const msg = (seq, at, by, text, more = {}) => {
  const { staff: who, trace, ...body } = more;
  return {
    seq,
    at,
    by,
    kind: "message",
    staff: who,
    trace,
    message: { id: `msg_${seq}_${at}`, body: { text, ...body } },
  };
};
export const LIN = { id: "stf_lin", name: "林晓" };
export const MAY = { id: "stf_may", name: "May Chen" };
export const t = (m) => now - m * MIN;

const detailed = [
  {
    id: "cnv_chen",
    shop: "shp_1",
    shopper: {
      id: "per_1",
      name: "陈雨",
      verified: true,
      customer: "c1",
      level: 3,
      language: "zh",
      contact: null,
    },
    controller: { kind: "queue", queue: "que_1" },
    language: "zh",
    card,
    emotion: "upset",
    reason: "upset",
    page: { url: "/shop/orders/2025110288431", title: "订单 2025110288431", order: "2025110288431" },
    events: [
      { seq: 1, at: t(24 * 60 + 30), by: "system", kind: "started", controller: { kind: "bot" } },
      msg(2, t(24 * 60 + 29), "shopper", "我买的冲锋衣怎么还没到？"),
      msg(3, t(24 * 60 + 29), "bot", "您好，我帮您查。请问是哪一笔订单？", {
        trace: "trc_1",
        quick_replies: [{ text: "2025110288431" }],
      }),
      msg(4, t(22), "shopper", "2025110288431，收货是成都"),
      msg(
        5,
        t(22),
        "bot",
        "查到了：包裹由**顺丰速运**承运，最新一条是武汉转运中心“到达，等待中转”。原定预计送达时间已经过了，很抱歉让您久等。",
        { trace: "trc_2", cards: [orderCard], sources: [src("art_1", "物流多久更新一次？")] },
      ),
      msg(6, t(20), "shopper", "这是我截的图", {
        attachments: [
          {
            file: "fil_1",
            name: "物流截图.png",
            media_type: "image/png",
            bytes: 184_320,
            url: picture,
            width: 480,
            height: 320,
          },
        ],
      }),
      msg(
        7,
        t(19),
        "bot",
        "大促期间部分中转站积压，一般会晚 1–3 天：\n\n1. 中转站恢复后会自动派送\n2. 超过承诺时间，可以申请**延误补偿**",
        {
          trace: "trc_2",
          sources: [src("art_1", "物流多久更新一次？"), src("art_2", "超过承诺时间怎么补偿？", 2)],
        },
      ),
      msg(8, t(13.4), "shopper", "都三天了一动不动，你们到底管不管？今天不给准信我就退款！"),
      { seq: 9, at: t(13.2), by: "bot", kind: "handoff", card, reason: "upset", trace: "trc_3" },
      {
        seq: 10,
        at: t(13.2),
        by: "bot",
        kind: "controller_changed",
        controller: { kind: "queue", queue: "que_1" },
        reason: "upset",
      },
      {
        seq: 11,
        at: t(13),
        by: "bot",
        kind: "reply_withheld",
        trace: "trc_3",
        withheld: { text: "预计明天上午可以送达成都。", reason: "control_passed" },
      },
      {
        seq: 12,
        at: t(9),
        by: "agent",
        staff: LIN,
        kind: "note",
        message: { id: "msg_n1", body: { text: "已在顺丰后台催件，等网点回电。先别承诺时间。" } },
      },
      msg(13, t(2.2), "shopper", "有人吗？？"),
    ],
    read: { shopper: 10, team: 8 },
    unread: 2,
  },
  {
    id: "cnv_emma",
    shop: "shp_1",
    shopper: {
      id: "per_2",
      name: "Emma Wilson",
      verified: false,
      level: 0,
      language: "en",
      contact: "emma@mail.example",
    },
    controller: { kind: "agent", agent: "stf_lin" },
    agent_name: "林晓",
    language: "en",
    reason: "asked",
    emotion: "calm",
    page: { url: "/shop/p/kettle", title: "Shanlan 1.7 L camp kettle", product: "kettle" },
    events: [
      { seq: 1, at: t(48), by: "system", kind: "started", controller: { kind: "bot" } },
      msg(2, t(47), "shopper", "Hi! Does the camp kettle work on an induction hob?"),
      msg(
        3,
        t(47),
        "bot",
        "Yes. The 1.7 L camp kettle has a steel base plate, so it works on **induction hobs** as well as over an open fire.",
        {
          trace: "trc_1",
          cards: [productCard],
          sources: [src("art_3", "Which hobs can the kettle be used on?")],
        },
      ),
      msg(
        4,
        t(44),
        "shopper",
        "Great. I'd like to talk to a person about a bulk order, 60 pieces for a scout group.",
      ),
      {
        seq: 5,
        at: t(44),
        by: "bot",
        kind: "controller_changed",
        controller: { kind: "queue", queue: "que_1" },
        reason: "asked",
      },
      {
        seq: 6,
        at: t(41),
        by: "agent",
        staff: LIN,
        kind: "controller_changed",
        controller: { kind: "agent", agent: "stf_lin" },
      },
      msg(
        7,
        t(40),
        "agent",
        "Hello Emma, this is Lin. For 60 pieces we can offer the group price. When do you need them?",
        { staff: LIN },
      ),
      msg(8, t(38), "shopper", "By the end of next month, shipped to Leeds. https://scouts.example/leeds"),
      msg(9, t(36), "agent", "That works. I'll prepare a quote and send it here today.", { staff: LIN }),
      msg(10, t(1.2), "shopper", "Thanks! Could the logo be engraved as well?"),
    ],
    read: { shopper: 9, team: 9 },
    unread: 1,
  },
  {
    id: "cnv_bot",
    shop: "shp_1",
    shopper: { id: "per_3", name: "", verified: false, level: 0, language: "zh", contact: null },
    controller: { kind: "bot" },
    language: "zh",
    emotion: "calm",
    events: [
      { seq: 1, at: t(5), by: "system", kind: "started", controller: { kind: "bot" } },
      msg(2, t(4.5), "shopper", "营地灯什么时候有货"),
      msg(3, t(4.4), "bot", "营地灯预计 5 天后到货，到货后可在商品页下单。", {
        trace: "trc_1",
        sources: [src("art_4", "缺货商品什么时候补货？")],
      }),
    ],
    read: { shopper: 3, team: 3 },
    unread: 0,
  },
  {
    id: "cnv_may",
    shop: "shp_1",
    shopper: {
      id: "per_4",
      name: "赵明",
      verified: true,
      customer: "c2",
      level: 1,
      language: "zh",
      contact: null,
    },
    controller: { kind: "agent", agent: "stf_may" },
    agent_name: "May Chen",
    language: "zh",
    emotion: "worried",
    reason: "abstained",
    events: [
      { seq: 1, at: t(90), by: "system", kind: "started", controller: { kind: "bot" } },
      msg(2, t(89), "shopper", "发票可以开专票吗，公司报销用"),
      {
        seq: 3,
        at: t(88),
        by: "bot",
        kind: "controller_changed",
        controller: { kind: "queue", queue: "que_1" },
        reason: "abstained",
      },
      {
        seq: 4,
        at: t(80),
        by: "agent",
        staff: MAY,
        kind: "controller_changed",
        controller: { kind: "agent", agent: "stf_may" },
      },
      msg(5, t(79), "agent", "可以的，请提供税号和开户行信息。", { staff: MAY }),
    ],
    read: { shopper: 5, team: 5 },
    unread: 0,
  },
];

const names = [
  "李娜",
  "王强",
  "Olivia Brown",
  "张伟",
  "刘洋",
  "Noah Davis",
  "杨帆",
  "黄蕾",
  "Sofia Rossi",
  "周婷",
  "吴昊",
  "郑洁",
  "Liam Carter",
  "孙悦",
  "马超",
];
const asks = [
  "请问可以改收货地址吗？我刚下的单",
  "Can I return a jacket I wore once?",
  "优惠券用不了，提示不满足条件",
  "身高 172 体重 65 冲锋衣穿什么码",
  "退款什么时候到账？已经五天了",
  "Where is my parcel? Tracking has not moved since Monday.",
  "营地灯充不进电",
  "能开发票吗",
  "Do you ship to Canada?",
  "少发了一件，怎么办",
  "我要投诉快递员态度",
  "价保怎么申请，买完第二天就降价了",
];
const reasons = ["asked", "abstained", "risk", "repeated", "upset"];
const emotions = ["calm", "calm", "worried", "upset", "angry"];

function brief(i) {
  const kind = i < 8 ? "queue" : i % 7 === 0 ? "agent" : i % 5 === 0 ? "queue" : "bot";
  const resolved = i > 40 && i % 2 === 0;
  const ask = asks[i % asks.length];
  const language = /[a-z]/i.test(ask[0]) ? "en" : "zh";
  const at = t(3 + i * 4.3);
  const controller =
    kind === "agent"
      ? { kind, agent: i % 2 ? "stf_may" : "stf_lin" }
      : kind === "queue"
        ? { kind, queue: "que_1" }
        : { kind };
  const events = [
    { seq: 1, at: at - MIN, by: "system", kind: "started", controller: { kind: "bot" } },
    msg(2, at, "shopper", ask),
  ];
  if (kind === "bot")
    events.push(
      msg(
        3,
        at + 900,
        "bot",
        language === "zh" ? "好的，我来帮您看一下。" : "Sure, let me check that for you.",
        { trace: "trc_1" },
      ),
    );
  else
    events.push({
      seq: 3,
      at: at + 900,
      by: "bot",
      kind: "controller_changed",
      controller: { kind: "queue", queue: "que_1" },
      reason: reasons[i % 5],
    });
  if (resolved) events.push({ seq: 4, at: at + 2 * MIN, by: "agent", staff: LIN, kind: "resolved" });
  return {
    id: `cnv_${1000 + i}`,
    shop: i % 6 === 0 ? "shp_2" : "shp_1",
    shopper: {
      id: `per_${100 + i}`,
      name: i % 9 === 0 ? "" : names[i % names.length],
      verified: i % 3 !== 0,
      customer: i % 3 ? "c1" : null,
      level: i % 4,
      language,
      contact: null,
    },
    stage: resolved ? "resolved" : "open",
    controller,
    agent_name: kind === "agent" ? (i % 2 ? "May Chen" : "林晓") : undefined,
    language,
    events,
    reason: kind === "bot" ? undefined : reasons[i % 5],
    emotion: emotions[i % 5],
    read: { shopper: 2, team: kind === "queue" ? 1 : 3 },
    unread: kind === "queue" ? 1 : 0,
  };
}
export const conversations = new Map(
  [...detailed, ...Array.from({ length: Number(process.env.MANY ?? 60) }, (_, i) => brief(i))].map((c) => [
    c.id,
    { stage: "open", control_epoch: 1, ...c },
  ]),
);

export const trace = (id) => ({
  id,
  conversation: "cnv_chen",
  seq: 5,
  at: t(22),
  took_ms: 412,
  language: "zh",
  epoch: 1,
  outcome: id === "trc_3" ? "withheld" : "replied",
  sources: [src("art_1", "物流多久更新一次？"), src("art_2", "超过承诺时间怎么补偿？", 2)],
  steps: [
    {
      stage: "understand",
      took_ms: 38,
      summary: b(
        "意图：查物流（0.93）；订单号 2025110288431；情绪：着急",
        "Intent: track parcel (0.93); order 2025110288431; emotion: worried",
      ),
      detail: {
        language: "zh",
        intents: [
          { name: "logistics", confidence: 0.93 },
          { name: "refund", confidence: 0.21 },
        ],
        entities: [
          { kind: "order", text: "2025110288431", span: [0, 13] },
          { kind: "city", text: "成都", span: [17, 19] },
        ],
        emotion: { level: "worried", score: 0.61 },
        completed: "订单 2025110288431 的物流到哪里了",
      },
    },
    {
      stage: "decide",
      took_ms: 6,
      summary: b(
        "继续技能“查物流”，订单已核对归属",
        "Continue skill “track parcel”; order ownership checked",
      ),
      detail: {
        skill: "logistics",
        step: "lookup",
        because: "slot order filled",
        alternatives: [{ kind: "answer", score: 0.58 }],
      },
    },
    {
      stage: "act",
      took_ms: 284,
      summary: b("调用店铺：读取订单与物流，1 个包裹", "Asked the shop for order and shipment: 1 parcel"),
      detail: {
        tool: "shop.order",
        order: "2025110288431",
        result: { state: "shipped", shipments: 1, latest: { place: "武汉转运中心", hours_ago: 77 } },
        cached: false,
      },
    },
    {
      stage: "compose",
      took_ms: 61,
      summary: b("按模板写成，引用 1 个知识条目", "Written from a template, citing 1 article"),
      detail: { template: "logistics.delayed", model: null, cited: ["art_1@3"] },
    },
    {
      stage: "guard",
      took_ms: 3,
      summary: b("所有数字、日期、网址都有来源", "Every number, date and link has a source"),
      detail: { checked: 4, unsourced: [], promises: [] },
    },
    {
      stage: "deliver",
      took_ms: 20,
      summary: b("仍由智能客服接待，已送出", "The bot was still in control: delivered"),
      detail: { epoch: 1, seq: 5 },
    },
  ],
});
