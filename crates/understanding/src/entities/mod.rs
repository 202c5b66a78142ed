//! What stands in a message that a shop can use: numbers, contacts, addresses, dates, amounts, choices. Each with its
//! place in the text, its value and how sure it is. Products are found against the catalogue, elsewhere.

mod address;
mod amounts;
mod contacts;
mod dates;
mod days;
mod divisions;
mod folded;
mod names;
pub mod numerals;
mod options;
#[cfg(test)]
mod tests;

use domain::{
    shop::{Address, Money},
    time::Timestamp,
};
use jiff::{civil::Date, tz::TimeZone};
use serde::Serialize;

pub(crate) use address::STATES;
pub use address::chinese_address;
pub(crate) use contacts::pattern;
pub(crate) use divisions::place_in;
use folded::Folded;

pub use options::{COLOURS, colour_names};

/// Longer texts are read up to here: more is a paste, and every pattern would be tried on it.
const MAX_CHARS: usize = 4_000;

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", content = "value", rename_all = "snake_case")]
pub enum Entity {
    /// As the shop writes it: upper case, without `#`.
    OrderNumber(String),
    TrackingNumber(String),
    /// Digits, with `+` and the country if it was given.
    Phone(String),
    Email(String),
    Address(Box<Address>),
    /// A province or city that is not part of an address: 「发到新疆要几天」.
    Place(Place),
    Date(DateRange),
    /// Hours of a day, the second exclusive: 下午 is 12 to 18, 3pm is 15 to 16.
    Hours {
        from: u8,
        until: u8,
    },
    Amount(Money),
    Quantity(Quantity),
    /// The key of a colour, such as `red`.
    Colour(&'static str),
    /// As the shop writes it: XL, 42, 大号.
    Size(String),
    /// The place in a list that was shown, from 0; -1 is the last, -2 the one before.
    Ordinal(i32),
    Postcode(String),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Place {
    pub province: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
}

/// Days in the shop's time zone, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct DateRange {
    pub first: Date,
    pub last: Date,
}

impl DateRange {
    pub const fn day(day: Date) -> Self {
        Self { first: day, last: day }
    }

    /// From the first moment of the first day to the first one after the last day.
    pub fn moments(&self, zone: &TimeZone) -> Option<(Timestamp, Timestamp)> {
        let begin = |day: Date| {
            let zoned = day.to_zoned(zone.clone()).ok()?;
            Some(Timestamp(zoned.timestamp().as_millisecond()))
        };
        Some((begin(self.first)?, begin(self.last.tomorrow().ok()?)?))
    }

    pub fn contains(&self, at: Timestamp, zone: &TimeZone) -> bool {
        self.moments(zone).is_some_and(|(from, until)| from <= at && at < until)
    }
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Quantity {
    pub count: f64,
    /// As it was written: 件, pairs; empty when none was.
    pub unit: String,
}

/// An entity and where it stands.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Found {
    /// Bytes of the text that was read.
    pub start: usize,
    pub end: usize,
    pub text: String,
    #[serde(flatten)]
    pub entity: Entity,
    /// From 0 to 1; below 0.6 a skill should ask before it uses the value.
    pub confidence: f32,
}

/// What the reading of dates depends on.
#[derive(Debug, Clone)]
pub struct Moment {
    pub now: Timestamp,
    pub zone: TimeZone,
}

impl Moment {
    pub fn new(now: Timestamp, zone: TimeZone) -> Self {
        Self { now, zone }
    }

    fn today(&self) -> Option<Date> {
        let now = jiff::Timestamp::from_millisecond(self.now.0).ok()?;
        Some(now.to_zoned(self.zone.clone()).date())
    }
}

/// A hit in the folded text.
#[derive(Debug)]
struct Hit {
    start: usize,
    end: usize,
    entity: Entity,
    confidence: f32,
}

impl Hit {
    fn new(start: usize, end: usize, entity: Entity, confidence: f32) -> Self {
        Self { start, end, entity, confidence }
    }
}

/// Everything found, in the order of the text. What overlaps is read once, as what it more likely is.
pub fn entities(text: &str, moment: &Moment) -> Vec<Found> {
    let cut = text.char_indices().nth(MAX_CHARS).map_or(text, |(end, _)| &text[..end]);
    let folded = Folded::new(cut);
    let mut hits = contacts::find(&folded.text);
    hits.extend(address::find(&folded.text, cut, &folded, &hits));
    hits.extend(dates::find(&folded.text, moment));
    hits.extend(amounts::find(&folded.text));
    hits.extend(options::find(&folded.text));
    kept(hits, cut, &folded)
}

fn kept(mut hits: Vec<Hit>, cut: &str, folded: &Folded) -> Vec<Found> {
    let mut kept: Vec<Hit> = Vec::new();
    // `find`s come in the order of trust, and within one the longer reading says more.
    hits.sort_by_key(|hit| (rank(&hit.entity), std::cmp::Reverse(hit.end - hit.start), hit.start));
    for hit in hits {
        if hit.start < hit.end && kept.iter().all(|other| hit.end <= other.start || other.end <= hit.start) {
            kept.push(hit);
        }
    }
    kept.sort_by_key(|hit| hit.start);
    kept.into_iter()
        .map(|hit| {
            let (start, end) = (folded.place(hit.start), folded.place(hit.end));
            Found { start, end, text: cut[start..end].to_owned(), entity: hit.entity, confidence: hit.confidence }
        })
        .collect()
}

/// Colours, sizes and places in a list only: what needs no moment.
pub fn choices(text: &str) -> Vec<Found> {
    let folded = Folded::new(text);
    kept(options::find(&folded.text), text, &folded)
}

/// Lower is trusted before higher where two readings overlap.
const fn rank(entity: &Entity) -> u8 {
    match entity {
        Entity::Email(_) => 0,
        Entity::Phone(_) => 1,
        Entity::OrderNumber(_) | Entity::TrackingNumber(_) => 2,
        Entity::Address(_) => 3,
        Entity::Postcode(_) => 4,
        Entity::Date(_) | Entity::Hours { .. } => 5,
        Entity::Amount(_) => 6,
        Entity::Place(_) => 7,
        Entity::Size(_) | Entity::Colour(_) => 8,
        Entity::Ordinal(_) => 9,
        Entity::Quantity(_) => 10,
    }
}
