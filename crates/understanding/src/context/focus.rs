//! The question completed from what is in focus: the product, the order, the list last shown, the question before.

use std::sync::LazyLock;

use domain::language::Language;
use regex::Regex;
use serde::Serialize;

use super::{
    Weights, candidates,
    completion::Completer,
    left_out::{aside, swapped},
    listed::listed,
};
use crate::{
    acts::is_question,
    entities::{Entity, Found, choices, pattern},
    text::{has, normal},
};

/// A follow-up is short: 「那红色的呢」. More words say for themselves what they mean.
const MAX_FOLLOW_UP_CHARS: usize = 14;
const MAX_FOLLOW_UP_CHARS_EN: usize = 40;
/// A question without its subject is short too.
const MAX_SUBJECTLESS_CHARS: usize = 12;
const MAX_SUBJECTLESS_CHARS_EN: usize = 36;

/// What the conversation is about when a message comes.
#[derive(Debug, Clone, Copy, Default)]
pub struct Focus<'a> {
    /// The title of the product in focus, in the shopper's language.
    pub product: Option<&'a str>,
    /// The number of the order in focus.
    pub order: Option<&'a str>,
    /// What the last list showed, from its top.
    pub list: &'a [String],
    /// The shopper's question before this one, complete.
    pub last_question: Option<&'a str>,
    /// The last texts of both sides, the oldest first.
    pub turns: &'a [String],
    /// The message itself names a product of the catalogue.
    pub names_product: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Completion {
    /// A place in the list last shown, from 0.
    Listed {
        place: usize,
    },
    /// The question before, about another variant or product.
    FollowUp,
    Product,
    Order,
    /// What the question before was about.
    Question,
    /// A piece of what was said before; the least sure of all.
    Context,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Completed {
    pub text: String,
    pub how: Completion,
    pub confidence: f32,
}

impl Completed {
    pub(super) fn new(text: String, how: Completion, confidence: f32) -> Option<Self> {
        Some(Self { text, how, confidence })
    }
}

/// `None` when the message stands by itself, or nothing is known that could be missing.
pub fn complete(text: &str, language: Language, found: &[Found], focus: &Focus<'_>) -> Option<Completed> {
    let text = text.trim();
    listed(text, found, focus)
        .or_else(|| follow_up(text, language, found, focus))
        .or_else(|| with_predicate(text, language, found, focus))
        .or_else(|| about_question(text, language, focus))
        .or_else(|| pointed(text, language, focus))
        .or_else(|| order_pointed(text, language, focus))
        .or_else(|| subjectless(text, language, focus))
        .or_else(|| from_turns(text, language, focus))
}

/// 「那红色的呢」, "what about XL?": the question before about another variant, or another product.
fn follow_up(text: &str, language: Language, found: &[Found], focus: &Focus<'_>) -> Option<Completed> {
    static ZH: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"^(?:那么|那|还有|换成|如果是|要是)*(.{1,12}?)(?:的话|的)?(?:呢|怎么样|也是吗|也一样吗|行吗)?[?。]*$")
    });
    static EN: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?:and |or |so |then )*(?:(?:what|how) about |also )?(?:in |for |with )?(?:the |a )?(.+?)(?: one| ones| version)?(?: then| too)?[?.!]*$",
        )
    });
    let question = focus.last_question?;
    let folded = normal(text);
    let (form, most) = match language {
        Language::Zh => (&*ZH, MAX_FOLLOW_UP_CHARS),
        Language::En => (&*EN, MAX_FOLLOW_UP_CHARS_EN),
    };
    if folded.chars().count() > most {
        return None;
    }
    let topic = form.captures(&folded)?.get(1)?.as_str().trim().to_owned();
    let variant: Vec<&Found> =
        found.iter().filter(|found| matches!(found.entity, Entity::Colour(_) | Entity::Size(_))).collect();
    let named: usize = variant.iter().map(|found| found.text.chars().count()).sum();
    // Nothing but the variant: 红色的 has 的 left, 红色好看吗 is a question of its own.
    let is_only_variant = !variant.is_empty() && topic.chars().filter(|it| it.is_alphanumeric()).count() <= named + 2;
    if is_only_variant {
        let text = with_variant(question, &variant, language, focus);
        return Completed::new(text, Completion::FollowUp, 0.85);
    }
    let asks_back = matches!(language, Language::Zh) && folded.trim_end_matches('?').ends_with('呢')
        || ["what about", "how about"].iter().any(|about| has(&folded, about))
        || folded.starts_with("and ");
    if asks_back && focus.names_product {
        let text = match focus.product.filter(|product| question.contains(product)) {
            Some(product) => question.replacen(product, &topic, 1),
            None if language == Language::Zh => format!("{topic}{question}"),
            None => format!("{} ({topic})", question.trim_end_matches(['?', '.'])),
        };
        return Completed::new(text, Completion::FollowUp, 0.75);
    }
    let swapped = asks_back.then(|| swapped(&topic, question)).flatten()?;
    Completed::new(swapped, Completion::FollowUp, 0.75)
}

/// 「蓝的多少钱」: the variant first, and the product it is of left out.
fn with_predicate(text: &str, language: Language, found: &[Found], focus: &Focus<'_>) -> Option<Completed> {
    let product = focus.product.filter(|_| language == Language::Zh && !focus.names_product)?;
    let is_variant = |found: &&Found| matches!(found.entity, Entity::Colour(_) | Entity::Size(_));
    let variant = found.iter().find(is_variant)?;
    let before = text.get(..variant.start)?.trim_matches(['那', '么', '要', '是', '换', '成', '，', ',', ' ']);
    let rest = text.get(variant.end..)?.trim_start_matches(['码', '号', '款']).trim_start_matches('的');
    let is_short = text.chars().count() <= MAX_FOLLOW_UP_CHARS;
    if !before.is_empty() || !is_short || !is_question(rest) || is_about_order(rest) {
        return None;
    }
    Completed::new(format!("{}的{product}{rest}", variant.text), Completion::Product, 0.75)
}

/// 「多久」 after a question about refunds.
fn about_question(text: &str, language: Language, focus: &Focus<'_>) -> Option<Completed> {
    let question = focus.last_question.filter(|_| !focus.names_product)?;
    Completed::new(aside(text, language, question)?, Completion::Question, 0.7)
}

static SIZE_LETTER: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?-u:\b)(?:X{0,3}[SL]|M)(?-u:\b)").expect("a constant pattern"));

/// The question with its colour or size replaced, or with this one put in.
fn with_variant(question: &str, variant: &[&Found], language: Language, focus: &Focus<'_>) -> String {
    let mut text = question.trim().trim_end_matches(['?', '？']).to_owned();
    for wanted in variant {
        let same_kind = |other: &Found| std::mem::discriminant(&other.entity) == std::mem::discriminant(&wanted.entity);
        if let Some(before) = choices(&text).into_iter().find(|other| same_kind(other)) {
            text.replace_range(before.start..before.end, &wanted.text);
            continue;
        }
        // «available in L»: a letter alone is a size where another size is asked for.
        if let Some(before) = SIZE_LETTER.find(&text).filter(|_| matches!(wanted.entity, Entity::Size(_))) {
            text.replace_range(before.range(), &wanted.text);
            continue;
        }
        text = match (language, focus.product.filter(|product| text.contains(product))) {
            (Language::Zh, Some(product)) => text.replacen(product, &format!("{}的{product}", wanted.text), 1),
            (Language::Zh, None) => format!("{}的{text}", wanted.text),
            (Language::En, _) if matches!(wanted.entity, Entity::Size(_)) => format!("{text} in size {}", wanted.text),
            (Language::En, _) => format!("{text} in {}", wanted.text),
        };
    }
    format!("{text}{}", if language == Language::Zh { "" } else { "?" })
}

/// 「它防水吗」, "is it waterproof": the product in focus in place of the pronoun.
fn pointed(text: &str, language: Language, focus: &Focus<'_>) -> Option<Completed> {
    static ZH: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(它们|它|这一?[个款件种双条把台]|那一?[个款件种双条把台]|這[個款件雙條]|那[個雙條]|这东西|该商品|这产品|这个商品)(?:商品|产品|东西|宝贝)?").expect("a constant pattern")
    });
    static EN: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)(?-u:\b)(this one|that one|these|those|it|this|that|they|them)(?-u:\b)")
            .expect("a constant pattern")
    });
    let product = focus.product.filter(|_| !focus.names_product)?;
    if is_about_order(text) {
        return None;
    }
    let form = match language {
        Language::Zh => &*ZH,
        Language::En => &*EN,
    };
    let found = form.find(text)?;
    // 这个订单, 那个地址, 那个时候: something else is pointed at.
    const OTHER: [&str; 14] =
        ["订单", "单", "快递", "包裹", "地址", "问题", "月", "星期", "时候", "价格", "客服", "人", "活动", "意思"];
    let after = text[found.end()..].trim_start();
    if OTHER.iter().any(|other| after.starts_with(other)) || language == Language::En && !is_question(text) {
        return None;
    }
    let named = if language == Language::En { format!("the {product}") } else { product.to_owned() };
    let text = format!("{}{named}{}", &text[..found.start()], &text[found.end()..]);
    Completed::new(text, Completion::Product, 0.85)
}

fn is_about_order(text: &str) -> bool {
    const DELIVERY: [&str; 20] = [
        "发货",
        "物流",
        "快递",
        "到货",
        "退款",
        "退货",
        "订单",
        "送到",
        "签收",
        "取消",
        "到哪",
        "发票",
        "arrive",
        "ship",
        "delivered",
        "delivery",
        "refund",
        "return",
        "tracking",
        "cancel",
    ];
    let folded = normal(text);
    DELIVERY.iter().any(|word| folded.contains(word))
}

/// Asked of the shop, not of anything it sells.
fn is_about_desk(text: &str) -> bool {
    const DESK: [&str; 21] = [
        "人工", "客服", "地址", "付款", "支付", "用券", "上班", "下班", "营业", "价保", "保价", "预约", "开票", "退",
        "换", "联系", "电话", "human", "agent", "pay", "address",
    ];
    let folded = normal(text);
    DESK.iter().any(|word| folded.contains(word))
}

/// 「这个订单什么时候发」.
fn order_pointed(text: &str, language: Language, focus: &Focus<'_>) -> Option<Completed> {
    static ZH: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?:上面|刚才|刚刚)?(?:这|那|這)个?(?:订单|訂單|一?单子?|笔订单)").expect("a constant pattern")
    });
    static EN: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?i)(?-u:\b)(?:this|that|the same) order(?-u:\b)").expect("a constant pattern"));
    static IT: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?i)(?-u:\b)(?:it|this|that)(?-u:\b)").expect("a constant pattern"));
    let order = focus.order.filter(|order| !normal(text).contains(&normal(order)))?;
    let (found, named) = match language {
        Language::Zh => (ZH.find(text)?, format!("订单{order}")),
        // What is shipped or delivered is the order.
        Language::En => {
            let by_deed = || IT.find(text).filter(|_| is_about_order(text) && is_question(text));
            (EN.find(text).or_else(by_deed)?, format!("order {order}"))
        }
    };
    let text = format!("{}{named}{}", &text[..found.start()], &text[found.end()..]);
    Completed::new(text, Completion::Order, 0.9)
}

/// 「多少钱」, "how much?": asked of the product in focus.
fn subjectless(text: &str, language: Language, focus: &Focus<'_>) -> Option<Completed> {
    static ZH: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?:那|请问|亲|你好|,|\s)*(?:大概|现在|一共|到底)?(?:会|能|可以|适合|支持|需要|容易|重不重|大不大|厚不厚|几个人|几人|续航|寿命|还有(?:活动|优惠|货|库存)|有没有|质量|多少钱|什么价|几块|价格|怎么卖|有(?:现)?货|还有货|有没有货|有优惠|有活动|能便宜|便宜点|什么材质|材质|什么颜色|有什么颜色|有哪些|有几种|多大|多重|多高|多长|尺寸|尺码|容量|功率|重量|防水|防雨|保修|质保|好用|好看|好不好|质量|怎么样|怎么用|能(?:机洗|用|装|洗|放)|可以(?:机洗|用|装|洗|放)|适合|有.{1,4}(?:色|码|款)|包邮)",
        )
    });
    static EN: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?:and |so |ok |how much|what(?:'s| is) the (?:price|size|weight|material|capacity|warranty)|how (?:big|heavy|long|tall|many)|(?:what|which) (?:colou?rs?|sizes?|material)|any (?:discount|colou?rs?)|in stock|waterproof|price|warranty|(?:machine )?washable|dishwasher|battery|heavy|big)",
        )
    });
    let product = focus.product.filter(|_| !focus.names_product && !is_about_desk(text))?;
    let folded = normal(text);
    let (form, most) = match language {
        Language::Zh => (&*ZH, MAX_SUBJECTLESS_CHARS),
        Language::En => (&*EN, MAX_SUBJECTLESS_CHARS_EN),
    };
    if folded.chars().count() > most || !form.is_match(&folded) || is_about_order(text) {
        return None;
    }
    let text = match language {
        Language::Zh => format!("{product}{}", text.trim_start_matches(['那', '，', ','])),
        Language::En => format!("{product}: {text}"),
    };
    Completed::new(text, Completion::Product, 0.75)
}

/// A pronoun with nothing in focus: the likeliest piece of the last turns takes its place.
fn from_turns(text: &str, language: Language, focus: &Focus<'_>) -> Option<Completed> {
    const MIN_LEAD: f32 = 0.5;
    let points = text.contains(['它', '他', '她']);
    if language != Language::Zh || focus.names_product || !points || focus.turns.is_empty() || !is_question(text) {
        return None;
    }
    let turns: Vec<&str> = focus.turns.iter().map(String::as_str).collect();
    let completer = Completer::new(text, &turns);
    let best = candidates(&completer, &Weights::shipped(), 2);
    let (first, second) = (best.first()?, best.get(1));
    let lead = second.map_or(f32::INFINITY, |second| first.score - second.score);
    if first.place.is_insertion() || first.score <= 0.0 {
        return None;
    }
    let confidence = if lead >= MIN_LEAD { 0.5 } else { 0.4 };
    Completed::new(completer.text(first.span, first.place), Completion::Context, confidence)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::language_of;

    fn completed(text: &str, focus: &Focus<'_>) -> Option<String> {
        let language = language_of(text).unwrap_or_default();
        complete(text, language, &choices(text), focus).map(|completed| completed.text)
    }

    #[test]
    fn a_place_in_the_list_last_shown() {
        let list = ["云脊双人帐篷".to_owned(), "细流手冲壶".to_owned()];
        let focus = Focus { list: &list, ..Focus::default() };
        assert_eq!(completed("第二个多少钱", &focus).as_deref(), Some("细流手冲壶多少钱"));
        assert_eq!(completed("那最后一个有货吗", &focus).as_deref(), Some("细流手冲壶有货吗"));
        assert_eq!(completed("第一个", &focus).as_deref(), Some("云脊双人帐篷"));
        assert_eq!(completed("第三个多少钱", &focus), None);
        let list = ["Trail Tent".to_owned(), "Kettle".to_owned()];
        let focus = Focus { list: &list, ..Focus::default() };
        assert_eq!(completed("how much is the second one?", &focus).as_deref(), Some("how much is the Kettle?"));
    }

    #[test]
    fn the_same_question_about_another_variant() {
        let focus =
            |question| Focus { last_question: Some(question), product: Some("双人帐篷"), ..Focus::default() };
        assert_eq!(completed("那红色的呢", &focus("双人帐篷有货吗")).as_deref(), Some("红色的双人帐篷有货吗"));
        assert_eq!(completed("那红色的呢？", &focus("绿色的双人帐篷多少钱")).as_deref(), Some("红色的双人帐篷多少钱"));
        assert_eq!(completed("XL呢", &focus("M码多少钱")).as_deref(), Some("XL码多少钱"));
        assert_eq!(completed("那黑色的呢", &focus("有货吗")).as_deref(), Some("黑色的有货吗"));
        let focus = Focus { last_question: Some("Is the tent in stock?"), ..Focus::default() };
        assert_eq!(completed("what about the red one?", &focus).as_deref(), Some("Is the tent in stock in red?"));
        assert_eq!(completed("and in blue?", &focus).as_deref(), Some("Is the tent in stock in blue?"));
    }

    #[test]
    fn the_same_question_about_another_product() {
        let focus = Focus {
            last_question: Some("双人帐篷有货吗"),
            product: Some("双人帐篷"),
            names_product: true,
            ..Focus::default()
        };
        assert_eq!(completed("那手冲壶呢", &focus).as_deref(), Some("手冲壶有货吗"));
    }

    #[test]
    fn the_product_in_focus() {
        let focus = Focus { product: Some("双人帐篷"), ..Focus::default() };
        assert_eq!(completed("它防水吗", &focus).as_deref(), Some("双人帐篷防水吗"));
        assert_eq!(completed("这款多重", &focus).as_deref(), Some("双人帐篷多重"));
        assert_eq!(completed("多少钱", &focus).as_deref(), Some("双人帐篷多少钱"));
        assert_eq!(completed("有红色的吗", &focus).as_deref(), Some("双人帐篷有红色的吗"));
        let focus = Focus { product: Some("Trail Tent"), ..Focus::default() };
        assert_eq!(completed("is it waterproof?", &focus).as_deref(), Some("is the Trail Tent waterproof?"));
        assert_eq!(completed("how much?", &focus).as_deref(), Some("Trail Tent: how much?"));
    }

    #[test]
    fn the_order_in_focus() {
        let focus = Focus { order: Some("SL1"), product: Some("双人帐篷"), ..Focus::default() };
        assert_eq!(completed("这个订单什么时候发货", &focus).as_deref(), Some("订单SL1什么时候发货"));
        assert_eq!(completed("cancel that order please", &focus).as_deref(), Some("cancel order SL1 please"));
    }

    #[test]
    fn what_stands_by_itself_stays() {
        let turns = ["双人帐篷有货吗", "有货，可以下单"].map(str::to_owned);
        let focus = Focus {
            product: Some("双人帐篷"),
            last_question: Some("双人帐篷有货吗"),
            turns: &turns,
            ..Focus::default()
        };
        for text in ["怎么申请退货", "我的快递到哪了", "谢谢", "什么时候发货", "可以开发票吗", "转人工", "这个订单呢"]
        {
            assert_eq!(completed(text, &focus), None, "{text}");
        }
        assert_eq!(completed("多少钱", &Focus::default()), None);
        assert_eq!(completed("那红色的呢", &Focus::default()), None);
    }
}
