//! From a batch as it was sent to events that may be counted. One bad event doesn't cost the others.

use domain::time::Timestamp;
use serde_json::Value as Json;
use uuid::Uuid;

use super::{
    BatchFault, Consent, Event, EventFault, Held, Item, Name, Origin, Properties, Property, Source, Subject, alias,
    corrected,
    limits::{MASKED_DIGITS, MAX_BATCH_BYTES, MAX_BATCH_EVENTS, MAX_PATH_CHARS, MAX_TEXT_CHARS},
    property::{ITEMS, Kind, cut, fits, fits_code},
    wire::{self, Layers},
};

/// A batch that was read; each entry has its place in it.
#[derive(Debug)]
pub struct Batch {
    pub entries: Vec<Result<Entry, EventFault>>,
}

/// An event with who it is about and what they have agreed to.
#[derive(Debug, Clone)]
pub struct Entry {
    pub subject: Subject,
    /// From servers nothing is said about consent: what the person told the desk holds.
    pub consent: Option<Consent>,
    /// In the sender's words, such as `Asia/Shanghai`.
    pub zone: Option<String>,
    pub locale: Option<String>,
    pub event: Event,
    /// Properties that were not on the list or did not fit.
    pub dropped: usize,
}

/// Reads a batch as `origin` sent it. A browser's word about who it is and about orders isn't believed.
pub fn read(bytes: &[u8], origin: Origin, received_at: Timestamp) -> Result<Batch, BatchFault> {
    if bytes.len() > MAX_BATCH_BYTES {
        return Err(BatchFault::TooBig);
    }
    let batch: Json = serde_json::from_slice(bytes).map_err(|error| BatchFault::BadJson(error.to_string()))?;
    let no = |what: &str| BatchFault::BadJson(what.to_owned());
    let events = batch.get("events").and_then(Json::as_array).ok_or_else(|| no("`events` is missing"))?;
    if events.len() > MAX_BATCH_EVENTS {
        return Err(BatchFault::TooMany);
    }
    let sent = match batch.get("sent_at") {
        Some(sent) => Some(wire::moment(sent).ok_or_else(|| no("`sent_at` is no time"))?),
        None if origin == Origin::Browser => return Err(no("`sent_at` is missing")),
        None => None,
    };
    let entry = |event| entry(&Layers(event, &batch), event, origin, sent, received_at);
    Ok(Batch { entries: events.iter().map(entry).collect() })
}

fn entry(
    layers: &Layers<'_>,
    event: &Json,
    origin: Origin,
    sent: Option<Timestamp>,
    received_at: Timestamp,
) -> Result<Entry, EventFault> {
    let name = name(event)?;
    if origin == Origin::Browser && name.source() == Source::Server {
        return Err(EventFault::ServerOnly);
    }
    let id = event.get("event_id").and_then(Json::as_str).and_then(|id| Uuid::try_parse(id).ok());
    let id = id.ok_or(EventFault::BadId)?;
    let subject = subject(layers, origin)?;
    let consent = (origin == Origin::Browser).then(|| layers.consent());
    // An opt-out counts without any consent.
    if consent.is_some_and(|consent| !consent.analytics) && name != Name::OutreachOptedOut {
        return Err(EventFault::NoConsent);
    }
    let original = event.get("original_ts").and_then(wire::moment).ok_or(EventFault::BadJson)?;
    let at = corrected(origin, original, sent, received_at)?;
    let mut found = Found::default();
    if let Some(properties) = event.get("properties") {
        found.read(name, properties.as_object().ok_or(EventFault::BadJson)?);
    }
    if let Some(missing) = name.needs().iter().find(|needed| found.properties.get(**needed).is_none()) {
        return Err(EventFault::Missing(*missing));
    }
    let Found { properties, items, dropped } = found;
    Ok(Entry {
        subject,
        consent,
        zone: layers.zone().map(str::to_owned),
        locale: layers.locale().map(str::to_owned),
        event: Event { id, name, origin, at, received_at, properties, items, page: layers.page() },
        dropped,
    })
}

fn name(event: &Json) -> Result<Name, EventFault> {
    let text = |key: &str| event.get(key).and_then(Json::as_str);
    match text("type").unwrap_or("track") {
        "track" => Name::read(text("event").ok_or(EventFault::BadJson)?).ok_or(EventFault::UnknownEvent),
        "page" => Ok(Name::PageViewed),
        _ => Err(EventFault::UnknownEvent),
    }
}

fn subject(layers: &Layers<'_>, origin: Origin) -> Result<Subject, EventFault> {
    let customer = || match origin {
        Origin::Server => layers.id("user_id").map(|id| Subject::Customer(id.to_owned())),
        Origin::Browser => None,
    };
    let anonymous = || layers.id("anonymous_id").map(|id| Subject::Anonymous(id.to_owned()));
    customer().or_else(anonymous).ok_or(EventFault::NoPerson)
}

#[derive(Default)]
struct Found {
    properties: Properties,
    items: Vec<Item>,
    dropped: usize,
}

impl Found {
    fn read(&mut self, name: Name, given: &serde_json::Map<String, Json>) {
        let currency = given.get("currency").and_then(Json::as_str);
        for (key, value) in given {
            if key == "items" || key == "products" {
                self.items = items(value, currency);
                continue;
            }
            let plain = alias::property(key).and_then(|property| Some((property, held(property, value)?)));
            let read = plain.or_else(|| {
                let (property, minor) = wire::decimal(key, value, currency)?;
                fits(property.kind(), minor).then_some((property, Held::Whole(minor)))
            });
            match read.filter(|(property, _)| name.takes(*property)) {
                Some((property, held)) => self.properties.put(property, held),
                None => self.dropped += 1,
            }
        }
        // GA4 says of which product only in the list.
        if name.takes(Property::ProductId)
            && let Some(first) = self.items.first()
        {
            self.properties.put(Property::ProductId, Held::Text(first.product.clone()));
        }
    }
}

fn held(property: Property, value: &Json) -> Option<Held> {
    let kind = property.kind();
    let text = |text: &str| Some(Held::Text(text.into()));
    match kind {
        // Shops have numbers for ids.
        Kind::Code => match value {
            Json::String(code) if fits_code(code.trim()) => text(code.trim()),
            Json::Number(number) => number.as_u64().and_then(|number| text(&number.to_string())),
            _ => None,
        },
        Kind::Text => text(&masked(cut(value.as_str()?.trim(), MAX_TEXT_CHARS))),
        Kind::Path => text(cut(&wire::path(value.as_str()?)?, MAX_PATH_CHARS)),
        Kind::Currency => value.as_str().filter(|it| is_currency(it)).and_then(text),
        Kind::Flag => value.as_bool().map(Held::Flag),
        Kind::Time => wire::moment(value).map(|at| Held::Whole(at.0)),
        Kind::Whole { .. } | Kind::Money => {
            // Some shops write whole numbers as `3.0`.
            let whole = value.as_i64().or_else(|| value.as_f64().filter(|it| it.fract() == 0.0).map(|it| it as i64))?;
            fits(kind, whole).then_some(Held::Whole(whole))
        }
    }
}

fn is_currency(code: &str) -> bool {
    code.len() == 3 && code.bytes().all(|letter| letter.is_ascii_uppercase())
}

/// Long runs of digits are phone, card and order numbers.
fn masked(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut run = String::new();
    for symbol in text.chars().chain(['\0']) {
        if symbol.is_ascii_digit() {
            run.push(symbol);
            continue;
        }
        if run.len() >= MASKED_DIGITS {
            masked.extend(run.drain(..).map(|_| '*'));
        } else {
            masked.push_str(&run);
            run.clear();
        }
        if symbol != '\0' {
            masked.push(symbol);
        }
    }
    masked
}

fn items(value: &Json, currency: Option<&str>) -> Vec<Item> {
    let lines = value.as_array().into_iter().flatten().take(ITEMS);
    lines
        .filter_map(|line| {
            let code = |key: &str| line.get(key).and_then(Json::as_str).filter(|it| fits_code(it));
            let minor = line.get("price_minor").and_then(Json::as_i64);
            let decimal = || alias::minor(line.get("price")?.as_f64()?, currency?);
            Some(Item {
                product: code("product_id").or_else(|| code("item_id"))?.into(),
                sku: code("sku").map(Into::into),
                price_minor: minor.or_else(decimal).filter(|it| fits(Kind::Money, *it)),
                quantity: line
                    .get("quantity")
                    .and_then(Json::as_u64)
                    .and_then(|it| u32::try_from(it).ok())
                    .unwrap_or(1),
            })
        })
        .collect()
}
