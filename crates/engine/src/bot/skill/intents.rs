//! Which skills a message asks for, one for each thing asked in it.

use std::sync::Arc;

use skills::{Skill, Skills};

use crate::{
    bot::{
        normal::likeness,
        turn::Turn,
        understand::{Topic, Understanding},
    },
    reader::{self, Reading},
};

/// Chance of being right from which a skill is begun; measured by `tandem eval reading`.
const RELIABLE_ENOUGH: f32 = 0.4;
/// Chance from which an unsure reading is followed when an order or a product is named.
const GUESS_CHANCE: f32 = 0.15;
/// Likeness with an example from which a skill is meant.
const LIKE_ENOUGH: f64 = 0.45;
/// How sure the words of a topic are by themselves.
const TOPIC_CHANCE: f64 = 0.5;
/// Things carried out for one message; more is no message any more.
const MAX_WANTED: usize = 4;

/// A skill that is asked for.
#[derive(Debug, Clone)]
pub struct Wanted {
    pub skill: Arc<Skill>,
    /// The part of the message that asks for it.
    pub text: String,
    pub chance: f64,
}

/// In the order of the message.
pub async fn wanted(turn: &Turn<'_>) -> Vec<Wanted> {
    let skills = turn.desk.skills.skills();
    let asks = &turn.understood.understood.asks;
    let whole = [turn.understood.text.clone()];
    let parts: &[String] = if asks.len() > 1 { asks } else { &whole };
    let mut wanted: Vec<Wanted> = corrected(turn, &skills).into_iter().collect();
    if !wanted.is_empty() {
        return wanted;
    }
    for part in parts {
        let found = match reader::read(turn.desk, turn.shop.id, &without_numbers(part)).await {
            Some(reading) => likeliest(&skills, turn, part, &reading),
            // Before the first training.
            None => alike(&skills, turn, part),
        };
        let Some(found) = found else { continue };
        if wanted.len() < MAX_WANTED && !wanted.iter().any(|it| it.skill.name == found.skill.name) {
            wanted.push(found);
        }
    }
    wanted
}

/// 「不是这单，是 SL…」 after a skill has answered: the same once more, about what is meant.
fn corrected(turn: &Turn<'_>, skills: &Skills) -> Option<Wanted> {
    let is_named = turn.names_product || !turn.understood.order_numbers.is_empty();
    let is_correction = is_named && turn.memory.flow.is_none() && skills::words::corrects(&turn.understood.said);
    let skill = skills.get(turn.memory.last_skill.as_ref().filter(|_| is_correction)?)?;
    skill.is_read_only().then(|| Wanted { skill: skill.clone(), text: turn.understood.text.clone(), chance: 1.0 })
}

/// The skill the reader is sure of; an unsure reading still counts when the message names the shopper's own order or a
/// product, since nothing else can answer about those.
fn likeliest(skills: &Skills, turn: &Turn<'_>, text: &str, reading: &Reading) -> Option<Wanted> {
    let first = reading.intents.first()?;
    let named = first.skill.as_ref().and_then(|name| skills.get(name));
    if let Some(skill) = named.filter(|_| reading.reliability >= RELIABLE_ENOUGH) {
        let chance = f64::from(reading.reliability);
        return Some(Wanted { skill: skill.clone(), text: text.to_owned(), chance });
    }
    // A rule of the shop is told by an article; what is the shopper's own is not.
    let is_named = turn.names_product || !turn.understood.order_numbers.is_empty();
    let guess = reading.intents.iter().find(|intent| intent.skill.is_some() && intent.chance >= GUESS_CHANCE);
    if let Some(skill) = guess.filter(|_| is_named).and_then(|it| skills.get(it.skill.as_ref()?)) {
        return Some(Wanted { skill: skill.clone(), text: text.to_owned(), chance: TOPIC_CHANCE });
    }
    alike(skills, turn, text)
}

fn alike(skills: &Skills, turn: &Turn<'_>, text: &str) -> Option<Wanted> {
    let language = turn.language();
    let bare = without_numbers(text);
    let mut best: Option<Wanted> = None;
    for skill in skills.iter() {
        let chance = skill.examples.of(language).iter().map(|example| likeness(example, &bare)).fold(0.0, f64::max);
        if chance >= LIKE_ENOUGH && best.as_ref().is_none_or(|known| chance > known.chance) {
            best = Some(Wanted { skill: skill.clone(), text: text.to_owned(), chance });
        }
    }
    best.or_else(|| {
        let skill = skills.get(by_topic(turn, &turn.understood)?)?.clone();
        Some(Wanted { skill, text: text.to_owned(), chance: TOPIC_CHANCE })
    })
}

/// Order numbers say nothing of what is wanted.
fn without_numbers(text: &str) -> String {
    let is_number = |piece: &str| piece.len() >= 8 && piece.bytes().filter(u8::is_ascii_digit).count() >= 6;
    text.split_inclusive(|symbol: char| !symbol.is_ascii_alphanumeric())
        .filter(|piece| !is_number(piece.trim_matches(|symbol: char| !symbol.is_ascii_alphanumeric())))
        .collect()
}

/// Rules of the shop ("多久发货") are for the articles, the shopper's own order ("我的怎么还没发货") is for the records.
fn by_topic(turn: &Turn<'_>, understood: &Understanding) -> Option<&'static str> {
    let names_order = !understood.order_numbers.is_empty();
    let is_personal = understood.is_own || names_order || turn.memory.order.is_some();
    let is_known = turn.stored.conversation.customer.is_some();
    let has_product = turn.memory.product.is_some() || turn.names_product || !turn.memory.shown.is_empty();
    let found = understood.topics.iter().find_map(|topic| match topic {
        Topic::Logistics if is_personal || is_known => Some("track_parcel"),
        Topic::RefundStatus if is_personal || is_known => Some("refund_status"),
        Topic::OrderStatus if is_personal => Some("order_status"),
        Topic::ProductStock if has_product => Some("stock"),
        Topic::ProductPrice | Topic::ProductFacts if has_product => Some("product_facts"),
        _ => None,
    });
    found.or(names_order.then_some("order_status"))
}
