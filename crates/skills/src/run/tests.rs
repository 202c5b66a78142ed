//! Flows played turn by turn: slots, corrections, digressions, confirmations, and that nothing is done without a yes.

use domain::{language::Language, shop::ProductKey, time::Timestamp};
use serde_json::json;

use super::*;
use crate::{
    load::{Source, read},
    tool::{Deed, Performed, Preview, Verdict},
};

fn skill(name: &str) -> Skill {
    let path = format!("{}/fixtures/{name}.yaml", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).expect("a fixture");
    read(&Source { file: format!("{name}.yaml"), text }).unwrap_or_else(|faults| panic!("{faults:#?}"))
}

fn order(number: u32, state: &str, items: &[(&str, &str)]) -> Json {
    let items: Vec<Json> = items
        .iter()
        .map(|(product, title)| {
            json!({
                "product": product, "variant": format!("{product}-v"), "title": { "zh": title, "en": product },
                "options": { "zh": "", "en": "" }, "quantity": 1, "unit_price": { "minor": 100, "currency": "CNY" },
            })
        })
        .collect();
    json!({
        "key": format!("SL{number}"), "state": state, "state_text": { "zh": "已签收", "en": "delivered" },
        "items": items, "placed_at": 0, "ship_by": null, "shipments": [], "shipment": null, "refund": null,
    })
}

/// A shop with a few orders; every act is allowed.
struct Shop {
    orders: Vec<Json>,
    performed: Vec<String>,
}

impl Shop {
    fn carry_out(&mut self, call: Call) -> CallResult {
        match call {
            Call::Orders => CallResult::Found(Json::Array(self.orders.clone())),
            Call::Order { order } => {
                CallResult::Found(self.orders.iter().find(|it| it["key"] == order).cloned().unwrap_or_default())
            }
            Call::Preview { .. } => CallResult::Previewed(Preview {
                verdict: Verdict::Allowed,
                rule: None,
                say: None,
                amount: None,
                facts: Json::Null,
                token: Some("shown".into()),
            }),
            Call::Perform { intent, key, token } => {
                assert!(key.starts_with("run:") && token.as_deref() == Some("shown"));
                self.performed.push(serde_json::to_string(&intent).unwrap());
                CallResult::Performed(Performed {
                    outcome: Deed::Done,
                    rule: None,
                    say: None,
                    amount: None,
                    reference: Some("S1".into()),
                    facts: Json::Null,
                    undo_until: None,
                })
            }
            other => panic!("{other:?}"),
        }
    }
}

struct Play {
    skill: Skill,
    progress: Progress,
    shop: Shop,
}

impl Play {
    fn new(name: &str, orders: Vec<Json>) -> Self {
        let skill = skill(name);
        let progress = Progress::new(&skill, "run".into(), Timestamp(0));
        Self { skill, progress, shop: Shop { orders, performed: Vec::new() } }
    }

    fn input(&mut self, mut input: Input) -> Option<Outcome> {
        let voice = Voice { language: Language::Zh, zone: "Asia/Shanghai".into(), now: Timestamp(1_795_000_000_000) };
        let scene = Scene { voice, customer: None, order_in_focus: None, product_in_focus: None };
        // Between any two moves the progress may be written down and read again, except within a turn.
        loop {
            match advance(&self.skill, &mut self.progress, &scene, input) {
                Effect::Call(call) => input = Input::Result(self.shop.carry_out(call)),
                Effect::Turn(outcome) => {
                    let kept = serde_json::to_string(&self.progress).unwrap();
                    self.progress = serde_json::from_str(&kept).unwrap();
                    return Some(outcome);
                }
                Effect::Aside => return None,
            }
        }
    }

    fn begin(&mut self, message: Message) -> Outcome {
        self.input(Input::Begin(message)).expect("a turn")
    }

    fn say(&mut self, text: &str) -> Outcome {
        self.input(Input::Message(Message::said(text))).expect("a turn")
    }

    fn slots(&self) -> Vec<&str> {
        self.progress.slots().map(|(name, _)| name).collect()
    }
}

fn text(outcome: &Outcome) -> String {
    outcome.said.iter().map(|said| said.text.as_str()).collect::<Vec<_>>().join("\n")
}

fn two_orders() -> Vec<Json> {
    vec![
        order(1, "delivered", &[("tent", "帐篷"), ("lamp", "露营灯")]),
        order(2, "completed", &[("kettle", "水壶")]),
        order(3, "paid", &[("shoes", "鞋")]),
    ]
}

#[test]
fn a_return_asks_what_it_needs_confirms_and_does_it_once() {
    let mut play = Play::new("return_items", two_orders());
    let outcome = play.begin(Message::said("我想退货"));
    assert_eq!((outcome.then, play.progress.asked()), (Then::Waits, Some("order")));
    assert_eq!(outcome.said[0].replies.len(), 2, "the paid order can't be returned");
    let outcome = play.say("第一个");
    assert_eq!((outcome.then, play.progress.asked()), (Then::Waits, Some("items")));
    play.say("全部");
    assert_eq!(play.progress.asked(), Some("reason"));
    let outcome = play.say("碎了");
    assert_eq!(play.progress.asked(), Some("pictures"), "{outcome:?}");
    let picture = Message { pictures: vec![domain::id::FileId::from_bits(1).to_string()], ..Message::said("") };
    let outcome = play.input(Input::Message(picture)).expect("a turn");
    assert_eq!(play.progress.waiting(), Some(&Waiting::Confirmation));
    assert!(text(&outcome).contains("SL1") && text(&outcome).contains("帐篷、露营灯"), "{}", text(&outcome));
    let outcome = play.say("确认");
    assert_eq!(outcome.then, Then::Finished);
    assert!(text(&outcome).contains("S1"));
    assert_eq!(play.shop.performed.len(), 1);
    assert!(play.shop.performed[0].contains(r#""items":["tent-v","lamp-v"]"#), "{:?}", play.shop.performed);
}

#[test]
fn what_the_first_message_names_is_not_asked() {
    let mut play = Play::new("return_items", two_orders());
    let first =
        Message { products: vec![ProductKey::from("lamp")], ..Message::said("露营灯尺码太小，我要退") };
    let outcome = play.begin(first);
    assert_eq!(play.progress.waiting(), Some(&Waiting::Confirmation), "{outcome:?}");
    assert_eq!(play.slots(), ["items", "order", "reason"]);
    assert!(text(&outcome).contains("露营灯") && !text(&outcome).contains("帐篷"));
}

#[test]
fn an_order_that_is_corrected_takes_its_items_with_it() {
    let mut play = Play::new("return_items", two_orders());
    play.begin(Message { numbers: vec!["SL2".into()], ..Message::said("SL2 我要退，不想要了") });
    assert_eq!(play.progress.waiting(), Some(&Waiting::Confirmation));
    let outcome = play.say("不是这个订单");
    assert_eq!(play.progress.asked(), Some("order"), "{outcome:?}");
    assert!(!play.slots().contains(&"items"));
    let outcome = play
        .input(Input::Message(Message { numbers: vec!["SL1".into()], ..Message::said("SL1 这个") }))
        .expect("a turn");
    assert_eq!(play.progress.asked(), Some("items"), "{outcome:?}");
}

#[test]
fn calling_off_and_declining_do_nothing() {
    let mut play = Play::new("return_items", two_orders());
    play.begin(Message::said("我想退货"));
    assert_eq!(play.say("算了").then, Then::CalledOff);
    let mut play = Play::new("return_items", two_orders());
    play.begin(Message { numbers: vec!["SL2".into()], ..Message::said("SL2 不想要了") });
    assert_eq!(play.say("取消").then, Then::Declined);
    assert!(play.shop.performed.is_empty());
}

#[test]
fn something_else_is_left_to_others_and_then_asked_again() {
    let mut play = Play::new("return_items", two_orders());
    play.begin(Message::said("我想退货"));
    assert!(play.input(Input::Message(Message::said("你们几点下班"))).is_none());
    let outcome = play.input(Input::Resume).expect("a turn");
    assert!(text(&outcome).contains("哪个订单"));
    assert!(outcome.said[0].replies.iter().any(|reply| reply.label == "先不办了"), "leaving is easy: {outcome:?}");
    assert_eq!(play.say("先不办了").then, Then::CalledOff);
}

impl Play {
    /// Says what nobody understands.
    fn mumble(&mut self) -> Outcome {
        assert!(self.input(Input::Message(Message::said("呃呃"))).is_none());
        self.input(Input::Unclear).expect("a turn")
    }
}

#[test]
fn a_question_asked_twice_in_vain_is_not_asked_a_third_time() {
    let mut play = Play::new("return_items", two_orders());
    play.begin(Message::said("我想退货"));
    assert!(text(&play.mumble()).contains("哪个订单"), "asked for the second time");
    let outcome = play.mumble();
    assert!(!text(&outcome).contains("哪个订单"), "{}", text(&outcome));
    let labels: Vec<&str> = outcome.said.iter().flat_map(|said| &said.replies).map(|it| it.label.as_str()).collect();
    assert_eq!((outcome.then, labels), (Then::Waits, vec!["转人工", "先不办了"]));
    // An answer after all is still heard.
    let mut late = Play {
        skill: play.skill.clone(),
        progress: play.progress.clone(),
        shop: Shop { orders: two_orders(), performed: Vec::new() },
    };
    late.say("第一个");
    assert_eq!(late.progress.asked(), Some("items"));
    let outcome = play.mumble();
    assert_eq!(outcome.then, Then::CalledOff, "nobody is kept in a flow: {outcome:?}");
}

#[test]
fn a_confirmation_not_understood_twice_needs_a_yes_of_its_own() {
    let mut play = Play::new("return_items", two_orders());
    play.begin(Message { numbers: vec!["SL2".into()], ..Message::said("SL2 不想要了") });
    assert!(text(&play.mumble()).contains("SL2"), "asked again");
    assert!(text(&play.mumble()).contains("先停在这里"));
    let outcome = play.say("好的");
    assert!(play.shop.performed.is_empty() && text(&outcome).contains("SL2"), "{outcome:?}");
    play.say("好的");
    assert_eq!(play.shop.performed.len(), 1);
}

#[test]
fn what_only_doubts_or_says_nothing_confirms_nothing() {
    for said in ["？？？", "？", "...", "ok?", "嗯？", "😀", "好的？", "确认？"] {
        let mut play = Play::new("return_items", two_orders());
        play.begin(Message { numbers: vec!["SL2".into()], ..Message::said("SL2 不想要了") });
        assert_eq!(play.progress.waiting(), Some(&Waiting::Confirmation));
        if play.input(Input::Message(Message::said(said))).is_none() {
            play.input(Input::Unclear).expect("a turn");
        }
        assert!(play.shop.performed.is_empty(), "{said}");
        assert_eq!(play.progress.waiting(), Some(&Waiting::Confirmation), "{said}");
    }
}

#[test]
fn an_order_named_by_another_wish_is_not_taken_for_this_one() {
    let mut play = Play::new("return_items", two_orders());
    play.begin(Message::said("我想退货"));
    let wish = Message {
        numbers: vec!["SL2".into()],
        is_elsewhere: true,
        wishes: true,
        ..Message::said("帮我查一下 SL2 的物流")
    };
    assert!(play.input(Input::Message(wish)).is_none());
    assert!(play.slots().is_empty());
    // At the confirmation neither.
    play.input(Input::Message(Message { numbers: vec!["SL2".into()], ..Message::said("SL2 不想要了") }));
    let wish = Message {
        numbers: vec!["SL1".into()],
        is_elsewhere: true,
        wishes: true,
        ..Message::said("帮我查一下 SL1 的物流")
    };
    assert!(play.input(Input::Message(wish)).is_none());
}

#[test]
fn nothing_that_fits_is_said_and_ends() {
    let mut play = Play::new("return_items", vec![order(3, "paid", &[("shoes", "鞋")])]);
    let outcome = play.begin(Message::said("我想退货"));
    assert_eq!(outcome.then, Then::Finished);
    assert!(text(&outcome).contains("没有可以退货的订单"));
}

#[test]
fn an_invoice_is_read_from_its_parts() {
    let mut known = json!({ "kind": null, "title": null, "tax_number": null, "email": null });
    super::invoice::read_invoice_parts(&mut known, &Message::said("开公司的，抬头是杭州云山科技有限公司"), true, &[]);
    assert_eq!((known["kind"].as_str(), known["title"].as_str()), (Some("company"), Some("杭州云山科技有限公司")));
    super::invoice::read_invoice_parts(
        &mut known,
        &Message::said("91330106MA2CFKXX7Q"),
        true,
        &["91330106MA2CFKXX7R".into()],
    );
    assert_eq!(known["tax_number"], "91330106MA2CFKXX7Q");
}

mod properties {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Whatever is said, a flow ends or waits, and nothing is done without a plain yes after the confirmation.
        #[test]
        fn nothing_is_done_without_a_yes(said in proptest::collection::vec(0..9_usize, 1..12)) {
            let texts = ["第一个", "全部", "不想要了", "不是这个订单", "？？？", "你们几点下班", "算了", "可以退吗", "确认"];
            let mut play = Play::new("return_items", two_orders());
            play.begin(Message::said("我想退货"));
            let mut vain = 0;
            for index in said {
                if !play.progress.is_waiting() {
                    break;
                }
                let is_confirming = play.progress.waiting() == Some(&Waiting::Confirmation);
                let before = play.shop.performed.len();
                let (asked, slots) = (play.progress.asked().map(str::to_owned), play.slots().len());
                if play.input(Input::Message(Message::said(texts[index]))).is_none() {
                    let _ = play.input(Input::Unclear);
                }
                let did = play.shop.performed.len() > before;
                prop_assert_eq!(did, is_confirming && texts[index] == "确认");
                let is_same = asked.is_some() && play.progress.asked() == asked.as_deref() && play.slots().len() == slots;
                vain = if is_same { vain + 1 } else { 0 };
                prop_assert!(vain < 3, "asked for ever");
            }
        }
    }
}
