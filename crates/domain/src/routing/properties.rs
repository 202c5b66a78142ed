//! What holds for any shoppers and any agents: nobody unable serves, nobody serves more than they can, the order of
//! the input doesn't matter, and nobody starves.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::{
    calendar::Hours,
    id::{ConversationId, QueueId, StaffId},
    language::{Bilingual, Language},
    staff::Presence,
    time::{HOUR_MS, MINUTE_MS, SECOND_MS, Timestamp},
};

const NOW: Timestamp = Timestamp(1_800_000_000_000);

fn queue(n: u128) -> QueueId {
    QueueId::from_bits(n)
}

fn skills() -> impl Strategy<Value = Vec<Skill>> {
    proptest::sample::subsequence(vec!["refund", "outdoor", "invoice"], 0..=2)
        .prop_map(|skills| skills.into_iter().map(String::from).collect())
}

fn demand(n: u128) -> impl Strategy<Value = Demand> {
    let last = proptest::option::of((1..8u128, 0..80 * HOUR_MS));
    let not = proptest::option::weighted(0.1, 1..8u128);
    (1..4u128, 0..10 * MINUTE_MS, skills(), any::<bool>(), 0..=3u8, 10..300u32, last, not).prop_map(
        move |(line, waited, skills, vip, priority, weight, last, not)| Demand {
            conversation: ConversationId::from_bits(n),
            epoch: 3,
            queue: queue(line),
            since: NOW.minus_ms(waited),
            deadline: NOW.minus_ms(waited).plus_ms(MINUTE_MS),
            skills,
            language: if vip { Language::En } else { Language::Zh },
            vip,
            priority,
            weight,
            last_agent: last.map(|(agent, ago)| (StaffId::from_bits(agent), NOW.minus_ms(ago))),
            not: not.map(StaffId::from_bits),
        },
    )
}

fn server(n: u128) -> impl Strategy<Value = Server> {
    let presence = prop_oneof![
        4 => Just(Presence::Online),
        1 => Just(Presence::Paused),
        1 => Just(Presence::Offline)
    ];
    let languages = proptest::sample::subsequence(vec![Language::Zh, Language::En], 0..=2);
    let queues = proptest::sample::subsequence(vec![1, 2, 3u128], 1..=3);
    (presence, any::<bool>(), queues, skills(), languages, 50..200u32, 100..600u32, 0..500u32, 0..HOUR_MS).prop_map(
        move |(presence, on_shift, queues, skills, languages, weight, capacity, load, idle)| Server {
            staff: StaffId::from_bits(n),
            presence,
            on_shift,
            queues: queues.into_iter().map(queue).collect(),
            skills,
            languages,
            weight,
            capacity,
            load: load.min(capacity),
            idle_since: NOW.minus_ms(idle),
        },
    )
}

fn scene() -> impl Strategy<Value = (Vec<Demand>, Vec<Server>)> {
    let demands = (0..25u128).prop_map(|n| (0..n).map(demand).collect::<Vec<_>>()).prop_flat_map(|all| all);
    let servers = (0..8u128).prop_map(|n| (1..=n).map(server).collect::<Vec<_>>()).prop_flat_map(|all| all);
    (demands, servers)
}

fn is_eligible(demand: &Demand, server: &Server, limits: &Limits) -> bool {
    let back = demand.last_agent.filter(|(agent, _)| *agent == server.staff).map(|(_, at)| NOW.since_ms(at));
    let is_there = match server.presence {
        Presence::Online => server.on_shift || back.is_some_and(|ago| ago <= limits.sticky_ms),
        Presence::Paused => back.is_some_and(|ago| ago <= limits.sticky_paused_ms),
        Presence::Offline => false,
    };
    let relaxed = NOW.since_ms(demand.since) >= limits.relax_skills_ms;
    is_there
        && demand.not != Some(server.staff)
        && server.queues.contains(&demand.queue)
        && (server.languages.is_empty() || server.languages.contains(&demand.language))
        && (relaxed || demand.skills.iter().all(|skill| server.skills.contains(skill)))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn nobody_unable_serves_and_nobody_more_than_they_can((demands, servers) in scene()) {
        let limits = Limits::default();
        let given = assign(NOW, &demands, &servers, &limits);
        let mut loads: BTreeMap<StaffId, u32> = servers.iter().map(|server| (server.staff, server.load)).collect();
        let mut seen = std::collections::BTreeSet::new();
        for assignment in &given {
            prop_assert!(seen.insert(assignment.conversation), "assigned twice");
            let demand = demands.iter().find(|demand| demand.conversation == assignment.conversation).unwrap();
            let server = servers.iter().find(|server| server.staff == assignment.agent).unwrap();
            prop_assert!(is_eligible(demand, server, &limits), "{demand:?} went to {server:?}");
            prop_assert_eq!(assignment.epoch, demand.epoch);
            let load = loads.get_mut(&server.staff).unwrap();
            *load += demand.weight.min(server.capacity);
            prop_assert!(*load <= server.capacity, "{server:?} has {load}");
            let placement = assignment.placement;
            prop_assert_eq!(placement.basis == Basis::OnlyOne, placement.eligible == 1 && placement.basis != Basis::LastAgent);
        }
    }

    #[test]
    fn the_order_of_the_input_does_not_matter((demands, servers) in scene(), turn in 0..25usize) {
        let limits = Limits::default();
        let given = assign(NOW, &demands, &servers, &limits);
        let (mut demands, mut servers) = (demands, servers);
        if !demands.is_empty() {
            let middle = turn % demands.len();
            demands.rotate_left(middle);
        }
        servers.reverse();
        prop_assert_eq!(assign(NOW, &demands, &servers, &limits), given);
    }

    /// Whoever got an agent left nobody behind who was due before and could have had the same agent.
    #[test]
    fn who_is_due_first_comes_first((demands, servers) in scene()) {
        let limits = Limits::default();
        let given = assign(NOW, &demands, &servers, &limits);
        let got = |demand: &Demand| given.iter().find(|one| one.conversation == demand.conversation);
        for (demand, assignment) in demands.iter().filter_map(|demand| Some((demand, got(demand)?))) {
            let server = servers.iter().find(|server| server.staff == assignment.agent).unwrap();
            if assignment.placement.basis == Basis::LastAgent {
                continue;
            }
            for left in demands.iter().filter(|left| got(left).is_none() && left.last_agent.is_none()) {
                let is_smaller = left.weight.min(server.capacity) <= demand.weight.min(server.capacity);
                prop_assert!(
                    due(left) >= due(demand) || !is_smaller || !is_eligible(left, server, &limits),
                    "{left:?} was passed over for {demand:?}"
                );
            }
        }
    }
}

/// One agent, more and more urgent and important small talk than the agent can ever serve, and one usual, heavy matter.
#[test]
fn nobody_starves_behind_an_endless_stream_of_urgent_ones() {
    let limits = Limits::default();
    let step_ms = 5 * SECOND_MS;
    let talk = |n: u128, since: Timestamp, priority: u8, weight: u32| Demand {
        conversation: ConversationId::from_bits(n),
        epoch: 1,
        queue: queue(1),
        since,
        deadline: since.plus_ms(limits.answer_within_ms),
        skills: vec!["refund".into()],
        language: Language::Zh,
        vip: priority > 0,
        priority,
        weight,
        last_agent: None,
        not: None,
    };
    let mut waiting = vec![talk(0, NOW, 0, 200)];
    // When each running conversation ends.
    let mut running: Vec<(Timestamp, u32)> = Vec::new();
    let served_ms = 40 * SECOND_MS;
    for round in 1..1_000 {
        let now = NOW.plus_ms(round * step_ms);
        if round % 2 == 0 {
            waiting.push(talk(round as u128, now, 3, 100));
        }
        running.retain(|(end, _)| *end > now);
        let agent = Server {
            staff: StaffId::from_bits(1),
            presence: Presence::Online,
            on_shift: true,
            queues: vec![queue(1)],
            skills: Vec::new(),
            languages: Vec::new(),
            weight: 100,
            capacity: 300,
            load: running.iter().map(|(_, weight)| weight).sum(),
            idle_since: NOW,
        };
        for assignment in assign(now, &waiting, &[agent], &limits) {
            let place = waiting.iter().position(|one| one.conversation == assignment.conversation).unwrap();
            let demand = waiting.remove(place);
            if demand.priority == 0 {
                let bound = limits.relax_skills_ms + MAX_HEAD_START_MS + limits.answer_within_ms;
                assert!(now.since_ms(NOW) <= bound + 20 * MINUTE_MS, "it waited {} ms", now.since_ms(NOW));
                return;
            }
            running.push((now.plus_ms(served_ms), demand.weight));
        }
    }
    panic!("the usual one was never served");
}

#[test]
fn the_last_agent_gets_the_shopper_back() {
    let limits = Limits::default();
    let agent = |n: u128, presence, load| Server {
        staff: StaffId::from_bits(n),
        presence,
        on_shift: true,
        queues: vec![queue(1)],
        skills: Vec::new(),
        languages: Vec::new(),
        weight: 100,
        capacity: 300,
        load,
        idle_since: NOW.minus_ms(n as i64),
    };
    let back = |waited: i64, ago: i64| Demand {
        conversation: ConversationId::from_bits(1),
        epoch: 1,
        queue: queue(1),
        since: NOW.minus_ms(waited),
        deadline: NOW,
        skills: Vec::new(),
        language: Language::Zh,
        vip: false,
        priority: 0,
        weight: 100,
        last_agent: Some((StaffId::from_bits(1), NOW.minus_ms(ago))),
        not: None,
    };
    let other = || agent(2, Presence::Online, 0);
    let cases = [
        // Within a day even while paused; within three only while available; then like anybody.
        (Presence::Paused, 0, 10, 23 * HOUR_MS, Some(1)),
        (Presence::Paused, 0, 10, 25 * HOUR_MS, Some(2)),
        (Presence::Online, 0, 10, 71 * HOUR_MS, Some(1)),
        (Presence::Online, 0, 10, 73 * HOUR_MS, Some(2)),
        (Presence::Offline, 0, 10, HOUR_MS, Some(2)),
        // Busy: waited for, but for a minute at most.
        (Presence::Online, 300, 10 * SECOND_MS, HOUR_MS, None),
        (Presence::Online, 300, 61 * SECOND_MS, HOUR_MS, Some(2)),
    ];
    for (presence, load, waited, ago, expected) in cases {
        let given = assign(NOW, &[back(waited, ago)], &[agent(1, presence, load), other()], &limits);
        let agent = given.first().map(|one| one.agent.bits());
        assert_eq!(agent, expected, "{presence:?} {load} {waited} {ago}");
    }
}

#[test]
fn turns_follow_the_agents_weights() {
    let limits = Limits::default();
    let mut agents: Vec<Server> = (1..=2)
        .map(|n| Server {
            staff: StaffId::from_bits(n),
            presence: Presence::Online,
            on_shift: true,
            queues: vec![queue(1)],
            skills: Vec::new(),
            languages: Vec::new(),
            weight: if n == 1 { 300 } else { 100 },
            capacity: 100,
            load: 0,
            idle_since: NOW,
        })
        .collect();
    let mut turns = [0; 2];
    for minute in 1..=400 {
        let now = NOW.plus_ms(minute * MINUTE_MS);
        let demand = Demand {
            conversation: ConversationId::from_bits(minute as u128),
            epoch: 1,
            queue: queue(1),
            since: now,
            deadline: now,
            skills: Vec::new(),
            language: Language::En,
            vip: false,
            priority: 0,
            weight: 100,
            last_agent: None,
            not: None,
        };
        let given = assign(now, &[demand], &agents, &limits);
        let turn = given[0].agent.bits() as usize - 1;
        turns[turn] += 1;
        agents[turn].idle_since = now;
    }
    assert!((285..=315).contains(&turns[0]), "three of four turns: {turns:?}");
}

#[test]
fn a_plan_says_what_is_wrong_with_it() {
    let plan = || Plan::simple(Hours::daily("Asia/Shanghai", 540, 1320), queue(1), Bilingual::new("客服", "Team"));
    assert_eq!(plan().faults(queue(1)), []);
    assert_eq!(plan().faults(queue(2)), [PlanFault { field: "queues", code: "no_default" }]);
    let mut circle = plan();
    circle.queues.push(Queue { id: queue(2), ..circle.queues[0].clone() });
    circle.queues[0].overflow = Some(Overflow { to: queue(2), after_ms: MINUTE_MS });
    assert_eq!(circle.faults(queue(1)), []);
    circle.queues[1].overflow = Some(Overflow { to: queue(1), after_ms: MINUTE_MS });
    assert_eq!(circle.faults(queue(1)), [PlanFault { field: "queues.overflow", code: "circle" }]);
    let mut seat = plan();
    seat.seats.push(Seat { capacity: 0, ..Seat::usual(StaffId::from_bits(1)) });
    assert_eq!(seat.faults(queue(1)), [PlanFault { field: "seats.capacity", code: "out_of_range" }]);
    let text = serde_json::to_string(&circle).unwrap();
    assert_eq!(serde_json::from_str::<Plan>(&text).unwrap(), circle);
}
