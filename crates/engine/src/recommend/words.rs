//! How shoppers say what they want, in both languages. General words of shopping; nothing about one merchant's wares.

use domain::language::Bilingual;

use super::measures::Dimension::{self, Charge, Degree, Duration, Length, Light, Mass, People, Power, Sound, Volume};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    Least,
    Most,
    /// The property is told at all, such as water resistance.
    Told,
}

/// A wish about one property.
#[derive(Debug, PartialEq, Eq)]
pub struct Preference {
    pub says: &'static [&'static str],
    /// Keys and names under which products tell the property.
    pub properties: &'static [&'static str],
    pub dimensions: &'static [Dimension],
    pub direction: Direction,
    /// 「同类里最轻」, "the lightest of its kind here".
    pub best_zh: &'static str,
    pub best_en: &'static str,
}

impl Preference {
    pub fn best(&self) -> Bilingual {
        Bilingual::new(self.best_zh, self.best_en)
    }
}

pub const PREFERENCES: [Preference; 11] = [
    Preference {
        says: &[
            "轻便",
            "轻量",
            "轻一点",
            "轻点",
            "要轻",
            "最轻",
            "重量轻",
            "便携",
            "轻巧",
            "不重",
            "太重",
            "too heavy",
            "light",
            "lightweight",
            "lighter",
            "lightest",
            "portable",
        ],
        properties: &["weight", "重量"],
        dimensions: &[Mass],
        direction: Direction::Least,
        best_zh: "同类里最轻",
        best_en: "the lightest of its kind here",
    },
    Preference {
        says: &["小巧", "不占地方", "收纳小", "好收纳", "compact", "packs small", "takes little space"],
        properties: &["packed", "dimensions", "收纳尺寸", "尺寸"],
        dimensions: &[Length],
        direction: Direction::Least,
        best_zh: "同类里收纳最小",
        best_en: "the most compact of its kind here",
    },
    Preference {
        says: &["大容量", "容量大", "能装", "装得多", "large capacity", "big capacity", "roomy", "spacious"],
        properties: &["capacity", "容量"],
        dimensions: &[Volume, Charge, People],
        direction: Direction::Most,
        best_zh: "同类里容量最大",
        best_en: "the largest capacity of its kind here",
    },
    Preference {
        says: &[
            "安静",
            "静音",
            "噪音小",
            "声音小",
            "不吵",
            "太吵",
            "too loud",
            "too noisy",
            "quiet",
            "silent",
            "noiseless",
        ],
        properties: &["noise", "噪音"],
        dimensions: &[Sound],
        direction: Direction::Least,
        best_zh: "同类里噪音最小",
        best_en: "the quietest of its kind here",
    },
    Preference {
        says: &["保暖", "耐寒", "抗寒", "冬天用", "怕冷", "warm", "warmest", "winter", "cold weather"],
        properties: &["comfort", "适用温度"],
        dimensions: &[Degree],
        direction: Direction::Least,
        best_zh: "同类里最耐寒",
        best_en: "for the coldest nights of its kind here",
    },
    Preference {
        says: &["保温", "保冷", "keeps warm", "keep warm", "insulated"],
        properties: &["insulation", "保温"],
        dimensions: &[Duration],
        direction: Direction::Most,
        best_zh: "同类里保温最久",
        best_en: "keeps warm the longest of its kind here",
    },
    Preference {
        says: &["防水", "防雨", "下雨", "不怕水", "waterproof", "water resistant", "rainproof", "rain"],
        properties: &["water", "防水"],
        dimensions: &[],
        direction: Direction::Told,
        best_zh: "防水",
        best_en: "water resistance",
    },
    Preference {
        says: &["续航", "待机", "电池耐用", "耐用的电池", "battery life", "long battery", "long-lasting"],
        properties: &["battery", "续航"],
        dimensions: &[Duration, Charge],
        direction: Direction::Most,
        best_zh: "同类里续航最长",
        best_en: "the longest battery life of its kind here",
    },
    Preference {
        says: &["亮一点", "够亮", "亮度高", "很亮", "bright", "brighter"],
        properties: &["brightness", "亮度"],
        dimensions: &[Light],
        direction: Direction::Most,
        best_zh: "同类里最亮",
        best_en: "the brightest of its kind here",
    },
    Preference {
        says: &["承重", "能承", "结实", "sturdy", "carry heavy", "heavy load"],
        properties: &["load", "承重"],
        dimensions: &[Mass],
        direction: Direction::Most,
        best_zh: "同类里承重最大",
        best_en: "carries the most of its kind here",
    },
    Preference {
        says: &["功率大", "大功率", "快充", "充得快", "powerful", "fast charging", "high power"],
        properties: &["power", "功率"],
        dimensions: &[Power],
        direction: Direction::Most,
        best_zh: "同类里功率最大",
        best_en: "the most powerful of its kind here",
    },
];

pub const CHEAP: &[&str] = &[
    "便宜",
    "实惠",
    "划算",
    "性价比",
    "省钱",
    "太贵",
    "too expensive",
    "cheap",
    "cheaper",
    "cheapest",
    "affordable",
    "inexpensive",
    "good value",
];
pub const DEAR: &[&str] =
    &["高端", "好一点的", "预算充足", "不差钱", "premium", "high-end", "high end", "top of the range"];
pub const GIFT: &[&str] =
    &["礼物", "送人", "送礼", "送朋友", "送给", "送爸", "送妈", "送女", "送男", "gift", "present for"];
/// Something to go with a thing rather than the thing.
pub const GOES_WITH: &[&str] = &[
    "搭配",
    "配套",
    "配什么",
    "一起用",
    "一起买",
    "配件",
    "goes with",
    "go with",
    "to go along",
    "together with",
    "accessories for",
    "pair with",
];
/// Before a word that the shopper doesn't want.
pub const NOT: &[&str] =
    &["不要", "不想要", "不喜欢", "别推", "除了", "not ", "no ", "without ", "except ", "other than ", "don't want "];

/// One colour in both languages; a variant's option is of this colour when its name has one of the words.
pub struct Colour {
    pub zh: &'static [&'static str],
    pub en: &'static [&'static str],
}

pub const COLOURS: [Colour; 13] = [
    Colour { zh: &["红"], en: &["red", "coral"] },
    Colour { zh: &["绿", "青瓷"], en: &["green", "sage", "celadon"] },
    Colour { zh: &["蓝", "藏青"], en: &["blue", "navy"] },
    Colour { zh: &["黑"], en: &["black"] },
    Colour { zh: &["白"], en: &["white", "cream"] },
    Colour { zh: &["灰"], en: &["grey", "gray", "graphite"] },
    Colour { zh: &["黄"], en: &["yellow", "mustard"] },
    Colour { zh: &["橙"], en: &["orange", "rust"] },
    Colour { zh: &["粉"], en: &["pink"] },
    Colour { zh: &["紫"], en: &["purple", "plum"] },
    Colour { zh: &["银"], en: &["silver"] },
    Colour { zh: &["沙色", "米色", "燕麦"], en: &["sand", "beige", "oat"] },
    Colour { zh: &["棕", "咖啡色", "胡桃"], en: &["brown", "walnut"] },
];

/// Occasions, and what categories that serve them are called.
pub const SCENES: [(&[&str], &[&str]); 6] = [
    (
        &["户外", "露营", "徒步", "登山", "爬山", "野餐", "outdoor", "camping", "hiking", "picnic", "trekking"],
        &["outdoor", "户外"],
    ),
    (&["厨房", "做饭", "厨具", "炒菜", "kitchen", "cooking"], &["kitchen", "厨"]),
    (&["家居", "卧室", "客厅", "睡觉", "for the home", "bedroom", "living room"], &["home", "家居", "居家"]),
    (&["宠物", "猫", "狗", "pet", "cat", "dog", "puppy", "kitten"], &["pet", "宠"]),
    (&["数码", "电子产品", "gadget", "digital", "tech", "electronics"], &["digital", "electronics", "数码", "电子"]),
    (&["茶叶", "喝茶", "泡茶", "茶", "tea"], &["tea", "茶"]),
];

/// How many people a thing is for, where no figure says it.
pub const PEOPLE: [(&[&str], u32); 6] = [
    (&["单人", "一个人", "自己用", "for one person", "solo"], 1),
    (
        &[
            "双人",
            "两个人",
            "两人",
            "俩人",
            "2人",
            "情侣",
            "couple",
            "two of us",
            "for two",
            "two people",
            "2-person",
            "two-person",
        ],
        2,
    ),
    (&["三口", "三个人", "三人", "3人", "three of us", "family of three", "for three", "three people"], 3),
    (
        &[
            "四口",
            "四个人",
            "四人",
            "4人",
            "four of us",
            "family of four",
            "for four",
            "four people",
            "4-person",
            "four-person",
        ],
        4,
    ),
    (&["五口", "五个人", "五人", "5人", "family of five", "five people"], 5),
    (&["六个人", "六人", "6人", "six people"], 6),
];

pub const AT_MOST: &[&str] = &[
    "以内",
    "以下",
    "之内",
    "内的",
    "不超过",
    "不要超过",
    "最多",
    "不到",
    "封顶",
    "under",
    "below",
    "less than",
    "within",
    "up to",
    "at most",
    "no more than",
    "max",
    "maximum",
    "cheaper than",
    "not over",
];
pub const AT_LEAST: &[&str] = &[
    "以上",
    "起步",
    "至少",
    "不低于",
    "不少于",
    "超过",
    "大于",
    "at least",
    "over",
    "more than",
    "above",
    "from",
    "minimum",
    "or more",
];
pub const ABOUT: &[&str] =
    &["之间", "between", "左右", "上下", "大概", "差不多", "about", "around", "roughly", "or so"];
pub const BUDGET: &[&str] = &["预算", "价位", "价格", "budget", "spend", "price"];

/// Words of asking rather than of things, taken out before the catalogue is searched.
pub const ASKING: &[&str] = &[
    "推荐点",
    "来点",
    "买点",
    "看点",
    "用品",
    "东西",
    "商品",
    "产品",
    "装备",
    "的",
    "个",
    "款",
    "things",
    "thing",
    "stuff",
    "gear",
    "products",
    "items",
    "推荐",
    "推薦",
    "介绍",
    "有没有",
    "有什么",
    "什么",
    "哪款",
    "哪个",
    "哪种",
    "哪些",
    "好用",
    "适合",
    "想买",
    "想要",
    "帮我",
    "选一",
    "挑一",
    "一款",
    "一个",
    "我想",
    "给我",
    "买",
    "选",
    "挑",
    "看看",
    "求",
    "请问",
    "你们",
    "预算",
    "以内",
    "以下",
    "左右",
    "recommend",
    "recommendation",
    "suggest",
    "suggestion",
    "looking for",
    "something",
    "anything",
    "which one",
    "can you",
    "could you",
    "would you",
    "please",
    "help me",
    "choose",
    "pick",
    "good",
    "best",
    "nice",
    "some",
    "need",
    "want",
    "buy",
    "for me",
    "budget",
    "under",
    "below",
    "around",
    "yuan",
];
