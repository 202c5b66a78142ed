//! A conversation as the decision model reads it.

use domain::{
    conversation::{Event, Fact, ReplyKind, Seq},
    message::Body,
};
use understanding::{acts, emotion, handoff::Said, text};

/// Turns back that are read; older ones are another matter.
pub const MAX_TURNS: usize = 40;
/// The most a mood's level can be.
const MOOD_LEVELS: f32 = 5.0;

/// What the shopper wrote, in one turn.
pub fn by_shopper(text: &str, meaning: Vec<f32>) -> Said {
    let mood = f32::from(emotion::read(text).level) / MOOD_LEVELS;
    Said {
        by_shopper: true,
        is_question: acts::act_of(text) == acts::Act::Question,
        known: vec![mood, 0.0, 0.0],
        meaning,
        ..of_text(text)
    }
}

/// A reply, said or about to be; `meaning` is of what it answers.
pub fn by_bot(text: &str, kind: ReplyKind, meaning: Vec<f32>) -> Said {
    let is = |wanted: ReplyKind| f32::from(u8::from(kind == wanted));
    let known = vec![0.0, is(ReplyKind::Abstained), is(ReplyKind::Clarified)];
    Said { is_question: text.contains(['?', '？']), known, meaning, ..of_text(text) }
}

fn of_text(text: &str) -> Said {
    Said { words: words(text), length: text.chars().count(), ..Said::default() }
}

/// Pairs of Chinese characters and whole other words, in their order.
fn words(text: &str) -> Vec<u64> {
    let folded = text::normal(text);
    let mut words = Vec::new();
    for piece in folded.split(|symbol: char| !symbol.is_alphanumeric() && symbol != '\'') {
        let symbols: Vec<char> = piece.chars().collect();
        match symbols.as_slice() {
            [] => {}
            all if all.iter().any(|symbol| text::is_han(*symbol)) && all.len() > 1 => {
                words.extend(all.windows(2).map(|pair| hash(pair.iter())));
            }
            all => words.push(hash(all.iter())),
        }
    }
    words
}

/// FNV-1a, the same everywhere.
fn hash<'a>(symbols: impl Iterator<Item = &'a char>) -> u64 {
    symbols.fold(0xcbf2_9ce4_8422_2325u64, |state, symbol| (state ^ u64::from(*symbol)).wrapping_mul(0x0100_0000_01b3))
}

/// What was said up to an event, by the shopper and the bot; what a human said since begins another matter.
pub fn of_events(events: &[(Event, Option<Body>)], until: Seq) -> Vec<Said> {
    let mut said: Vec<Said> = Vec::new();
    for (event, body) in events.iter().filter(|(event, _)| event.seq <= until) {
        let text = body.as_ref().map_or("", |body| body.text.as_str());
        match &event.fact {
            Fact::ShopperSaid { .. } => said.push(by_shopper(text, Vec::new())),
            Fact::BotReplied { reply, .. } => said.push(by_bot(text, *reply, Vec::new())),
            Fact::AgentReplied { .. } => said.clear(),
            _ => {}
        }
    }
    let surplus = said.len().saturating_sub(MAX_TURNS);
    said.drain(..surplus);
    said
}
