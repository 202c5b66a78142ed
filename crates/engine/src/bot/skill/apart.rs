//! Several wishes in one ask, "cancel my order and recommend me a cheaper one": told apart by what the pieces would be read
//! as by themselves.

use std::sync::Arc;

use understanding::{
    entities::{Entity, Found},
    reading::pieces_of,
};

use super::intents::{Hearing, reading};

/// How sure the readings of two pieces must be for them to be two wishes. Set by judgement; what it
/// gives, the lists of content/evaluation/several_wishes.yaml measure.
const APART: f32 = 0.5;

/// The wishes an ask holds, in its order; mostly one. Pieces that say nothing sure stay with the one before them, what is
/// told first with the wish that follows.
pub async fn wishes_in(hearing: Hearing<'_>, ask: &str) -> Vec<String> {
    // An address and an answer to a question of a skill have commas of their own.
    let is_address = |found: &Found| matches!(found.entity, Entity::Address(_));
    let is_whole = hearing.memory.flow.is_some() || hearing.understood.understood.entities.iter().any(is_address);
    let pieces = pieces_of(ask);
    if is_whole || pieces.len() < 2 {
        return vec![ask.to_owned()];
    }
    let mut wishes: Vec<(String, Option<Intent>)> = Vec::new();
    for piece in pieces {
        let intent = intent_of(hearing, &piece).await;
        match wishes.last_mut() {
            Some((_, Some(known))) if intent.as_ref().is_some_and(|intent| intent != known) => {
                wishes.push((piece, intent));
            }
            Some((text, known)) => {
                text.push_str(if text.is_ascii() { ", " } else { "，" });
                text.push_str(&piece);
                *known = known.take().or(intent);
            }
            None => wishes.push((piece, intent)),
        }
    }
    let are_apart = wishes.len() > 1;
    if are_apart { wishes.into_iter().map(|(text, _)| text).collect() } else { vec![ask.to_owned()] }
}

/// A skill's name; `None` in it stands for the articles.
type Intent = Option<Arc<str>>;

async fn intent_of(hearing: Hearing<'_>, piece: &str) -> Option<Intent> {
    let reading = reading(hearing, piece).await?;
    let first = reading.intents.first().filter(|_| reading.reliability >= APART)?;
    Some(first.skill.clone())
}
