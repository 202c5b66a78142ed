//! Triggers: what is noticed, how long is waited, what may be done about it and what it should achieve. Written in YAML,
//! see docs/triggers.md.

mod load;
mod span;
#[cfg(test)]
mod tests;

use domain::{language::Bilingual, time::Timestamp};
use serde::{Deserialize, Serialize};

pub use load::{Fault, Source, Triggers, load};
pub use span::Span;

use crate::{
    condition::{Amount, Condition},
    event::{Event, Name, Property},
    person::{ObjectKind, Person},
};

/// Texts are read on a phone, beside a page.
pub const MAX_TEXT_CHARS: usize = 200;

/// What the shop knows of itself, handed in by whoever runs the shards.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShopFacts {
    /// IANA name; for people whose own zone isn't known.
    pub zone: String,
    /// The ninetieth percentile of its carts.
    pub cart_high_minor: Option<i64>,
    /// How long after placing an order without a closing time is it worth a word.
    pub unpaid_after_ms: i64,
}

impl Default for ShopFacts {
    fn default() -> Self {
        Self { zone: "Asia/Shanghai".to_owned(), cart_high_minor: None, unpaid_after_ms: 20 * domain::time::MINUTE_MS }
    }
}

/// What it is about; the same thing is told of once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum About {
    Order,
    Shipment,
    Refund,
    Product,
    Policy,
    Conversation,
    Visit,
}

impl About {
    pub const fn kind(self) -> Option<ObjectKind> {
        match self {
            Self::Order => Some(ObjectKind::Order),
            Self::Shipment => Some(ObjectKind::Shipment),
            Self::Refund => Some(ObjectKind::Refund),
            _ => None,
        }
    }

    const fn property(self) -> Option<Property> {
        match self {
            Self::Order => Some(Property::OrderId),
            Self::Shipment => Some(Property::ShipmentId),
            Self::Refund => Some(Property::RefundId),
            Self::Product => Some(Property::ProductId),
            Self::Policy => Some(Property::PolicyId),
            Self::Conversation => Some(Property::ConversationId),
            Self::Visit => None,
        }
    }

    /// The key of the thing that an event is about; `None` when the event isn't about such a thing.
    pub fn key(self, event: &Event, person: &Person) -> Option<Box<str>> {
        match self.property() {
            Some(property) => event.properties.text(property).map(Into::into),
            None => Some(person.visit.started.0.to_string().into()),
        }
    }
}

/// On which consent it rests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// About something the person has bought or is doing.
    Service,
    /// To sell something.
    Marketing,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuietHours {
    #[default]
    Kept,
    /// Answers what the person is doing at this moment.
    Exempt,
}

/// When it is due.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WaitFor {
    /// So long after it began.
    #[serde(default, rename = "for")]
    pub span: Option<Span>,
    /// When the person has done nothing for so long.
    #[serde(default)]
    pub idle: Option<Span>,
    /// At the time this gives; asked again when it has come.
    #[serde(default)]
    pub until: Option<Amount>,
    /// Not before this time of the person's day, such as `10:00`.
    #[serde(default)]
    pub local: Option<span::Clock>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Surface {
    /// In the chat's corner of the page, while the person is there.
    Teaser,
    /// In the conversation, and to other channels the person has agreed to.
    Message,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Message {
    pub surface: Surface,
    pub text: Bilingual,
    /// The skill that goes on with what the person answers.
    #[serde(default)]
    pub skill: Option<String>,
    /// What the person may press.
    #[serde(default)]
    pub replies: Vec<Bilingual>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Remedy {
    Coupon,
    Reship,
    Refund,
    Call,
    Apology,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Task {
    /// Always, when left out.
    #[serde(default)]
    pub when: Option<Condition>,
    pub text: Bilingual,
    #[serde(default)]
    pub remedies: Vec<Remedy>,
    /// To be done within.
    pub due: Span,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Better {
    More,
    Fewer,
}

/// What it should change, by assignment and not by clicks.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Goal {
    pub event: Name,
    pub within: Span,
    pub better: Better,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trigger {
    pub id: String,
    pub title: Bilingual,
    #[serde(default = "yes")]
    pub enabled: bool,
    pub about: About,
    pub on: Vec<Name>,
    #[serde(default)]
    pub when: Option<Condition>,
    #[serde(default)]
    pub wait: WaitFor,
    /// Asked again when it is due, and once more at the moment of sending.
    #[serde(default)]
    pub still: Option<Condition>,
    /// The same thing may be noticed again after this.
    #[serde(default)]
    pub again_after: Option<Span>,
    pub purpose: Purpose,
    #[serde(default)]
    pub quiet_hours: QuietHours,
    /// Skipped now, it may be tried again from the state of then. Others are not.
    #[serde(default)]
    pub retried: bool,
    /// Which one wins when several could be sent: the highest.
    pub priority: u8,
    /// What is at stake, in the currency's smallest unit.
    #[serde(default)]
    pub value: Option<Amount>,
    #[serde(default)]
    pub message: Option<Message>,
    #[serde(default)]
    pub task: Option<Task>,
    pub goal: Goal,
}

fn yes() -> bool {
    true
}

/// Something noticed: this trigger, this person, this thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signal {
    pub trigger: String,
    pub person: crate::event::PersonKey,
    pub about: About,
    pub object: Box<str>,
    pub begun: Timestamp,
    pub at: Timestamp,
    pub value_minor: Option<i64>,
    /// A human should see to it as well, or alone.
    pub wants_task: bool,
    /// The visit in which it was noticed, by its beginning.
    pub visit: Timestamp,
    /// What was done within the last hour, and how often.
    pub behaviour: Vec<(Name, i64)>,
    pub facts: Vec<(crate::person::Field, i64)>,
}

impl Signal {
    /// The same on every node and after every restart: the engine stores it as unique, so nobody is told twice.
    pub fn key(&self) -> String {
        format!("{}/{}/{}", self.trigger, self.person, self.object)
    }
}

impl Trigger {
    /// The mark of this trigger and a thing, for remembering that it was noticed.
    pub(crate) fn mark_of(&self, object: &str) -> u32 {
        crate::person::hash(&format!("{}/{object}", self.id))
    }

    pub(crate) fn again_after_ms(&self) -> i64 {
        /// Nothing is noticed twice within a quarter; the store keeps the rest of the promise.
        const ONCE_MS: i64 = 90 * domain::time::DAY_MS;
        self.again_after.map_or(ONCE_MS, |it| it.0)
    }

    /// Content-free of order: what a version of it is called where decisions are kept.
    pub fn is_human_only(&self) -> bool {
        self.message.is_none()
    }
}

pub fn mark(id: &str) -> u32 {
    crate::person::hash(id)
}
