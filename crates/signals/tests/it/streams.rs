//! Whole streams of events: the same events give the same signals, in pieces, over restarts and over shards.

use domain::time::{DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS, Timestamp};
use proptest::prelude::*;
use signals::{
    event::{Entry, Held, Name, PersonKey, Property},
    need::{Questions, Situation, live},
    person::{GAP_MS, LATENESS_MS},
    shard::{Rules, Shard, Snapshot},
    trigger::{ShopFacts, Signal, Triggers},
};

use crate::world::{NOON, World, entry, person, shipped, text};

#[test]
fn half_an_hour_of_nothing_ends_a_visit() {
    let mut world = World::new();
    let visit = |world: &World| world.shard.get(person(1)).unwrap().visit.clone();
    world.happens(Name::PageViewed, NOON, &[]);
    world.happens(Name::PageViewed, NOON.plus_ms(GAP_MS), &[]);
    assert_eq!((visit(&world).number, visit(&world).pages), (1, 2));
    world.happens(Name::PageViewed, NOON.plus_ms(2 * GAP_MS + 1), &[]);
    assert_eq!((visit(&world).number, visit(&world).pages), (2, 1));
    // A fact of the shop is nobody's visit.
    world.happens(Name::OrderPlaced, NOON.plus_ms(DAY_MS), &[(Property::OrderId, text("A"))]);
    assert_eq!(visit(&world).number, 2);
}

#[test]
fn a_little_late_counts_and_much_too_late_does_not() {
    for (late, is_noticed) in [(LATENESS_MS, true), (LATENESS_MS + 1, false)] {
        let mut world = World::new();
        let now = NOON.plus_ms(10 * MINUTE_MS);
        let click = |at: Timestamp| {
            let mut click = entry(Name::RageClick, at, &[(Property::SelectorHash, text("h"))]);
            click.event.received_at = now;
            click
        };
        world.take(person(1), &click(now.minus_ms(MINUTE_MS / 2)));
        world.take(person(1), &click(now.minus_ms(late).plus_ms(if is_noticed { SECOND_MS } else { 0 })));
        assert_eq!(!world.noticed().is_empty(), is_noticed, "{late}");
    }
}

#[test]
fn facts_in_the_wrong_order_give_the_same_order() {
    let paid = entry(Name::OrderCompleted, NOON, &[(Property::OrderId, text("A"))]);
    let placed = entry(Name::OrderPlaced, NOON.minus_ms(MINUTE_MS), &[(Property::OrderId, text("A"))]);
    let object = |entries: &[&Entry]| {
        let mut world = World::new();
        for entry in entries {
            let mut entry = (*entry).clone();
            entry.event.received_at = NOON;
            world.take(person(1), &entry);
        }
        world.wait_until(NOON.plus_ms(30 * MINUTE_MS));
        assert!(world.noticed().iter().all(|(id, _)| id != "unpaid_order"));
        world.shard.get(person(1)).unwrap().objects[0].facts().to_vec()
    };
    assert_eq!(object(&[&placed, &paid]), object(&[&paid, &placed]));
}

#[test]
fn what_was_done_before_signing_in_counts() {
    let mut world = World::new();
    let click = |at| entry(Name::RageClick, at, &[(Property::SelectorHash, text("h"))]);
    world.take(person(1), &click(NOON));
    world.shard.merge(person(1), person(2));
    world.take(person(2), &click(NOON.plus_ms(SECOND_MS)));
    assert_eq!(world.noticed[0].person, person(2));
    assert!(world.shard.get(person(1)).is_none());
}

#[test]
fn withdrawn_consent_ends_what_was_waited_for() {
    let mut world = World::new();
    world.happens(Name::OrderPlaced, NOON, &[(Property::OrderId, text("A"))]);
    world.shard.withdraw(person(1));
    world.wait_until(NOON.plus_ms(DAY_MS));
    assert!(world.noticed().is_empty());
    assert!(world.shard.remove(person(1)).is_some() && world.shard.get(person(1)).is_none());
}

#[test]
fn what_no_longer_holds_at_sending_is_said() {
    let mut world = World::new();
    world.happens(Name::OrderPlaced, NOON, &[(Property::OrderId, text("A"))]);
    world.wait_until(NOON.plus_ms(HOUR_MS));
    let signal = world.noticed.pop().unwrap();
    let holds = |world: &World| {
        let rules = Rules { triggers: &world.triggers, shop: &world.shop };
        world.shard.still_holds(rules, &signal, NOON.plus_ms(HOUR_MS))
    };
    assert!(holds(&world));
    world.happens(Name::OrderCompleted, NOON.plus_ms(HOUR_MS), &[(Property::OrderId, text("A"))]);
    assert!(!holds(&world));
}

#[test]
fn the_next_question_follows_the_order() {
    let mut world = World::new();
    let situation = |world: &World, at| Situation::of(world.shard.get(person(1)).unwrap(), at);
    let order = [(Property::OrderId, text("A")), (Property::ShipBy, Held::Whole(NOON.plus_ms(DAY_MS).0))];
    let parcel = [(Property::ShipmentId, text("S")), (Property::OrderId, text("A"))];
    world.happens(Name::ProductViewed, NOON, &[(Property::ProductId, text("tent"))]);
    assert_eq!(situation(&world, NOON), Situation::Browsing);
    world.happens(Name::OrderPlaced, NOON, &order);
    assert_eq!(situation(&world, NOON), Situation::Unpaid);
    world.happens(Name::OrderCompleted, NOON, &order);
    assert_eq!(situation(&world, NOON), Situation::Paid);
    assert_eq!(situation(&world, NOON.plus_ms(2 * DAY_MS)), Situation::Late);
    world.happens(Name::ShipmentScanned, NOON.plus_ms(HOUR_MS), &parcel);
    assert_eq!(situation(&world, NOON.plus_ms(2 * HOUR_MS)), Situation::Underway);
    assert_eq!(situation(&world, NOON.plus_ms(3 * DAY_MS)), Situation::Stalled);
    let now = NOON.plus_ms(3 * DAY_MS);
    assert_eq!(live::row(world.shard.get(person(1)).unwrap(), now).len(), live::NAMES.len());
    let mut questions = Questions::default();
    let first = |questions: &Questions| questions.likely(Situation::Stalled, 3)[0].topic.clone();
    assert_eq!(first(&questions), "track_parcel");
    (0..20).for_each(|_| questions.note(Situation::Stalled, "complaint"));
    assert_eq!(first(&questions), "complaint");
    assert_eq!(questions.likely(Situation::Paid, 3)[0].topic, "order_status");
}

const NAMES: [Name; 12] = [
    Name::PageViewed,
    Name::PolicyViewed,
    Name::RageClick,
    Name::CheckoutFailed,
    Name::UTurn,
    Name::ProductViewed,
    Name::SizeChartViewed,
    Name::OrderPlaced,
    Name::OrderCompleted,
    Name::ShipmentScanned,
    Name::ShipmentDelivered,
    Name::RefundRequested,
];

/// People, what they do, how long after the one before it arrives, and how late.
fn stream() -> impl Strategy<Value = Vec<(u8, Entry)>> {
    let step = (0u8..4, 0usize..NAMES.len(), 0u8..3, prop_oneof![0i64..90, 0i64..9_000, 0i64..90_000], 0i64..400);
    proptest::collection::vec(step, 1..60).prop_map(|steps| {
        let mut clock = NOON;
        steps
            .into_iter()
            .map(|(who, name, about, gap, late)| {
                clock = clock.plus_ms(gap * SECOND_MS);
                let name = NAMES[name];
                let key = text(&about.to_string());
                let properties: Vec<(Property, Held)> = name.needs().iter().map(|it| (*it, key.clone())).collect();
                let mut entry = entry(name, clock.minus_ms(late * SECOND_MS), &properties);
                entry.event.received_at = clock;
                (who, entry)
            })
            .collect()
    })
}

fn signals(shard: &mut Shard, triggers: &Triggers, all: &[(u8, Entry)], ticks: bool) -> Vec<Signal> {
    let shop = ShopFacts::default();
    let rules = Rules { triggers, shop: &shop };
    let mut noticed = Vec::new();
    for (place, (who, entry)) in all.iter().enumerate() {
        shard.take_in(rules, person(*who), entry, &mut noticed);
        // Somebody asks for what is due, between two events.
        if let Some((_, next)) = all.get(place + 1).filter(|_| ticks) {
            shard.advance(rules, next.event.received_at.minus_ms(1).max(shard.clock()), &mut noticed);
        }
    }
    noticed
}

fn finish(shard: &mut Shard, triggers: &Triggers, noticed: &mut Vec<Signal>) {
    let shop = ShopFacts::default();
    let end = shard.clock().plus_ms(10 * DAY_MS);
    shard.advance(Rules { triggers, shop: &shop }, end, noticed);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn the_same_events_give_the_same_signals(all in stream(), cut in 0usize..60) {
        let triggers = shipped();
        let mut whole = Shard::default();
        let mut expected = signals(&mut whole, &triggers, &all, false);
        finish(&mut whole, &triggers, &mut expected);

        // Asked in between, however often.
        let mut asked = Shard::default();
        let mut noticed = signals(&mut asked, &triggers, &all, true);
        finish(&mut asked, &triggers, &mut noticed);
        prop_assert_eq!(&noticed, &expected);
        prop_assert_eq!(asked.snapshot(), whole.snapshot());

        // Stopped anywhere, put away as text, and replayed from there.
        let (before, after) = all.split_at(cut.min(all.len()));
        let mut first = Shard::default();
        let mut noticed = signals(&mut first, &triggers, before, false);
        let kept = serde_json::to_string(&first.snapshot()).unwrap();
        let mut second = Shard::restore(serde_json::from_str::<Snapshot>(&kept).unwrap());
        noticed.extend(signals(&mut second, &triggers, after, false));
        finish(&mut second, &triggers, &mut noticed);
        prop_assert_eq!(&noticed, &expected);
        prop_assert_eq!(second.snapshot(), whole.snapshot());
    }

    #[test]
    fn people_on_other_shards_make_no_difference(all in stream(), shards in 1u32..5) {
        let triggers = shipped();
        let mut whole = Shard::default();
        let mut expected = signals(&mut whole, &triggers, &all, false);
        finish(&mut whole, &triggers, &mut expected);
        let end = whole.clock();
        let mut noticed = Vec::new();
        let shop = ShopFacts::default();
        for part in 0..shards {
            let is_here = |key: PersonKey| key.shard(shards) == part;
            let mine: Vec<_> = all.iter().filter(|(who, _)| is_here(person(*who))).cloned().collect();
            let mut shard = Shard::default();
            noticed.extend(signals(&mut shard, &triggers, &mine, false));
            shard.advance(Rules { triggers: &triggers, shop: &shop }, end, &mut noticed);
        }
        let sorted = |mut all: Vec<Signal>| {
            all.sort_by_key(|it| (it.at, it.key()));
            all
        };
        prop_assert_eq!(sorted(noticed), sorted(expected));
    }

    #[test]
    fn one_thing_is_noticed_once_in_its_time(all in stream()) {
        let triggers = shipped();
        let mut shard = Shard::default();
        let mut noticed = signals(&mut shard, &triggers, &all, false);
        finish(&mut shard, &triggers, &mut noticed);
        for (place, signal) in noticed.iter().enumerate() {
            let rest_ms = triggers.get(&signal.trigger).unwrap().again_after.map_or(i64::MAX, |it| it.0);
            for other in noticed[..place].iter().filter(|it| it.key() == signal.key()) {
                prop_assert!(signal.at.since_ms(other.at) >= rest_ms, "{}", signal.key());
            }
        }
    }
}
