//! Orders, parcels and refunds as the shop's server tells of them: a few facts each, whatever the order they come in.

use domain::time::Timestamp;
use serde::{Deserialize, Serialize};

use super::MAX_OBJECTS;
use crate::event::{Event, Name, Property};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ObjectKind {
    Order,
    Shipment,
    Refund,
}

macro_rules! fields {
    ($($name:ident = $wire:literal;)*) => {
        /// A fact of an object: a time in milliseconds, an amount, or hours.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        #[repr(u8)]
        pub enum Field { $($name),* }

        impl Field {
            pub const ALL: &[Self] = &[$(Self::$name),*];

            pub const fn wire(self) -> &'static str {
                match self { $(Self::$name => $wire),* }
            }

            pub fn named(wire: &str) -> Option<Self> {
                match wire { $($wire => Some(Self::$name),)* _ => None }
            }
        }
    };
}

fields! {
    AmountMinor = "amount_minor";
    CancelledAt = "cancelled_at";
    ClosesAt = "closes_at";
    CreatedAt = "created_at";
    DeliveredAt = "delivered_at";
    DueAt = "due_at";
    ExceptionAt = "exception_at";
    InvoiceAskedAt = "invoice_asked_at";
    InvoiceDueAt = "invoice_due_at";
    InvoicedAt = "invoiced_at";
    PaidAt = "paid_at";
    PlacedAt = "placed_at";
    RefundedAt = "refunded_at";
    RepurchaseAt = "repurchase_at";
    RequestedAt = "requested_at";
    ScannedAt = "scanned_at";
    ShipBy = "ship_by";
    ShippedAt = "shipped_at";
    StallAfterHours = "stall_after_h";
    UpdatedAt = "updated_at";
    ValueMinor = "value_minor";
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Object {
    pub kind: ObjectKind,
    pub key: Box<str>,
    facts: Vec<(Field, i64)>,
    /// When the latest word of each changeable fact was said is not kept: one time for all of them is enough.
    told_at: Timestamp,
}

/// How a fact is joined with what is known.
enum Join {
    /// The first time it happened.
    First,
    /// The last time it happened.
    Last,
    /// What was said last.
    Latest,
}

impl Object {
    fn new(kind: ObjectKind, key: &str) -> Self {
        Self { kind, key: key.into(), facts: Vec::new(), told_at: Timestamp::default() }
    }

    pub fn get(&self, field: Field) -> Option<i64> {
        self.facts.iter().find(|(it, _)| *it == field).map(|(_, value)| *value)
    }

    pub fn facts(&self) -> &[(Field, i64)] {
        &self.facts
    }

    fn put(&mut self, field: Field, value: i64, join: &Join, is_later: bool) {
        match self.facts.binary_search_by_key(&field, |(it, _)| *it) {
            Err(place) => self.facts.insert(place, (field, value)),
            Ok(place) => {
                let known = &mut self.facts[place].1;
                *known = match join {
                    Join::First => value.min(*known),
                    Join::Last => value.max(*known),
                    Join::Latest if is_later => value,
                    Join::Latest => *known,
                };
            }
        }
    }

    /// Finished things make room first.
    fn is_over(&self) -> bool {
        let has = |field| self.get(field).is_some();
        match self.kind {
            ObjectKind::Order => has(Field::CancelledAt) || has(Field::RefundedAt),
            ObjectKind::Shipment => has(Field::DeliveredAt),
            ObjectKind::Refund => has(Field::PaidAt),
        }
    }

    pub(super) fn heap_bytes(&self) -> usize {
        self.key.len() + self.facts.capacity() * size_of::<(Field, i64)>()
    }
}

pub(super) fn apply(objects: &mut Vec<Object>, event: &Event) {
    let of = |property| event.properties.text(property);
    if let Some(key) = of(Property::OrderId)
        && let Some(happened) = of_order(event.name)
    {
        tell(objects, ObjectKind::Order, key, event, happened);
    }
    if let Some(key) = of(Property::ShipmentId)
        && let Some(happened) = of_shipment(event.name)
    {
        tell(objects, ObjectKind::Shipment, key, event, happened);
    }
    if let Some(key) = of(Property::RefundId)
        && let Some(happened) = of_refund(event.name)
    {
        tell(objects, ObjectKind::Refund, key, event, happened);
    }
}

type Happened = (Field, Join);

fn of_order(name: Name) -> Option<Happened> {
    Some(match name {
        Name::OrderPlaced => (Field::PlacedAt, Join::First),
        Name::OrderCompleted => (Field::PaidAt, Join::First),
        Name::OrderUpdated => (Field::UpdatedAt, Join::Last),
        Name::OrderCancelled => (Field::CancelledAt, Join::First),
        Name::OrderRefunded => (Field::RefundedAt, Join::First),
        Name::InvoiceRequested => (Field::InvoiceAskedAt, Join::First),
        Name::InvoiceIssued => (Field::InvoicedAt, Join::Last),
        Name::ShipmentCreated | Name::ShipmentScanned => (Field::ShippedAt, Join::First),
        Name::ShipmentDelivered => (Field::DeliveredAt, Join::Last),
        _ => return None,
    })
}

fn of_shipment(name: Name) -> Option<Happened> {
    Some(match name {
        Name::ShipmentCreated => (Field::CreatedAt, Join::First),
        Name::ShipmentScanned => (Field::ScannedAt, Join::Last),
        Name::ShipmentException => (Field::ExceptionAt, Join::Last),
        Name::ShipmentDelivered => (Field::DeliveredAt, Join::Last),
        _ => return None,
    })
}

fn of_refund(name: Name) -> Option<Happened> {
    Some(match name {
        Name::RefundRequested | Name::RefundPending => (Field::RequestedAt, Join::First),
        Name::RefundPaid => (Field::PaidAt, Join::First),
        _ => return None,
    })
}

/// Numbers that come with an event, and where they are kept.
fn said(kind: ObjectKind, name: Name) -> &'static [(Property, Field)] {
    match (kind, name) {
        (ObjectKind::Order, Name::InvoiceRequested) => &[(Property::DueAt, Field::InvoiceDueAt)],
        (ObjectKind::Order, Name::ShipmentCreated | Name::ShipmentScanned | Name::ShipmentDelivered) => &[],
        (ObjectKind::Order, _) => &[
            (Property::ClosesAt, Field::ClosesAt),
            (Property::ShipBy, Field::ShipBy),
            (Property::ValueMinor, Field::ValueMinor),
            (Property::RepurchaseAt, Field::RepurchaseAt),
        ],
        (ObjectKind::Shipment, _) => {
            &[(Property::DueAt, Field::DueAt), (Property::StallAfterHours, Field::StallAfterHours)]
        }
        (ObjectKind::Refund, _) => &[(Property::DueAt, Field::DueAt), (Property::AmountMinor, Field::AmountMinor)],
    }
}

fn tell(objects: &mut Vec<Object>, kind: ObjectKind, key: &str, event: &Event, (field, join): Happened) {
    let mut object = match objects.iter().position(|it| it.kind == kind && *it.key == *key) {
        Some(place) => objects.remove(place),
        None => Object::new(kind, key),
    };
    let is_later = event.at >= object.told_at;
    object.told_at = object.told_at.max(event.at);
    object.put(field, event.at.0, &join, is_later);
    for (property, field) in said(kind, event.name) {
        if let Some(value) = event.properties.whole(*property) {
            object.put(*field, value, &Join::Latest, is_later);
        }
    }
    objects.push(object);
    make_room(objects);
}

fn make_room(objects: &mut Vec<Object>) {
    while objects.len() > MAX_OBJECTS {
        let over = objects.iter().position(Object::is_over).unwrap_or(0);
        objects.remove(over);
    }
}

pub(super) fn absorb(objects: &mut Vec<Object>, other: Object) {
    match objects.iter_mut().find(|it| it.kind == other.kind && it.key == other.key) {
        Some(known) => {
            let is_later = other.told_at > known.told_at;
            for (field, value) in other.facts {
                known.put(field, value, &Join::Latest, is_later);
            }
            known.told_at = known.told_at.max(other.told_at);
        }
        None => objects.push(other),
    }
    make_room(objects);
}
