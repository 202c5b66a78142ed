//! What a round and an episode are.

use super::fixture::{LIN, World, at, read};
use crate::{
    id::{ConversationId, ShopperId},
    measures::{AnswerBy, AskedOf, Record},
};

const HANDED_OVER: &str = "
    10:00:00 shopper 杯子漏水怎么办
    10:00:05 shopper 刚收到的
    10:00:08 bot hands over
    10:01:00 lin takes
    10:01:30 lin 您好，我看一下
    10:01:50 lin 给您补发一个
    10:02:20 shopper 好的谢谢
    10:02:40 lin 不客气";

#[test]
fn repeats_before_the_answer_make_no_rounds_and_handing_over_is_no_answer() {
    let world = World::default().says(1, HANDED_OVER);
    let rounds: Vec<_> = world.rounds.iter().map(|it| &it.row).collect();
    assert_eq!(rounds.len(), 2);
    let first = rounds[0];
    assert_eq!((first.messages, first.asked_of), (2, AskedOf::Bot));
    assert_eq!(first.answer.map(|answer| answer.by), Some(AnswerBy::Agent(LIN)));
    // 10:01:30 - 10:00:00; a person owed it from 10:00:08 on, and Lin could answer from 10:01:00 on.
    assert_eq!(first.gap_ms(), Some(90_000));
    assert_eq!(first.human_gap_ms(), Some(82_000));
    assert_eq!(first.agent_from, Some(at("10:01:00")));
    // The agent's second message answers nothing new; 10:02:40 - 10:02:20.
    assert_eq!(rounds[1].gap_ms(), Some(20_000));
    assert_eq!(rounds[1].asked_of, AskedOf::Agent);
    let episode = &world.episodes[0].row;
    assert_eq!((episode.questions, episode.bot_replies, episode.agent_replies), (3, 0, 3));
}

#[test]
fn a_day_of_silence_begins_an_episode_but_an_unanswered_turn_goes_on() {
    let world = World::default().says(
        1,
        "0:10:00:00 shopper 有货吗请问
         0:10:00:10 bot 有
         1:11:00:00 shopper 什么颜色比较好看
         2:12:00:00 shopper 人呢",
    );
    // The first gap is 25 h after an answer; the second one, 25 h without an answer, belongs to the same turn.
    assert_eq!(world.episodes.len(), 2);
    assert_eq!(world.rounds.len(), 2);
    assert_eq!(world.rounds[1].row.messages, 2);
    assert!(world.episodes[1].row.is_waiting);
    assert_eq!(world.episodes[1].row.at, at("1:11:00:00"));
}

#[test]
fn a_turn_given_back_or_resolved_ends_without_an_answer() {
    let world = World::default().says(
        1,
        "10:00:00 shopper asks for a person
         10:00:10 shopper 在吗
         10:05:00 shopper chooses the bot
         10:06:00 shopper 算了再见吧
         10:07:00 resolved by desk",
    );
    let left: Vec<_> = world.rounds.iter().map(|it| it.row.left_at).collect();
    assert_eq!(left, [Some(at("10:05:00")), Some(at("10:07:00"))]);
    assert_eq!(world.episodes[0].row.human_left_at, Some(at("10:05:00")));
}

#[test]
fn folding_in_pieces_gives_the_rows_of_the_whole_log() {
    let told = read(ConversationId::from_bits(1), ShopperId::from_bits(1), HANDED_OVER);
    let told: Vec<_> = told.iter().map(|(event, text)| (event, text.as_deref())).collect();
    let mut whole = Record::begin(told[0].0).expect("a start");
    let rows = whole.take(&told, &[]);
    // The bot's word and the handoff are one append, as they always are.
    for cut in [1, 2, 3, 6, 7, 9] {
        let mut pieces = Record::begin(told[0].0).expect("a start");
        let mut rounds = std::collections::BTreeMap::new();
        for piece in [&told[..cut], &told[cut..]] {
            rounds.extend(pieces.take(piece, &[]).rounds.into_iter().map(|round| (round.seq, round)));
        }
        assert_eq!(pieces, whole, "cut at {cut}");
        assert_eq!(rounds.into_values().collect::<Vec<_>>(), rows.rounds, "cut at {cut}");
    }
}
