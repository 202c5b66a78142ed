//! What happened, and who says so. The wire form is in docs/events.md; here it is checked, cut to what is allowed and
//! put on the server's clock.

pub mod alias;
mod check;
mod fault;
pub mod limits;
mod moment;
mod name;
mod person;
pub mod property;
mod seen;
#[cfg(test)]
mod tests;
mod wire;

use domain::time::Timestamp;
use serde::{Deserialize, Serialize};

pub use check::{Batch, Entry, read};
pub use fault::{BatchFault, EventFault};
pub use moment::corrected;
pub use name::{Name, Source};
pub use person::{PersonKey, Subject};
pub use property::{Held, Item, Properties, Property};
pub use seen::Seen;

/// Who delivers a batch, which the server knows from how it was authenticated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    Browser,
    Server,
}

/// Something that happened, ready to be counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// What makes it the same event when it is sent again; see [`Event::key`].
    pub id: uuid::Uuid,
    pub name: Name,
    pub origin: Origin,
    /// When it happened, on the server's clock.
    pub at: Timestamp,
    pub received_at: Timestamp,
    pub properties: Properties,
    pub items: Vec<Item>,
    pub page: Option<Page>,
}

/// Where it happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    pub path: Box<str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<Box<str>>,
}

/// What a person has agreed to. Nothing is agreed to until they say so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Consent {
    #[serde(default)]
    pub analytics: bool,
    #[serde(default)]
    pub service_outreach: bool,
    #[serde(default)]
    pub marketing: bool,
}

impl Event {
    /// What the event is about: the order, the policy, the product.
    pub fn subject(&self) -> Option<&str> {
        self.properties.text(self.name.subject()?)
    }

    /// By whom and which: nobody can use up the ids of another person's events.
    pub fn key(&self, person: PersonKey) -> u64 {
        let mixed = self.id.as_u128() ^ person.bits().rotate_left(64);
        // Both halves are near random already, but for the time in a version 7 id.
        ((mixed >> 64) as u64 ^ mixed as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    }
}
