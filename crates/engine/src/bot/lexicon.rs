//! Words by which look-ups in the shop are told apart, in both languages, and promises. Matched on normalised text; a
//! list says what, never what to do about it. Wishes, risks and politeness are in `understanding`.

pub const LOGISTICS: &[&str] = &[
    "到哪了", "到哪里了", "到哪儿了", "查物流", "看物流", "的物流", "物流信息", "物流状态", "物流到", "物流怎么",
    "物流没", "物流不", "物流停", "快递到", "快递单号", "运单号", "我的快递", "我的包裹", "快递怎么", "快递还",
    "包裹怎么", "包裹还", "什么时候到", "啥时候到", "几时到", "什么时候能到", "什么时候送到", "还没到", "没收到货",
    "没收到", "不动了", "没动", "一直不动", "没更新", "卡在", "配送到", "where is my parcel", "where is my package", "where is my order",
    "where's my", "where is my", "track my", "my tracking", "my parcel", "my package", "my delivery",
    "when will it arrive", "when will my order arrive", "hasn't arrived", "has not arrived", "not arrived",
    "haven't received", "my shipment",
];

pub const ORDER_STATUS: &[&str] = &[
    "订单状态", "我的订单", "查订单", "查一下订单", "订单怎么样", "这个订单", "发货了吗", "发货了没", "还没发货",
    "还不发货", "什么时候发货", "啥时候发货", "几时发货", "催发货", "出库了吗", "付款成功", "my order",
    "order status", "status of order", "check my order", "has it shipped", "has my order shipped",
    "when will you ship", "when will it ship", "not shipped",
];

pub const REFUND_STATUS: &[&str] = &[
    "退款到", "退款进度", "退款什么时候", "退款啥时候", "退款多久", "钱退", "退的钱", "没退款", "还没退",
    "退款怎么还", "退款还没", "退款成功了吗", "我的退款", "退款状态", "my refund", "refund status",
    "where is my refund", "when will i get my money", "haven't got my refund", "not been refunded", "money back yet",
    "get my refund", "refund yet",
];

/// The shopper speaks of something of their own, not of the rules.
pub const OWN: &[&str] = &[
    "我的", "我这", "我买", "我那", "我都", "我还", "我订", "我下", "我上", "这个订单", "这单", "那单", "帮我查",
    "查一下", "查下", "my ", "i ordered", "i bought", "i paid", "mine", "check for me",
];

pub const PRICE: &[&str] = &[
    "多少钱", "价格", "什么价", "几块", "怎么卖", "售价", "贵不贵", "how much", "price", "cost of",
    "what does it cost",
];

pub const STOCK: &[&str] = &[
    "有货吗", "有货没", "有没有货", "还有货", "有现货", "库存", "缺货", "断货", "补货", "什么时候有货", "到货",
    "卖完", "能买吗", "还有吗", "有吗", "in stock", "available", "availability", "out of stock", "sold out",
    "restock", "back in stock", "do you have",
];

/// Asked about a product when the product is known: facts of its attributes.
pub const ATTRIBUTE: &[&str] = &[
    "材质", "什么材料", "多大", "多重", "多高", "重量", "尺寸", "尺码", "容量", "功率", "颜色", "什么颜色", "规格",
    "参数", "型号", "防水", "续航", "电池", "噪音", "保修", "质保", "产地", "保质期", "成分", "口味", "适合",
    "material", "made of", "size", "weight", "how heavy", "how big", "capacity", "wattage", "power", "colour",
    "color", "colors", "colours", "dimensions", "specs", "specification", "waterproof", "battery", "noise",
    "warranty", "flavour", "flavor", "ingredients", "suitable",
];

/// Words that make a sentence a promise on the card.
pub const PROMISE: &[&str] = &[
    "帮您登记", "给您补发", "给您退", "会联系您", "会给您", "为您申请", "小时内", "工作日内", "we will", "i will",
    "we'll", "i'll", "within 24 hours", "within 48 hours",
];

/// Money is claimed or to be moved.
pub const CLAIM: &[&str] = &[
    "退款", "退钱", "退我", "赔", "补偿", "差价", "打款", "转账", "报销", "refund", "money back", "compensat", "reimburse",
    "pay me", "pay back", "owe me", "claim",
];
