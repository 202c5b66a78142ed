//! Reading a slot's value from what the shopper said. `is_answer`: it was asked for this slot, so that short answers
//! count; otherwise only what can't be meant otherwise.

use domain::shop::VariantKey;
use serde_json::{Value as Json, json};

use super::{
    flow::{Flow, Move},
    invoice::{missing_parts, read_invoice_parts},
    progress::Message,
};
use crate::{
    skill::{Kind, Slot},
    tool::Call,
    words::{self, fold, has},
};

/// Characters of a text slot: as long as a message may be said twice over, no longer.
const USUAL_TEXT_CHARS: usize = 500;
/// Products asked about one by one when several are named.
const MAX_PRODUCTS: usize = 3;

pub(super) enum Reading {
    Value(Json),
    /// Narrowed down to these.
    Several(Vec<Json>),
    /// Something was given that isn't there; this is said of it.
    Wrong(&'static str),
    Nothing,
}

impl Reading {
    fn of(value: Option<Json>) -> Self {
        value.filter(|it| !it.is_null()).map_or(Self::Nothing, Self::Value)
    }

    fn among(mut found: Vec<Json>) -> Self {
        match found.len() {
            0 => Self::Nothing,
            1 => Self::Value(found.remove(0)),
            _ => Self::Several(found),
        }
    }
}

impl Flow<'_> {
    pub fn read(&mut self, slot: &Slot, message: &Message, is_answer: bool) -> Move<Reading> {
        Ok(match slot.kind {
            Kind::Order => self.read_order(slot, message, is_answer)?,
            Kind::Item | Kind::Items => self.read_items(slot, message, is_answer)?,
            Kind::Product => self.read_product(slot, message)?,
            Kind::Variant => self.read_variant(slot, message)?,
            Kind::Choice => Reading::of(choice(slot, &message.text).or_else(|| {
                let reasons = message.reasons.iter().filter(|_| slot.name == "reason");
                let mut options = reasons.filter_map(|it| slot.options.iter().find(|option| option.value == *it));
                options.next().map(choice_value)
            })),
            Kind::Address => {
                Reading::of(message.address.as_ref().map(address).or_else(|| self.with_phone(message, is_answer)))
            }
            Kind::Date => Reading::of(message.days.first().map(|day| json!(day))),
            Kind::Amount => Reading::of(message.amounts.first().map(|it| json!(it))),
            Kind::Phone => Reading::of(message.phones.first().map(|it| json!(it))),
            Kind::Email => Reading::of(message.emails.first().map(|it| json!(it))),
            Kind::Picture => {
                let pictures: Vec<&String> = message.pictures.iter().take(slot.at_most.unwrap_or(usize::MAX)).collect();
                Reading::of((!pictures.is_empty()).then(|| json!(pictures)))
            }
            Kind::YesNo => Reading::of(message.agrees.map(Json::Bool)),
            Kind::Text => {
                let text = message.text.trim();
                let fits = text.chars().count() <= slot.at_most.unwrap_or(USUAL_TEXT_CHARS);
                let wanted = (is_answer || slot.from.message) && text.chars().any(char::is_alphanumeric);
                Reading::of((fits && wanted).then(|| json!(text)))
            }
            Kind::Invoice => self.read_invoice(slot, message, is_answer),
        })
    }

    /// 「电话改成 139…」: everything else of the order's address stays.
    fn with_phone(&self, message: &Message, is_answer: bool) -> Option<Json> {
        let phone = message.phones.first().filter(|_| is_answer)?;
        let order = self.progress.slots.values().find(|value| value.get("items").is_some())?;
        let mut present: domain::shop::Address = serde_json::from_value(order["address"].clone()).ok()?;
        present.phone.clone_from(phone);
        Some(address(&present))
    }

    fn read_order(&mut self, slot: &Slot, message: &Message, is_answer: bool) -> Move<Reading> {
        let mut is_unknown = false;
        if !message.numbers.is_empty() {
            let orders = self.need(Call::Orders)?;
            for number in &message.numbers {
                let found = orders.as_array().into_iter().flatten().find(|order| is_called(order, number)).cloned();
                let order = match found {
                    Some(order) => order,
                    None => self.need(Call::Order { order: number.clone() })?,
                };
                // Named is named: whether it fits, the steps and the policies say better than silence.
                if !order.is_null() {
                    return Ok(Reading::Value(order));
                }
                is_unknown = true;
            }
        }
        if is_unknown {
            return Ok(Reading::Wrong(words::unknown_order(self.scene.voice.language)));
        }
        let mut found = self.candidates(slot, false)?;
        if message.products.is_empty() && message.days.is_empty() && !words::says_latest(&message.text) {
            // "The shoes" name no product of the catalogue, and yet one order.
            return Ok(match &by_titles(&fold(&message.text), &found)[..] {
                [only] => Reading::Value(only.clone()),
                _ => Reading::Nothing,
            });
        }
        let is_product = |order: &Json| {
            let items = order["items"].as_array().into_iter().flatten();
            items.clone().any(|item| message.products.iter().any(|named| item["product"] == named.as_str()))
        };
        if found.iter().any(is_product) {
            found.retain(is_product);
        } else if !message.products.is_empty() {
            // Named is named, as with a number: another order, because it is in view, would be the wrong one.
            let all = self.need(Call::Orders)?;
            let named = all.as_array().into_iter().flatten().filter(|order| is_product(order)).cloned().collect();
            return Ok(Reading::among(named));
        }
        let zone = jiff::tz::TimeZone::get(&self.scene.voice.zone).unwrap_or(jiff::tz::TimeZone::UTC);
        let placed_on = |order: &Json| {
            let at = jiff::Timestamp::from_millisecond(order["placed_at"].as_i64()?).ok()?;
            Some(at.to_zoned(zone.clone()).date().to_string())
        };
        let is_of_day = |order: &Json| placed_on(order).is_some_and(|day| message.days.contains(&day));
        if found.iter().any(is_of_day) {
            found.retain(is_of_day);
        } else if message.products.is_empty() && !words::says_latest(&message.text) && !is_answer {
            return Ok(Reading::Nothing);
        }
        if words::says_latest(&message.text) {
            found.truncate(1);
        }
        Ok(Reading::among(found))
    }

    fn read_items(&mut self, slot: &Slot, message: &Message, is_answer: bool) -> Move<Reading> {
        let candidates = self.candidates(slot, false)?;
        let asked_for = pieces(&candidates, &message.items);
        if !asked_for.is_empty() {
            return Ok(match slot.kind {
                Kind::Items => Reading::Value(Json::Array(asked_for)),
                _ => Reading::among(asked_for),
            });
        }
        if is_answer && slot.kind == Kind::Items && words::says_all(&message.text) {
            return Ok(Reading::of((!candidates.is_empty()).then_some(Json::Array(candidates))));
        }
        let is_product = |item: &&Json| message.products.iter().any(|named| item["product"] == named.as_str());
        let mut found: Vec<Json> = candidates.iter().filter(is_product).cloned().collect();
        if found.is_empty() {
            found = candidates.clone();
        }
        let text = spoken_options(message);
        let by_title = by_title(&text, &found);
        let is_titled = !by_title.is_empty();
        if is_titled {
            found = by_title;
        }
        let by_option: Vec<Json> =
            found.iter().filter(|item| is_named(&text, message, &item["options"])).cloned().collect();
        if !by_option.is_empty() {
            found = by_option;
        } else if !is_titled && found.len() == candidates.len() && !candidates.iter().any(|item| is_product(&item)) {
            return Ok(Reading::Nothing);
        }
        Ok(match slot.kind {
            Kind::Items => {
                found.truncate(slot.at_most.unwrap_or(usize::MAX));
                Reading::Value(Json::Array(found))
            }
            _ => Reading::among(found),
        })
    }

    fn read_product(&mut self, slot: &Slot, message: &Message) -> Move<Reading> {
        let mut found = Vec::new();
        for key in message.likely.iter().take(MAX_PRODUCTS) {
            let product = self.need(Call::Product { product: key.0.clone() })?;
            let fits = match &slot.filter {
                Some(filter) if !product.is_null() => self.holds(filter, &[("candidate", product.clone())])?,
                _ => !product.is_null(),
            };
            if fits {
                found.push(product);
            }
        }
        // Two are named and two are wanted: this is the first of them.
        let is_open = |other: &&Slot| other.kind == Kind::Product && !self.progress.slots.contains_key(&other.name);
        if found.len() > 1 && found.len() == self.skill.slots.iter().filter(is_open).count() {
            found.truncate(1);
        }
        Ok(Reading::among(found))
    }

    fn read_variant(&mut self, slot: &Slot, message: &Message) -> Move<Reading> {
        let text = spoken_options(message);
        let candidates = self.candidates(slot, false)?;
        if let Some(wanted) = candidates.iter().find(|it| message.variants.iter().any(|key| it["key"] == key.as_str()))
        {
            return Ok(Reading::Value(wanted.clone()));
        }
        let base = self.base(slot).and_then(|base| base.get("options").cloned());
        let kept = base.map(|options| fold(options["zh"].as_str().unwrap_or_default()));
        // 「45 升改成 60 升」 names both; the one there is already is not what is wanted.
        let is_kept = |value: &Json| {
            let value = fold(value["zh"].as_str().unwrap_or_default());
            kept.as_ref().is_some_and(|kept| !value.is_empty() && has(kept, &value))
        };
        let named = |variant: &Json| {
            let options = variant["options"].as_array().into_iter().flatten();
            options.filter(|option| !is_kept(&option["value"]) && is_named(&text, message, &option["value"])).count()
        };
        let most = candidates.iter().map(named).max().unwrap_or_default();
        if most == 0 {
            return Ok(Reading::Nothing);
        }
        let found: Vec<Json> = candidates.into_iter().filter(|variant| named(variant) == most).collect();
        // 「红色的」 for a jacket in M: the red one in M rather than a question about the size.
        let Some(words) = &kept else { return Ok(Reading::among(found)) };
        let shared = |variant: &Json| {
            let options = variant["options"].as_array().into_iter().flatten();
            options.filter(|option| has(words, &fold(option["value"]["zh"].as_str().unwrap_or_default()))).count()
        };
        let closest = found.iter().map(shared).max().unwrap_or_default();
        Ok(Reading::among(found.into_iter().filter(|variant| shared(variant) == closest).collect()))
    }

    fn read_invoice(&mut self, slot: &Slot, message: &Message, is_answer: bool) -> Reading {
        let mut known = self
            .progress
            .partial
            .get(&slot.name)
            .cloned()
            .unwrap_or_else(|| json!({ "kind": null, "title": null, "tax_number": null, "email": null }));
        let before = known.clone();
        let orders: Vec<String> = self.order_keys();
        read_invoice_parts(&mut known, message, is_answer, &orders);
        if is_answer || known != before {
            self.progress.partial.insert(slot.name.clone(), known.clone());
        }
        let is_complete = missing_parts(&known).is_empty();
        if is_complete { Reading::Value(known) } else { Reading::Nothing }
    }

    /// An order's number isn't a tax number, though it may look like one.
    fn order_keys(&self) -> Vec<String> {
        self.progress.slots().filter_map(|(_, value)| value["key"].as_str().map(str::to_owned)).collect()
    }

    pub fn missing(&self, slot: &Slot) -> Json {
        let known = self.progress.partial.get(&slot.name).cloned().unwrap_or_default();
        json!(missing_parts(&known))
    }
}

/// As many of the pieces as were asked for, by their variants.
fn pieces(candidates: &[Json], asked_for: &[VariantKey]) -> Vec<Json> {
    let mut left: Vec<&Json> = candidates.iter().collect();
    let mut found = Vec::new();
    for key in asked_for {
        if let Some(at) = left.iter().position(|item| item["variant"] == key.as_str()) {
            found.push(left.remove(at).clone());
        }
    }
    found
}

fn is_called(order: &Json, number: &str) -> bool {
    let is = |text: &Json| text.as_str().is_some_and(|text| text.eq_ignore_ascii_case(number));
    is(&order["key"])
        || order["shipments"].as_array().into_iter().flatten().any(|shipment| is(&shipment["tracking_number"]))
}

/// Words of a title that tell nothing.
const PLAIN_WORDS: &[&str] = &["the", "and", "for", "with", "set", "of", "a"];

/// The items whose title has most in common with what was said; none when nothing tells them apart from nothing.
fn by_title(text: &str, items: &[Json]) -> Vec<Json> {
    let spoken: Vec<&str> =
        text.split(|symbol: char| !symbol.is_ascii_alphanumeric()).filter(|it| it.len() > 2).collect();
    let strength = |item: &Json| {
        let english = fold(item["title"]["en"].as_str().unwrap_or_default());
        let words = english.split(|symbol: char| !symbol.is_ascii_alphanumeric());
        let words = words.filter(|word| word.len() > 2 && !PLAIN_WORDS.contains(word));
        let named = words.filter(|word| spoken.iter().any(|said| said == word || said.strip_suffix('s') == Some(word)));
        named.count() + common_characters(text, &fold(item["title"]["zh"].as_str().unwrap_or_default())) / 2
    };
    let most = items.iter().map(strength).max().unwrap_or_default();
    if most == 0 {
        return Vec::new();
    }
    items.iter().filter(|item| strength(item) == most).cloned().collect()
}

/// The orders whose items have most in common with what was said.
fn by_titles(text: &str, orders: &[Json]) -> Vec<Json> {
    let items = |order: &Json| order["items"].as_array().cloned().unwrap_or_default();
    let all: Vec<Json> = orders.iter().flat_map(items).collect();
    let named = by_title(text, &all);
    let has_named = |order: &&Json| items(order).iter().any(|item| named.contains(item));
    orders.iter().filter(has_named).cloned().collect()
}

/// The longest run of Chinese characters in both.
fn common_characters(text: &str, title: &str) -> usize {
    let title: Vec<char> = title.chars().filter(|symbol| !symbol.is_ascii()).collect();
    (1..=title.len())
        .rev()
        .find(|length| title.windows(*length).any(|run| text.contains(&run.iter().collect::<String>())))
        .unwrap_or_default()
}

/// What was said, with units as catalogues write them.
fn spoken_options(message: &Message) -> String {
    fold(&message.text).replace('升', " l ").replace("公斤", " kg ")
}

fn is_named(text: &str, message: &Message, value: &Json) -> bool {
    // 「粉色」 is what the catalogue calls 樱花粉.
    let is_colour = |name: &str| {
        let (zh, en) = (value["zh"].as_str().unwrap_or_default(), value["en"].as_str().unwrap_or_default());
        zh.contains(name) || has(&fold(en), &fold(name))
    };
    names_option(text, value) || message.colours.iter().any(|name| is_colour(name))
}

/// Whether a text names an option such as 「沙色」 / "Sand", or one of several as in 「藏青 / 45 L」.
fn names_option(text: &str, value: &Json) -> bool {
    let squeezed: String = text.chars().filter(|symbol| !symbol.is_whitespace()).collect();
    [&value["zh"], &value["en"]].into_iter().filter_map(Json::as_str).any(|value| {
        value.split([' ', '/', '·', ',']).map(fold).chain([fold(value)]).any(|part| {
            let core = part.strip_suffix('色').unwrap_or(&part);
            let is_whole =
                part.chars().count() >= 2 && (has(text, &part) || squeezed.contains(&part) && !part.is_ascii());
            // 「红的」 is 「红色」.
            let is_short = core != part && squeezed.contains(&format!("{core}的"));
            is_whole || is_short
        })
    })
}

fn choice(slot: &Slot, text: &str) -> Option<Json> {
    let text = fold(text);
    let strength = |option: &crate::skill::ChoiceOption| {
        let labels = [&option.label.zh, &option.label.en];
        labels.into_iter().chain(&option.says).map(|it| fold(it)).filter(|it| has(&text, it)).map(|it| it.len()).max()
    };
    let best = slot.options.iter().filter_map(|option| Some((strength(option)?, option))).max_by_key(|(size, _)| *size);
    best.map(|(_, option)| choice_value(option))
}

pub(super) fn choice_value(option: &crate::skill::ChoiceOption) -> Json {
    json!({ "value": option.value, "zh": option.label.zh, "en": option.label.en })
}

/// An address as a record; the phone number is shortened where it is printed.
fn address(address: &domain::shop::Address) -> Json {
    let mut record = serde_json::to_value(address).unwrap_or_default();
    record["line"] = json!(address_line(address));
    record
}

/// All of an address in one line, the phone number shortened.
pub fn address_line(address: &domain::shop::Address) -> String {
    let digits: Vec<char> = address.phone.chars().collect();
    let phone = if digits.len() >= 8 {
        let (head, tail) = (&digits[..3], &digits[digits.len() - 4..]);
        format!("{}****{}", head.iter().collect::<String>(), tail.iter().collect::<String>())
    } else {
        address.phone.clone()
    };
    let place = [&address.province, &address.city, &address.district, &address.street];
    let is_latin = address.street.is_ascii();
    let mut place: Vec<&str> = place.into_iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    place.dedup();
    let place = if is_latin {
        place.reverse();
        place.join(", ")
    } else {
        place.concat()
    };
    let parts = [address.recipient.as_str(), &phone, &place];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}
