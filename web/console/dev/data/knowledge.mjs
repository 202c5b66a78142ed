// The mock's knowledge, quick phrases and audit list.

import { LIN, MAY, t } from "./conversations.mjs";
import { b } from "./shop.mjs";

const w = (question, answer, aliases = []) => ({ question, answer, aliases });
const article = (id, key, category, version, zh, en, more = {}) => ({
  id,
  shop: "shp_1",
  version,
  key,
  category,
  scope: { products: [], categories: [] },
  valid_from: null,
  valid_until: null,
  zh,
  en,
  archived: false,
  updated_at: t(version * 900),
  updated_by: "周航",
  indexed: "hybrid",
  ...more,
});
export const articles = [
  article(
    "art_1",
    "shipping-updates",
    "物流",
    3,
    w(
      "物流多久更新一次？",
      "包裹发出后，物流一般 **12–24 小时**更新一次。\n\n- 大促期间中转站可能积压，晚 1–3 天\n- 超过 72 小时没有更新，请联系人工客服，我们会向承运商催件\n\n查看物流：[我的订单](https://shop.example/orders)",
      ["快递怎么不动了", "物流卡住了", "为什么一直不更新"],
    ),
    w(
      "How often is tracking updated?",
      "Tracking is usually updated every **12–24 hours**.\n\n- During big sales hubs can be 1–3 days behind\n- No update for 72 hours? Ask for a person and we will chase the carrier",
      ["tracking stuck", "parcel not moving"],
    ),
  ),
  article(
    "art_2",
    "late-compensation",
    "物流",
    2,
    w("超过承诺时间怎么补偿？", "超过承诺送达时间 48 小时以上，可申请 20 元优惠券。", ["延误赔偿"]),
    null,
  ),
  article(
    "art_3",
    "kettle-hobs",
    "商品",
    5,
    w("烧水壶可以用电磁炉吗？", "可以，明火与电磁炉两用。", ["电磁炉能不能用"]),
    w("Which hobs can the kettle be used on?", "Open fire, gas and **induction**.", ["induction"]),
    { scope: { products: ["kettle"], categories: [] } },
  ),
  article(
    "art_4",
    "restock",
    "商品",
    1,
    w("缺货商品什么时候补货？", "商品页会显示预计到货日期。", []),
    w("When will it be back in stock?", "The product page shows the expected date.", []),
    { indexed: "pending" },
  ),
  article(
    "art_5",
    "double-eleven",
    "活动",
    4,
    w("双十一满减怎么算？", "跨店每满 300 减 50，可与店铺券叠加。", ["满减", "凑单"]),
    null,
    { valid_from: t(-10 * 24 * 60), valid_until: t(-25 * 24 * 60) },
  ),
  article(
    "art_6",
    "618-sale",
    "活动",
    2,
    w("618 价保规则？", "618 期间购买，30 天内降价可补差价。", []),
    null,
    { valid_until: t(60 * 24 * 100), indexed: "lexical" },
  ),
  article(
    "art_7",
    "invoice",
    "售后",
    6,
    w("怎么开发票？", "在订单详情点“申请发票”，1 个工作日内开具电子发票。", ["开票", "报销", "专票"]),
    w("How do I get an invoice?", "Open the order and choose “Request invoice”.", ["receipt", "VAT"]),
  ),
  article("art_8", "old-return", "售后", 9, w("旧版退货流程", "已停用。", []), null, { archived: true }),
  ...Array.from({ length: 14 }, (_, i) =>
    article(
      `art_${20 + i}`,
      `faq-${i}`,
      ["物流", "商品", "售后", "支付"][i % 4],
      1 + (i % 4),
      w(
        [
          "可以货到付款吗？",
          "怎么修改收货地址？",
          "尺码怎么选？",
          "退款多久到账？",
          "支持七天无理由退货吗？",
        ][i % 5],
        "请在订单详情中操作，或联系人工客服。",
        [],
      ),
      i % 2
        ? w(
            [
              "Can I pay on delivery?",
              "How do I change the address?",
              "Which size should I take?",
              "When do I get my refund?",
              "Is there a 7-day return?",
            ][i % 5],
            "Open the order page or ask a person.",
            [],
          )
        : null,
    ),
  ),
];

export const phrases = [
  {
    id: "phr_1",
    shop: null,
    owner: null,
    shortcut: "hi",
    text: b(
      "您好{{shopper}}，我是人工客服{{agent}}，很高兴为您服务。",
      "Hello {{shopper}}, this is {{agent}} from the team. How can I help?",
    ),
    group: "开场",
    used: 128,
  },
  {
    id: "phr_2",
    shop: "shp_1",
    owner: null,
    shortcut: "delay",
    text: b(
      "非常抱歉，订单 {{order}} 的物流有延误，我已联系承运商，有消息第一时间告诉您。",
      "I'm sorry, order {{order}} is delayed. I have contacted the carrier and will tell you as soon as I hear back.",
    ),
    group: "物流",
    used: 76,
  },
  {
    id: "phr_3",
    shop: null,
    owner: null,
    shortcut: "bye",
    text: b("感谢您的支持，祝您生活愉快！", "Thank you, have a great day!"),
    group: "结束",
    used: 201,
  },
  {
    id: "phr_4",
    shop: null,
    owner: "stf_lin",
    shortcut: "wait",
    text: { zh: "请稍等，我查一下。", en: null },
    group: "开场",
    used: 40,
  },
];
export const audit = Array.from({ length: 70 }, (_, i) => ({
  id: `aud_${i}`,
  at: t(i * 37),
  by: [LIN, MAY, { id: "stf_zhou", name: "周航" }][i % 3],
  action: [
    "article.changed",
    "staff.signed_in",
    "phrase.created",
    "conversation.taken_over",
    "article.archived",
  ][i % 5],
  subject: ["art_1", "stf_may", "phr_2", "cnv_chen", "art_8"][i % 5],
  detail: { version: i },
}));
