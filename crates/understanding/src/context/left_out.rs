//! What the question before gives to one that leaves it out: what it was about, 「多久」 of a refund, or all of it but the
//! one word that is another now, 「那新疆呢」.

use std::{ops::Range, sync::LazyLock};

use domain::language::Language;
use regex::Regex;

use crate::{
    entities::{pattern, place_in},
    text::normal,
};

/// A message that leaves out what it is about is short.
const MAX_ASIDE_CHARS: usize = 12;
const MAX_ASIDE_CHARS_EN: usize = 40;
/// A longer topic is a sentence of its own.
const MAX_TOPIC_CHARS: usize = 16;

/// Words of which one may stand in the place of another.
const KINDS: [&[&str]; 12] = [
    &["退货", "换货", "退款", "维修", "补发"],
    &["支付宝", "微信", "信用卡", "礼品卡", "银行卡", "花呗", "云闪付", "货到付款"],
    &[
        "今天",
        "明天",
        "后天",
        "大后天",
        "周末",
        "工作日",
        "节假日",
        "周一",
        "周二",
        "周三",
        "周四",
        "周五",
        "周六",
        "周日",
    ],
    &["上午", "中午", "下午", "晚上"],
    &["个人", "公司"],
    &["顺丰", "圆通", "中通", "韵达", "申通", "邮政"],
    &["大件", "小件"],
    &["returns", "exchanges", "refunds", "repairs"],
    &["a gift card", "gift cards", "paypal", "a credit card", "credit cards", "alipay", "wechat pay", "apple pay"],
    &["today", "tomorrow", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "the weekend"],
    &["morning", "afternoon", "evening"],
    &[
        "germany",
        "france",
        "spain",
        "italy",
        "canada",
        "mexico",
        "brazil",
        "japan",
        "korea",
        "china",
        "australia",
        "the uk",
        "the us",
        "singapore",
        "india",
        "poland",
        "norway",
        "sweden",
    ],
];

/// What shops do for people, the longer before what it ends with.
const SERVICES: [&str; 22] = [
    "退货运费",
    "上门安装",
    "价格保护",
    "公司发票",
    "个人发票",
    "电子发票",
    "退货",
    "换货",
    "退款",
    "发票",
    "价保",
    "保价",
    "安装",
    "发货",
    "送货",
    "维修",
    "预约",
    "补发",
    "改地址",
    "地址",
    "取消",
    "优惠券",
];
const SERVICES_EN: [&str; 12] = [
    "return shipping",
    "price protection",
    "installation",
    "refund",
    "exchange",
    "return",
    "invoice",
    "warranty",
    "delivery",
    "shipping",
    "cancellation",
    "gift wrapping",
];

/// The question with its word of the same kind as the topic's replaced by that one.
pub(super) fn swapped(topic: &str, question: &str) -> Option<String> {
    let question = question.trim();
    if let (Some(new), Some(old)) = (place_in(topic), place_in(question))
        && topic[new.clone()] != question[old.clone()]
    {
        let new = topic[new].to_owned();
        return Some(format!("{}{new}{}", &question[..old.start], &question[old.end..]));
    }
    let (lower, folded) = (question.to_lowercase(), topic.to_lowercase());
    KINDS.iter().find_map(|kind| {
        let new = longest_of(&folded, kind)?;
        let old = longest_of(&lower, kind).filter(|old| lower[old.clone()] != folded[new.clone()])?;
        // Small letters may be of another length in a few scripts; then nothing is replaced.
        let (before, after) = (question.get(..old.start)?, question.get(old.end..)?);
        Some(format!("{before}{}{after}", topic.get(new)?))
    })
}

fn longest_of(text: &str, words: &[&str]) -> Option<Range<usize>> {
    let best = words.iter().filter(|word| crate::text::has(text, word)).max_by_key(|word| word.len())?;
    let start = crate::text::find(text, best)?;
    Some(start..start + best.len())
}

/// 「多久」, 「可以吗」, "how long?": asked of what the question before was about.
pub(super) fn aside(text: &str, language: Language, question: &str) -> Option<String> {
    match language {
        Language::Zh => aside_chinese(text, question),
        Language::En => aside_english(text, question),
    }
}

fn aside_chinese(text: &str, question: &str) -> Option<String> {
    static FORM: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?:那|请问|大概|一般|还|然后|,|\s)*(?:(?:到账|审核|处理)?(?:要|需要|得|会)?(?:多久|几天|多少天|多长时间|什么时候|几号)|要钱|收费|免费|要手续费|(?:来回)?运费(?:谁|怎么|算)|谁出|(?:在|去|到)哪|怎么(?:弄|操作|办|申请|搞|开|退|换)|咋(?:弄|操作|办|申请|搞)|可以(?:吗|么|不|嘛)|行(?:吗|么|不)|能(?:吗|不能)|可不可以|为什么|为啥|凭什么|需要(?:什么|哪些|提供)|有.{0,4}(?:限制|条件|要求|期限))",
        )
    });
    let text = text.trim().trim_start_matches(['那', '，', ',']);
    let bare = normal(text);
    let bare = bare.trim_end_matches(['?', '。']);
    if bare.chars().count() > MAX_ASIDE_CHARS || !FORM.is_match(bare) || SERVICES.iter().any(|it| bare.contains(it)) {
        return None;
    }
    let is_why = ["为什么", "为啥", "凭什么"].contains(&bare);
    let asks_leave = ["可以", "行", "能", "可不可以"].iter().any(|may| bare.starts_with(may));
    let topic = topic_chinese(question, asks_leave)?;
    Some(if is_why { format!("{bare}{topic}") } else { format!("{topic}{text}") })
}

/// What a question is about, without the words that ask; a wish is about all of it.
fn topic_chinese(question: &str, is_wish_enough: bool) -> Option<String> {
    const OPENINGS: [&str; 17] = [
        "请问",
        "你好",
        "您好",
        "亲",
        "我想问一下",
        "想问一下",
        "问一下",
        "麻烦",
        "你们",
        "我想要",
        "我想",
        "我要",
        "想要",
        "想",
        "能不能",
        "可不可以",
        "可以",
    ];
    const ASKING: [&str; 6] = ["怎么", "如何", "什么时候", "能不能", "可不可以", "可以"];
    const ENDS: [&str; 10] = ["了吗", "吗", "呢", "么", "嘛", "了没", "没有", "谁出", "吧", "?"];
    let mut rest = normal(question);
    let service = SERVICES.iter().find(|it| rest.starts_with(**it)).copied();
    let is_service = SERVICES.iter().any(|it| rest.contains(it));
    if let Some(service) = service {
        return Some(service.to_owned());
    }
    let trimmed = |text: &str| text.trim_matches(|symbol: char| !symbol.is_alphanumeric()).to_owned();
    let opening = |text: &str| OPENINGS.iter().find_map(|it| text.strip_prefix(it)).map(trimmed);
    let is_wish = ["我想", "我要", "想", "帮我"].iter().any(|it| rest.starts_with(it));
    while let Some(shorter) = opening(&rest) {
        rest = shorter;
    }
    let split = ASKING.iter().find_map(|it| rest.split_once(it).map(|(one, other)| (trimmed(one), trimmed(other))));
    if let Some((before, after)) = split {
        rest = if before.chars().count() > 1 { before } else { after };
    }
    while let Some(shorter) = ENDS.iter().find_map(|it| rest.strip_suffix(it)) {
        rest = trimmed(shorter);
    }
    let is_known = is_service || is_wish && is_wish_enough;
    let length = rest.chars().count();
    (is_known && (2..=MAX_TOPIC_CHARS).contains(&length)).then_some(rest)
}

fn aside_english(text: &str, question: &str) -> Option<String> {
    static FORM: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?:and |so |ok |but )*(?:how long|how many days|when|who pays|is (?:it|that) (?:free|possible|ok)|does it cost|how much does it cost|how|how do i do that|can i|could i|may i|is there an? (?:[a-z]+ )?(?:limit|deadline|fee|charge)|why not|why|where|what do i need)(?: does it take| will it take| is it| for (?:it|that)| do that)?[?.! ]*$",
        )
    });
    let bare = normal(text);
    if bare.chars().count() > MAX_ASIDE_CHARS_EN || !FORM.is_match(&bare) {
        return None;
    }
    static MAY: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)^(?:can|could|may) (?:i|you) (.+)$|^(?:i want|i'd like|i would like|i need) to (.+)$")
            .expect("a constant pattern")
    });
    let asked = question.trim().trim_end_matches(['?', '.', '!']);
    let deed = MAY.captures(asked).and_then(|found| found.get(1).or_else(|| found.get(2))).map(|deed| deed.as_str());
    let word = bare.trim_end_matches(['?', '.', '!', ' ']);
    match (word, deed) {
        ("how" | "how do i do that", Some(deed)) => return Some(format!("how do I {deed}?")),
        ("can i" | "could i" | "may i" | "is that possible" | "is that ok", Some(deed)) => {
            return Some(format!("can I {deed}?"));
        }
        ("why not", Some(deed)) => return Some(format!("why can't I {deed}?")),
        _ => {}
    }
    let lower = asked.to_lowercase();
    let service = SERVICES_EN.iter().find(|it| lower.contains(**it))?;
    Some(format!("{service}: {}", text.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_word_stands_in_the_place_of_another_of_its_kind() {
        for (topic, question, whole) in [
            ("西藏", "寄到江苏要几天", Some("寄到西藏要几天")),
            ("礼品卡", "能用微信付吗", Some("能用礼品卡付吗")),
            ("the weekend", "do you deliver on Monday?", Some("do you deliver on the weekend?")),
            ("帐篷", "寄到江苏要几天", None),
        ] {
            assert_eq!(swapped(topic, question).as_deref(), whole, "{topic}");
        }
    }

    #[test]
    fn an_aside_is_about_what_was_asked() {
        for (text, question, whole) in [
            ("要几天", "怎么申请换货", Some("申请换货要几天")),
            ("可以吗", "我想把收件人改成我妈", Some("把收件人改成我妈可以吗")),
            ("凭什么", "不能退款吗", Some("凭什么不能退款")),
            ("多久", "双人帐篷好看吗", None),
            ("怎么申请退货", "可以开发票吗", None),
        ] {
            assert_eq!(aside(text, Language::Zh, question).as_deref(), whole, "{text}");
        }
        let english = |text, question| aside(text, Language::En, question);
        assert_eq!(english("how long?", "where is my refund?").as_deref(), Some("refund: how long?"));
        assert_eq!(english("why not?", "Can I keep it?").as_deref(), Some("why can't I keep it?"));
        assert_eq!(english("how long is the tent?", "where is my refund?"), None);
    }
}
