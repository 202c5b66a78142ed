//! Conversations find their agents: once, within their capacity, from two nodes, by what rules and seats say.

use std::{collections::HashMap, sync::Arc};

use domain::{
    actor::Controller,
    conversation::{Fact, PassReason},
    handoff::HandoffReason,
    id::{ConversationId, QueueId, StaffId},
    language::Bilingual,
    routing::{Basis, Overflow, Plan, Queue, Rule, Seat},
    staff::{Presence, Role},
    time::{HOUR_MS, MINUTE_MS},
};
use engine::{
    bus::Bus,
    clock::Ids,
    conversations::{self, Outgoing, Target},
    desk::{Desk, DeskParts, Limits},
    error::DeskError,
    jobs, routing, staff,
};
use store::{Shopper, Staff};

use crate::desk::{SHOP, Test, person, test};

pub async fn plan(test: &Test, change: impl FnOnce(&mut Plan)) {
    let planned = routing::read(&test.desk, SHOP, &test.supervisor).await.unwrap();
    let mut plan = planned.plan;
    plan.limits.assigns = true;
    change(&mut plan);
    routing::save(&test.desk, SHOP, &test.supervisor, planned.version, &plan).await.unwrap();
}

/// Another process on the same database.
async fn another_node(test: &Test) -> Arc<Desk> {
    let parts = DeskParts {
        store: test.desk.store.clone(),
        bus: Bus::local(),
        clock: test.clock.clone(),
        ids: Ids::seeded(test.clock.clone(), 2),
        embedder: None,
        shops: HashMap::from([(SHOP, test.demo.clone())]),
        limits: Limits::default(),
        files_dir: test.desk.files_dir.clone(),
    };
    Desk::open(parts).await.unwrap()
}

pub async fn waiting(test: &Test) -> (ConversationId, Shopper) {
    let shopper = test.visitor().await;
    let id = test.open(&shopper).await;
    conversations::ask_human(&test.desk, id, shopper.id).await.unwrap();
    (id, shopper)
}

pub async fn agent_of(test: &Test, id: ConversationId) -> Option<StaffId> {
    test.state(id).await.controller().and_then(Controller::agent)
}

pub async fn go(test: &Test, staff: &Staff, presence: Presence) {
    staff::set_presence(&test.desk, staff.id, presence).await.unwrap();
}

pub fn reply(text: &str) -> Outgoing {
    Outgoing { client: text.into(), text: text.into(), files: vec![] }
}

/// Both consoles are heard of.
pub async fn stay_there(test: &Test) {
    for staff in [&test.agent, &test.supervisor] {
        test.desk.store.touch_seat(staff.id, test.clock.now()).await.unwrap();
    }
}

#[tokio::test]
async fn nothing_is_assigned_until_the_shop_switches_it_on() {
    let test = test().await;
    let (id, _) = waiting(&test).await;
    assert_eq!(routing::round(&test.desk, SHOP).await.unwrap(), 0);
    plan(&test, |_| ()).await;
    assert_eq!(routing::round(&test.desk, SHOP).await.unwrap(), 1);
    let state = test.state(id).await;
    let placement = state.placement.expect("it says why");
    assert_eq!((placement.basis, placement.eligible), (Basis::LongestIdle, 2));
    assert_eq!(state.handoff, Some(HandoffReason::Asked));
    test.verify(id).await;
}

#[tokio::test]
async fn two_nodes_at_once_neither_assign_twice_nor_above_capacity() {
    let test = test().await;
    plan(&test, |plan| {
        for staff in [test.agent.id, test.supervisor.id] {
            plan.seats.push(Seat { capacity: 200, ..Seat::usual(staff) });
        }
    })
    .await;
    let other = another_node(&test).await;
    let mut ids = Vec::new();
    for _ in 0..9 {
        ids.push(waiting(&test).await.0);
    }
    // Both look at the same state before either appends, again and again.
    for _ in 0..4 {
        let (one, two) = tokio::join!(routing::round(&test.desk, SHOP), routing::round(&other, SHOP));
        one.unwrap();
        two.unwrap();
    }
    let mut given: HashMap<StaffId, usize> = HashMap::new();
    for id in &ids {
        let log = test.log(*id).await;
        let assigned = log
            .iter()
            .filter(|(event, _)| matches!(event.fact, Fact::ControlPassed { why: PassReason::Assigned(_), .. }));
        assert!(assigned.count() <= 1, "assigned twice");
        if let Some(agent) = agent_of(&test, *id).await {
            *given.entry(agent).or_default() += 1;
        }
        test.verify(*id).await;
    }
    assert_eq!(given, HashMap::from([(test.agent.id, 2), (test.supervisor.id, 2)]));
}

#[tokio::test]
async fn an_assignment_decided_on_an_older_state_of_the_agent_is_refused() {
    let test = test().await;
    let (first, _) = waiting(&test).await;
    let seats = test.desk.store.seats(SHOP).await.unwrap();
    let seat = seats.iter().find(|seat| seat.staff == test.agent.id).unwrap();
    go(&test, &test.agent, Presence::Paused).await;
    let epoch = test.state(first).await.control_epoch;
    let command = domain::conversation::Command::Assign {
        agent: test.agent.id,
        epoch,
        placement: domain::routing::Placement::default(),
    };
    let late = conversations::change(&test.desk, first, |_| {
        let mut planned = conversations::Change::one(domain::actor::Actor::System, command.clone());
        planned.seat = Some(store::SeatGuard { staff: seat.staff, version: seat.version });
        Ok(planned)
    })
    .await;
    assert!(matches!(late, Err(DeskError::Conflict)), "{late:?}");
    assert_eq!(agent_of(&test, first).await, None);
}

#[tokio::test]
async fn the_backlog_is_assigned_when_agents_come_on() {
    let test = test().await;
    plan(&test, |_| ()).await;
    go(&test, &test.agent, Presence::Offline).await;
    go(&test, &test.supervisor, Presence::Paused).await;
    let (id, _) = waiting(&test).await;
    assert_eq!(routing::round(&test.desk, SHOP).await.unwrap(), 0);
    // The real worker hears of it.
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let worker = jobs::start(test.desk.clone(), stopped);
    go(&test, &test.agent, Presence::Online).await;
    tokio::time::timeout(std::time::Duration::from_secs(20), async {
        while agent_of(&test, id).await.is_none() {
            tokio::task::yield_now().await;
        }
    })
    .await
    .expect("assigned by the worker");
    stop.send(true).unwrap();
    worker.await.unwrap();
    assert_eq!(agent_of(&test, id).await, Some(test.agent.id));
}

#[tokio::test]
async fn rules_choose_queue_and_skills_and_queues_overflow() {
    let test = test().await;
    let expert = person(&test.desk, "expert", Role::Agent).await;
    let second = QueueId::from_bits(2);
    plan(&test, |plan| {
        plan.queues[0].members = vec![test.agent.id];
        plan.queues.push(Queue {
            id: second,
            name: Bilingual::new("售后", "After-sales"),
            members: vec![expert.id],
            overflow: Some(Overflow { to: plan.queues[0].id, after_ms: 2 * MINUTE_MS }),
        });
        plan.seats.push(Seat { skills: vec!["repair".into()], capacity: 100, ..Seat::usual(expert.id) });
        let when = "ask.contains('帐篷') && language == 'zh'".to_owned();
        plan.rules.push(Rule {
            name: "帐篷".into(),
            when,
            queue: Some(second),
            skills: vec!["repair".into()],
            priority: Some(2),
            weight: None,
        });
    })
    .await;
    let ask = async || {
        let shopper = test.visitor().await;
        let id = test.open(&shopper).await;
        test.say(id, &shopper, "帐篷杆断了能只换一根吗？").await;
        conversations::ask_human(&test.desk, id, shopper.id).await.unwrap();
        id
    };
    let first = ask().await;
    assert_eq!(test.state(first).await.controller(), Some(Controller::Queue(second)));
    routing::round(&test.desk, SHOP).await.unwrap();
    assert_eq!(agent_of(&test, first).await, Some(expert.id));
    assert_eq!(test.state(first).await.placement.unwrap().skills, 1);
    // The expert is full: after two minutes it goes on waiting in the first queue, from where the wait began.
    let next = ask().await;
    let since = test.state(next).await.queued_since;
    test.clock.advance_ms(2 * MINUTE_MS);
    routing::round(&test.desk, SHOP).await.unwrap();
    let state = test.state(next).await;
    assert_eq!(state.controller(), Some(Controller::Queue(QueueId::from_bits(1))));
    assert_eq!(state.queued_since, since);
    test.verify(next).await;
    // What the plan would do with them is what it did.
    let planned = routing::read(&test.desk, SHOP, &test.supervisor).await.unwrap();
    let run = routing::dry_run(&test.desk, SHOP, &test.operator, &planned.plan).await.unwrap();
    assert_eq!((run.conversations, run.rules[0].applied, run.unservable), (2, 2, 0));
    let mut without = planned.plan.clone();
    without.rules.clear();
    let run = routing::dry_run(&test.desk, SHOP, &test.operator, &without).await.unwrap();
    assert_eq!(run.moved.len(), 2);
}

#[tokio::test]
async fn the_last_agent_gets_a_returning_shopper() {
    let test = test().await;
    plan(&test, |_| ()).await;
    let shopper = test.visitor().await;
    let id = test.open(&shopper).await;
    conversations::take_over(&test.desk, id, &test.agent).await.unwrap();
    conversations::resolve(&test.desk, id, &test.agent).await.unwrap();
    test.clock.advance_ms(20 * HOUR_MS);
    stay_there(&test).await;
    let again = test.open(&shopper).await;
    assert_ne!(again, id);
    conversations::ask_human(&test.desk, again, shopper.id).await.unwrap();
    routing::round(&test.desk, SHOP).await.unwrap();
    assert_eq!(agent_of(&test, again).await, Some(test.agent.id));
    assert_eq!(test.state(again).await.placement.unwrap().basis, Basis::LastAgent);
}

#[tokio::test]
async fn a_conversation_is_passed_on_with_a_note() {
    let test = test().await;
    let colleague = person(&test.desk, "colleague", Role::Agent).await;
    let (id, _) = waiting(&test).await;
    let to = |target, by: Staff| {
        let desk = test.desk.clone();
        async move { conversations::transfer(&desk, id, &by, target, Some("已核实订单".into())).await }
    };
    // From the queue only a supervisor may; an operator not at all.
    let early = to(Target::Agent(colleague.id), test.agent.clone()).await;
    assert!(matches!(early, Err(DeskError::Refused(_))), "{early:?}");
    assert!(matches!(to(Target::Bot, test.operator.clone()).await, Err(DeskError::Forbidden)));
    to(Target::Agent(test.agent.id), test.supervisor.clone()).await.unwrap();
    to(Target::Agent(colleague.id), test.agent.clone()).await.unwrap();
    assert_eq!(agent_of(&test, id).await, Some(colleague.id));
    assert_eq!(test.card(id).await.1.reason, HandoffReason::Transferred);
    let notes = test.log(id).await.iter().filter(|(event, _)| matches!(event.fact, Fact::NoteAdded { .. })).count();
    assert_eq!(notes, 2);
    // To somebody who isn't there, to nobody of the shop, to a queue that doesn't exist.
    go(&test, &test.agent, Presence::Offline).await;
    for target in [Target::Agent(test.agent.id), Target::Agent(test.operator.id), Target::Queue(QueueId::from_bits(99))]
    {
        assert!(matches!(to(target, colleague.clone()).await, Err(DeskError::Invalid(_))), "{target:?}");
    }
    let targets = conversations::targets(&test.desk, id, &colleague).await.unwrap();
    assert_eq!(targets.agents.iter().map(|agent| agent.id).collect::<Vec<_>>(), [test.supervisor.id]);
    to(Target::Queue(QueueId::from_bits(1)), colleague.clone()).await.unwrap();
    to(Target::Bot, test.supervisor.clone()).await.unwrap();
    assert!(test.state(id).await.is_with_bot());
    test.verify(id).await;
}

#[tokio::test]
async fn plans_are_changed_by_those_who_may_and_never_over_each_other() {
    let test = test().await;
    let planned = routing::read(&test.desk, SHOP, &test.agent).await.unwrap();
    let save = |by: Staff, plan: Plan| {
        let (desk, version) = (test.desk.clone(), planned.version);
        async move { routing::save(&desk, SHOP, &by, version, &plan).await }
    };
    assert!(matches!(save(test.agent.clone(), planned.plan.clone()).await, Err(DeskError::Forbidden)));
    let mut bad = planned.plan.clone();
    bad.rules.push(Rule {
        name: "x".into(),
        when: "password == ''".into(),
        queue: None,
        skills: vec![],
        priority: None,
        weight: None,
    });
    let refused = save(test.operator.clone(), bad).await;
    assert!(matches!(&refused, Err(DeskError::Invalid(faults)) if faults[0].code == "unknown_name"), "{refused:?}");
    save(test.operator.clone(), planned.plan.clone()).await.unwrap();
    assert!(matches!(save(test.supervisor.clone(), planned.plan.clone()).await, Err(DeskError::Conflict)));
}

#[tokio::test]
async fn a_product_line_goes_to_those_who_know_it() {
    let test = test().await;
    let expert = person(&test.desk, "tents", Role::Agent).await;
    plan(&test, |plan| {
        plan.seats.push(Seat { skills: vec!["outdoor".into()], ..Seat::usual(expert.id) });
        plan.rules.push(Rule {
            name: "户外".into(),
            when: "page.contains('/tents/')".into(),
            queue: None,
            skills: vec!["outdoor".into()],
            priority: None,
            weight: None,
        });
    })
    .await;
    let page = |url: &str| {
        let page = store::Page { url: url.into(), title: String::new(), product: None, order: None };
        conversations::Wish { language: domain::language::Language::Zh, prefers_human: true, page: Some(page) }
    };
    for (url, skills) in [("https://shop.example/tents/1", 1), ("https://shop.example/mugs/1", 0)] {
        let shopper = test.visitor().await;
        let (opened, _) = conversations::open(&test.desk, &shopper, page(url)).await.unwrap();
        routing::round(&test.desk, SHOP).await.unwrap();
        let state = test.state(opened.conversation.id).await;
        let placement = state.placement.expect("it was assigned");
        assert_eq!(placement.skills, skills, "{url}");
        assert_eq!(state.last_agent == Some(expert.id), skills == 1, "{url}");
    }
}

#[tokio::test]
async fn outside_of_a_shift_and_while_paused_nothing_new_comes() {
    let test = test().await;
    // START is a Wednesday, 19:06 in Shanghai.
    plan(&test, |plan| {
        let mut seat = Seat::usual(test.agent.id);
        seat.shifts[2] = vec![domain::calendar::Span { from: 8 * 60, until: 17 * 60 }];
        plan.seats.push(seat);
    })
    .await;
    go(&test, &test.supervisor, Presence::Paused).await;
    let (id, _) = waiting(&test).await;
    assert_eq!(routing::round(&test.desk, SHOP).await.unwrap(), 0);
    // By hand it can be taken at any time.
    conversations::take_over(&test.desk, id, &test.agent).await.unwrap();
    let (next, _) = waiting(&test).await;
    go(&test, &test.supervisor, Presence::Online).await;
    assert_eq!(routing::round(&test.desk, SHOP).await.unwrap(), 1);
    assert_eq!(agent_of(&test, next).await, Some(test.supervisor.id));
}

#[tokio::test]
async fn a_new_shop_assigns_from_the_first_day_and_an_old_one_goes_on_by_hand() {
    let test = test().await;
    let assigns = async || routing::read(&test.desk, SHOP, &test.agent).await.unwrap().plan.limits.assigns;
    assert!(!assigns().await, "as migrated");
    let shop = store::Shop { assigns: true, ..test.shop().await };
    test.desk.store.update_shop(&shop).await.unwrap();
    assert!(assigns().await, "as made");
    let (id, _) = waiting(&test).await;
    assert_eq!(routing::round(&test.desk, SHOP).await.unwrap(), 1);
    assert!(agent_of(&test, id).await.is_some());
    // What supervisors save wins.
    plan(&test, |plan| plan.limits.assigns = false).await;
    let (_, _) = waiting(&test).await;
    assert_eq!(routing::round(&test.desk, SHOP).await.unwrap(), 0);
}
