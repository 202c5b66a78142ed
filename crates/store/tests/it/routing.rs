//! Plans, seats, and what routing looks at.

use domain::{
    actor::{Actor, Controller},
    conversation::{Command, ReclaimReason},
    id::QueueId,
    routing::Placement,
    staff::Presence,
};
use store::*;

use crate::world::{T0, World, append};

pub async fn check_plans(world: &World) {
    let shop = world.shop().await;
    assert_eq!(world.routing_plan(shop.id).await.unwrap(), None);
    assert!(world.save_routing_plan(shop.id, 0, "{}", T0).await.unwrap());
    assert!(!world.save_routing_plan(shop.id, 0, "[]", T0).await.unwrap(), "somebody has saved already");
    assert!(world.save_routing_plan(shop.id, 1, "[1]", T0.plus_ms(5)).await.unwrap());
    assert!(!world.save_routing_plan(shop.id, 1, "[2]", T0).await.unwrap());
    let stored = world.routing_plan(shop.id).await.unwrap().unwrap();
    assert_eq!((stored.version, stored.json.as_str(), stored.updated_at), (2, "[1]", T0.plus_ms(5)));
}

pub async fn check_seats(world: &World) {
    let shop = world.shop().await;
    let ann = world.agent(&shop, "Ann").await;
    let ben = world.agent(&shop, "Ben").await;
    let version =
        || async { world.seats(shop.id).await.unwrap().iter().find(|seat| seat.staff == ann.id).unwrap().version };
    let before = version().await;
    let mut talk = world.talk(&shop, T0).await;
    talk.enter_queue(world, T0.plus_ms(1), shop.queue).await;
    let mut other = world.talk(&shop, T0).await;
    other.enter_queue(world, T0.plus_ms(2), shop.queue).await;
    let give = |talk: &crate::world::Talk, at| {
        let mut after = talk.clone();
        let command = Command::Assign {
            agent: ann.id,
            epoch: talk.state.control_epoch,
            placement: Placement { weight: 100, ..Placement::default() },
        };
        let expected = after.decide(T0.plus_ms(at), Actor::System, command).unwrap();
        (after, expected)
    };
    let guard = |version| Some(SeatGuard { staff: ann.id, version });
    // Two who looked at the same seat: the second is refused, and nothing of it is written.
    let (first, expected) = give(&talk, 10);
    let done = world.append(Append { seat: guard(before), ..append(&first, expected) }).await.unwrap();
    assert_eq!(done, Appended::Done);
    let (second, expected) = give(&other, 11);
    let refused = world.append(Append { seat: guard(before), ..append(&second, expected) }).await.unwrap();
    assert_eq!(refused, Appended::Conflict);
    assert_eq!(version().await, before + 1);
    other.assert_consistent(world).await;
    let done = world.append(Append { seat: guard(before + 1), ..append(&second, expected) }).await.unwrap();
    assert_eq!(done, Appended::Done);
    // A change of presence is one of the seat, too.
    world.set_presence(ann.id, Presence::Paused, T0.plus_ms(20)).await.unwrap();
    assert_eq!(version().await, before + 3);
    let seat = world.seats(shop.id).await.unwrap().into_iter().find(|seat| seat.staff == ann.id).unwrap();
    assert_eq!((seat.assigned_at, seat.presence), (Some(T0.plus_ms(11)), Presence::Paused));
    assert_eq!(world.held_by(&[ann.id]).await.unwrap().len(), 2);
    assert_eq!(world.held_by(&[ben.id]).await.unwrap(), []);
    assert_eq!(world.held_in(shop.id).await.unwrap().len(), 2);
    assert_eq!(world.passed_at(first.state.id).await.unwrap(), Some(T0.plus_ms(10)));
}

pub async fn check_vanishing(world: &World) {
    let shop = world.shop().await;
    let ann = world.agent(&shop, "Ann").await;
    world.set_presence(ann.id, Presence::Paused, T0).await.unwrap();
    assert_eq!(world.vanished_staff(T0.plus_ms(1)).await.unwrap(), [ann.id]);
    assert!(!world.touch_seat(ann.id, T0.plus_ms(5)).await.unwrap());
    assert!(world.vanished_staff(T0.plus_ms(5)).await.unwrap().is_empty());
    assert!(!world.vanish(ann.id, T0.plus_ms(5), T0.plus_ms(9)).await.unwrap(), "heard of in the meantime");
    assert!(world.vanish(ann.id, T0.plus_ms(6), T0.plus_ms(9)).await.unwrap());
    let presence = || async { world.staff(ann.id).await.unwrap().unwrap().presence };
    assert_eq!(presence().await, Presence::Offline);
    assert!(world.seats(shop.id).await.unwrap()[0].has_vanished);
    assert!(world.touch_seat(ann.id, T0.plus_ms(20)).await.unwrap(), "back");
    assert_eq!(presence().await, Presence::Paused);
    assert!(!world.touch_seat(ann.id, T0.plus_ms(21)).await.unwrap());
}

pub async fn check_looking(world: &World) {
    let shop = world.shop().await;
    let ann = world.agent(&shop, "Ann").await;
    let second = QueueId::from_bits(5);
    let mut talk = world.talk(&shop, T0).await;
    talk.enter_queue(world, T0.plus_ms(1), shop.queue).await;
    assert_eq!(world.queue_length(shop.queue).await.unwrap(), 1);
    let epoch = talk.state.control_epoch;
    talk.act(world, T0.plus_ms(50), Actor::System, Command::Overflow { queue: second, epoch }).await;
    talk.assert_consistent(world).await;
    let queued = world.queued(shop.id, 10).await.unwrap();
    assert_eq!(queued[0].queued_since, Some(T0.plus_ms(1)), "the wait goes on");
    assert_eq!(world.queues_in_use(shop.id).await.unwrap(), [second]);
    talk.take_over(world, T0.plus_ms(60), ann.id).await;
    let back = Command::Reclaim {
        to: Controller::Queue(shop.queue),
        epoch: talk.state.control_epoch,
        why: ReclaimReason::Silent,
        card: None,
    };
    talk.act(world, T0.plus_ms(90), Actor::System, back).await;
    talk.take_over(world, T0.plus_ms(95), ann.id).await;
    talk.resolve(world, T0.plus_ms(99)).await;
    talk.assert_consistent(world).await;
    let mut stays = world.stays(shop.id, T0, 10).await.unwrap();
    stays.reverse();
    let told: Vec<_> = stays.iter().map(|stay| (stay.entered_at.since_ms(T0), stay.is_new)).collect();
    assert_eq!(told, [(1, true), (50, false), (90, true)]);
    let control = world.control_events(shop.id, T0, 10).await.unwrap();
    let kinds: Vec<_> = control.iter().map(|event| (event.at.since_ms(T0), event.fact.kind())).collect();
    let passed = "control_passed";
    assert_eq!(kinds, [(1, passed), (50, passed), (60, passed), (90, passed), (95, passed), (99, "resolved")]);
    assert_eq!(world.handed_off(shop.id, T0, 10).await.unwrap().len(), 1);
    let shopper = talk.state.shopper;
    world.set_preference(shopper, "human").await.unwrap();
    let kept = world.store.shopper(shopper).await.unwrap().unwrap();
    assert_eq!(kept.prefers.as_deref(), Some("human"));
    assert_eq!(world.served_before(shopper, talk.state.id).await.unwrap(), None);
    let other = world.talk(&shop, T0).await;
    let before = world.served_before(shopper, other.state.id).await.unwrap();
    assert_eq!(before, Some((ann.id, T0.plus_ms(99))));
}
