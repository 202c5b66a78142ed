//! Acts and replies as shoppers give them.

use super::*;

#[test]
fn acts_in_both_languages() {
    let cases = [
        ("你好，在吗？", Act::Greet),
        ("Hello!", Act::Greet),
        ("好的谢谢", Act::Thank),
        ("thanks a lot", Act::Thank),
        ("没事了，再见", Act::Goodbye),
        ("bye", Act::Goodbye),
        ("怎么退货", Act::Question),
        ("有红色的吗", Act::Question),
        ("我想问一下什么时候发货", Act::Question),
        ("发货了没", Act::Question),
        ("Where is my parcel", Act::Question),
        ("is it waterproof", Act::Question),
        ("帮我取消订单", Act::Request),
        ("能帮我查一下物流吗", Act::Request),
        ("我要退货", Act::Request),
        ("please cancel my order", Act::Request),
        ("could you change the address?", Act::Request),
        ("嗯嗯", Act::Confirm),
        ("可以", Act::Confirm),
        ("yes please", Act::Confirm),
        ("不用", Act::Deny),
        ("no", Act::Deny),
        ("不是，是另一个", Act::Correct),
        ("我说的是红色那件", Act::Correct),
        ("actually make it blue", Act::Correct),
        ("算了不退了", Act::Cancel),
        ("never mind", Act::Cancel),
        ("第二个", Act::Choose),
        ("the first one", Act::Choose),
        ("2", Act::Choose),
        ("收到的杯子碎了", Act::Complain),
        ("你们质量太差了", Act::Complain),
        ("the zipper is broken", Act::Complain),
        ("我昨天买了一个帐篷", Act::Statement),
        ("my order number is W2378156", Act::Statement),
        ("？", Act::Question),
        ("👍", Act::Confirm),
        ("👍🏻", Act::Confirm),
        ("……", Act::Statement),
        ("😀", Act::Statement),
    ];
    for (text, act) in cases {
        assert_eq!(act_of(text), act, "{text}");
    }
}

#[test]
fn replies_to_a_skill() {
    let yes = |rest: &str| Reply::Yes { rest: rest.into() };
    let no = |rest: &str| Reply::No { rest: rest.into() };
    let cases = [
        ("是的", yes("")),
        ("对对对", yes("")),
        ("好的，麻烦了", yes("")),
        ("確認", yes("")),
        ("Yes, please!", yes("")),
        ("👍", yes("")),
        ("好的，送到公司", yes("送到公司")),
        ("yes, to my home address", yes("to my home address")),
        ("ok?", Reply::Other),
        ("嗯？", Reply::Other),
        ("？？？", Reply::Other),
        ("...", Reply::Other),
        ("❤️", Reply::Other),
        ("不", no("")),
        ("不用，谢谢", no("")),
        ("No thanks", no("")),
        ("算了不退了", Reply::Cancel),
        ("那我不换了", Reply::Cancel),
        ("算了", Reply::Cancel),
        ("forget it", Reply::Cancel),
        ("I changed my mind", Reply::Cancel),
        ("红色", Reply::Other),
        ("怎么退货", Reply::Other),
        ("没有收到货", Reply::Other),
        ("不能退吗", Reply::Other),
        ("为什么不可以", Reply::Other),
        ("是什么材质", Reply::Other),
        ("好评返现吗", Reply::Other),
        ("还没发货", Reply::Other),
        ("对不起", Reply::Other),
    ];
    for (text, reply) in cases {
        assert_eq!(reply_of(text), reply, "{text}");
    }
}

#[test]
fn corrections_keep_the_value() {
    for (text, expected) in [
        ("不是，是另一个", "是另一个"),
        ("错了，应该是13900001234", "13900001234"),
        ("actually make it blue", "blue"),
        ("No, the large one", "the large one"),
    ] {
        let Reply::Correct { rest } = reply_of(text) else { panic!("{text}: {:?}", reply_of(text)) };
        assert_eq!(rest, expected, "{text}");
    }
}

#[test]
fn negation_is_not_asking() {
    for text in ["不能退", "没发货", "can't return it", "it does not work"] {
        assert!(is_negative(text), "{text}");
    }
    for text in ["能不能退", "发货了没", "有没有货", "can I return it", "还可以吗", "到没"] {
        assert!(!is_negative(text), "{text}");
    }
}
