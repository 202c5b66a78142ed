//! Measures what docs/measurements.md says of signals, on one core: events a second, time to a decision at half that
//! load, memory of a million people. Prints one JSON object. `cargo run --release -p tandem-signals --example bench`

use std::{
    error::Error,
    path::Path,
    time::{Duration, Instant},
};

use domain::time::Timestamp;
use serde_json::{Value, json};
use signals::{
    event::{self, Batch, Origin, PersonKey, Seen, Subject},
    shard::{Rules, Shard},
    trigger::{self, ShopFacts, Signal, Source, Trigger, Triggers},
};

const RULES: usize = 50;
const EVENTS: usize = 200_000;
/// As many as an SDK has gathered when it sends.
const BATCH: usize = 5;
const PEOPLE: usize = 20_000;
/// What a person did and has on order when memory is measured.
const TRACKED: usize = 1_000_000;
const EACH: usize = 12;
const START: i64 = 1_795_147_200_000;

struct Draws(u64);

impl Draws {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % limit as u64) as usize
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut people = TRACKED;
    if let Some(given) = std::env::args().nth(1) {
        people = given.parse()?;
    }
    let (triggers, shop) = (rules()?, ShopFacts::default());
    let rules = Rules { triggers: &triggers, shop: &shop };
    let bodies = bodies();
    eprintln!("{} rules, {} events", triggers.len(), bodies.len() * BATCH);

    let begun = Instant::now();
    let parsed: Vec<Batch> = bodies.iter().map(read).collect();
    let reading = begun.elapsed();
    let entries: Vec<_> = parsed.into_iter().flat_map(|batch| batch.entries).collect::<Result<Vec<_>, _>>()?;

    let mut shard = Shard::default();
    let mut noticed = Vec::new();
    let begun = Instant::now();
    for entry in &entries {
        shard.take_in(rules, PersonKey::of("shp_1", &entry.subject), entry, &mut noticed);
    }
    let deciding = begun.elapsed();
    let count = entries.len() as f64;
    let per_second = |took: Duration| (count / took.as_secs_f64()).round();
    let rate = per_second(reading + deciding);
    let signals = noticed.len();
    drop((shard, noticed, entries));

    let (p50, p99) = at_half_load(rules, &bodies, rate / 2.0);
    let (bytes, resident) = memory(rules, people);
    println!(
        "{}",
        json!({
            "rules": triggers.len(), "events": bodies.len() * BATCH, "signals": signals,
            "events_per_second_per_core": rate, "read_per_second": per_second(reading),
            "decided_per_second": per_second(deciding),
            "half_load_per_second": (rate / 2.0).round(), "p50_us": p50, "p99_us": p99,
            "people": people, "bytes_per_person": bytes / people, "resident_bytes_per_person": resident / people,
        })
    );
    Ok(())
}

/// The shipped triggers, and as many variants of them as there are missing to fifty.
fn rules() -> Result<Triggers, Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content/triggers");
    let mut files = Vec::new();
    for file in std::fs::read_dir(folder)? {
        let path = file?.path();
        files.push(Source { file: path.display().to_string(), text: std::fs::read_to_string(&path)? });
    }
    files.sort_by(|one, two| one.file.cmp(&two.file));
    let shipped = trigger::load(&files).map_err(|faults| format!("{faults:?}"))?;
    let all: Vec<Trigger> = shipped.iter().map(|it| (**it).clone()).collect();
    let many = (0..RULES).map(|place| Trigger {
        id: format!("{}_{place}", all[place % all.len()].id),
        ..all[place % all.len()].clone()
    });
    Ok(Triggers::new(many))
}

/// What a page does, in about the proportions of a shop.
fn happening(draws: &mut Draws) -> (&'static str, Value) {
    let product = json!({ "product_id": format!("p{}", draws.below(500)), "price_minor": 12_900, "currency": "CNY" });
    match draws.below(100) {
        0..35 => ("Page Viewed", json!({ "page_type": "product" })),
        35..60 => ("Product Viewed", product),
        60..68 => ("Product List Viewed", json!({ "category": "outdoor" })),
        68..74 => ("Products Searched", json!({ "query": "帐篷 4人", "result_count": 12 })),
        74..80 => ("Product Added", product),
        80..85 => ("Cart Viewed", json!({ "value_minor": 25_800, "currency": "CNY" })),
        85..89 => ("Policy Viewed", json!({ "policy_id": format!("r{}", draws.below(3)) })),
        89..92 => ("Page Dwell", json!({ "active_ms": 20_000 })),
        92..94 => ("Rage Click", json!({ "selector_hash": "a1b2c3", "count": 3 })),
        94..95 => ("Dead Click", json!({ "selector_hash": "a1b2c3" })),
        95..96 => ("Form Error", json!({ "field_kind": "phone" })),
        96..98 => ("Checkout Failed", json!({ "stage": "payment", "error_code": "declined", "attempt": 1 })),
        98..99 => ("Size Chart Viewed", json!({ "product_id": "coat" })),
        _ => ("U-Turn", json!({ "from": "/a", "to": "/b", "ms": 4_000 })),
    }
}

/// Batches as an SDK sends them, in the order in which they are sent.
fn bodies() -> Vec<(Timestamp, Vec<u8>)> {
    let mut draws = Draws(20_261_122);
    (0..EVENTS / BATCH)
        .map(|number| {
            // Two hundred events a second, a busy hour of a large shop.
            let now = START + (number * BATCH * 5) as i64;
            let events: Vec<Value> = (0..BATCH)
                .map(|place| {
                    let (event, properties) = happening(&mut draws);
                    let id = format!("019ab0c2-5a6e-7cc3-98c4-{:012x}", number * BATCH + place);
                    json!({ "event_id": id, "event": event, "original_ts": now - 4_000 + place as i64, "properties": properties })
                })
                .collect();
            let body = json!({
                "schema_version": 1, "sent_at": now, "anonymous_id": format!("an_{}", draws.below(PEOPLE)),
                "consent": { "analytics": true, "service_outreach": true, "marketing": false },
                "context": { "page": { "path": "/products/tent", "type": "product" }, "locale": "zh-CN", "tz": "Asia/Shanghai" },
                "events": events,
            });
            (Timestamp(now), body.to_string().into_bytes())
        })
        .collect()
}

fn read((now, body): &(Timestamp, Vec<u8>)) -> Batch {
    event::read(body, Origin::Browser, *now).unwrap_or(Batch { entries: Vec::new() })
}

/// Events arrive when they arrive, whether or not the one before is done; the time counts from then.
fn at_half_load(rules: Rules<'_>, bodies: &[(Timestamp, Vec<u8>)], rate: f64) -> (u64, u64) {
    let mut shard = Shard::default();
    let mut seen = Seen::default();
    let mut noticed: Vec<Signal> = Vec::new();
    let mut took = Vec::with_capacity(bodies.len());
    let gap = Duration::from_secs_f64(BATCH as f64 / rate);
    let begun = Instant::now();
    for (number, body) in (0..).zip(bodies) {
        let due = begun + gap * number;
        while Instant::now() < due {
            std::hint::spin_loop();
        }
        for entry in read(body).entries.into_iter().flatten() {
            let person = PersonKey::of("shp_1", &entry.subject);
            if seen.is_new(entry.event.key(person), entry.event.received_at) {
                shard.take_in(rules, person, &entry, &mut noticed);
            }
        }
        took.push(due.elapsed().as_micros() as u64);
    }
    took.sort_unstable();
    (took[took.len() / 2], took[took.len() * 99 / 100])
}

/// Bytes that a million people take, by count and by what the system gave.
fn memory(rules: Rules<'_>, people: usize) -> (usize, usize) {
    let before = resident();
    let mut draws = Draws(7);
    let mut shard = Shard::default();
    let mut noticed = Vec::new();
    let bodies = bodies();
    let patterns: Vec<_> = bodies.iter().take(2_000).flat_map(|body| read(body).entries).flatten().collect();
    let facts = facts();
    for number in 0..people {
        let person = PersonKey::of("shp_1", &Subject::Anonymous(number.to_string()));
        let now = Timestamp(START + (number / 200) as i64 * 1_000);
        let behaviour = (0..EACH).map(|_| &patterns[draws.below(patterns.len())]);
        // Every third has an order under way.
        let orders = if number % 3 == 0 { &facts[..] } else { &[] };
        for entry in behaviour.chain(orders) {
            let mut entry = entry.clone();
            (entry.event.at, entry.event.received_at) = (now, now);
            shard.take_in(rules, person, &entry, &mut noticed);
        }
        noticed.clear();
    }
    let counted = shard.bytes();
    let grown = resident().saturating_sub(before);
    eprintln!("{} people tracked", shard.len());
    (counted, grown)
}

fn facts() -> Vec<event::Entry> {
    let fact = |number: u32, event: &str, properties: Value| json!({ "event_id": format!("019ab0c2-5a6e-7cc3-98c4-{number:012x}"), "event": event, "original_ts": START, "properties": properties });
    let body = json!({ "user_id": "c_1", "events": [
        fact(1, "Order Placed", json!({ "order_id": "SL2026112290102", "value_minor": 25_800, "currency": "CNY", "closes_at": START + 7_200_000 })),
        fact(2, "Order Completed", json!({ "order_id": "SL2026112290102", "value_minor": 25_800, "currency": "CNY", "ship_by": START + 172_800_000 })),
        fact(3, "Shipment Created", json!({ "shipment_id": "SF1029384756", "order_id": "SL2026112290102", "carrier": "sf" })),
    ] });
    let read = event::read(body.to_string().as_bytes(), Origin::Server, Timestamp(START));
    read.map(|batch| batch.entries.into_iter().flatten().collect()).unwrap_or_default()
}

/// What the process holds, in bytes; 0 where the system doesn't say.
fn resident() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<usize>().ok());
    kilobytes.unwrap_or_default() * 1024
}
