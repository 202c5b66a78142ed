//! Rounds and episodes are rows written with the events, and folding the log again gives the same rows.

use domain::{
    actor::Actor,
    conversation::{Command, ReplyKind},
    id::*,
    measures::AnswerBy,
    time::{DAY_MS, HOUR_MS, SECOND_MS, Timestamp},
};
use store::*;

use crate::world::{T0, Talk, World};

const FOREVER: Timestamp = Timestamp(i64::MAX / 4);

async fn bot_answers(world: &World, talk: &mut Talk, now: Timestamp) {
    let command = Command::BotReply {
        message: MessageId::from_bits(world.next()),
        epoch: talk.state.control_epoch,
        answers: talk.state.last_shopper_seq,
        reply: ReplyKind::Answered,
        trace: None,
    };
    assert_eq!(talk.act(world, now, Actor::Bot, command).await, Appended::Done);
}

pub async fn check_measured_rows(world: &World) {
    let (shop, other) = (world.shop().await, world.shop().await);
    let mut talk = world.talk(&shop, T0).await;
    talk.say(world, T0.plus_ms(SECOND_MS), "杯子漏水怎么办").await;
    talk.say(world, T0.plus_ms(2 * SECOND_MS), "急").await;
    bot_answers(world, &mut talk, T0.plus_ms(4 * SECOND_MS)).await;
    talk.say(world, T0.plus_ms(9 * SECOND_MS), "杯子漏水怎么办啊").await;
    let shops = [shop.id];
    let rounds = world.rounds(&shops, T0, FOREVER).await.unwrap();
    assert_eq!(rounds.len(), 2);
    assert_eq!((rounds[0].row.messages, rounds[0].row.gap_ms()), (2, Some(3 * SECOND_MS)));
    assert_eq!(rounds[0].row.answer.map(|answer| answer.by), Some(AnswerBy::Bot));
    assert_eq!((rounds[1].row.repeats, rounds[1].row.is_open()), (Some(true), true));
    assert_eq!(rounds[1].shopper, talk.state.shopper);
    // From the start of the time on, before its end, and of one shop only.
    assert_eq!(world.rounds(&shops, T0.plus_ms(2 * SECOND_MS), FOREVER).await.unwrap().len(), 1);
    assert_eq!(world.rounds(&shops, T0, T0.plus_ms(9 * SECOND_MS)).await.unwrap().len(), 1);
    assert!(world.rounds(&[other.id], T0, FOREVER).await.unwrap().is_empty());
    assert_eq!(world.episodes(&shops, T0, FOREVER).await.unwrap().len(), 1);
    assert!(world.verify_measures(talk.state.shopper).await.unwrap().is_empty());
}

pub async fn check_returns(world: &World) {
    let shop = world.shop().await;
    let mut first = world.talk(&shop, T0).await;
    first.say(world, T0, "优惠券怎么用").await;
    bot_answers(world, &mut first, T0.plus_ms(SECOND_MS)).await;
    first.resolve(world, T0.plus_ms(HOUR_MS)).await;
    let later = T0.plus_ms(2 * DAY_MS);
    let mut second = world.new_talk(&shop, first.state.shopper, domain::actor::Controller::Bot, later);
    assert_eq!(world.append(second.opening()).await.unwrap(), Appended::Done);
    second.say(world, later.plus_ms(SECOND_MS), "优惠券怎么用呢").await;
    let returns = world.returns(&[shop.id], T0, later).await.unwrap();
    assert_eq!(returns.get(&(first.state.id, 1)), Some(&(2 * DAY_MS)));
    assert!(world.verify_measures(first.state.shopper).await.unwrap().is_empty());
}

pub async fn check_rebuild(world: &World) {
    let shop = world.shop().await;
    let mut talk = world.talk(&shop, T0).await;
    talk.say(world, T0, "优惠券怎么用").await;
    bot_answers(world, &mut talk, T0.plus_ms(SECOND_MS)).await;
    let shopper = talk.state.shopper;
    assert_eq!(world.shoppers_with_conversations(None).await.unwrap(), [shopper]);
    assert!(world.shoppers_with_conversations(Some(shopper)).await.unwrap().is_empty());
    let written = world.rounds(&[shop.id], T0, FOREVER).await.unwrap();

    // As in a database from before there were measures: the next append catches up.
    for table in ["rounds", "episodes", "records"] {
        world.run_raw(&format!("DELETE FROM {table}")).await;
    }
    assert!(!world.verify_measures(shopper).await.unwrap().is_empty());
    talk.say(world, T0.plus_ms(5 * SECOND_MS), "还有吗请问").await;
    let caught_up = world.rounds(&[shop.id], T0, FOREVER).await.unwrap();
    assert_eq!((caught_up.len(), &caught_up[0]), (2, &written[0]));
    assert!(world.verify_measures(shopper).await.unwrap().is_empty());

    // Damage is found, and mended from the log.
    world.run_raw("UPDATE rounds SET json = REPLACE(json, '\"messages\":1', '\"messages\":7')").await;
    let faults = world.verify_measures(shopper).await.unwrap();
    assert_eq!(faults.iter().map(|fault| fault.what).collect::<Vec<_>>(), ["rounds"]);
    assert_eq!(world.rebuild_measures(shopper).await.unwrap(), 3);
    assert!(world.verify_measures(shopper).await.unwrap().is_empty());
    assert_eq!(world.rounds(&[shop.id], T0, FOREVER).await.unwrap(), caught_up);
}

pub async fn check_erased_measures(world: &World) {
    let shop = world.shop().await;
    let mut talk = world.talk(&shop, T0).await;
    talk.say(world, T0, "优惠券怎么用").await;
    bot_answers(world, &mut talk, T0.plus_ms(SECOND_MS)).await;
    talk.say(world, T0.plus_ms(2 * SECOND_MS), "优惠券怎么用").await;
    let before = world.rounds(&[shop.id], T0, FOREVER).await.unwrap();
    world.erase_shopper(talk.state.shopper, T0.plus_ms(HOUR_MS)).await.unwrap();
    let kept = world.raw_texts("SELECT state FROM records").await;
    assert!(kept.iter().all(|state| state.contains("\"asks\":[]") && state.contains("\"ask\":[]")), "{kept:?}");
    // The figures stay, and building them anew doesn't lose what the words told.
    assert!(world.verify_measures(talk.state.shopper).await.unwrap().is_empty());
    world.rebuild_measures(talk.state.shopper).await.unwrap();
    assert_eq!(world.rounds(&[shop.id], T0, FOREVER).await.unwrap(), before);
}
