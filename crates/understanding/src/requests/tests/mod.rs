//! Requests in both languages over a small shop.

mod shop;

use domain::{
    action::{Action, ItemChange},
    shop::{Address, PaymentKey, VariantKey},
};

use super::{Slot, Unclear, Wish};
use shop::{DELIVERED, PAID, UNPAID, address, understood};

fn actions(text: &str) -> Vec<Action> {
    understood(text).actions().cloned().collect()
}

fn returned(order: &str, items: &[&str], reason: &str, payment: Option<&str>) -> Action {
    Action::ReturnItems {
        order: order.into(),
        items: items.iter().map(|item| VariantKey::from(*item)).collect(),
        reason: reason.to_owned(),
        payment: payment.map(PaymentKey::from),
        pictures: Vec::new(),
    }
}

fn changes(pairs: &[(&str, &str)]) -> Vec<ItemChange> {
    pairs.iter().map(|(from, to)| ItemChange { from: (*from).into(), to: (*to).into() }).collect()
}

fn changed(order: &str, pairs: &[(&str, &str)], payment: Option<&str>) -> Action {
    Action::ChangeItems { order: order.into(), changes: changes(pairs), payment: payment.map(PaymentKey::from) }
}

fn exchanged(order: &str, pairs: &[(&str, &str)], payment: Option<&str>) -> Action {
    let (changes, payment) = (changes(pairs), payment.map(PaymentKey::from));
    Action::ExchangeItems { order: order.into(), changes, reason: String::new(), payment }
}

fn cancelled(order: &str, reason: &str) -> Action {
    Action::CancelOrder { order: order.into(), reason: reason.to_owned() }
}

#[test]
fn goods_are_sent_back() {
    for (text, wanted) in [
        ("退掉灯和水壶，退到原支付方式", returned(DELIVERED, &["lamp-1", "flask-green-750"], "", Some("card_1"))),
        ("订单SL2026112000011里的台灯我想退货，坏了", returned(DELIVERED, &["lamp-1"], "damaged", None)),
        (
            "把SL2026112000011的冲锋衣退了吧，尺码不合适，钱退到尾号5678的卡",
            returned(DELIVERED, &["jacket-sky-m"], "wrong_size", Some("card_2")),
        ),
        (
            "SL2026112000011 整單退貨，退到禮品卡",
            returned(DELIVERED, &["lamp-1", "flask-green-750", "jacket-sky-m"], "", Some("gift_1")),
        ),
        ("SL2026112000011除了台灯都退掉", returned(DELIVERED, &["flask-green-750", "jacket-sky-m"], "", None)),
        (
            "I'd like to send the lamp and the flask back, refund to my gift card please",
            returned(DELIVERED, &["lamp-1", "flask-green-750"], "", Some("gift_1")),
        ),
        (
            "Return the desk lmap from SL2026112000011; it doesn't work",
            returned(DELIVERED, &["lamp-1"], "defective", None),
        ),
        (
            "everything except the lamp in order SL2026112000011 needs to go back",
            returned(DELIVERED, &["flask-green-750", "jacket-sky-m"], "", None),
        ),
    ] {
        assert_eq!(actions(text), [wanted], "{text}");
    }
}

#[test]
fn goods_become_other_variants() {
    for (text, wanted) in [
        ("把订单SL2026112100012的帐篷换成绿色的", changed(PAID, &[("tent-sand", "tent-green")], None)),
        ("我想把天空蓝的冲锋衣换大一号，订单SL2026112100012", changed(PAID, &[("jacket-sky-m", "jacket-sky-l")], None)),
        ("水壶换成1升的，SL2026112000011", exchanged(DELIVERED, &[("flask-green-750", "flask-green-1")], None)),
        (
            "SL2026112100012的黑色冲锋衣改成L码，差价用礼品卡付",
            changed(PAID, &[("jacket-black-m", "jacket-black-l")], Some("gift_1")),
        ),
        ("SL2026112000011的台灯想换个新的，同款就行", exchanged(DELIVERED, &[("lamp-1", "lamp-1")], None)),
        (
            "把SL2026112100012的帐篷换成绿的，天空蓝的冲锋衣换成L码",
            changed(PAID, &[("tent-sand", "tent-green"), ("jacket-sky-m", "jacket-sky-l")], None),
        ),
        (
            "can you change the tent to the green one in SL2026112100012?",
            changed(PAID, &[("tent-sand", "tent-green")], None),
        ),
        (
            "In SL2026112000011 swap the flask for a black one, same size",
            exchanged(DELIVERED, &[("flask-green-750", "flask-black-750")], None),
        ),
        (
            "I'd rather have the 1 liter flask instead, order SL2026112200013",
            changed(UNPAID, &[("flask-green-750", "flask-green-1")], None),
        ),
        (
            "Exchange the rain jacket from SL2026112000011 for the cheapest one in size L",
            exchanged(DELIVERED, &[("jacket-sky-m", "jacket-black-l")], None),
        ),
        (
            "order SL2026112100012: please make the black rain jacket a size L",
            changed(PAID, &[("jacket-black-m", "jacket-black-l")], None),
        ),
    ] {
        assert_eq!(actions(text), [wanted], "{text}");
    }
}

#[test]
fn orders_are_cancelled_for_a_reason() {
    for (text, wanted) in [
        ("取消订单SL2026112200013，拍错了", vec![cancelled(UNPAID, "ordered_by_mistake")]),
        ("SL2026112200013不想要了，帮我取消", vec![cancelled(UNPAID, "no_longer_needed")]),
        ("最近的订单取消一下，不需要了", vec![cancelled(UNPAID, "no_longer_needed")]),
        ("Please cancel SL2026112200013, I ordered it by accident", vec![cancelled(UNPAID, "ordered_by_mistake")]),
        (
            "I've changed my mind, call off orders SL2026112200013 and SL2026112100012",
            vec![cancelled(UNPAID, "no_longer_needed"), cancelled(PAID, "no_longer_needed")],
        ),
        ("don't cancel SL2026112200013", vec![]),
        ("先别取消SL2026112200013", vec![]),
    ] {
        assert_eq!(actions(text), wanted, "{text}");
    }
}

#[test]
fn addresses_and_ways_to_pay_are_changed() {
    let sent = |order: &str, address: Address| Action::ChangeAddress { order: order.into(), address };
    let paid = |order: &str, payment: &str| Action::ChangePayment { order: order.into(), payment: payment.into() };
    let moved = Address { district: "滨江区".into(), ..address("江南大道88号3幢") };
    let western = Address {
        country: "US".into(),
        province: "CA".into(),
        city: "San Diego".into(),
        district: String::new(),
        postcode: "92159".into(),
        ..address("629 Sunset Drive, Suite 581")
    };
    for (text, wanted) in [
        ("SL2026112100012的地址改成浙江省杭州市滨江区江南大道88号3幢", sent(PAID, moved.clone())),
        ("把SL2026112100012寄到和SL2026112200013一样的地址", sent(PAID, address("听松街22号"))),
        ("SL2026112100012的收货地址改成默认地址", sent(PAID, address("云栖路1号"))),
        (
            "Please ship SL2026112100012 to 629 Sunset Drive Suite 581, San Diego, California 92159, USA",
            sent(PAID, western),
        ),
        (
            "use the same address as SL2026112200013 for SL2026112100012, please update it",
            sent(PAID, address("听松街22号")),
        ),
        ("SL2026112100012的付款方式换成尾号5678的信用卡", paid(PAID, "card_2")),
        ("I want to pay for SL2026112100012 with the card ending in 1234 instead", paid(PAID, "card_1")),
        (
            "change my default address to 629 Sunset Drive, Suite 581, San Diego, CA 92159",
            Action::ChangeHomeAddress {
                address: Address {
                    country: "CN".into(),
                    province: "CA".into(),
                    city: "San Diego".into(),
                    district: String::new(),
                    postcode: "92159".into(),
                    ..address("629 Sunset Drive, Suite 581")
                },
            },
        ),
    ] {
        assert_eq!(actions(text), [wanted], "{text}");
    }
}

#[test]
fn several_wishes_in_one_message_are_told_apart() {
    for text in [
        "SL2026112000011的台灯退掉，退到礼品卡。另外取消SL2026112200013，不想要了。SL2026112100012的帐篷换成绿色的，差价用礼品卡。",
        "Return the lamp from SL2026112000011 to my gift card. Also cancel SL2026112200013 - I no longer need it. \
         And in SL2026112100012 change the tent to the green one, any difference on my gift card.",
    ] {
        let wanted = [
            returned(DELIVERED, &["lamp-1"], "", Some("gift_1")),
            cancelled(UNPAID, "no_longer_needed"),
            changed(PAID, &[("tent-sand", "tent-green")], Some("gift_1")),
        ];
        assert_eq!(actions(text), wanted, "{text}");
    }
}

#[test]
fn what_is_missing_or_unclear_is_named() {
    let open = |text: &str| {
        let request = understood(text).requests.into_iter().next().unwrap_or_else(|| panic!("{text}"));
        (request.wish, request.missing, request.unclear)
    };
    let which = vec![Unclear::WhichItem(vec!["jacket-sky-m".into(), "jacket-black-m".into()])];
    let near = Unclear::WhichVariant { from: "flask-green-750".into(), near: vec![] };
    let cards = Unclear::WhichPayment(vec!["card_1".into(), "card_2".into()]);
    for (text, wanted) in [
        ("取消SL2026112200013", (Wish::Cancel, vec![Slot::Reason], vec![])),
        ("我要退货，SL2026112000011", (Wish::Return, vec![Slot::Items], vec![])),
        ("我想改SL2026112100012的地址", (Wish::ChangeAddress, vec![Slot::Address], vec![])),
        ("I'd like to exchange the lamp in SL2026112000011", (Wish::ChangeItems, vec![Slot::Variant], vec![])),
        ("please change SL2026112100012", (Wish::Change, vec![Slot::Change], vec![])),
        (
            "change the payment of SL2026112100012 to my credit card",
            (Wish::ChangePayment, vec![Slot::Payment], vec![cards]),
        ),
        (
            "cancel SL2026119900099, not needed",
            (Wish::Cancel, vec![Slot::Order], vec![Unclear::UnknownOrder("SL2026119900099".into())]),
        ),
        ("in SL2026112100012 change the jacket to size L", (Wish::ChangeItems, vec![Slot::Items], which)),
    ] {
        let found = open(text);
        assert_eq!(found, wanted, "{text}");
    }
    let black_litre = open("SL2026112200013的水壶换成黑色1升的");
    assert_eq!(black_litre.2, [near]);
}

#[test]
fn other_messages_ask_for_nothing() {
    for text in ["你好", "帐篷有绿色的吗", "where is my parcel?", "台灯多少钱", "thank you!", ""] {
        assert_eq!(actions(text), [], "{text}");
    }
}

#[test]
fn any_text_is_read_without_harm() {
    for text in
        ["{}{}{{", "“”‘’「」", "#W #W", "to to to for for", "换换换成", "1 1 1 1 1.", "－－－", "\u{0}\u{7f}\n\n;;,,"]
    {
        understood(text);
    }
    understood(&"把帐篷换成绿色的和".repeat(2_000));
}

#[test]
fn errands_need_an_order_and_little_more() {
    let urged = |order: &str| Action::UrgeShipment { order: order.into() };
    let protected = |order: &str, item: &str| Action::ProtectPrice { order: order.into(), item: item.into() };
    for (text, wanted) in [
        ("SL2026112100012麻烦尽快安排发出", vec![urged(PAID)]),
        ("SL2026112100012怎么还没发货", vec![urged(PAID)]),
        ("SL2026112000011的台灯降价了，补个差价", vec![protected(DELIVERED, "lamp-1")]),
        (
            "SL2026112000011台灯和水壶都价保",
            vec![protected(DELIVERED, "lamp-1"), protected(DELIVERED, "flask-green-750")],
        ),
        // The complaint is why, not what.
        ("SL2026112100012一直没发货，取消吧", vec![cancelled(PAID, "too_slow")]),
    ] {
        assert_eq!(actions(text), wanted, "{text}");
    }
    for (text, wish, slot) in [
        ("SL2026112000011开发漂", Wish::Invoice, Slot::Invoice),
        ("SL2026112100012改成11月28号送", Wish::Schedule, Slot::Day),
        ("SL2026112100012预约周六", Wish::Schedule, Slot::Day),
    ] {
        let read = understood(text);
        let [request] = read.requests.as_slice() else { panic!("{text}: {read:?}") };
        assert_eq!((request.wish, request.missing.as_slice()), (wish, &[slot][..]), "{text}");
        assert!(request.order.is_some(), "{text}");
    }
}
