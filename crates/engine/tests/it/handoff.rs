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
    assert_eq!((position(ids[0].0).await, position(ids[2].0).await), (None, Some(2)));
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
