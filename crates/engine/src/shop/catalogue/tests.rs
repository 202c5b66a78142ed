//! Questions as shoppers type them, against a handful of products.

use domain::{
    language::Bilingual,
    shop::{Attribute, CategoryKey, Money, Product, Variant, VariantKey},
};

use super::*;

fn product(key: &str, zh: &str, en: &str, aliases: &[&str], colours: &[(&str, &str)]) -> Product {
    let variant = |(index, (zh, en)): (usize, &(&str, &str))| Variant {
        key: VariantKey(format!("{key}-{index}")),
        options: vec![Attribute {
            key: "colour".into(),
            name: Bilingual::new("颜色", "Colour"),
            value: Bilingual::new(*zh, *en),
        }],
        price: Money::new(100, "CNY"),
        list_price: None,
        stock: 1,
        restock_at: None,
    };
    Product {
        key: key.into(),
        title: Bilingual::new(zh, en),
        category: CategoryKey::from("outdoor"),
        brand: String::new(),
        description: Bilingual::new("适合周末出行的好物", "A good thing for the weekend"),
        attributes: Vec::new(),
        variants: colours.iter().enumerate().map(variant).collect(),
        aliases: aliases.iter().map(|alias| (*alias).to_owned()).collect(),
        picture: None,
        page: None,
        on_sale: true,
    }
}

fn catalogue() -> Catalogue {
    Catalogue::new(&[
        product("tent-2", "云脊双人帐篷", "Cloudridge 2-Person Tent", &["帐篷", "双人帐篷"], &[("绿色", "Green")]),
        product("tent-4", "云脊四人帐篷", "Cloudridge 4-Person Tent", &["帐篷", "家庭帐篷"], &[("沙色", "Sand")]),
        product("kettle", "细流手冲壶", "Trickle Pour-Over Kettle", &["手冲壶", "gooseneck"], &[("黑色", "Black")]),
        product("feeder", "圆圆自动喂食器", "Roundy Auto Feeder", &["喂食器", "喂食机"], &[("白色", "White")]),
    ])
}

fn keys(found: &[Scored]) -> Vec<&str> {
    found.iter().map(|hit| hit.product.as_str()).collect()
}

#[test]
fn questions_find_their_product_first() {
    let catalogue = catalogue();
    let cases = [
        ("请问双人帐篷还有货吗", "tent-2"),
        ("云脊四人的多少钱", "tent-4"),
        ("手冲壶有黑色的吗?", "kettle"),
        ("ＧＯＯＳＥＮＥＣＫ 有吗", "kettle"),
        ("is the 4-person tent in stock?", "tent-4"),
        ("how much are the auto feeders", "feeder"),
        ("喂食机", "feeder"),
    ];
    for (question, expected) in cases {
        let found = catalogue.search(question, 3);
        assert_eq!(keys(&found).first().copied(), Some(expected), "{question}: {found:?}");
    }
}

#[test]
fn small_talk_finds_and_names_nothing() {
    let catalogue = catalogue();
    for text in
        ["你好,在吗", "多少钱", "有货吗", "how much is it?", "", "   ", "!!!", "什么时候发货", "where is my order"]
    {
        assert!(catalogue.search(text, 5).is_empty(), "{text}: {:?}", catalogue.search(text, 5));
        assert!(catalogue.mentions(text).is_empty(), "{text}: {:?}", catalogue.mentions(text));
    }
}

#[test]
fn a_full_name_hides_the_short_one_inside_it() {
    let catalogue = catalogue();
    assert_eq!(keys(&catalogue.mentions("我想买云脊双人帐篷")), ["tent-2"]);
    let shared = catalogue.mentions("你们的帐篷防雨吗");
    assert_eq!(keys(&shared), ["tent-2", "tent-4"]);
    assert!(shared.iter().all(|hit| hit.score < 0.8), "{shared:?}");
    assert_eq!(keys(&catalogue.mentions("云脊双人帐篷和手冲壶一起寄吗")), ["tent-2", "kettle"]);
}

#[test]
fn slips_and_whole_words() {
    let catalogue = catalogue();
    assert_eq!(keys(&catalogue.mentions("圆圆自动喂食机器好用吗")), ["feeder"]);
    assert_eq!(keys(&catalogue.mentions("cloudridge 2 person tents")), ["tent-2"]);
    assert!(catalogue.mentions("goosenecklace").is_empty());
}

#[test]
fn typos_homophones_and_traditional_characters() {
    let catalogue = catalogue();
    for (text, expected) in [
        ("雲脊雙人帳篷多少錢", "tent-2"),
        ("手充壶有货吗", "kettle"),
        ("手冲湖多少钱", "kettle"),
        ("喂时器有吗", "feeder"),
        ("do you have a goosneck one", "kettle"),
    ] {
        let found = catalogue.mentions(text);
        assert_eq!(keys(&found), [expected], "{text}");
        assert!(found[0].score <= 1.0);
    }
    for text in
        ["is there a store near me", "我要喂狗", "手机壳", "充话费", "冲个会员", "the next week", "gooseberry jam"]
    {
        assert!(catalogue.mentions(text).is_empty(), "{text}: {:?}", catalogue.mentions(text));
    }
}

#[test]
fn scores_are_shares() {
    let catalogue = catalogue();
    for hit in catalogue.search("云脊双人帐篷 绿色", 10) {
        assert!((0.0..=1.0).contains(&hit.score), "{hit:?}");
    }
}
