//! Parcels of the demo shop on their way, and the ways they go wrong. Every parcel ends, as seen now, at the
//! last of its scans; nothing is scheduled in the future.

use domain::{
    language::Bilingual,
    shop::{Address, Scan, Shipment, ShipmentKey, ShipmentState},
    time::{DAY_MS, HOUR_MS, Timestamp},
};
use rand::{Rng, seq::IndexedRandom};

use super::places::{self, City};

/// A parcel without a scan for this long counts as stuck.
pub const STUCK_AFTER_MS: i64 = 48 * HOUR_MS;

/// What has become of a parcel by now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// The label is printed, the carrier has not come yet.
    Labelled,
    Normal,
    OutForDelivery,
    /// Moving, but past its expected time.
    Late,
    /// No scan for more than two days.
    Stuck,
    /// The courier came and could not deliver.
    Failed,
    Lost,
    Returning,
    /// Handed over at this time.
    Delivered(Timestamp),
}

const CARRIERS: [(&str, &str, &str); 2] = [("顺丰速运", "SF Express", "SF"), ("圆通速递", "YTO Express", "YT")];

struct Step {
    /// Since the label was made.
    after_ms: i64,
    place: Bilingual,
    what: Bilingual,
}

/// A parcel as it stands at `now`. `number` makes its keys unique.
pub fn parcel(rng: &mut impl Rng, fate: Fate, to: &Address, number: u64, now: Timestamp) -> Shipment {
    let city = places::city_of(to);
    let mut steps = journey(rng, city, to);
    let shown = scans_shown(rng, fate, steps.len());
    let last_at = match fate {
        Fate::Delivered(at) => at,
        _ => now.minus_ms(age_of_last_scan(rng, fate)),
    };
    if fate == Fate::Late {
        let late_by = city.delivery_promise_ms() + rng.random_range(14 * HOUR_MS..48 * HOUR_MS);
        stretch(&mut steps, shown, late_by);
    }
    let elapsed_ms = if shown == 0 { 0 } else { steps[shown - 1].after_ms };
    let created_at = last_at.minus_ms(elapsed_ms);
    let mut scans: Vec<Scan> = steps
        .into_iter()
        .take(shown)
        .map(|step| Scan { at: created_at.plus_ms(step.after_ms), place: step.place, what: step.what })
        .collect();
    scans.extend(mishap(rng, fate, city, now));
    let carrier = CARRIERS.choose(rng).copied().unwrap_or(CARRIERS[0]);
    Shipment {
        key: ShipmentKey(format!("SH{number:08}")),
        carrier: Bilingual::new(carrier.0, carrier.1),
        tracking_number: format!("{}{:05}{:08}", carrier.2, rng.random_range(10_000..99_999), number),
        state: state(fate),
        created_at,
        expected_at: Some(created_at.plus_ms(city.delivery_promise_ms())),
        scans,
    }
}

const fn state(fate: Fate) -> ShipmentState {
    match fate {
        Fate::Labelled => ShipmentState::Created,
        Fate::Normal | Fate::Late | Fate::Stuck => ShipmentState::InTransit,
        Fate::OutForDelivery => ShipmentState::OutForDelivery,
        Fate::Failed => ShipmentState::Failed,
        Fate::Lost => ShipmentState::Lost,
        Fate::Returning => ShipmentState::Returning,
        Fate::Delivered(_) => ShipmentState::Delivered,
    }
}

/// The journey ends with: … arrived at the city, at the station, out for delivery, delivered.
fn scans_shown(rng: &mut impl Rng, fate: Fate, steps: usize) -> usize {
    match fate {
        Fate::Labelled => 0,
        Fate::Normal => rng.random_range(1..=steps - 3),
        Fate::Late => rng.random_range(3..=(steps - 3).max(3)),
        Fate::Stuck | Fate::Lost => rng.random_range(2..=(steps - 4).max(2)),
        Fate::OutForDelivery | Fate::Failed | Fate::Returning => steps - 1,
        Fate::Delivered(_) => steps,
    }
}

fn age_of_last_scan(rng: &mut impl Rng, fate: Fate) -> i64 {
    match fate {
        Fate::Labelled => rng.random_range(HOUR_MS..10 * HOUR_MS),
        Fate::Normal | Fate::Late => rng.random_range(HOUR_MS / 2..11 * HOUR_MS),
        Fate::OutForDelivery => rng.random_range(HOUR_MS / 4..5 * HOUR_MS),
        Fate::Stuck => rng.random_range(STUCK_AFTER_MS + 3 * HOUR_MS..110 * HOUR_MS),
        Fate::Failed => rng.random_range(22 * HOUR_MS..30 * HOUR_MS),
        Fate::Lost => rng.random_range(9 * DAY_MS..14 * DAY_MS),
        Fate::Returning => rng.random_range(80 * HOUR_MS..100 * HOUR_MS),
        Fate::Delivered(_) => 0,
    }
}

fn stretch(steps: &mut [Step], shown: usize, elapsed_ms: i64) {
    let natural_ms = steps[shown - 1].after_ms;
    for step in steps {
        step.after_ms = step.after_ms * elapsed_ms / natural_ms;
    }
}

fn journey(rng: &mut impl Rng, city: &City, to: &Address) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut after_ms = 0;
    let mut step = |rng: &mut _, hours: (i64, i64), place: (&str, &str), zh: String, en: String| {
        after_ms += Rng::random_range(rng, hours.0 * HOUR_MS..hours.1 * HOUR_MS);
        steps.push(Step { after_ms, place: Bilingual::new(place.0, place.1), what: Bilingual::new(zh, en) });
    };
    let (from, here) = (city.warehouse(), (city.zh, city.en));
    step(rng, (2, 8), from, "快递员已揽收".into(), "Picked up by the courier".into());
    step(rng, (3, 5), from, format!("已到达【{}转运中心】", from.0), format!("Arrived at {} hub", from.1));
    for (stop, next) in hops(from, city) {
        let sent = (
            format!("已离开【{}转运中心】，发往【{}】", stop.0, next.0),
            format!("Left {} hub for {}", stop.1, next.1),
        );
        step(rng, (2, 4), stop, sent.0, sent.1);
        step(rng, (9, 16), next, format!("已到达【{}转运中心】", next.0), format!("Arrived at {} hub", next.1));
    }
    let district = &to.district;
    step(
        rng,
        (3, 6),
        here,
        format!("已到达【{}{district}营业点】", city.zh),
        format!("Arrived at the {district} station"),
    );
    step(rng, (2, 10), here, "正在派送中，请保持电话畅通".into(), "Out for delivery; please keep your phone on".into());
    let handed = [
        ("已签收，签收人：本人", "Delivered to the recipient"),
        ("已签收，放在家门口", "Delivered, left at the door"),
        ("已签收，存入快递柜", "Delivered to a parcel locker"),
    ];
    let handed = handed.choose(rng).copied().unwrap_or(handed[0]);
    step(rng, (1, 6), here, handed.0.into(), handed.1.into());
    steps
}

type Name = (&'static str, &'static str);

fn hops(from: Name, city: &City) -> Vec<(Name, Name)> {
    let here = (city.zh, city.en);
    match city.via {
        // Chengdu to Chengdu: the parcel only changes halls.
        None if from == here => Vec::new(),
        Some(via) => vec![(from, via), (via, here)],
        None => vec![(from, here)],
    }
}

/// The scans after things went wrong, all later than the last scan of the journey.
fn mishap(rng: &mut impl Rng, fate: Fate, city: &City, now: Timestamp) -> Vec<Scan> {
    let mut scan = |hours_ago: (i64, i64), place: Bilingual, zh: &str, en: &str| Scan {
        at: now.minus_ms(rng.random_range(hours_ago.0 * HOUR_MS..hours_ago.1 * HOUR_MS)),
        place,
        what: Bilingual::new(zh, en),
    };
    let here = city.name();
    match fate {
        Fate::Failed => vec![scan(
            (2, 20),
            here,
            "派送失败：联系不上收件人，包裹暂存营业点，将再次派送",
            "Delivery failed: recipient could not be reached; kept at the station for another attempt",
        )],
        Fate::Lost => vec![
            scan((96, 120), here.clone(), "包裹查找中", "The parcel is being searched for"),
            scan((20, 44), here, "确认遗失，请联系卖家处理", "Confirmed lost; please contact the seller"),
        ],
        Fate::Returning => vec![
            scan((60, 75), here.clone(), "多次派送失败，退回寄件人", "Delivery failed repeatedly; returning to sender"),
            scan((20, 40), here, "退回途中，发往仓库", "On its way back to our warehouse"),
        ],
        _ => Vec::new(),
    }
}
