//! What a figure means, whichever way it is written.

use super::{super::folded, *};

fn read(text: &str) -> Vec<Figure> {
    figures(&folded(text)).into_iter().map(|found| found.figure).collect()
}

#[test]
fn the_same_figure_in_other_words() {
    let same = [
        ("1,299.00 元", "一千二百九十九元"),
        ("¥1299", "1299 yuan"),
        ("7天", "七天"),
        ("7 days", "seven-day"),
        ("48 小时", "forty-eight hours"),
        ("3 个工作日", "3 working days"),
        ("2026-11-22", "2026年11月22日"),
        ("22 Nov 2026", "November 22nd, 2026"),
        ("14:05", "下午 2:05"),
        ("下午3点", "3 pm"),
        ("1.5万元", "15000 元"),
        ("三百五十块", "350元"),
        ("20%", "百分之20"),
        ("１２９．９０元", "129.9 元"),
        ("5kg", "5 公斤"),
        ("+86 139-0000-1234", "13900001234"),
    ];
    for (one, other) in same {
        assert_eq!(read(one), read(other), "{one} / {other}");
        assert_eq!(read(one).len(), 1, "{one}: {:?}", read(one));
    }
}

#[test]
fn different_things_stay_different() {
    let different = [
        ("7天", "7 个工作日"),
        ("7 元", "7 天"),
        ("8折", "8%"),
        ("$8", "¥8"),
        ("10 分钟", "10 小时"),
        ("11月22日", "11月23日"),
    ];
    for (one, other) in different {
        assert_ne!(read(one), read(other), "{one} / {other}");
    }
}

#[test]
fn tells_numbers_of_orders_phones_and_addresses_apart() {
    use Figure::{Identifier, Link, Mail, Phone};
    let text = "订单SL2026112200017，电话13900001234，a.b@example.com，见 https://evil.example/x。";
    assert_eq!(
        read(text),
        [
            Identifier("sl2026112200017".into()),
            Phone("13900001234".into()),
            Mail("a.b@example.com".into()),
            Link("https://evil.example/x".into()),
        ]
    );
    assert_eq!(read("打开 refund-fast.top 领取"), [Link("refund-fast.top".into())]);
    assert!(matches!(&read("10000mAh")[..], [Figure::Number { unit: Unit::Thing("mah"), .. }]));
    assert!(matches!(&read("每满 300 减 40")[..], [Figure::Number { .. }, Figure::Number { .. }]));
}

#[test]
fn everyday_words_are_no_numbers() {
    for text in ["一定", "一个", "一起看一下", "再试一次", "万一", "统一处理", "one of them", "第一次吗", "两个都可以"]
    {
        assert_eq!(read(text), [], "{text}");
    }
}

#[test]
fn both_ends_of_a_range_have_its_unit() {
    let days = |value: &str| Figure::Number { value: value.into(), unit: Unit::Span(units::Span::WorkingDay) };
    assert_eq!(read("3-7 个工作日"), [days("3"), days("7")]);
    assert_eq!(read("3 to 7 working days"), [days("3"), days("7")]);
}

#[test]
fn finds_streets() {
    let text = folded("寄到杭州市西湖区文三路 90 号 3 幢，或 12 Garden Street");
    assert_eq!(streets(&text).len(), 2);
    assert!(streets(&folded("道路 3 天内")).is_empty());
}
