//! Passing to humans: at once when asked, with a card whose lines point into the log.

use domain::{
    conversation::{Fact, Refusal},
    handoff::{Emotion, HandoffReason},
};
use engine::{conversations, error::DeskError, queue};

use crate::desk::test;

#[tokio::test]
async fn asking_for_a_human_works_at_once_in_both_languages() {
    for text in ["转人工", "我要人工客服！", "I want to talk to a human"] {
        let test = test().await;
        let shopper = test.visitor().await;
        let id = test.open(&shopper).await;
        test.ask(id, &shopper, text).await;
        assert_eq!(test.state(id).await.handoff, Some(HandoffReason::Asked), "{text}");
    }
}

#[tokio::test]
async fn the_card_says_what_was_collected_and_where() {
    let test = test().await;
    let shopper = test.visitor().await;
    let id = test.open(&shopper).await;
    test.ask(id, &shopper, "你好").await;
    test.ask(id, &shopper, "怎么申请退货").await;
    let asked = test.say(id, &shopper, "帐篷杆断了能只换一根吗？电话13900001234").await;
    test.work().await;
    conversations::ask_human(&test.desk, id, shopper.id).await.unwrap();
    let (_, card) = test.card(id).await;
    assert!(card.ask.text.contains("帐篷杆断了"), "{card:?}");
    assert!(card.slots.iter().any(|slot| slot.value == "13900001234" && slot.seq == Some(asked.seq)));
    assert!(!card.identity.verified);
    // Every line that names an event names one that exists.
    let last = test.state(id).await.seq;
    let lines = card.tried.iter().chain(&card.failed).chain(&card.promises).chain([&card.ask]);
    assert!(lines.filter_map(|line| line.seq).all(|seq| (1..=last).contains(&seq)));
    assert!(card.tried.iter().any(|line| line.text.contains("申请售后")));
}

#[tokio::test]
async fn anger_and_risk_go_to_a_human() {
    for (text, reason) in [("你们就是骗子！", HandoffReason::Upset), ("我要找律师", HandoffReason::Risk)] {
        let test = test().await;
        let shopper = test.visitor().await;
        let id = test.open(&shopper).await;
        test.ask(id, &shopper, text).await;
        assert_eq!(test.state(id).await.handoff, Some(reason));
    }
    let test = test().await;
    let shopper = test.visitor().await;
    let id = test.open(&shopper).await;
    test.ask(id, &shopper, "你们就是骗子！").await;
    let (_, card) = test.card(id).await;
    assert_eq!(card.emotion.level, Emotion::Angry);
    assert!(card.emotion.quote.is_some());
}

#[tokio::test]
async fn the_bot_answers_what_was_left_when_control_comes_back() {
    let test = test().await;
    let shopper = test.visitor().await;
    let id = test.open(&shopper).await;
    test.ask(id, &shopper, "转人工").await;
    let left = test.say(id, &shopper, "怎么申请退货").await;
    test.work().await;
    assert!(test.state(id).await.answered_seq < left.seq, "the queue is not answered by the bot");
    conversations::choose_bot(&test.desk, id, shopper.id).await.unwrap();
    test.work().await;
    assert!(test.last_bot(id).await.text.contains("申请售后"));
    let state = test.state(id).await;
    assert!(state.is_with_bot() && state.answered_seq == left.seq);
    test.verify(id).await;
}

#[tokio::test]
async fn an_old_wish_for_a_person_is_not_followed_in_a_circle() {
    let test = test().await;
    let shopper = test.visitor().await;
    let id = test.open(&shopper).await;
    conversations::ask_human(&test.desk, id, shopper.id).await.unwrap();
    test.say(id, &shopper, "人工客服快来").await;
    conversations::choose_bot(&test.desk, id, shopper.id).await.unwrap();
    test.work().await;
    assert!(test.state(id).await.is_with_bot());
    test.verify(id).await;
}

#[tokio::test]
async fn the_queue_has_positions_and_the_bot_can_be_kept() {
    let test = test().await;
    let mut ids = Vec::new();
    for _ in 0..3 {
        let shopper = test.visitor().await;
        let id = test.open(&shopper).await;
        conversations::ask_human(&test.desk, id, shopper.id).await.unwrap();
        test.clock.advance_ms(1_000);
        ids.push((id, shopper));
    }
    let position = |id| {
        let desk = test.desk.clone();
        async move {
            let conversation = desk.store.conversation(id).await.unwrap().unwrap().conversation;
            queue::place(&desk, &conversation).await.unwrap().map(|place| place.position)
        }
    };
    assert_eq!((position(ids[0].0).await, position(ids[2].0).await), (Some(1), Some(3)));
    conversations::choose_bot(&test.desk, ids[0].0, ids[0].1.id).await.unwrap();
    // The bot goes on with the first, whose place is kept; the others move up.
    assert_eq!((position(ids[0].0).await, position(ids[2].0).await), (Some(1), Some(2)));
}

#[tokio::test]
async fn only_the_controller_speaks() {
    let test = test().await;
    let shopper = test.visitor().await;
    let id = test.open(&shopper).await;
    let outgoing = || conversations::Outgoing { client: "a".into(), text: "您好".into(), files: vec![] };
    let early = conversations::reply(&test.desk, id, &test.agent, outgoing()).await;
    assert!(matches!(early, Err(DeskError::Refused(Refusal::NotController))), "{early:?}");
    conversations::take_over(&test.desk, id, &test.agent).await.unwrap();
    conversations::reply(&test.desk, id, &test.agent, outgoing()).await.unwrap();
    // A colleague can't take it, a supervisor can.
    test.say(id, &shopper, "怎么开发票").await;
    test.work().await;
    let log = test.log(id).await;
    assert!(log.iter().all(|(event, _)| !matches!(event.fact, Fact::BotReplied { .. })));
    conversations::take_over(&test.desk, id, &test.supervisor).await.unwrap();
    let late =
        conversations::reply(&test.desk, id, &test.agent, conversations::Outgoing { client: "b".into(), ..outgoing() })
            .await;
    assert!(matches!(late, Err(DeskError::Refused(Refusal::NotController))));
    // The operator may write articles, not speak to shoppers.
    let operator = conversations::take_over(&test.desk, id, &test.operator).await;
    assert!(matches!(operator, Err(DeskError::Forbidden)));
    test.verify(id).await;
}

/// Makes a human as cheap or as dear as the test needs.
async fn with_terms(test: &crate::desk::Test, change: impl FnOnce(&mut engine::handoff::Terms)) {
    let mut shop = test.shop().await;
    let mut settings = engine::settings::ShopSettings::of(&shop).unwrap();
    change(&mut settings.handoff);
    shop.settings = settings.to_json();
    test.desk.store.update_shop(&shop).await.unwrap();
}

#[tokio::test]
async fn a_hopeless_turn_goes_to_a_human_and_the_trace_says_why() {
    let test = test().await;
    engine::handoff::learn(&test.desk).await.unwrap();
    with_terms(&test, |terms| (terms.human_cost, terms.share) = (0.0, 1.0)).await;
    let shopper = test.visitor().await;
    let id = test.open(&shopper).await;
    test.ask(id, &shopper, "灯泡换了还是不亮，按你们说的都试过了没用").await;
    assert_eq!(test.state(id).await.handoff, Some(HandoffReason::Predicted));
    let trace = trace_of(&test, id).await;
    let weighed = trace.steps.iter().find(|step| step.detail.get("going_on").is_some()).expect("the numbers");
    for name in ["chance", "threshold", "human", "wait"] {
        assert!(weighed.detail.get(name).is_some(), "{name}: {weighed:?}");
    }
    let (_, card) = test.card(id).await;
    assert_eq!(card.reason, HandoffReason::Predicted);
    assert_eq!(card.due_at, Some(card.written_at.plus_ms(3 * 60_000)));
    test.verify(id).await;
}

async fn trace_of(test: &crate::desk::Test, id: domain::id::ConversationId) -> domain::trace::Trace {
    let log = test.log(id).await;
    let trace = log.iter().rev().find_map(|(event, _)| match event.fact {
        Fact::BotReplied { trace, .. } => trace,
        _ => None,
    });
    test.desk.store.trace(trace.expect("a trace")).await.unwrap().expect("stored")
}

#[tokio::test]
async fn when_nobody_is_there_the_bot_goes_on_and_says_so() {
    use domain::staff::Presence;
    let test = test().await;
    engine::handoff::learn(&test.desk).await.unwrap();
    with_terms(&test, |terms| terms.human_cost = 0.0).await;
    for staff in [&test.agent, &test.supervisor, &test.operator] {
        engine::staff::set_presence(&test.desk, staff.id, Presence::Offline).await.unwrap();
    }
    let shopper = test.visitor().await;
    let id = test.open(&shopper).await;
    let reply = test.ask(id, &shopper, "怎么申请退货").await;
    assert!(test.state(id).await.is_with_bot());
    assert!(reply.text.contains("现在没有人工客服在线"), "{}", reply.text);
    assert!(reply.quick_replies.iter().any(|it| it.action == Some(domain::message::QuickAction::Human)));
}

#[tokio::test]
async fn misses_are_certified_from_what_people_judged() {
    use engine::handoff::certificate;
    let test = test().await;
    engine::handoff::learn(&test.desk).await.unwrap();
    with_terms(&test, |terms| (terms.share, terms.misses) = (1.0, 0.5)).await;
    // Five judged turns that needed a human and were handed over by a hard rule prove that half are not missed.
    for _ in 0..5 {
        let shopper = test.visitor().await;
        let id = test.open(&shopper).await;
        test.ask(id, &shopper, "转人工").await;
    }
    let shop = test.shop().await;
    let turns = certificate::open(&test.desk, &test.supervisor, shop.id, 20).await.unwrap();
    assert_eq!(turns.len(), 5);
    assert!(turns[0].said.iter().any(|(by_shopper, text)| *by_shopper && text == "转人工"));
    assert!(matches!(certificate::open(&test.desk, &test.operator, shop.id, 20).await, Err(DeskError::NotFound)));
    let before = certificate::state(&test.desk, &test.supervisor, &shop).await.unwrap();
    assert!(!before.is_certified && before.verdict.bound().is_none(), "{before:?}");
    for turn in &turns {
        certificate::judge(&test.desk, &test.supervisor, turn.sample.id, true).await.unwrap();
    }
    let after = certificate::state(&test.desk, &test.supervisor, &shop).await.unwrap();
    assert_eq!((after.judged, after.needed, after.missed, after.open), (5, 5, 0, 0));
    assert!(after.is_certified && after.verdict.bound().unwrap().upper_bound <= 0.5, "{after:?}");
    assert_eq!(test.desk.handoffs.certified(shop.id), after.verdict.bound().map(|it| f64::from(it.threshold)));
}

#[tokio::test]
async fn what_the_shopper_gave_is_not_asked_twice() {
    use domain::time::Timestamp;
    use engine::handoff::asked_again::{self, Thing};
    let test = test().await;
    let shopper = test.visitor().await;
    let id = test.open(&shopper).await;
    let given = test.say(id, &shopper, "我电话13900001234，灯坏了要退").await;
    conversations::take_over(&test.desk, id, &test.agent).await.unwrap();
    let hints = |text: &'static str| asked_again::hints(&test.desk, id, &test.agent, text);
    let phone = hints("请留一下您的手机号").await.unwrap();
    assert_eq!(phone.len(), 1);
    assert_eq!((phone[0].thing, phone[0].value.as_str(), phone[0].seq), (Thing::Phone, "13900001234", Some(given.seq)));
    assert_eq!(hints("请问退货原因是什么").await.unwrap()[0].thing, Thing::Reason);
    assert!(hints("请提供一下收货地址").await.unwrap().is_empty(), "nobody knows the address");
    assert!(hints("马上为您处理").await.unwrap().is_empty());
    let stranger = crate::desk::person(&test.desk, "other", domain::staff::Role::Operator).await;
    assert!(asked_again::hints(&test.desk, id, &stranger, "手机号多少").await.is_err());
    for (client, text) in [("a", "请留一下您的手机号"), ("b", "请提供一下收货地址"), ("c", "好的")]
    {
        let outgoing = conversations::Outgoing { client: client.into(), text: text.into(), files: vec![] };
        conversations::reply(&test.desk, id, &test.agent, outgoing).await.unwrap();
    }
    let figure = test.desk.store.asked_again(crate::desk::SHOP, Timestamp(0)).await.unwrap();
    assert_eq!((figure.messages, figure.asking, figure.again), (3, 2, 1));
}

#[tokio::test]
async fn an_order_above_the_limit_is_a_humans() {
    let test = test().await;
    let orders = match &*test.demo {
        engine::shop::Connector::Demo(shop) => shop.records(),
        _ => unreachable!("the demo shop"),
    };
    let order = orders.all_orders().next().expect("an order").clone();
    let limit = order.total.minor / 100;
    for (limit, is_above) in [(limit + 1, false), (limit - 1, true)] {
        with_terms(&test, |terms| terms.amount_limit = limit).await;
        let shopper = test.customer(order.customer.as_str()).await;
        let id = test.open(&shopper).await;
        test.ask(id, &shopper, &format!("订单 {} 我要退款", order.key)).await;
        let reason = test.state(id).await.handoff;
        assert_eq!(reason == Some(HandoffReason::AmountLimit), is_above, "{reason:?}");
        if is_above {
            let (_, card) = test.card(id).await;
            assert_eq!(card.order.as_ref().map(|it| it.key.clone()), Some(order.key.clone()));
            assert!(card.drafts.iter().any(|draft| draft.text.contains(order.key.as_str())), "{card:?}");
            assert!(card.identity.verified && card.identity.seq.is_some());
        }
    }
}
