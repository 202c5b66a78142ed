//! Whether it helped: alone by the bot, truly, at the first contact; who gave up; what the stars say.

use super::fixture::World;
use crate::{
    id::ConversationId,
    measures::{Audit, Measure::*},
};

/// Day 0: four with the bot, one of them handed over. Day 1: the first comes back with the same, the second with
/// something else. Looked at from day 9, when every window is over.
fn week() -> World {
    World::default()
        .says(1, "0:10:00:00 shopper 优惠券怎么用\n 0:10:00:02 bot 结算时选\n 0:10:30:00 resolved by desk")
        .says(2, "0:10:00:00 shopper 有没有红色的\n 0:10:00:02 bot 有\n 0:10:30:00 resolved by desk\n 0:10:31:00 rated 5")
        .says(3, "0:10:00:00 shopper 杯子能进洗碗机吗\n 0:10:00:02 bot 能\n 0:10:30:00 resolved by desk\n 0:10:31:00 rated 2")
        .says(
            4,
            "0:10:00:00 shopper 发票抬头写错了
             0:10:00:02 bot 请在订单里改
             0:10:01:00 shopper 发票抬头写错了！
             0:10:01:02 bot hands over
             0:10:02:00 lin takes
             0:10:02:30 lin 已改好
             0:10:10:00 resolved lin
             0:10:11:00 rated 4",
        )
        .says(1, "1:10:00:00 shopper 优惠券怎么用啊\n 1:10:00:02 bot 结算时选\n 1:10:30:00 resolved by desk")
        .says(2, "1:10:00:00 shopper 蓝色的还有货么\n 1:10:00:02 bot 有\n 1:10:30:00 resolved by desk")
}
const LATER: &str = "9:10:00:00";

#[test]
fn handoff_and_the_bot_alone() {
    // All six met the bot, one was handed over.
    assert_eq!(week().share(HandoffRate, LATER), (1, 6));
    // Alone: the five others, none of which asked again within itself.
    assert_eq!(week().share(BotSolvedAlone, LATER), (5, 6));
    assert_eq!(week().share(Containment, LATER), (5, 6));
    // One turn follows an answered one, and it says the same again.
    assert_eq!(week().share(ReaskRate, LATER), (1, 1));
}

#[test]
fn coming_back_and_bad_stars_undo_a_resolution() {
    // 1 came back with the same after 23.5 h, 3 gave two stars; 2's second matter is another one. Right: 2, 4, 1b, 2b.
    assert_eq!(week().share(TrueResolution, LATER), (4, 6));
    // Of the bot's five: 2, 1b, 2b.
    assert_eq!(week().share(BotTrueResolution, LATER), (3, 5));
    // Contained but came back: 1 of 5.
    assert_eq!(week().share(FalseContainment, LATER), (1, 5));
    // Matters: 1 and 1b are one, with two episodes; 2, 2b, 3, 4 have one each. 4 of 5.
    assert_eq!(week().share(FirstContactResolution, LATER), (4, 5));
    // On day 2 no window is over: nothing can be said yet.
    assert_eq!(week().value(TrueResolution, "2:10:00:00").value, None);
}

#[test]
fn parcels_may_take_a_week() {
    let asks = |text: &str| format!("{text}\n 0:10:00:02 bot 好的\n 0:10:30:00 resolved by desk");
    let world = World::default()
        .says(1, &asks("0:10:00:00 shopper 快递怎么还没到"))
        .says(1, "4:10:00:00 shopper 快递怎么还没到呢\n 4:10:00:02 bot 好的\n 4:10:30:00 resolved by desk")
        .says(2, &asks("0:10:00:00 shopper 杯子容量是多少"))
        .says(2, "4:10:00:00 shopper 杯子容量是多少\n 4:10:00:02 bot 好的\n 4:10:30:00 resolved by desk");
    // Both come back after four days, beyond 72 h: for the parcel that still counts. Right: the two later ones and
    // the first about the cup.
    assert_eq!(world.share(TrueResolution, "20:00:00:00"), (3, 4));
}

#[test]
fn people_correct_the_automatic_verdict() {
    // The machine says 3 of 5 (0.6). People looked at 2, which it called right: one was wrong.
    // Differences (machine - people): 0 and 1, mean 0.5, so 0.6 - 0.5 = 0.1. Their variance is 0.5.
    // Error: sqrt(0.6 x 0.4 / 5 + 0.5 / 2) = sqrt(0.298) = 0.5459; 0.1 + 1.96 x 0.5459 is beyond 1, so 1.
    let audit =
        |conversation, is_right| Audit { conversation: ConversationId::from_bits(conversation), seq: 2, is_right };
    let world = World { audits: vec![audit(2, true), audit(6, false)], ..week() };
    let value = world.value(BotTrueResolution, LATER);
    assert!((value.value.expect("a value") - 0.1).abs() < 1e-9);
    let bounds = value.interval.expect("bounds");
    assert_eq!(bounds.low, 0.0);
    assert!((bounds.high - 1.0).abs() < 1e-9);
}

#[test]
fn stars_with_who_said_nothing() {
    // Rated 5, 2 and 4: two of three are good. Three of six ended episodes were rated.
    assert_eq!(week().share(Satisfaction, LATER), (2, 3));
    assert_eq!(week().share(RatingResponse, LATER), (3, 6));
    // All silent ones bad: 2 / 6. All good: (2 + 3) / 6.
    let bounds = week().value(SatisfactionBounds, LATER).interval.expect("bounds");
    assert_eq!((bounds.low, bounds.high), (2.0 / 6.0, 5.0 / 6.0));
}

#[test]
fn giving_up_after_ten_seconds_is_abandoning() {
    let wait = |end: &str| format!("10:00:00 shopper asks for a person\n 10:00:00 shopper 在吗\n {end}");
    let world = World::default()
        .says(1, &wait("10:05:00 resolved by shopper"))
        .says(2, &wait("10:00:09 shopper chooses the bot"))
        .says(3, &wait("10:01:00 lin takes\n 10:01:30 lin 在"))
        .says(4, &wait(""))
        .says(5, "10:00:00 shopper leaves a message");
    // 1 gave up; 2 left before 10 s and 5 never waited: neither counts; 3 was served; 4 still waits.
    let value = world.value(Abandonment, "10:10:00");
    assert_eq!((value.hits, value.n, value.censored), (Some(1), 2, 1));
}

#[test]
fn deadlines_met_of_those_due() {
    let world = World { deadlines: vec![true, true, false, true], ..World::default() };
    assert_eq!(world.value(DeadlinesMet, LATER).value, Some(0.75));
}
