//! What is known of a person at a moment, as numbers for a model. Nothing here is only known afterwards.

use domain::time::{HOUR_MS, Timestamp};

use super::Situation;
use crate::{
    event::Name,
    person::{Field, ObjectKind, Person},
};

/// In the order of [`row`].
pub const NAMES: [&str; 19] = [
    "visits",
    "pages",
    "products",
    "policies",
    "searches",
    "adds",
    "failures",
    "troubles",
    "active_s",
    "visit_s",
    "s_per_page",
    "cart_minor",
    "failures_10m",
    "policies_15m",
    "orders_open",
    "parcels_open",
    "refunds_open",
    "h_since_scan",
    "situation",
];

/// One row of a [`super::Table`].
pub fn row(person: &Person, now: Timestamp) -> Vec<f32> {
    /// The windows that triggers use as well.
    const MINUTES: i64 = domain::time::MINUTE_MS;
    let visit = &person.visit;
    let visit_s = visit.last.since_ms(visit.started) / 1_000;
    let open = |kind, ends: &[Field]| {
        let is_open = |it: &&crate::person::Object| it.kind == kind && ends.iter().all(|end| it.get(*end).is_none());
        person.objects.iter().filter(is_open).count() as f32
    };
    let count = |name, minutes: i64| person.recent.count(name, now, minutes * MINUTES) as f32;
    let scanned = person.objects.iter().filter(|it| it.get(Field::DeliveredAt).is_none());
    let last_scan = scanned.filter_map(|it| it.get(Field::ScannedAt)).max();
    vec![
        f32::from(visit.number),
        f32::from(visit.pages),
        f32::from(visit.products),
        f32::from(visit.policies),
        f32::from(visit.searches),
        f32::from(visit.adds),
        f32::from(visit.failures),
        f32::from(visit.troubles),
        visit.active_s as f32,
        visit_s as f32,
        visit_s as f32 / f32::from(visit.pages.max(1)),
        visit.cart_minor as f32,
        count(Name::CheckoutFailed, 10),
        count(Name::PolicyViewed, 15),
        open(ObjectKind::Order, &[Field::DeliveredAt, Field::CancelledAt, Field::RefundedAt]),
        open(ObjectKind::Shipment, &[Field::DeliveredAt]),
        open(ObjectKind::Refund, &[Field::PaidAt]),
        last_scan.map_or(f32::NAN, |at| now.since_ms(Timestamp(at)) as f32 / HOUR_MS as f32),
        f32::from(Situation::of(person, now) as u8),
    ]
}
