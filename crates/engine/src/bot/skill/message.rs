//! What the shopper said, as skills read it: entities by `understanding`, products by the shop's catalogue.

use domain::{message::Body, shop::ProductKey};
use skills::{Message, Skill, skill::Kind};
use understanding::{
    acts::{Reply, reply_of},
    entities::{Entity, colour_names},
};

use crate::bot::{memory::Memory, pointing::pointed, turn::Turn};

/// Mentions scored this close to the best are as likely meant.
const CLOSE_SCORE: f64 = 0.08;
/// Products looked at when a message names many.
const MAX_PRODUCTS: usize = 8;
/// Days of a range that an order or a delivery could be of; longer ranges name no day.
const MAX_DAYS: usize = 7;
/// Entities less sure than this are not filled in unasked.
const SURE: f32 = 0.6;

/// The unanswered messages as one.
pub async fn read(turn: &Turn<'_>, bodies: &[&Body]) -> Message {
    let text = turn.understood.said.clone();
    let mut message = Message::said(&text);
    match reply_of(&text) {
        Reply::Cancel => message.calls_off = true,
        Reply::Correct { .. } => message.corrects = true,
        Reply::Yes { rest } if rest.is_empty() => message.agrees = Some(true),
        Reply::No { rest } if rest.is_empty() => message.agrees = Some(false),
        _ => {}
    }
    message.asks = turn.understood.asks_something();
    message.wishes = turn.understood.wants_something();
    message.numbers = turn.understood.order_numbers.clone();
    for found in turn.understood.understood.entities.iter().filter(|found| found.confidence >= SURE) {
        note(&mut message, found.entity.clone());
    }
    message.numbers.dedup();
    message.pictures = bodies
        .iter()
        .flat_map(|body| &body.attachments)
        .filter(|file| file.media_type.starts_with("image/"))
        .map(|file| file.file.to_string())
        .collect();
    if let Some(connector) = turn.desk.connector(turn.shop.id) {
        let mentioned = connector.mentions(&turn.understood.text).await.unwrap_or_default();
        let best = mentioned.first().map_or(0.0, |scored| scored.score);
        message.likely = keys(mentioned.iter().filter(|scored| best - scored.score <= CLOSE_SCORE));
        message.products = keys(mentioned.iter());
    }
    message
}

/// 「第一个和第二个」 of a list names products for a skill that is about products; elsewhere positions are those of orders
/// and answers.
pub fn point(message: &mut Message, skill: &Skill, memory: &Memory) {
    if message.products.is_empty() && skill.slots.iter().any(|slot| slot.kind == Kind::Product) {
        message.products = pointed(&message.text, memory);
        message.likely.clone_from(&message.products);
    }
}

fn keys<'a>(mentioned: impl Iterator<Item = &'a crate::shop::Scored>) -> Vec<ProductKey> {
    mentioned.take(MAX_PRODUCTS).map(|scored| scored.product.clone()).collect()
}

fn note(message: &mut Message, entity: Entity) {
    match entity {
        Entity::OrderNumber(number) | Entity::TrackingNumber(number)
            if !message.numbers.iter().any(|known| known.eq_ignore_ascii_case(&number)) =>
        {
            message.numbers.push(number);
        }
        Entity::Phone(phone) => message.phones.push(phone),
        Entity::Email(email) => message.emails.push(email),
        Entity::Address(address) => message.address = Some(*address),
        Entity::Date(range) => {
            let days: Vec<String> = range
                .first
                .series(jiff::Span::new().days(1))
                .take_while(|day| *day <= range.last)
                .take(MAX_DAYS + 1)
                .map(|day| day.to_string())
                .collect();
            if days.len() <= MAX_DAYS {
                message.days.extend(days);
            }
        }
        Entity::Colour(key) => message.colours.extend(colour_names(key).map(str::to_owned)),
        Entity::Amount(money) => message.amounts.push(money),
        _ => {}
    }
}
