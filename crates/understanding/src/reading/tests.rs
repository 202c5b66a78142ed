//! Readings of whole messages.

use domain::time::Timestamp;
use jiff::tz::TimeZone;

use super::*;
use crate::{context::Completion, emotion::Kind};

fn read_with(text: &str, focus: Focus<'_>, earlier: &[Earlier<'_>]) -> Understood {
    let moment = Moment::new(Timestamp(1_795_338_000_000), TimeZone::UTC);
    let messages = [text.to_owned()];
    read(&Input { messages: &messages, fallback: Language::Zh, earlier, vector: None, focus, moment: &moment })
}

fn read_alone(text: &str) -> Understood {
    read_with(text, Focus::default(), &[])
}

#[test]
fn reads_wishes_risks_and_languages() {
    type Holds = fn(&Understood) -> bool;
    let cases: [(&str, Holds); 18] = [
        ("轉人工！", |it| it.wants_human),
        ("can I talk to a human", |it| it.wants_human),
        ("先不要转人工", |it| !it.wants_human),
        ("这是人工智能吗", |it| !it.wants_human),
        ("我要找律师起诉你们", |it| matches!(it.risk, Some((Risk::Legal, _)))),
        ("充电的时候着火了", |it| matches!(it.risk, Some((Risk::Safety, _)))),
        ("孩子吃了食物中毒", |it| matches!(it.risk, Some((Risk::Medical, _)))),
        ("I was charged twice", |it| matches!(it.risk, Some((Risk::PaymentDispute, _)))),
        ("小孩偷偷下的单", |it| matches!(it.risk, Some((Risk::Minor, _)))),
        ("怎么退货", |it| it.risk.is_none() && !it.wants_human),
        ("お届けはいつですか", |it| it.foreign.is_some() && it.language == Language::Zh),
        ("where is my parcel", |it| it.language == Language::En && it.act == Act::Question),
        ("你们就是骗子！", |it| it.mood.kind == Kind::Angry),
        ("你好", |it| it.is_social && it.act == Act::Greet),
        ("好的，谢谢", |it| it.is_social && it.act == Act::Thank),
        ("你好，快递到哪了", |it| !it.is_social && it.asks == ["你好，快递到哪了"]),
        ("订单 SL2026112200017 怎么样了", |it| it.order_numbers().eq(["SL2026112200017"])),
        ("昨天买的杯子碎了，怎么退", |it| it.entities.len() == 1 && it.asks.len() == 1),
    ];
    for (text, holds) in cases {
        let understood = read_alone(text);
        assert!(holds(&understood), "{text}: {understood:?}");
    }
}

#[test]
fn several_asks_are_kept_apart() {
    let cases: [(&str, &[&str]); 13] = [
        ("双人帐篷多少钱？有货吗？", &["双人帐篷多少钱？", "有货吗？"]),
        (
            "你好，我昨天买的杯子收到时碎了，怎么退？另外上次的发票还没开，能帮我开一下吗？谢谢",
            &["你好，我昨天买的杯子收到时碎了，怎么退？", "上次的发票还没开，能帮我开一下吗？"],
        ),
        ("我的快递到哪了，什么时候能到", &["我的快递到哪了", "什么时候能到"]),
        ("1、怎么退货 2、运费谁出 3、几天到账", &["1、怎么退货", "2、运费谁出", "3、几天到账"]),
        ("杯子碎了。怎么退？", &["杯子碎了，怎么退？"]),
        ("你好", &[]),
        ("怎么退货？急", &["怎么退货？，急"]),
        ("Where is my order? Also, can I change the address?", &["Where is my order?", "can I change the address?"]),
        (
            "I want to return the blue shirt and can you tell me when the refund arrives",
            &["I want to return the blue shirt", "can you tell me when the refund arrives"],
        ),
        ("My kettle is leaking. How do I return it? Thanks", &["My kettle is leaking. How do I return it?"]),
        (
            "My parcel is late and I also want to return the order delivered two days ago",
            &["My parcel is late", "I also want to return the order delivered two days ago"],
        ),
        ("hello, is the tent waterproof", &["hello, is the tent waterproof"]),
        ("顺便问一下你们包邮吗", &["你们包邮吗"]),
    ];
    for (text, asks) in cases {
        assert_eq!(asks_of(text), asks, "{text}");
    }
}

#[test]
fn a_follow_up_is_completed_and_compared_complete() {
    let focus =
        Focus { product: Some("双人帐篷"), last_question: Some("双人帐篷有货吗"), ..Focus::default() };
    let earlier = [Earlier { text: "红色的双人帐篷有货吗", vector: None }];
    let understood = read_with("那红色的呢", focus, &earlier);
    let completed = understood.completed.expect("it is completed");
    assert_eq!((completed.text.as_str(), completed.how), ("红色的双人帐篷有货吗", Completion::FollowUp));
    assert_eq!(understood.asked_before, 1);
}

#[test]
fn anything_can_be_read() {
    for text in ["", " ", "。。。", "😀😀", "a", "？", "1", "\u{200b}", &"退".repeat(3_000)] {
        let understood = read_alone(text);
        assert!(understood.entities.iter().all(|found| text.get(found.start..found.end).is_some()), "{text}");
    }
}
