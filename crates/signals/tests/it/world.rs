//! Events, the shipped triggers, and a shard that takes them in.

use domain::time::Timestamp;
use signals::{
    event::{Consent, Entry, Event, Held, Name, Origin, PersonKey, Properties, Property, Source, Subject},
    shard::{Rules, Shard},
    trigger::{self, ShopFacts, Signal, Triggers},
};
use uuid::Uuid;

/// Noon in Shanghai.
pub const NOON: Timestamp = Timestamp(1_795_147_200_000);

pub fn content() -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

pub fn shipped() -> Triggers {
    let folder = std::fs::read_dir(content().join("content/triggers")).unwrap();
    let files: Vec<trigger::Source> = folder
        .map(|file| file.unwrap().path())
        .map(|path| trigger::Source { file: path.display().to_string(), text: std::fs::read_to_string(&path).unwrap() })
        .collect();
    trigger::load(&files).unwrap_or_else(|faults| panic!("{faults:#?}"))
}

pub fn person(number: u8) -> PersonKey {
    PersonKey::of("shp_1", &Subject::Anonymous(number.to_string()))
}

pub fn entry(name: Name, at: Timestamp, properties: &[(Property, Held)]) -> Entry {
    let properties = properties.iter().fold(Properties::default(), |all, (it, held)| all.with(*it, held.clone()));
    let origin = if name.source() == Source::Server { Origin::Server } else { Origin::Browser };
    let event = Event { id: Uuid::nil(), name, origin, at, received_at: at, properties, items: Vec::new(), page: None };
    let consent = Consent { analytics: true, service_outreach: true, marketing: false };
    Entry {
        subject: Subject::Anonymous("1".into()),
        consent: (origin == Origin::Browser).then_some(consent),
        zone: Some("Asia/Shanghai".into()),
        locale: None,
        event,
        dropped: 0,
    }
}

pub fn text(text: &str) -> Held {
    Held::Text(text.into())
}

/// One person and the shipped triggers.
pub struct World {
    pub triggers: Triggers,
    pub shop: ShopFacts,
    pub shard: Shard,
    pub noticed: Vec<Signal>,
}

impl World {
    pub fn new() -> Self {
        let shop = ShopFacts { cart_high_minor: Some(50_000), ..ShopFacts::default() };
        Self { triggers: shipped(), shop, shard: Shard::default(), noticed: Vec::new() }
    }

    pub fn happens(&mut self, name: Name, at: Timestamp, properties: &[(Property, Held)]) {
        self.take(person(1), &entry(name, at, properties));
    }

    pub fn take(&mut self, key: PersonKey, entry: &Entry) {
        let rules = Rules { triggers: &self.triggers, shop: &self.shop };
        self.shard.take_in(rules, key, entry, &mut self.noticed);
    }

    pub fn wait_until(&mut self, now: Timestamp) {
        let rules = Rules { triggers: &self.triggers, shop: &self.shop };
        self.shard.advance(rules, now, &mut self.noticed);
    }

    /// What was noticed since the last time, and when.
    pub fn noticed(&mut self) -> Vec<(String, Timestamp)> {
        self.noticed.drain(..).map(|it| (it.trigger, it.at)).collect()
    }
}
