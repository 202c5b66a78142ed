//! Needs as shoppers say them, against the demo shop, in both languages.

use domain::{language::Language, time::Timestamp};

use super::*;
use crate::{
    bot::guard::{Evidence, unsupported},
    shop::demo::{DemoShop, LIN},
};

const NOW: Timestamp = Timestamp(1_795_000_000_000);

fn shop() -> Connector {
    Connector::Demo(DemoShop::in_memory(1, NOW).expect("the demo shop"))
}

async fn advice(text: &str) -> Advice {
    recommend(&shop(), None, &Need::read(text)).await.expect("the demo shop answers")
}

async fn picks(text: &str) -> Vec<Pick> {
    match advice(text).await {
        Advice::Picks { picks } => picks,
        other => panic!("{text}: {other:?}"),
    }
}

#[tokio::test]
async fn the_first_pick_meets_the_need_and_says_why() {
    let cases: [(&str, &str, Language, &[&str]); 12] = [
        ("推荐个轻便的背包，500以内", "day-pack", Language::Zh, &["同类里最轻：0.28 kg", "预算内 ¥129.00"]),
        (
            "a light backpack under 200 yuan",
            "day-pack",
            Language::En,
            &["the lightest of its kind here: 0.28 kg", "within your budget at ¥129.00"],
        ),
        ("四个人露营用的帐篷，推荐一款", "ridge-tent-4", Language::Zh, &["容量 4 人"]),
        (
            "we are a family of four, which tent would you recommend?",
            "ridge-tent-4",
            Language::En,
            &["capacity 4 people"],
        ),
        ("帐篷要轻一点的", "ridge-tent-2", Language::Zh, &["同类里最轻：2.1 kg"]),
        ("睡袋有没有耐寒的", "dawn-sleeping-bag", Language::Zh, &["适用温度 "]),
        ("20000mAh的充电宝推荐一下", "power-bank", Language::Zh, &["20000 mAh", "¥189.00"]),
        ("能防水的音箱，两百块以内", "mini-speaker", Language::Zh, &["IPX7", "预算内 ¥179.00"]),
        ("a waterproof speaker, budget 200", "mini-speaker", Language::En, &["IPX7", "within your budget at ¥179.00"]),
        ("给猫咪买个喝水的，推荐下", "pet-fountain", Language::Zh, &["¥"]),
        ("想买绿色的音箱", "mini-speaker", Language::Zh, &["鼠尾草绿有货"]),
        ("便宜一点的背包", "day-pack", Language::Zh, &["同类里价格最低：¥129.00"]),
    ];
    for (text, product, language, reasons) in cases {
        let picks = picks(text).await;
        let first = &picks[0];
        assert_eq!(first.product.key.as_str(), product, "{text}: {:?}", first.why);
        for reason in reasons {
            assert!(first.why.in_language(language).contains(reason), "{text}: {:?}", first.why);
        }
    }
}

#[tokio::test]
async fn sold_out_over_budget_and_unwanted_is_never_recommended() {
    let texts = [
        "推荐个帐篷",
        "户外的东西 300以内",
        "红色的，送女朋友的礼物，预算 500",
        "something for the kitchen under 100 yuan",
        "tea as a present, around 200 yuan",
        "猫用的，不要太贵",
        "露营装备，不要红色",
        "数码产品 100-200元",
        "防水的户外装备 便宜点",
        "quiet things for the bedroom below 400",
        "想要大容量充电宝",
        "a gift for my dad, up to 300 yuan, he likes tea",
    ];
    for text in texts {
        let need = Need::read(text).after_question(true);
        let Advice::Picks { picks } = recommend(&shop(), None, &need).await.unwrap() else { panic!("{text}") };
        assert!(!picks.is_empty() && picks.len() <= PICKS, "{text}");
        for pick in picks {
            assert!(pick.product.on_sale && pick.variant.stock > 0, "{text}: {}", pick.variant.key);
            assert!(need.budget.allows(&pick.variant.price), "{text}: {}", pick.product.key);
            let mut evidence = Evidence::default();
            pick.evidence.iter().for_each(|text| evidence.add(text.clone()));
            for language in Language::ALL {
                assert_eq!(unsupported(pick.why.in_language(language), &evidence), [], "{text}: {:?}", pick.why);
            }
        }
    }
    // The sand one for two is sold out, and no tent comes in pink.
    let sand = picks("沙色的双人帐篷").await;
    assert!(sand.iter().all(|pick| pick.variant.key.as_str() == "ridge-tent-4-sand"), "{sand:?}");
    assert!(matches!(advice("粉色的帐篷").await, Advice::Nothing { .. }));
    let red = picks("露营椅 不要沙色").await;
    assert!(red.iter().all(|pick| !pick.variant.options.iter().any(|option| option.value.zh == "沙色")));
}

#[tokio::test]
async fn too_open_a_need_is_asked_about_once() {
    for text in ["有什么推荐的吗", "can you recommend something?", "想买个礼物"] {
        let Advice::Ask { question } = advice(text).await else { panic!("{text}") };
        assert!(question.replies.len() >= 3, "{text}");
        let need = Need::read(text).after_question(true);
        let again = recommend(&shop(), None, &need).await.unwrap();
        assert!(matches!(again, Advice::Picks { .. }), "{text}");
    }
    let Advice::Ask { question } = advice("推荐点户外用品").await else { panic!("a whole category") };
    assert!(question.text.zh.contains("预算"));
}

#[tokio::test]
async fn the_nearest_is_named_when_only_the_budget_is_missed() {
    let Advice::Nothing { nearest } = advice("帐篷 预算500").await else { panic!("no tent costs so little") };
    let nearest = nearest.expect("the cheaper tent");
    assert_eq!(nearest.product.key.as_str(), "ridge-tent-2");
    assert!(nearest.why.zh.contains("¥699.00") && !nearest.why.zh.contains("预算内"), "{:?}", nearest.why);
}

#[tokio::test]
async fn what_was_bought_counts_but_is_not_sold_again() {
    let shop = shop();
    let customer = LIN.customer_key();
    let need = Need::read("推荐个帐篷");
    let Advice::Picks { picks } = recommend(&shop, Some(&customer), &need).await.unwrap() else { panic!("tents") };
    // Lin has the tent for two.
    assert_eq!(picks[0].product.key.as_str(), "ridge-tent-4");
    assert!(picks[0].why.zh.contains("和您买过的「云脊双人帐篷」同一个品牌"), "{:?}", picks[0].why);
}

#[tokio::test]
async fn what_goes_with_a_product_comes_from_orders() {
    let shop = shop();
    let records = shop.held().await.unwrap();
    let need = Need::read("有什么配件可以一起买").about(Some("ridge-tent-2".into()));
    let Advice::Picks { picks } = recommend(&shop, None, &need).await.unwrap() else { panic!("bought together") };
    let both = |pick: &Pick| {
        let has = |order: &&domain::shop::Order, key: &ProductKey| order.lines.iter().any(|line| line.product == *key);
        records
            .all_orders()
            .filter(|order| {
                together::counts(order) && has(order, &"ridge-tent-2".into()) && has(order, &pick.product.key)
            })
            .count()
    };
    assert!(picks.iter().all(|pick| both(pick) > 0 && pick.product.key.as_str() != "ridge-tent-2"));
}

#[test]
fn reads_budgets_as_people_say_them() {
    let cases = [
        ("预算400", None, Some(400.0)),
        ("400以内", None, Some(400.0)),
        ("三百块以内", None, Some(300.0)),
        ("两百以内的", None, Some(200.0)),
        ("100-200元", Some(100.0), Some(200.0)),
        ("100到200之间", Some(100.0), Some(200.0)),
        ("500左右", Some(400.0), Some(600.0)),
        ("under ¥400", None, Some(400.0)),
        ("between 100 and 200 yuan", Some(100.0), Some(200.0)),
        ("500元以上的", Some(500.0), None),
        ("45L的背包", None, None),
        ("10000mAh以上的", None, None),
        ("7天内能到的", None, None),
        ("第2个", None, None),
    ];
    for (text, at_least, at_most) in cases {
        assert_eq!(Need::read(text).budget, Budget { at_least, at_most }, "{text}");
    }
}

#[tokio::test]
async fn compares_what_differs() {
    let shop = shop();
    let mut products = Vec::new();
    for key in ["ridge-tent-2", "ridge-tent-4"] {
        products.push(shop.product(&key.into()).await.unwrap());
    }
    let table = compare(&products);
    let row = |key: &str| table.rows.iter().find(|row| row.key == key);
    let values = |key: &str| -> Vec<Option<String>> {
        row(key).unwrap().values.iter().map(|value| value.as_ref().map(|value| value.zh.clone())).collect()
    };
    assert_eq!(values("weight"), [Some("2.1 kg".to_owned()), Some("6.8 kg".to_owned())]);
    assert_eq!(values("price"), [Some("¥699.00".to_owned()), Some("¥1299.00".to_owned())]);
    assert_eq!(values("dimensions"), [None, Some("240 × 240 × 180 cm".to_owned())]);
    assert_eq!(row("warranty"), None, "both have a year");
}
