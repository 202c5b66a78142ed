//! What people ask next, by where their order stands: counted from the shop's own log, and from common sense until there
//! is one.

use std::collections::BTreeMap;

use domain::time::{DAY_MS, HOUR_MS, Timestamp};
use serde::{Deserialize, Serialize};

use crate::person::{Field, Object, ObjectKind, Person};

/// Where a person stands, by the order or refund that moved last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum Situation {
    Browsing,
    CheckoutTrouble,
    Unpaid,
    Paid,
    /// Paid, and the promised time has passed.
    Late,
    Underway,
    /// Underway, and nothing heard for two days.
    Stalled,
    Delivered,
    Refunding,
}

const STALLED_MS: i64 = 48 * HOUR_MS;
/// Time in which a delivery is what people ask about.
const FRESH_MS: i64 = 15 * DAY_MS;

impl Situation {
    pub const ALL: [Self; 9] = [
        Self::Browsing,
        Self::CheckoutTrouble,
        Self::Unpaid,
        Self::Paid,
        Self::Late,
        Self::Underway,
        Self::Stalled,
        Self::Delivered,
        Self::Refunding,
    ];

    pub fn of(person: &Person, now: Timestamp) -> Self {
        if person.visit.failures > 0 && !person.visit.is_over(now) {
            return Self::CheckoutTrouble;
        }
        // Objects stand in the order in which they were touched.
        person.objects.iter().rev().find_map(|it| Self::of_object(it, person, now)).unwrap_or(Self::Browsing)
    }

    fn of_object(object: &Object, person: &Person, now: Timestamp) -> Option<Self> {
        let at = |field| object.get(field);
        match object.kind {
            ObjectKind::Refund => at(Field::PaidAt).is_none().then_some(Self::Refunding),
            ObjectKind::Shipment => None,
            ObjectKind::Order if at(Field::CancelledAt).is_some() || at(Field::RefundedAt).is_some() => None,
            ObjectKind::Order => match (at(Field::PaidAt), at(Field::ShippedAt), at(Field::DeliveredAt)) {
                (.., Some(delivered)) => (now.0 - delivered < FRESH_MS).then_some(Self::Delivered),
                (_, Some(shipped), _) => {
                    let scans = person.objects.iter().filter(|it| it.kind == ObjectKind::Shipment);
                    let last = scans.filter_map(|it| it.get(Field::ScannedAt)).max().unwrap_or(shipped);
                    Some(if now.0 - last >= STALLED_MS { Self::Stalled } else { Self::Underway })
                }
                (Some(_), ..) => {
                    let is_late = at(Field::ShipBy).is_some_and(|promised| promised < now.0);
                    Some(if is_late { Self::Late } else { Self::Paid })
                }
                (None, ..) => Some(Self::Unpaid),
            },
        }
    }

    /// Skills that answer what is asked there in most shops, likeliest first.
    const fn usual(self) -> [&'static str; 3] {
        match self {
            Self::Browsing => ["product_facts", "shipping_cost_and_time", "promotions"],
            Self::CheckoutTrouble => ["unpaid_order", "promotions", "shipping_cost_and_time"],
            Self::Unpaid => ["unpaid_order", "cancel_order", "change_address"],
            Self::Paid => ["order_status", "change_address", "cancel_order"],
            Self::Late => ["urge_shipment", "cancel_order", "order_status"],
            Self::Underway => ["track_parcel", "schedule_delivery", "change_address"],
            Self::Stalled => ["track_parcel", "failed_delivery", "complaint"],
            Self::Delivered => ["return_items", "exchange_items", "issue_invoice"],
            Self::Refunding => ["refund_status", "return_items", "complaint"],
        }
    }
}

/// What the usual questions are worth in people who asked, until the shop has its own.
const USUAL_WEIGHT: [f64; 3] = [6.0, 3.0, 1.0];

/// Questions asked, counted by situation.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Questions {
    asked: BTreeMap<Situation, BTreeMap<String, u32>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Likely {
    pub topic: String,
    /// Of those who ask something.
    pub chance: f64,
    /// How many in this situation have asked it; the reason that is shown.
    pub asked: u32,
}

impl Questions {
    pub fn note(&mut self, situation: Situation, topic: &str) {
        *self.asked.entry(situation).or_default().entry(topic.to_owned()).or_default() += 1;
    }

    /// The likeliest next questions.
    pub fn likely(&self, situation: Situation, most: usize) -> Vec<Likely> {
        let asked = self.asked.get(&situation);
        let count = |topic: &str| asked.and_then(|it| it.get(topic)).copied().unwrap_or_default();
        let usual = situation.usual();
        let mut weights: BTreeMap<&str, f64> = usual.into_iter().zip(USUAL_WEIGHT).collect();
        for (topic, count) in asked.into_iter().flatten() {
            *weights.entry(topic).or_default() += f64::from(*count);
        }
        let all: f64 = weights.values().sum();
        let mut likely: Vec<Likely> = weights
            .into_iter()
            .map(|(topic, weight)| Likely { topic: topic.to_owned(), chance: weight / all, asked: count(topic) })
            .collect();
        likely.sort_by(|one, two| two.chance.total_cmp(&one.chance).then_with(|| one.topic.cmp(&two.topic)));
        likely.truncate(most);
        likely
    }
}
