//! Small shapes used everywhere.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident),* $(,)? })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$vdoc])* $variant),* }
    )*};
}

words! {
    Language { Zh, En }
    /// Who spoke or acted: the shopper, the automatic assistant, a human, or the desk itself.
    Party { Shopper, Bot, Agent, System }
    Stage { Open, Resolved }
    /// Who serves, as shoppers see it.
    ControllerKind { Bot, Queue, Agent }
    Role { Agent, Supervisor, Operator, Admin }
    Presence { Online, Paused, Offline }
    Emotion { Calm, Worried, Upset, Angry }
    HandoffReason {
        Asked, Abstained, BotFailed, Upset, Repeated, Risk, Threat, PaymentDispute, AmountLimit, UnsupportedLanguage, NeedsPerson,
        Predicted, AgentReleased, OfflineMessage, Transferred, AgentSilent, AgentAway,
    }
    OrderState { Unpaid, Paid, Packing, Shipped, Delivered, Completed, Cancelled, AfterSales }
    ShipmentState { Created, InTransit, OutForDelivery, Delivered, Failed, Returning, Lost }
    RefundState { Requested, Approved, Returning, Processing, Paid, Refused }
    /// What a note is for. A whisper is for the agent in control and for supervisors.
    NoteKind { Note, Whisper, Question, Answer, Invitation }
    QuickAction { Human, Bot, SignIn }
    TurnStage { Understand, Decide, Act, Compose, Guard, Deliver }
    TurnOutcome { Replied, Withheld, HandedOff, Skipped }
}

impl From<domain::language::Language> for Language {
    fn from(language: domain::language::Language) -> Self {
        match language {
            domain::language::Language::Zh => Self::Zh,
            domain::language::Language::En => Self::En,
        }
    }
}

impl From<Language> for domain::language::Language {
    fn from(language: Language) -> Self {
        match language {
            Language::Zh => Self::Zh,
            Language::En => Self::En,
        }
    }
}

impl From<domain::staff::Presence> for Presence {
    fn from(presence: domain::staff::Presence) -> Self {
        match presence {
            domain::staff::Presence::Online => Self::Online,
            domain::staff::Presence::Paused => Self::Paused,
            domain::staff::Presence::Offline => Self::Offline,
        }
    }
}

impl From<Presence> for domain::staff::Presence {
    fn from(presence: Presence) -> Self {
        match presence {
            Presence::Online => Self::Online,
            Presence::Paused => Self::Paused,
            Presence::Offline => Self::Offline,
        }
    }
}

impl From<domain::actor::Actor> for Party {
    fn from(actor: domain::actor::Actor) -> Self {
        match actor {
            domain::actor::Actor::Shopper(_) => Self::Shopper,
            domain::actor::Actor::Bot => Self::Bot,
            domain::actor::Actor::Agent(_) => Self::Agent,
            domain::actor::Actor::System => Self::System,
        }
    }
}

impl Party {
    /// From a stored name; whatever isn't known was the desk.
    pub fn from_name(name: &str) -> Self {
        match name {
            "shopper" => Self::Shopper,
            "bot" => Self::Bot,
            "agent" => Self::Agent,
            _ => Self::System,
        }
    }
}

impl From<domain::conversation::NoteKind> for NoteKind {
    fn from(kind: domain::conversation::NoteKind) -> Self {
        match kind {
            domain::conversation::NoteKind::Note => Self::Note,
            domain::conversation::NoteKind::Whisper => Self::Whisper,
            domain::conversation::NoteKind::Question => Self::Question,
            domain::conversation::NoteKind::Answer => Self::Answer,
            domain::conversation::NoteKind::Invitation => Self::Invitation,
        }
    }
}

impl From<NoteKind> for domain::conversation::NoteKind {
    fn from(kind: NoteKind) -> Self {
        match kind {
            NoteKind::Note => Self::Note,
            NoteKind::Whisper => Self::Whisper,
            NoteKind::Question => Self::Question,
            NoteKind::Answer => Self::Answer,
            NoteKind::Invitation => Self::Invitation,
        }
    }
}

/// A text in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Bilingual {
    pub zh: String,
    pub en: String,
}

impl From<domain::language::Bilingual> for Bilingual {
    fn from(text: domain::language::Bilingual) -> Self {
        Self { zh: text.zh, en: text.en }
    }
}

/// An amount in the currency's smallest unit (分, cents).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Money {
    #[schema(example = 12990)]
    pub minor: i64,
    #[schema(example = "CNY")]
    pub currency: String,
}

/// Exactly one of these speaks to the shopper of an open conversation. Of a resolved one: who would answer next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Controller {
    Bot,
    Queue {
        #[schema(value_type = String)]
        queue: domain::id::QueueId,
    },
    Agent {
        #[schema(value_type = String)]
        agent: domain::id::StaffId,
    },
}

impl From<Option<domain::actor::Controller>> for Controller {
    fn from(controller: Option<domain::actor::Controller>) -> Self {
        match controller {
            Some(domain::actor::Controller::Queue(queue)) => Self::Queue { queue },
            Some(domain::actor::Controller::Agent(agent)) => Self::Agent { agent },
            Some(domain::actor::Controller::Bot) | None => Self::Bot,
        }
    }
}

impl From<Controller> for ControllerKind {
    fn from(controller: Controller) -> Self {
        match controller {
            Controller::Bot => Self::Bot,
            Controller::Queue { .. } => Self::Queue,
            Controller::Agent { .. } => Self::Agent,
        }
    }
}

/// A shop as a choice.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ShopName {
    #[schema(value_type = String)]
    pub id: domain::id::ShopId,
    pub key: String,
    pub name: Bilingual,
}

impl From<&store::Shop> for ShopName {
    fn from(shop: &store::Shop) -> Self {
        Self { id: shop.id, key: shop.key.clone(), name: shop.name.clone().into() }
    }
}

/// Somebody of the team, by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct StaffName {
    #[schema(value_type = String)]
    pub id: domain::id::StaffId,
    pub name: String,
}

/// How far each side has read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct ReadMarks {
    pub shopper: i64,
    pub team: i64,
}

impl From<store::ReadMarks> for ReadMarks {
    fn from(marks: store::ReadMarks) -> Self {
        Self { shopper: marks.shopper, team: marks.team }
    }
}

/// The page of the shop on which the shopper chats.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Page {
    pub url: String,
    #[serde(default)]
    pub title: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<String>,
}

impl From<store::Page> for Page {
    fn from(page: store::Page) -> Self {
        Self { url: page.url, title: page.title, product: page.product, order: page.order }
    }
}
