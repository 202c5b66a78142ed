// What the mock answers on the bot's pages: skills, policy and guarantee, all of it invented.

const b = (zh, en) => ({ zh, en });
const DAY_MS = 86_400_000;
const terms = { is_on: true, error: 0.05, confidence: 0.95, share: 0.2 };
const skills = [
  {
    name: "recommend",
    title: b("推荐商品", "Recommend"),
    group: "pre_sale",
    needs_verified: false,
    examples_zh: ["有什么适合露营的", "推荐个耳机"],
    examples_en: ["what would you recommend for camping", "recommend some earbuds"],
    slots: [{ name: "budget", title: b("预算", "Budget"), is_optional: true }],
    actions: [],
  },
  {
    name: "return_items",
    title: b("退货", "Return items"),
    group: "after_sale",
    needs_verified: true,
    examples_zh: ["我想退货", "这件不想要了"],
    examples_en: ["I want to send this back", "return my order"],
    slots: [
      { name: "order", title: b("订单", "Order"), is_optional: false },
      { name: "items", title: b("商品", "Items"), is_optional: false },
    ],
    actions: ["return_items"],
  },
];
const rule = (name, expression, text, by) => ({ name, expression, text, by });
const policy = {
  title: b("默认政策", "Default policy"),
  actions: [
    {
      name: "cancel_order",
      who: ["shopper", "bot", "agent", "supervisor"],
      rules: [
        rule(
          "before_shipping",
          'order.state in ["unpaid", "paid", "packing"]',
          b("订单已经发货，不能取消。", "The order has shipped and can't be cancelled."),
        ),
      ],
      approvals: [
        rule(
          "large_refund",
          "amount.refund > value.refund_limit",
          b("退款金额较大。", "The refund is large."),
          "agent",
        ),
      ],
      undo_ms: 600_000,
    },
    { name: "urge_shipment", who: ["shopper", "bot"], rules: [], approvals: [], undo_ms: null },
  ],
};
const days = Array.from({ length: 30 }, (_, day) => ({
  begins_at: Math.floor(Date.now() / DAY_MS - 29 + day) * DAY_MS,
  asked: 14 + ((day * 7) % 9),
  answered: 9 + ((day * 5) % 6),
  judged: 8,
  wrong: day % 11 === 0 ? 1 : 0,
}));
const questions = Array.from({ length: 4 }, (_, index) => ({
  id: `smp_${index}`,
  conversation: "cnv_chen",
  seq: 4,
  at: Date.now() - (9 - index) * 3_600_000,
  asked: index === 1 ? "" : `快递三天没动了怎么办（${index + 1}）`,
  article: "art_1",
  question: "物流多久更新一次？",
  answer: "揽收后一般 **24 小时**内更新。",
  outcome: "answered",
}));
const guarantee = () => ({
  terms,
  standing: "certified",
  more: 0,
  threshold: 0.71,
  is_certified: terms.is_on,
  coverage: 0.774,
  upper_bound: 0.049,
  judged: 412 + 4 - questions.length,
  open: questions.length,
  answered: 319,
  wrong: 9,
  wrong_at_most: 0.048,
  days,
});

function play({ yaml }) {
  if (!yaml.includes("turns:"))
    return {
      faults: [{ file: "conversation.yaml", line: 1, column: 3, message: "turns is missing" }],
      conversations: [],
    };
  const turns = [
    { shopper: "帮我催一下", bot: "好的，要催发货吗？", skills: ["urge_shipment"] },
    { shopper: "好的", bot: "已经催了仓库。", skills: ["urge_shipment"] },
  ];
  return {
    faults: [],
    conversations: [
      { name: "催发货", passed: true, differences: [], turns },
      {
        name: "a stuck parcel",
        passed: false,
        differences: [{ turn: 2, what: "performs: none, not urge_shipment" }],
        turns,
      },
    ],
  };
}

function whatIf({ action }) {
  if (action.action === "cancel_order")
    return {
      verdict: "refused",
      rule: "before_shipping",
      lines: [b("订单已经发货，不能取消。", "The order has shipped and can't be cancelled.")],
    };
  return {
    verdict: "allowed",
    lines: [b("提醒仓库尽快发货。", "Tell the warehouse to hurry.")],
    undo_ms: null,
  };
}

export const botRoutes = [
  ["GET", "/skills", () => skills],
  [
    "POST",
    "/skills/read",
    () => ({
      reliability: 0.83,
      intents: [
        { skill: "return_items", title: skills[1].title, chance: 0.86 },
        { skill: null, title: null, chance: 0.09 },
        { skill: "recommend", title: skills[0].title, chance: 0.02 },
      ],
    }),
  ],
  ["POST", "/skills/play", ({ body }) => play(body)],
  ["GET", "/policy", () => policy],
  ["POST", "/policy/what-if", ({ body }) => whatIf(body)],
  ["GET", "/guarantee", guarantee],
  [
    "PUT",
    "/guarantee",
    ({ body }) => {
      Object.assign(terms, body);
      return guarantee();
    },
  ],
  ["GET", "/guarantee/questions", () => questions],
  [
    "POST",
    "/guarantee/questions/:id",
    ({ p }) => {
      const at = questions.findIndex((question) => question.id === p.id);
      if (at >= 0) questions.splice(at, 1);
      return {};
    },
  ],
];
