//! Response times: medians that keep who is unanswered, means, business time, handling time.

use super::fixture::World;
use crate::measures::{Measure::*, Survival};

#[test]
fn the_unanswered_have_waited_at_least_so_long() {
    // 5 wait: answered after 10, 20, 30; unanswered so far 15 and 40.
    // After 10: 4/5 wait. At 20 three are at risk (15 is gone): 4/5 x 2/3 = 8/15. At 30 two: 8/15 x 1/2 = 4/15.
    // Half are answered when 1 - S >= 0.5: 1 - 8/15 = 7/15 is not yet, 1 - 4/15 = 11/15 is.
    let waits = [(10, true), (15, false), (20, true), (30, true), (40, false)];
    let survival = Survival::new(waits);
    assert_eq!(survival.quantile(0.5), Some(30));
    // Dropping the two would have said 20.
    assert_eq!(Survival::new(waits.into_iter().filter(|wait| wait.1)).quantile(0.5), Some(20));
    assert_eq!(survival.quantile(0.9), None);
    assert_eq!(survival.censored(), 2);
}

fn three() -> World {
    World::default()
        .says(
            1,
            "09:00:00 shopper 多久发货呀
             09:00:02 bot 48 小时内
             09:01:00 shopper asks for a person
             09:01:30 lin takes
             09:02:00 lin 您好
             09:03:00 shopper 可以加急吗
             09:03:40 lin 可以",
        )
        .says(
            2,
            "09:01:40 shopper asks for a person
             09:01:40 shopper 我要退货
             09:01:40 lin takes
             09:02:40 lin 好的",
        )
        .says(
            3,
            "19:00:00 shopper asks for a person
             19:00:00 shopper 在吗
             1:09:10:00 may takes
             1:09:12:00 may 在的",
        )
}

#[test]
fn response_times() {
    let world = three();
    // First replies, of anybody: 2 s (the bot's), 60 s, and from 19:00 to 9:12, 14 h 12 min = 51,120 s.
    let (first, ninth) = world.full(FirstResponse, "1:10:00:00");
    assert_eq!((first.value, first.n, first.censored), (Some(60_000.0), 3, 0));
    assert_eq!(ninth, Some(51_120_000));
    // By people, from the wish: 60 s (9:01 to 9:02), 60 s, 51,120 s.
    assert_eq!(world.value(FirstResponseHuman, "1:10:00:00").value, Some(60_000.0));
    // In business time (9 to 18 o'clock) the third is 12 min = 720 s: the ninth decile shows it.
    assert_eq!(world.full(FirstResponseHumanOpen, "1:10:00:00").1, Some(720_000));
    // Seen at 19:30 the third is still open: half of three are answered at 60 s all the same, and it is counted.
    let open = World { rounds: world.rounds[..3].to_vec(), ..three() };
    assert_eq!(open.value(AverageResponse, "19:30:00").n, 3);
    // All turns: 2, 40, 60 s answered so far, so (2 + 40 + 60) / 3 = 34 s; with the night's turn
    // (102 + 51,120) / 4 = 12,805.5 s. The first wish for a person came without words, so it is no turn.
    assert_eq!(open.value(AverageResponse, "19:30:00").value, Some(34_000.0));
    assert_eq!(world.value(AverageResponse, "1:10:00:00").value, Some(12_805_500.0));
    // By people: 40, 60 and 51,120 s.
    assert_eq!(world.value(AverageResponseHuman, "1:10:00:00").value, Some(17_073_333.333_333_332));
    // The bot's first replies: only the first met the bot before it asked for a person.
    let bot = world.value(FirstResponseBot, "1:10:00:00");
    assert_eq!((bot.value, bot.n), (Some(2_000.0), 1));
}

#[test]
fn work_in_parallel_is_shared_out() {
    // Lin: turn of 1 from 9:03:00 to 9:03:40, 40 s alone. Turn of 2 from 9:01:40 to 9:02:40, 60 s alone (her first
    // word to 1 at 9:02 answered no turn). May: 9:10 to 9:12, 120 s.
    // (40 + 60 + 120) / 3 = 73.3 s.
    let value = three().value(HandleTime, "1:10:00:00");
    assert_eq!((value.value, value.n), (Some(220_000.0 / 3.0), 3));
    // Two at once, both from 10:00:00; one to 10:00:40, one to 10:01:00: 20 s each while both run, and 20 s alone.
    // (20 + 40) / 2 = 30 s: the minute of work, once.
    let both = World::default()
        .says(1, "10:00:00 shopper asks for a person\n 10:00:00 lin takes\n 10:00:00 shopper 甲\n 10:00:40 lin 好")
        .says(2, "10:00:00 shopper asks for a person\n 10:00:00 lin takes\n 10:00:00 shopper 乙\n 10:01:00 lin 好");
    assert_eq!(both.value(HandleTime, "11:00:00").value, Some(30_000.0));
}
