//! Deadlines on the manual clock: told of in time and once, standing still at night and while the shopper has the word.

use std::{collections::HashMap, sync::Arc};

use domain::{
    calendar::{Holiday, Hours},
    deadline::{DeadlineKind, DeadlineOutcome, Targets},
    id::ConversationId,
    language::Bilingual,
    time::{HOUR_MS, MINUTE_MS, SECOND_MS, Timestamp},
};
use engine::{
    bus::{Bus, Hint},
    clock::Ids,
    conversations,
    deadlines::{ServiceLevels, levels, set_levels},
    desk::{Desk, DeskParts, Limits},
    error::DeskError,
    jobs, routing,
};

use crate::desk::{SHOP, START, Test, test};

/// START is 19:06:40 in Shanghai on a Wednesday; the shop is open from 9:00 to 22:00.
const CLOSING: Timestamp = Timestamp(START.0 + 2 * HOUR_MS + 53 * MINUTE_MS + 20 * SECOND_MS);
const NIGHT_MS: i64 = 11 * HOUR_MS;

async fn waiting(test: &Test) -> ConversationId {
    let shopper = test.visitor().await;
    let id = test.open(&shopper).await;
    conversations::ask_human(&test.desk, id, shopper.id).await.unwrap();
    id
}

async fn promise(test: &Test, first: i64, next: i64, resolution: Option<i64>) {
    let targets = Targets { first_reply_ms: Some(first), next_reply_ms: Some(next), resolution_ms: resolution };
    let levels = ServiceLevels { targets, ..ServiceLevels::default() };
    set_levels(&test.desk, &test.supervisor, test.shop().await, levels).await.unwrap();
}

async fn steps(test: &Test, id: ConversationId) -> Vec<String> {
    test.desk.store.deadline_steps(id).await.unwrap().into_iter().map(|step| step.step).collect()
}

async fn due(test: &Test, id: ConversationId) -> Vec<(DeadlineKind, Option<Timestamp>)> {
    let running = test.desk.store.running_deadlines(&[id]).await.unwrap();
    running.get(&id).into_iter().flatten().map(|stored| (stored.deadline.kind, stored.due_at)).collect()
}

#[tokio::test]
async fn people_are_told_at_the_marks_and_of_each_once() {
    let test = test().await;
    promise(&test, 4 * MINUTE_MS, MINUTE_MS, None).await;
    let id = waiting(&test).await;
    assert_eq!(due(&test, id).await, [(DeadlineKind::FirstReply, Some(START.plus_ms(4 * MINUTE_MS)))]);
    let mut hints = test.desk.bus.subscribe();
    for (at_s, told) in [(119, 0), (1, 50), (59, 0), (1, 75), (36, 90), (23, 0), (1, 100), (600, 0)] {
        test.clock.advance_ms(at_s * SECOND_MS);
        test.work().await;
        let mut heard = 0;
        while let Ok(hint) = hints.try_recv() {
            if let Hint::Deadline { percent, .. } = hint {
                heard = percent;
            }
        }
        assert_eq!(heard, told, "after {at_s} s more");
    }
    assert_eq!(steps(&test, id).await, ["started", "warned_50", "warned_75", "warned_90", "breached"]);
    // The answer comes late.
    conversations::take_over(&test.desk, id, &test.agent).await.unwrap();
    answer(&test, id).await;
    assert_eq!(steps(&test, id).await.last().unwrap(), "missed");
    let decided = test.desk.store.deadlines_decided(&[SHOP], START, CLOSING).await.unwrap();
    assert_eq!(decided, [(id, false)]);
}

async fn answer(test: &Test, id: ConversationId) {
    let outgoing = engine::conversations::Outgoing {
        client: format!("a{}", test.desk.ids.bits()),
        text: "您好".into(),
        files: vec![],
    };
    conversations::reply(&test.desk, id, &test.agent, outgoing).await.unwrap();
}

#[tokio::test]
async fn each_turn_has_its_own_and_the_matter_stands_still_while_the_shopper_has_the_word() {
    let test = test().await;
    promise(&test, 4 * MINUTE_MS, 2 * MINUTE_MS, Some(10 * MINUTE_MS)).await;
    let shopper = test.visitor().await;
    let id = test.open(&shopper).await;
    conversations::ask_human(&test.desk, id, shopper.id).await.unwrap();
    test.clock.advance_ms(MINUTE_MS);
    conversations::take_over(&test.desk, id, &test.agent).await.unwrap();
    answer(&test, id).await;
    // One of ten minutes is used up; the clock of the matter stands still.
    assert_eq!(due(&test, id).await, [(DeadlineKind::Resolution, None)]);
    test.clock.advance_ms(HOUR_MS);
    let asked_at = test.clock.now();
    test.say(id, &shopper, "那多久能到").await;
    let mut running = due(&test, id).await;
    running.sort();
    assert_eq!(
        running,
        [
            (DeadlineKind::NextReply, Some(asked_at.plus_ms(2 * MINUTE_MS))),
            (DeadlineKind::Resolution, Some(asked_at.plus_ms(9 * MINUTE_MS))),
        ]
    );
    test.clock.advance_ms(30 * SECOND_MS);
    answer(&test, id).await;
    conversations::resolve(&test.desk, id, &test.agent).await.unwrap();
    assert_eq!(due(&test, id).await, []);
    let decided = test.desk.store.deadlines_decided(&[SHOP], START, CLOSING).await.unwrap();
    assert_eq!(decided, [(id, true); 3]);
    test.work().await;
    assert!(!steps(&test, id).await.iter().any(|step| step.starts_with("warned")));
}

#[tokio::test]
async fn nights_and_holidays_do_not_count() {
    let test = test().await;
    promise(&test, 10 * MINUTE_MS, MINUTE_MS, None).await;
    // Six minutes before closing: four are left for the next morning.
    test.clock.advance_ms(CLOSING.since_ms(START) - 6 * MINUTE_MS);
    let id = waiting(&test).await;
    let morning = CLOSING.plus_ms(NIGHT_MS);
    assert_eq!(due(&test, id).await, [(DeadlineKind::FirstReply, Some(morning.plus_ms(4 * MINUTE_MS)))]);
    test.clock.advance_ms(6 * MINUTE_MS + 5 * HOUR_MS);
    test.work().await;
    // Half of it is over, and all night nothing more.
    assert_eq!(steps(&test, id).await, ["started", "warned_50"]);

    // Tomorrow is a holiday: whoever asks tonight is due the day after.
    let mut plan = routing::plan(&test.desk, SHOP).await.unwrap();
    let name = Bilingual::new("店庆", "Anniversary");
    plan.hours = Hours { holidays: vec![Holiday { date: "2026-11-19".into(), name, open: vec![] }], ..plan.hours };
    let json = serde_json::to_string(&plan).unwrap();
    test.desk.store.save_routing_plan(SHOP, 0, &json, test.clock.now()).await.unwrap();
    let late = waiting(&test).await;
    let after = morning.plus_ms(24 * HOUR_MS);
    assert_eq!(due(&test, late).await, [(DeadlineKind::FirstReply, Some(after.plus_ms(10 * MINUTE_MS)))]);
}

#[tokio::test]
async fn a_restart_makes_up_for_what_was_passed_meanwhile_and_two_processes_tell_once() {
    let test = test().await;
    promise(&test, 4 * MINUTE_MS, MINUTE_MS, None).await;
    let id = waiting(&test).await;
    // Nobody worked for three and a half minutes: 50 and 75 have passed.
    test.clock.advance_ms(210 * SECOND_MS);
    let other = node(&test).await;
    let (mut here, mut there) = (test.desk.bus.subscribe(), other.bus.subscribe());
    let (a, b) = tokio::join!(jobs::drain(&test.desk, "here"), jobs::drain(&other, "there"));
    a.unwrap();
    b.unwrap();
    let mut told = Vec::new();
    for hints in [&mut here, &mut there] {
        while let Ok(hint) = hints.try_recv() {
            if let Hint::Deadline { percent, .. } = hint {
                told.push(percent);
            }
        }
    }
    assert_eq!(told, [75]);
    assert_eq!(steps(&test, id).await, ["started", "warned_50", "warned_75"]);
}

async fn node(test: &Test) -> Arc<Desk> {
    let parts = DeskParts {
        store: test.desk.store.clone(),
        bus: Bus::local(),
        clock: test.clock.clone(),
        ids: Ids::seeded(test.clock.clone(), 2),
        embedder: None,
        shops: HashMap::new(),
        limits: Limits { settle_ms: 0, ..Limits::default() },
        files_dir: test.desk.files_dir.clone(),
    };
    Desk::open(parts).await.expect("a desk")
}

#[tokio::test]
async fn a_missed_deadline_takes_the_conversation_back_where_the_desk_assigns() {
    let test = test().await;
    promise(&test, 4 * MINUTE_MS, MINUTE_MS, None).await;
    let mut plan = routing::plan(&test.desk, SHOP).await.unwrap();
    plan.limits.assigns = true;
    let json = serde_json::to_string(&plan).unwrap();
    test.desk.store.save_routing_plan(SHOP, 0, &json, test.clock.now()).await.unwrap();
    let id = waiting(&test).await;
    conversations::take_over(&test.desk, id, &test.agent).await.unwrap();
    test.clock.advance_ms(5 * MINUTE_MS);
    test.work().await;
    let state = test.state(id).await;
    assert_eq!(state.controller().map(domain::actor::Controller::kind), Some("queue"));
    let told = engine::workspace::notices(&test.desk, &test.supervisor, false).await.unwrap();
    assert_eq!(told.iter().map(|it| it.notice.kind).collect::<Vec<_>>(), [store::NoticeKind::Reclaimed]);
    // The promise runs on: being passed around doesn't start it again.
    let running = test.desk.store.running_deadlines(&[id]).await.unwrap();
    assert_eq!((running[&id].len(), running[&id][0].deadline.started_at), (1, START));
    test.verify(id).await;
}

#[tokio::test]
async fn who_goes_back_to_the_bot_in_time_drops_the_promise() {
    let test = test().await;
    promise(&test, 4 * MINUTE_MS, MINUTE_MS, None).await;
    let shopper = test.visitor().await;
    let id = test.open(&shopper).await;
    conversations::ask_human(&test.desk, id, shopper.id).await.unwrap();
    test.clock.advance_ms(1_000);
    conversations::resolve(&test.desk, id, &test.supervisor).await.unwrap();
    assert_eq!(steps(&test, id).await, ["started", DeadlineOutcome::Dropped.as_str()]);
    assert!(test.desk.store.deadlines_decided(&[SHOP], START, CLOSING).await.unwrap().is_empty());
}

#[tokio::test]
async fn only_supervisors_promise_and_only_what_can_be_kept() {
    let test = test().await;
    let set = async |by, ms| {
        let mut wanted = ServiceLevels::default();
        wanted.targets.first_reply_ms = Some(ms);
        set_levels(&test.desk, by, test.shop().await, wanted).await
    };
    assert!(matches!(set(&test.agent, MINUTE_MS).await, Err(DeskError::NotFound)));
    assert!(matches!(set(&test.supervisor, 0).await, Err(DeskError::Invalid(_))));
    set(&test.supervisor, MINUTE_MS).await.unwrap();
    assert_eq!(levels(&test.desk, SHOP).await.unwrap().targets.first_reply_ms, Some(MINUTE_MS));
}
