// The policies page. It says the same as the articles the assistant answers from.
import type { Bilingual } from "../contract";

export interface Policy {
  key: string;
  title: Bilingual;
  points: Bilingual[];
}

export const POLICIES: Policy[] = [
  {
    key: "returns",
    title: { zh: "退货与换货", en: "Returns and exchanges" },
    points: [
      {
        zh: "签收次日起 7 天内支持无理由退货：商品完好，配件和赠品齐全，拆包装看货不影响。",
        en: "Within 7 days from the day after delivery, for any reason: the item intact, with accessories and gifts. Opening the box to look is fine.",
      },
      {
        zh: "签收次日起 15 天内有质量问题可以换货；超过 15 天，在保修期内免费维修。",
        en: "Faulty items are exchanged within 15 days; after that they are repaired free within the warranty.",
      },
      {
        zh: "已开封的茶叶、食品和宠物粮，已拆封的入耳式耳机和贴身用品，以及定制、已安装的商品不支持无理由退货，质量问题不受影响。",
        en: "Opened tea, food and pet food, opened in-ear buds and personal items, custom-made and installed goods are excluded unless faulty.",
      },
      {
        zh: "申请入口：我的订单 → 申请售后。可以上门取件，也可以自行寄回。",
        en: "Apply under My orders → After-sales. We collect it, or you send it back.",
      },
    ],
  },
  {
    key: "delivery",
    title: { zh: "配送", en: "Delivery" },
    points: [
      {
        zh: "现货 16:00 前付款当天发货，16:00 后付款的 48 小时内发货。",
        en: "Goods in stock paid by 16:00 ship the same day; later payments within 48 hours.",
      },
      {
        zh: "从发货算起：江浙沪皖川渝 1–2 天，其他省份 2–4 天，新疆、西藏 5–8 天，大件 3–7 天。",
        en: "From dispatch: Jiangsu, Zhejiang, Shanghai, Anhui, Sichuan and Chongqing 1–2 days, other provinces 2–4, Xinjiang and Tibet 5–8, large items 3–7.",
      },
      {
        zh: "运费 ¥8，满 ¥88 免运费；偏远地区 ¥18，满 ¥199 免运费。",
        en: "Delivery is ¥8 and free from ¥88; remote regions ¥18 and free from ¥199.",
      },
    ],
  },
  {
    key: "refunds",
    title: { zh: "退款", en: "Refunds" },
    points: [
      {
        zh: "退款原路退回。微信、支付宝、云闪付 1–3 个工作日，银行卡 3–7 个工作日。",
        en: "Refunds go back the way you paid: wallets in 1–3 working days, bank cards in 3–7.",
      },
      {
        zh: "没发货就取消的马上发起退款；退货的在仓库验货后 24 小时内发起。",
        en: "Cancelled before dispatch, a refund starts at once; for returns, within 24 hours of inspection.",
      },
    ],
  },
  {
    key: "price",
    title: { zh: "价格保护", en: "Price protection" },
    points: [
      {
        zh: "付款后 7 天内，同款同规格在本店降价，可以申请退差价。",
        en: "If the same item gets cheaper here within 7 days of payment, claim the difference.",
      },
      {
        zh: "限时秒杀、拼团、新人价和会员价不在范围内。",
        en: "Flash sales, group buys, newcomer and member prices are not covered.",
      },
    ],
  },
  {
    key: "payment",
    title: { zh: "付款与发票", en: "Payment and invoices" },
    points: [
      {
        zh: "支持微信支付、支付宝、云闪付和信用卡。下单后请在 30 分钟内付款。",
        en: "WeChat Pay, Alipay, UnionPay and credit cards. Please pay within 30 minutes of ordering.",
      },
      {
        zh: "所有商品都能开电子发票，签收后 24 小时内发到您的邮箱。",
        en: "Every order gets an electronic invoice, mailed within 24 hours of delivery.",
      },
    ],
  },
  {
    key: "warranty",
    title: { zh: "保修", en: "Warranty" },
    points: [
      {
        zh: "数码配件、小家电、帐篷和背包 1 年，空调和热水器 3 年，鞋服 90 天。摔坏、进水等人为损坏可以付费维修。",
        en: "Electronics, small appliances, tents and packs 1 year; air conditioners and water heaters 3 years; clothing and shoes 90 days. Damage by dropping or water can be repaired at cost.",
      },
    ],
  },
];

/** Names of the ways to pay as the shop's records have them. */
export const METHODS = [
  { key: "wechat", record: "微信支付" },
  { key: "alipay", record: "支付宝" },
  { key: "unionpay", record: "云闪付" },
  { key: "card", record: "信用卡" },
] as const;
