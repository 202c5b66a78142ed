//! What the shopper has given already: what stands in their messages, and what the skill under way has filled.

use domain::{
    conversation::Seq,
    handoff::CardSlot,
    language::Language,
    shop::{Address, Money},
};
use serde_json::Value as Json;
use understanding::entities::{Entity, Moment, entities};

use crate::bot::Memory;

/// More than this is no help at a glance.
const MAX_SLOTS: usize = 8;
const VALUE_CHARS: usize = 80;
/// Less sure readings aren't shown.
const LEAST_CONFIDENCE: f32 = 0.6;

/// Oldest first, each value once; the latest of a kind stays when there are too many.
pub fn of(said: &[(Seq, String)], memory: &Memory, moment: &Moment, language: Language) -> Vec<CardSlot> {
    let mut slots: Vec<CardSlot> = Vec::new();
    let mut add = |slot: CardSlot| {
        let is_known = slots.iter().any(|known| known.value == slot.value || known.value.contains(&slot.value));
        if !slot.value.is_empty() && !is_known {
            slots.push(slot);
        }
    };
    for (seq, text) in said {
        for (name, value) in given(text, moment, language) {
            add(CardSlot { name: name.to_owned(), value: clip(&value), seq: Some(*seq) });
        }
    }
    for (name, value) in memory.flow.iter().flat_map(|flow| flow.slots()) {
        let Some(value) = written(value, language) else { continue };
        let source = said.iter().rev().find(|(_, text)| text.contains(&value)).or_else(|| said.last());
        add(CardSlot { name: name.to_owned(), value: clip(&value), seq: source.map(|(seq, _)| *seq) });
    }
    let surplus = slots.len().saturating_sub(MAX_SLOTS);
    slots.drain(..surplus);
    slots
}

/// Names and values of what stands in one message.
pub fn given(text: &str, moment: &Moment, language: Language) -> Vec<(&'static str, String)> {
    let found = entities(text, moment).into_iter().filter(|found| found.confidence >= LEAST_CONFIDENCE);
    let slots = found.filter_map(|found| {
        Some(match found.entity {
            Entity::OrderNumber(number) | Entity::TrackingNumber(number) => ("number", number),
            Entity::Phone(phone) => ("phone", phone),
            Entity::Email(_) => ("email", found.text),
            Entity::Address(address) => ("address", place(&address, language)),
            Entity::Amount(Money { .. }) => ("amount", found.text),
            Entity::Date(range) if range.first == range.last => ("date", range.first.to_string()),
            Entity::Size(size) => ("size", size),
            Entity::Colour(_) => ("colour", found.text),
            _ => return None,
        })
    });
    slots.collect()
}

pub fn place(address: &Address, language: Language) -> String {
    let Address { recipient, phone, province, city, district, street, postcode, .. } = address;
    let (parts, between): ([&str; 7], &str) = match language {
        Language::Zh => ([province, city, district, street, postcode, recipient, phone], " "),
        Language::En => ([street, district, city, province, postcode, recipient, phone], ", "),
    };
    parts.into_iter().filter(|part| !part.trim().is_empty()).collect::<Vec<_>>().join(between)
}

/// A slot's value as people read it; records of the shop by their title or key.
fn written(value: &Json, language: Language) -> Option<String> {
    match value {
        Json::String(text) => Some(text.clone()),
        Json::Number(number) => Some(number.to_string()),
        Json::Bool(_) | Json::Null => None,
        Json::Array(items) => {
            let items: Vec<String> = items.iter().filter_map(|item| written(item, language)).collect();
            (!items.is_empty()).then(|| items.join("、"))
        }
        Json::Object(fields) => {
            let field = |name: &str| fields.get(name).and_then(|value| written(value, language));
            field("title").or_else(|| field(language.as_str())).or_else(|| field("key")).or_else(|| field("street"))
        }
    }
}

fn clip(text: &str) -> String {
    match text.char_indices().nth(VALUE_CHARS) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use domain::time::Timestamp;
    use jiff::tz::TimeZone;

    use super::*;

    fn moment() -> Moment {
        Moment::new(Timestamp(1_795_000_000_000), TimeZone::UTC)
    }

    #[test]
    fn what_was_given_is_on_the_card_once() {
        let said = [
            (4, "电话13900001234，邮箱 a.b@example.com 单号SL2026112200017".to_owned()),
            (6, "13900001234 再说一遍，退我 35 元".to_owned()),
        ];
        let slots = of(&said, &Memory::default(), &moment(), Language::Zh);
        let names: Vec<_> = slots.iter().map(|slot| (slot.name.as_str(), slot.seq)).collect();
        assert_eq!(names, [("phone", Some(4)), ("email", Some(4)), ("number", Some(4)), ("amount", Some(6))]);
    }

    #[test]
    fn values_of_skills_read_like_words() {
        assert_eq!(written(&serde_json::json!({"key": "SL1", "title": {"zh": "帐篷"}}), Language::Zh).unwrap(), "帐篷");
        assert_eq!(written(&serde_json::json!(["a", "b"]), Language::Zh).unwrap(), "a、b");
        assert_eq!(written(&serde_json::json!(null), Language::Zh), None);
    }
}
