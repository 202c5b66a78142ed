//! What a policy is asked: who wants what, and everything known about it at this moment.

use domain::{
    action::Action,
    shop::{Customer, Order, Product},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// By whose hand an action comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActorKind {
    /// A button in the chat.
    Shopper,
    /// The bot's skills, on the shopper's word.
    Bot,
    /// A language model's tool call, on the shopper's word.
    Model,
    Agent,
    Supervisor,
    /// The merchant's own programs.
    Api,
}

impl ActorKind {
    pub const ALL: [Self; 6] = [Self::Shopper, Self::Bot, Self::Model, Self::Agent, Self::Supervisor, Self::Api];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Shopper => "shopper",
            Self::Bot => "bot",
            Self::Model => "model",
            Self::Agent => "agent",
            Self::Supervisor => "supervisor",
            Self::Api => "api",
        }
    }

    /// Whether this hand is itself the one whose approval is asked for.
    pub const fn may_approve(self, needed: super::Approver) -> bool {
        match needed {
            super::Approver::Agent => matches!(self, Self::Agent | Self::Supervisor),
            super::Approver::Supervisor => matches!(self, Self::Supervisor),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PastState {
    AwaitingApproval,
    Running,
    Done,
    Undone,
    Refused,
    Failed,
}

impl PastState {
    pub const ALL: [Self; 6] =
        [Self::AwaitingApproval, Self::Running, Self::Done, Self::Undone, Self::Refused, Self::Failed];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AwaitingApproval => "awaiting_approval",
            Self::Running => "running",
            Self::Done => "done",
            Self::Undone => "undone",
            Self::Refused => "refused",
            Self::Failed => "failed",
        }
    }
}

/// An action on the same order before this one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Past {
    /// The key under which it was asked for, as in the order's own deeds.
    pub key: String,
    pub at: Timestamp,
    pub action: Action,
    pub state: PastState,
}

/// Whose order it is, and how far the desk knows them.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// `None`: the shop has not vouched for them.
    pub customer: Option<&'a Customer>,
    /// The order the action names, already known to be the customer's own; `None` when there is no such order for them.
    pub order: Option<&'a Order>,
    /// Of the order's lines, and of the action itself.
    pub products: &'a [Product],
}

#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    pub action: &'a Action,
    pub actor: ActorKind,
    pub subject: Subject<'a>,
    pub history: &'a [Past],
    pub now: Timestamp,
}
