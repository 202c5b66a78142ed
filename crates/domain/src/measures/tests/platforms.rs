//! The marketplaces' ways of counting.

use super::fixture::World;
use crate::measures::Measure::*;

/// A turn asked of a person at `at` and answered `after` so many seconds.
fn turn(world: World, shopper: u128, hour: u32, after: u32) -> World {
    let end = after % 60;
    let minute = after / 60;
    world.says(
        shopper,
        &format!(
            "{hour:02}:00:00 shopper asks for a person
             {hour:02}:00:00 lin takes
             {hour:02}:00:00 shopper 在吗
             {hour:02}:{minute:02}:{end:02} lin 在"
        ),
    )
}

#[test]
fn three_minutes_of_a_person_need_a_hundred_rounds_of_the_day() {
    let mut world = World::default();
    for shopper in 0..99 {
        // 90 in time (exactly 3 minutes still is), 9 late.
        world = turn(world, shopper, 10, if shopper < 90 { 180 } else { 181 });
    }
    // At 8 and at 23 o'clock nobody counts.
    world = turn(turn(world, 200, 8, 600), 201, 23, 600);
    let few = world.value(HumanWithin3Minutes, "23:59:00");
    assert_eq!((few.value, few.n, few.least), (None, 99, 100));
    // The bot's answers are no rounds of people.
    world = world.says(300, "11:00:00 shopper 你好在吗\n 11:00:01 bot 在");
    assert_eq!(world.value(HumanWithin3Minutes, "23:59:00").n, 99);
    let enough = turn(world, 202, 22, 30).value(HumanWithin3Minutes, "23:59:00");
    assert_eq!((enough.hits, enough.n, enough.value), (Some(91), 100, Some(0.91)));
    // z = 1.95996, z2 = 3.84146. Middle (0.91 + 3.84146 / 200) / (1 + 3.84146 / 100) = 0.929207 / 1.038415 = 0.894833.
    // Half: 1.95996 / 1.038415 x sqrt(0.91 x 0.09 / 100 + 3.84146 / 40000) = 1.887457 x sqrt(0.000915037) = 0.057095.
    let bounds = enough.interval.expect("bounds");
    assert!((bounds.low - 0.837738).abs() < 1e-5 && (bounds.high - 0.951928).abs() < 1e-5, "{bounds:?}");
}

#[test]
fn late_is_late_before_it_is_answered_and_undecided_before_it_is_late() {
    let world = World::default().says(
        1,
        "10:00:00 shopper asks for a person
         10:00:00 shopper 在吗",
    );
    let early = world.value(ReplyWithin5Minutes, "10:04:00");
    assert_eq!((early.hits, early.n, early.censored), (Some(0), 0, 1));
    let late = world.value(ReplyWithin5Minutes, "10:05:01");
    assert_eq!((late.hits, late.n, late.censored), (Some(0), 1, 0));
}

#[test]
fn thirty_seconds_and_five_minutes() {
    let world = turn(turn(turn(World::default(), 1, 10, 30), 2, 10, 31), 3, 8, 400)
        .says(4, "12:00:00 shopper 多久发货呀\n 12:04:00 bot 两天")
        .says(5, "13:00:00 shopper leaves a message");
    // First by a person within 30 s, asked from 9 to 23: 30 s is, 31 s is not; 8 o'clock and the message left don't count.
    assert_eq!(world.share(FirstWithin30Seconds, "23:00:00"), (1, 2));
    // Anybody within 5 minutes, 8 to 23 o'clock: 30 s, 31 s and the bot's 240 s; 400 s and the message left are late.
    assert_eq!(world.share(ReplyWithin5Minutes, "23:00:00"), (3, 5));
}

#[test]
fn every_round_of_an_episode_has_to_be_in_time() {
    let world = World::default()
        .says(
            1,
            "10:00:00 shopper asks for a person
             10:00:00 lin takes
             10:00:00 shopper 甲
             10:01:00 lin 一
             10:02:00 shopper 乙
             10:06:00 lin 二",
        )
        .says(2, "10:00:00 shopper asks for a person\n 10:00:00 lin takes\n 10:00:00 shopper 甲\n 10:02:00 lin 一")
        .says(3, "10:58:00 shopper asks for a person\n 10:58:00 shopper 甲");
    // The first has one of 1 and one of 4 minutes: no. The second: yes. The third waits for 2 minutes: undecided.
    let value = world.value(AllRoundsInTime, "11:00:00");
    assert_eq!((value.hits, value.n, value.censored), (Some(1), 2, 1));
}
