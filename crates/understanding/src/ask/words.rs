//! Words for stating an ask, in their normal form.

/// Openings that carry nothing; taken off one after the other.
pub const OPENINGS: &[&str] = &[
    "我想咨询一下", "我想咨询下", "想咨询一下", "想咨询下", "我想咨询", "咨询一下", "咨询下", "我想问一下", "我想问下",
    "我想问问", "我就是想问", "我就想问", "我想问", "想问一下", "想问下", "想问问", "请问一下", "请问下", "麻烦问一下",
    "麻烦问下", "帮我看一下", "帮我看下", "帮我查一下", "帮我查下", "帮忙看下", "帮忙查下", "你们这边", "你好", "您好",
    "在吗", "在么", "请问", "问一下", "问下", "麻烦", "那个", "那么", "就是", "然后", "但是", "不过", "因为", "所以", "可是",
    "而且", "还有", "另外", "现在", "这边", "客服", "那", "嗯", "哦", "恩", "额", "啊", "亲",
    "hello there", "hi there", "good morning", "good afternoon", "good evening", "hello", "hey", "hi", "um", "so", "well",
    "ok so", "okay so", "anyway", "just wondering", "i was wondering", "quick question", "excuse me", "sorry but",
];

/// Particles at the end of a Chinese sentence.
pub const ENDINGS: &[&str] = &["的吧", "了啊", "呢", "啊", "呀", "哦", "吧", "嘛", "哈", "啦", "吗"];

/// The shopper and the shop as they speak of themselves: a statement in the third person goes without.
pub const PERSONS: &[&str] = &["我们的", "我这边的", "我这边", "我们", "我的", "我这个", "我", "你们", "您"];

pub const QUESTIONS: &[&str] = &[
    "?", "吗", "么", "怎么", "如何", "什么", "多久", "多少", "为什么", "为啥", "能不能", "可不可以", "能否", "可否", "是否",
    "是不是", "有没有", "哪", "几天", "几点", "啥", "咋", "多长", "会不会", "要不要", "行不行", "可以不", "呢",
    "how", "what", "when", "where", "why", "which", "who", "can i", "can you", "could", "is it", "is there", "are there",
    "do you", "does", "did you", "will", "would", "whether",
];

pub const WISHES: &[&str] = &[
    "要", "想", "帮我", "帮忙", "希望", "需要", "申请", "取消", "退货", "退款", "换货", "退", "换", "改", "修改", "催", "补",
    "投诉", "开发票", "查",
    "want", "money back", "need", "please", "would like", "i'd like", "cancel", "refund", "return", "exchange", "change", "replace",
    "send me", "help me",
];

/// Wishes that are told as a request; the rest are told as statements.
pub const REQUESTS: &[&str] = &["帮", "麻烦", "取消", "申请", "请", "want", "need", "please", "i'd like", "would like"];

pub const TROUBLES: &[&str] = &[
    "没收到", "没有收到", "还没", "不了", "没有", "坏", "断", "裂", "掉", "破", "错", "少", "漏", "无法", "不能", "不到", "显示", "失败", "未",
    "降价", "收到", "一直",
    "haven't", "hasn't", "didn't", "not", "never", "broken", "damaged", "missing", "wrong", "failed", "still", "stuck",
];

pub const OUTCOMES: &[&str] = &["怎么办", "怎么回事", "什么意思", "what now", "what should i do"];

pub const TOPICS: &[&str] = &[
    "订单", "退款", "发票", "保价", "价保", "优惠券", "券", "价格", "发货", "配送", "快递", "物流", "退货", "换货", "地址",
    "安装", "赠品", "质量", "活动", "售后", "维修", "积分", "支付", "付款", "电话", "保修", "库存", "有货", "货", "送",
    "评价", "会员", "自提", "运费", "差价", "颜色", "尺寸", "尺码", "型号", "分期", "商家", "检测", "保质期", "生产日期",
    "预约", "充电", "到货", "签收", "上门", "抢", "秒杀", "补", "钱",
    "order", "refund", "money back", "invoice", "coupon", "price", "ship", "shipping", "delivery", "parcel", "package", "tracking",
    "return", "exchange", "address", "warranty", "repair", "stock", "size", "colour", "color", "discount", "payment",
];
