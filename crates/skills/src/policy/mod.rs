//! Policies: who may do what to which order, until when, up to what amount, how often and with whose approval. Written
//! in YAML and CEL, checked when loaded, and decided here for everybody alike: bot, model, agent and API.

mod case;
mod facts;
mod form;
mod judge;
mod names;
mod offer;
mod sample;
mod sums;

use std::collections::BTreeMap;

use domain::language::Bilingual;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

pub use self::{
    case::{ActorKind, Case, Past, PastState, Subject},
    facts::{Item, items},
    form::{MAX_POLICY_BYTES, load},
    judge::{Judgement, Step, StepFate, Verdict},
    names::{BUILT_IN, text as built_in_text},
    offer::{Condition, Offer},
    sums::{difference, paid, paid_by_method, sums},
};
use crate::Expression;

/// Whose approval an action may need.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Approver {
    Agent,
    Supervisor,
}

impl Approver {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Agent => "agent",
            Self::Supervisor => "supervisor",
        }
    }
}

/// One shop's policy, complete: what it doesn't name is refused.
#[derive(Debug, Clone, PartialEq)]
pub struct Policy {
    pub title: Bilingual,
    /// Numbers and lists the rules refer to as `value.x`.
    pub values: BTreeMap<String, Json>,
    pub actions: BTreeMap<String, ActionPolicy>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct ActionPolicy {
    pub who: Vec<ActorKind>,
    /// Also for a shopper the shop has not vouched for; never for an order.
    pub is_open_to_visitors: bool,
    pub rules: Vec<Rule>,
    pub approval: Vec<Approval>,
    /// How long it may be undone after it was done.
    pub undo_ms: Option<i64>,
    /// The file it was written in.
    pub file: String,
}

/// What has to hold for an action to be allowed.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    pub name: String,
    pub require: Expression,
    pub text: Bilingual,
}

/// When a person has to agree first.
#[derive(Debug, Clone, PartialEq)]
pub struct Approval {
    pub name: String,
    pub when: Expression,
    pub by: Approver,
    pub text: Bilingual,
}

impl Policy {
    /// The policy of the demo shop, which a merchant's own extends.
    pub const DEFAULT: &'static str = include_str!("../../../../content/policies/default.yaml");
    /// tau2-bench's retail policy, to measure on its data.
    pub const RETAIL_TAU2: &'static str = include_str!("../../../../content/policies/retail_tau2.yaml");
}

#[cfg(test)]
mod tests;
