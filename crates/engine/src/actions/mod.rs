//! The one path by which anything is done to an order: for the bot, a model, an agent and the API alike. Whose order it
//! is, is settled in code before any policy is asked; what was confirmed is what is done, and a key is done once.

mod allowed;
mod approve;
mod list;
mod look;
mod offers;
mod perform;
mod policies;
mod preview;
mod reach;
mod record;
mod settle;
mod token;
mod undo;
mod words;

use domain::{
    action::Action,
    id::{ConversationId, ShopId},
    shop::CustomerKey,
    staff::Permission,
};
use skills::policy::ActorKind;
use store::Staff;

pub(crate) use self::settle::{ACTION_JOB, give_up, resume};
pub use self::{
    allowed::allowed,
    approve::{approve, may_decide, refuse_approval},
    list::{of_conversation, of_order, waiting},
    offers::{Offers, offers},
    perform::{Performed, perform},
    policies::{Policies, PolicyFolderError},
    preview::{Preview, preview, what_if},
    reach::{BotMay, Reach},
    record::{Record, State},
    token::{CONFIRM_WITHIN_MS, is_late},
    undo::{NotUndone, undo},
};
use crate::staff::can;

/// By whose hand something is asked for.
#[derive(Debug, Clone)]
pub enum Doer {
    /// A button in the chat, pressed by the shopper of the conversation.
    Shopper,
    Bot,
    /// A tool call of a language model, on the word of the conversation's shopper.
    Model,
    /// Somebody of the team; what they may is read from their roles.
    Agent(Box<Staff>),
    /// The merchant's own program, by its name.
    Api(String),
}

impl Doer {
    pub fn kind(&self, shop: ShopId) -> ActorKind {
        match self {
            Self::Shopper => ActorKind::Shopper,
            Self::Bot => ActorKind::Bot,
            Self::Model => ActorKind::Model,
            Self::Agent(staff) if can(staff, Some(shop), Permission::Supervise) => ActorKind::Supervisor,
            Self::Agent(_) => ActorKind::Agent,
            Self::Api(_) => ActorKind::Api,
        }
    }

    fn id(&self) -> Option<String> {
        match self {
            Self::Agent(staff) => Some(staff.id.to_string()),
            Self::Api(name) => Some(name.clone()),
            Self::Shopper | Self::Bot | Self::Model => None,
        }
    }

    fn staff(&self) -> Option<&Staff> {
        match self {
            Self::Agent(staff) => Some(staff),
            _ => None,
        }
    }
}

/// For whom something is asked. Whoever it is, only their own orders exist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum For {
    /// The shopper of this conversation, as far as the shop has vouched for them.
    Conversation(ConversationId),
    /// A customer, named by the merchant's own program; nobody else may name one.
    Customer(ShopId, CustomerKey),
}

/// What somebody wants done.
#[derive(Debug, Clone)]
pub struct Wish {
    pub doer: Doer,
    pub whom: For,
    pub action: Action,
}
