//! Shoppers whose agent is silent, late, offline or signed out find another, and supervisors hear of it.

use domain::{
    conversation::{Fact, PassReason, ReclaimReason},
    handoff::HandoffReason,
    staff::Presence,
    time::{MINUTE_MS, SECOND_MS},
};
use engine::{conversations, error::DeskError, jobs, routing, staff, workspace};
use store::NoticeKind;

use crate::{
    desk::{SHOP, Test, test},
    routing::{agent_of, go, plan, reply, stay_there, waiting},
};

#[tokio::test]
async fn a_silent_agent_loses_the_shopper_to_a_colleague() {
    let test = test().await;
    plan(&test, |_| ()).await;
    let (id, shopper) = waiting(&test).await;
    routing::round(&test.desk, SHOP).await.unwrap();
    let silent = agent_of(&test, id).await.unwrap();
    test.clock.advance_ms(4 * MINUTE_MS);
    stay_there(&test).await;
    jobs::sweep(&test.desk).await.unwrap();
    assert_eq!(agent_of(&test, id).await, Some(silent), "not yet");
    test.clock.advance_ms(MINUTE_MS + SECOND_MS);
    stay_there(&test).await;
    jobs::sweep(&test.desk).await.unwrap();
    let next = agent_of(&test, id).await.expect("a colleague has it");
    assert_ne!(next, silent);
    let log = test.log(id).await;
    let why =
        |wanted| log.iter().any(|(event, _)| matches!(&event.fact, Fact::ControlPassed { why, .. } if *why == wanted));
    assert!(why(PassReason::Reclaimed(ReclaimReason::Silent)));
    assert_eq!(test.card(id).await.1.reason, HandoffReason::AgentSilent);
    assert_eq!(told(&test).await, 1, "supervisors hear of it");
    // Late, and no longer in control.
    let person = if silent == test.agent.id { &test.agent } else { &test.supervisor };
    let late = conversations::reply(&test.desk, id, person, reply("来了")).await;
    assert!(matches!(late, Err(DeskError::Refused(_))));
    // An agent who has answered keeps it, however long the shopper takes.
    let person = if next == test.agent.id { &test.agent } else { &test.supervisor };
    conversations::reply(&test.desk, id, person, reply("您好")).await.unwrap();
    test.clock.advance_ms(20 * MINUTE_MS);
    stay_there(&test).await;
    jobs::sweep(&test.desk).await.unwrap();
    assert_eq!(agent_of(&test, id).await, Some(next));
    let _ = shopper;
    test.verify(id).await;
}

#[tokio::test]
async fn who_is_alone_keeps_the_shopper_until_a_colleague_comes() {
    let test = test().await;
    plan(&test, |_| ()).await;
    go(&test, &test.supervisor, Presence::Paused).await;
    let (id, _) = waiting(&test).await;
    routing::round(&test.desk, SHOP).await.unwrap();
    test.clock.advance_ms(6 * MINUTE_MS);
    stay_there(&test).await;
    // Silent, and past the deadline as well.
    test.work().await;
    jobs::sweep(&test.desk).await.unwrap();
    assert_eq!(agent_of(&test, id).await, Some(test.agent.id));
    go(&test, &test.supervisor, Presence::Online).await;
    jobs::sweep(&test.desk).await.unwrap();
    assert_eq!(agent_of(&test, id).await, Some(test.supervisor.id));
}

/// How often the supervisor was told that something was taken back.
async fn told(test: &Test) -> usize {
    let notices = workspace::notices(&test.desk, &test.supervisor, true).await.unwrap();
    notices.into_iter().filter(|notice| notice.notice.kind == NoticeKind::Reclaimed).count()
}

#[tokio::test]
async fn a_console_that_vanished_is_offline_and_comes_back_as_it_was() {
    let test = test().await;
    plan(&test, |_| ()).await;
    go(&test, &test.supervisor, Presence::Offline).await;
    let (id, _) = waiting(&test).await;
    routing::round(&test.desk, SHOP).await.unwrap();
    assert_eq!(agent_of(&test, id).await, Some(test.agent.id));
    test.clock.advance_ms(30 * SECOND_MS);
    jobs::sweep(&test.desk).await.unwrap();
    assert_eq!(agent_of(&test, id).await, Some(test.agent.id), "within the grace");
    test.clock.advance_ms(20 * SECOND_MS);
    jobs::sweep(&test.desk).await.unwrap();
    let presence = || async { test.desk.store.staff(test.agent.id).await.unwrap().unwrap().presence };
    assert_eq!(presence().await, Presence::Offline);
    jobs::sweep(&test.desk).await.unwrap();
    assert_eq!(agent_of(&test, id).await, None, "back in the queue");
    assert_eq!(test.state(id).await.handoff, Some(HandoffReason::AgentAway));
    assert!(test.desk.store.touch_seat(test.agent.id, test.clock.now()).await.unwrap());
    assert_eq!(presence().await, Presence::Online);
    routing::round(&test.desk, SHOP).await.unwrap();
    assert_eq!(agent_of(&test, id).await, Some(test.agent.id));
    // Whoever chose to be offline stays so.
    go(&test, &test.agent, Presence::Offline).await;
    assert!(!test.desk.store.touch_seat(test.agent.id, test.clock.now()).await.unwrap());
    assert_eq!(presence().await, Presence::Offline);
}

#[tokio::test]
async fn who_takes_a_conversation_while_offline_keeps_it() {
    let test = test().await;
    plan(&test, |_| ()).await;
    let (id, shopper) = waiting(&test).await;
    go(&test, &test.supervisor, Presence::Offline).await;
    test.clock.advance_ms(SECOND_MS);
    conversations::take_over(&test.desk, id, &test.supervisor).await.unwrap();
    test.say(id, &shopper, "在吗").await;
    test.clock.advance_ms(MINUTE_MS);
    stay_there(&test).await;
    jobs::sweep(&test.desk).await.unwrap();
    assert_eq!(agent_of(&test, id).await, Some(test.supervisor.id));
    test.clock.advance_ms(5 * MINUTE_MS);
    stay_there(&test).await;
    jobs::sweep(&test.desk).await.unwrap();
    assert_ne!(agent_of(&test, id).await, Some(test.supervisor.id), "silent like anybody else");
}

#[tokio::test]
async fn whoever_signs_out_leaves_nobody_waiting() {
    let test = test().await;
    plan(&test, |_| ()).await;
    let signed_in = staff::sign_in(&test.desk, "agent@example.com", "a long enough password", "::1").await.unwrap();
    go(&test, &test.supervisor, Presence::Paused).await;
    let (id, _) = waiting(&test).await;
    routing::round(&test.desk, SHOP).await.unwrap();
    assert_eq!(agent_of(&test, id).await, Some(test.agent.id));
    staff::sign_out(&test.desk, &signed_in.token).await.unwrap();
    go(&test, &test.supervisor, Presence::Online).await;
    jobs::sweep(&test.desk).await.unwrap();
    assert_eq!(agent_of(&test, id).await, Some(test.supervisor.id));
    let log = test.log(id).await;
    let why = PassReason::Reclaimed(ReclaimReason::SignedOut);
    assert!(log.iter().any(|(event, _)| matches!(&event.fact, Fact::ControlPassed { why: w, .. } if *w == why)));
    assert_eq!(told(&test).await, 1);
}
