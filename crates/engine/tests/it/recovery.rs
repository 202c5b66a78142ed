//! Crashes in mid-turn and lost races: a reply, or a human, never silence and never two speakers.

use domain::{conversation::Fact, handoff::HandoffReason};
use engine::{conversations, jobs};

use crate::desk::test;

#[tokio::test]
async fn a_turn_whose_worker_died_is_done_by_another() {
    let test = test().await;
    let shopper = test.visitor().await;
    let id = test.open(&shopper).await;
    test.say(id, &shopper, "怎么开发票").await;
    // A worker takes the turn and is never seen again.
    let lease = test.desk.limits.turn_lease_ms;
    let taken = test.desk.store.claim_jobs(&["bot_turn"], "dead", test.clock.now(), lease, 10).await.unwrap();
    assert_eq!(taken.len(), 1);
    assert_eq!(test.work().await, 0);
    test.clock.advance_ms(lease + 1);
    assert_eq!(test.work().await, 1);
    assert!(test.last_bot(id).await.text.contains("电子发票"));
}

#[tokio::test]
async fn a_turn_lost_for_good_lands_on_a_human() {
    let test = test().await;
    let shopper = test.visitor().await;
    let id = test.open(&shopper).await;
    test.say(id, &shopper, "怎么开发票").await;
    let lease = test.desk.limits.turn_lease_ms;
    for _ in 0..test.desk.limits.turn_attempts {
        test.desk.store.claim_jobs(&["bot_turn"], "dead", test.clock.now(), lease, 10).await.unwrap();
        test.clock.advance_ms(lease + 1);
    }
    test.clock.advance_ms(test.desk.limits.silent_bot_ms);
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let workers = jobs::start(test.desk.clone(), stopped);
    let mut state = test.state(id).await;
    for _ in 0..100 {
        if !state.is_with_bot() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        state = test.state(id).await;
    }
    stop.send(true).unwrap();
    workers.await.unwrap();
    assert_eq!(state.handoff, Some(HandoffReason::BotFailed));
    test.verify(id).await;
}

#[tokio::test]
async fn a_takeover_before_the_turn_keeps_the_bot_silent() {
    let test = test().await;
    let shopper = test.visitor().await;
    let id = test.open(&shopper).await;
    test.say(id, &shopper, "怎么开发票").await;
    conversations::take_over(&test.desk, id, &test.agent).await.unwrap();
    test.work().await;
    let log = test.log(id).await;
    assert!(log.iter().all(|(event, _)| !matches!(event.fact, Fact::BotReplied { .. })));
}

#[tokio::test]
async fn handing_back_starts_afresh() {
    let test = test().await;
    let shopper = test.visitor().await;
    let id = test.open(&shopper).await;
    test.ask(id, &shopper, "转人工").await;
    conversations::take_over(&test.desk, id, &test.agent).await.unwrap();
    test.say(id, &shopper, "我要人工").await;
    conversations::hand_back(&test.desk, id, &test.agent, Some("已处理".into())).await.unwrap();
    // Old words don't send it to the queue again.
    test.work().await;
    assert!(test.state(id).await.is_with_bot());
    let reply = test.ask(id, &shopper, "怎么开发票").await;
    assert!(reply.text.contains("电子发票"));
    test.verify(id).await;
}

#[tokio::test]
async fn a_quiet_conversation_ends_and_can_be_taken_up_again() {
    let test = test().await;
    let shopper = test.visitor().await;
    let id = test.open(&shopper).await;
    test.ask(id, &shopper, "怎么开发票").await;
    test.clock.advance_ms(test.desk.limits.idle_bot_ms - 1);
    jobs::sweep(&test.desk).await.unwrap();
    assert!(test.state(id).await.is_open());
    test.clock.advance_ms(2);
    jobs::sweep(&test.desk).await.unwrap();
    assert!(!test.state(id).await.is_open());
    let reply = test.ask(id, &shopper, "怎么申请退货").await;
    assert!(reply.text.contains("申请售后"), "{reply:?}");
    assert!(test.state(id).await.is_with_bot());
    test.verify(id).await;
}
