//! Whether an agent asks the shopper for what is known already: on the card, in the conversation, or in the shop's
//! records. A hint before sending, and a measure afterwards; it never keeps anybody from sending.

// Word lists read better in rows than one to a line.
#[rustfmt::skip]
mod words;

use domain::{
    conversation::{Event, Fact, Seq},
    id::ConversationId,
    language::Language,
    message::Body,
};
use serde::Serialize;
use store::{AgentAsk, Staff};
use understanding::text::{find, has_any, normal};

use super::{card, moment, order_of, slots};
use crate::{bot::Memory, conversations, desk::Desk, error::Result, settings::ShopSettings};

/// Events looked back on.
const EVENTS: i64 = 400;

/// What can be asked of a shopper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Thing {
    Order,
    Phone,
    Address,
    Name,
    Email,
    Photo,
    Reason,
    Product,
    Size,
    Colour,
}

impl Thing {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Order => "order",
            Self::Phone => "phone",
            Self::Address => "address",
            Self::Name => "name",
            Self::Email => "email",
            Self::Photo => "photo",
            Self::Reason => "reason",
            Self::Product => "product",
            Self::Size => "size",
            Self::Colour => "colour",
        }
    }
}

/// Something known, and where it was said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Known {
    pub thing: Thing,
    pub value: String,
    pub seq: Option<Seq>,
}

/// What a message asks the shopper for; each once.
pub fn asks_for(text: &str) -> Vec<Thing> {
    let mut things = Vec::new();
    for clause in clauses(&normal(text)) {
        if tells(&clause) {
            continue;
        }
        for (thing, asked, named) in words::THINGS {
            let is_asked = has_any(&clause, asked) || (has_any(&clause, named) && has_any(&clause, words::ASKING));
            if is_asked && !things.contains(thing) {
                things.push(*thing);
            }
        }
    }
    things
}

/// Whether a clause says that something is known. «原因是» tells, and asks when 「什么」 follows.
fn tells(clause: &str) -> bool {
    words::KNOWN.iter().any(|known| {
        let rest = find(clause, known).map(|start| clause[start + known.len()..].trim_start());
        rest.is_some_and(|rest| !words::ASKED.iter().any(|asked| rest.starts_with(asked)))
    })
}

/// Sentences and their parts, with the question mark that ends one. A short English part goes on with a list: «your
/// name, phone and address».
fn clauses(folded: &str) -> Vec<String> {
    const SHORT_WORDS: usize = 4;
    let mut clauses: Vec<String> = Vec::new();
    for piece in folded.split_inclusive([',', ';', '.', '!', '?', '。', '\n']) {
        let is_short = piece.is_ascii() && piece.split_whitespace().count() <= SHORT_WORDS;
        match clauses.last_mut() {
            Some(last) if is_short && last.ends_with(',') => last.push_str(piece),
            _ => clauses.push(piece.to_owned()),
        }
    }
    clauses.retain(|clause| clause.chars().any(char::is_alphanumeric));
    clauses
}

/// What an agent's draft would ask for although it is known, with the value to insert instead.
pub async fn hints(desk: &Desk, id: ConversationId, by: &Staff, draft: &str) -> Result<Vec<Known>> {
    let stored = conversations::of_staff(desk, id, by).await?;
    let asked = asks_for(draft);
    if asked.is_empty() {
        return Ok(Vec::new());
    }
    let known = known(desk, &stored, None).await?;
    Ok(known.into_iter().filter(|it| asked.contains(&it.thing)).collect())
}

/// Keeps what a sent message asked for. Sending doesn't depend on it.
pub async fn record(desk: &Desk, id: ConversationId, by: &Staff, seq: Seq, text: &str) -> Result<()> {
    let Some(stored) = desk.store.conversation(id).await? else { return Ok(()) };
    let asked = asks_for(text);
    let again = if asked.is_empty() {
        0
    } else {
        let known = known(desk, &stored, Some(seq)).await?;
        asked.iter().filter(|thing| known.iter().any(|it| it.thing == **thing)).count()
    };
    let ask = AgentAsk {
        conversation: id,
        seq,
        shop: stored.conversation.shop,
        staff: by.id,
        at: desk.now(),
        asked: asked.len() as i64,
        again: again as i64,
    };
    Ok(desk.store.add_agent_ask(&ask).await?)
}

/// The latest of each thing, from before an event.
async fn known(desk: &Desk, stored: &store::Stored, before: Option<Seq>) -> Result<Vec<Known>> {
    let conversation = &stored.conversation;
    let from = (conversation.seq - EVENTS).max(0);
    let rows = desk.store.events(conversation.id, from, EVENTS).await?;
    let events: Vec<(Event, Option<Body>)> = rows
        .into_iter()
        .map(|row| (row.event, row.body.and_then(|json| serde_json::from_str(&json).ok())))
        .filter(|(event, _): &(Event, _)| before.is_none_or(|seq| event.seq < seq))
        .collect();
    let said = card::said(&events);
    let shop = desk.store.shop(conversation.shop).await?;
    let settings = shop.as_ref().map(ShopSettings::of).transpose()?.unwrap_or_default();
    let memory = Memory::read(stored.memory.as_deref());
    let slots = slots::of(&said, &memory, &moment(desk, &settings), conversation.language);
    let mut known: Vec<Known> = slots
        .into_iter()
        .filter_map(|slot| Some(Known { thing: thing_of(&slot.name)?, value: slot.value, seq: slot.seq }))
        .collect();
    known.extend(photos(&events));
    known.extend(reason(&said));
    if let Some(order) = order_of(desk, conversation, &memory, &said).await {
        let seq = said.iter().rev().find(|(_, text)| text.contains(order.key.as_str())).map(|(seq, _)| *seq);
        known.push(Known { thing: Thing::Order, value: order.key.to_string(), seq });
        let address = slots::place(&order.address, conversation.language);
        known.push(Known { thing: Thing::Address, value: address, seq: None });
        if let [only] = &order.lines[..] {
            let title = only.title.in_language(conversation.language).to_owned();
            known.push(Known { thing: Thing::Product, value: title, seq: None });
        }
        if !order.address.phone.is_empty() {
            known.push(Known { thing: Thing::Phone, value: order.address.phone.clone(), seq: None });
        }
    }
    if let Some(name) = desk.store.shopper(conversation.shopper).await?.and_then(|shopper| shopper.name) {
        known.push(Known { thing: Thing::Name, value: name, seq: None });
    }
    if let (Some(product), Some(connector)) = (&memory.product, desk.connector(conversation.shop))
        && let Ok(product) = connector.product(product).await
    {
        let title = product.title.in_language(conversation.language).to_owned();
        known.push(Known { thing: Thing::Product, value: title, seq: None });
    }
    Ok(each_once(known))
}

/// What was said itself comes before what the records have, and the latest before the earlier.
fn each_once(known: Vec<Known>) -> Vec<Known> {
    let mut kept: Vec<Known> = Vec::new();
    for it in known {
        match kept.iter_mut().find(|kept| kept.thing == it.thing) {
            None => kept.push(it),
            Some(earlier) if it.seq.is_some() && it.seq > earlier.seq => *earlier = it,
            Some(_) => {}
        }
    }
    kept.retain(|it| !it.value.trim().is_empty());
    kept
}

fn thing_of(slot: &str) -> Option<Thing> {
    Some(match slot {
        "number" | "order" | "order_number" => Thing::Order,
        "phone" => Thing::Phone,
        "email" => Thing::Email,
        "address" => Thing::Address,
        "name" | "recipient" => Thing::Name,
        "reason" => Thing::Reason,
        "item" | "items" | "product" => Thing::Product,
        "size" => Thing::Size,
        "colour" => Thing::Colour,
        _ => return None,
    })
}

fn photos(events: &[(Event, Option<Body>)]) -> Option<Known> {
    events.iter().rev().find_map(|(event, body)| {
        let is_said = matches!(event.fact, Fact::ShopperSaid { .. });
        let picture = body.as_ref()?.attachments.iter().find(|file| file.media_type.starts_with("image/"))?;
        is_said.then(|| Known { thing: Thing::Photo, value: picture.name.clone(), seq: Some(event.seq) })
    })
}

/// The latest message that says why.
fn reason(said: &[(Seq, String)]) -> Option<Known> {
    let says_why = |text: &str| has_any(&normal(text), words::REASONS);
    let (seq, text) = said.iter().rev().find(|(_, text)| says_why(text))?;
    Some(Known { thing: Thing::Reason, value: text.trim().to_owned(), seq: Some(*seq) })
}

/// What the hint calls a thing.
pub const fn thing_text(thing: Thing, language: Language) -> &'static str {
    let (zh, en) = match thing {
        Thing::Order => ("订单号", "order number"),
        Thing::Phone => ("电话", "phone number"),
        Thing::Address => ("地址", "address"),
        Thing::Name => ("姓名", "name"),
        Thing::Email => ("邮箱", "e-mail"),
        Thing::Photo => ("照片", "photo"),
        Thing::Reason => ("原因", "reason"),
        Thing::Product => ("商品", "product"),
        Thing::Size => ("尺码", "size"),
        Thing::Colour => ("颜色", "colour"),
    };
    match language {
        Language::Zh => zh,
        Language::En => en,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[derive(serde::Deserialize)]
    struct Sentence {
        text: String,
        asks: Vec<Thing>,
    }

    const LIST: &str = include_str!("../../../../../content/evaluation/asked_again.yaml");

    #[test]
    fn finds_what_agents_ask_for_in_both_languages() {
        let sentences: Vec<Sentence> = serde_yaml_ng::from_str(LIST).unwrap();
        assert!(sentences.len() >= 80, "{}", sentences.len());
        for is_chinese in [true, false] {
            let (mut right, mut told, mut true_ones) = (0, 0, 0);
            let mut wrong = Vec::new();
            let own = |text: &str| text.chars().any(understanding::text::is_han) == is_chinese;
            for sentence in sentences.iter().filter(|it| own(&it.text)) {
                let found: BTreeSet<Thing> = asks_for(&sentence.text).into_iter().collect();
                let wanted: BTreeSet<Thing> = sentence.asks.iter().copied().collect();
                right += found.intersection(&wanted).count();
                told += found.len();
                true_ones += wanted.len();
                if found != wanted {
                    wrong.push(format!("{}: {found:?}", sentence.text));
                }
            }
            let (precision, recall) = (right as f64 / told as f64, right as f64 / true_ones as f64);
            println!("Chinese {is_chinese}: precision {precision:.3}, recall {recall:.3} of {true_ones}; {wrong:#?}");
            assert!(precision >= 0.9 && recall >= 0.9, "{precision} {recall} {wrong:#?}");
        }
    }

    #[test]
    fn the_latest_said_comes_before_the_records() {
        let known = |value: &str, seq| Known { thing: Thing::Phone, value: value.into(), seq };
        let kept = each_once(vec![known("1", Some(2)), known("2", Some(5)), known("record", None)]);
        assert_eq!(kept, [known("2", Some(5))]);
    }
}
