//! An action as it is remembered: what was wished, what was shown, what became of it.

use domain::{
    action::Action,
    id::{ActionId, ConversationId, ShopId, StaffId},
    language::Bilingual,
    shop::{CustomerKey, OrderKey},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use skills::policy::{Approver, PastState};
use store::StoredAction;

use crate::{error::Result, shop::Done};

pub type State = PastState;

/// The part of a preview that is kept.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Shown {
    pub lines: Vec<Bilingual>,
    pub sums: domain::action::Sums,
    /// Why it was refused, failed or has to wait.
    pub text: Option<Bilingual>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Record {
    pub id: ActionId,
    pub shop: ShopId,
    pub conversation: Option<ConversationId>,
    pub customer: Option<CustomerKey>,
    pub order: Option<OrderKey>,
    pub key: String,
    pub name: String,
    /// `None` once the person it concerned was erased.
    pub action: Option<Action>,
    /// `bot`, `model`, `shopper`, `agent`, `supervisor` or `api`.
    pub by: String,
    pub by_id: Option<String>,
    pub state: State,
    /// The rule that refused it, or asks for approval; `shop_…` when the shop did.
    pub rule: Option<String>,
    pub approver: Option<Approver>,
    pub shown: Shown,
    pub outcome: Option<Done>,
    pub decided_by: Option<StaffId>,
    pub undo_until: Option<Timestamp>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

pub fn state_of(word: &str) -> State {
    State::ALL.into_iter().find(|state| state.as_str() == word).unwrap_or(State::Failed)
}

fn approver_of(word: &str) -> Option<Approver> {
    [Approver::Agent, Approver::Supervisor].into_iter().find(|approver| approver.as_str() == word)
}

impl Record {
    /// What an erasure took out, or a later version wrote, is left out; the bare facts always can be shown.
    pub fn of(stored: StoredAction) -> Self {
        Self {
            action: serde_json::from_str(&stored.wish).ok(),
            shown: serde_json::from_str(&stored.preview).unwrap_or_default(),
            outcome: stored.outcome.as_deref().and_then(|outcome| serde_json::from_str(outcome).ok()),
            state: state_of(&stored.state),
            approver: stored.approver.as_deref().and_then(approver_of),
            id: stored.id,
            shop: stored.shop,
            conversation: stored.conversation,
            customer: stored.customer,
            order: stored.order,
            key: stored.key,
            name: stored.name,
            by: stored.by_kind,
            by_id: stored.by_id,
            rule: stored.rule,
            decided_by: stored.decided_by,
            undo_until: stored.undo_until,
            created_at: stored.created_at,
            updated_at: stored.updated_at,
        }
    }

    pub(super) fn stored(&self) -> Result<StoredAction> {
        use crate::conversations::to_json;
        Ok(StoredAction {
            id: self.id,
            shop: self.shop,
            conversation: self.conversation,
            customer: self.customer.clone(),
            order: self.order.clone(),
            key: self.key.clone(),
            name: self.name.clone(),
            wish: self.action.as_ref().map_or_else(|| Ok("{}".to_owned()), to_json)?,
            by_kind: self.by.clone(),
            by_id: self.by_id.clone(),
            state: self.state.as_str().to_owned(),
            rule: self.rule.clone(),
            approver: self.approver.map(|approver| approver.as_str().to_owned()),
            preview: to_json(&self.shown)?,
            outcome: self.outcome.as_ref().map(to_json).transpose()?,
            decided_by: self.decided_by,
            undo_until: self.undo_until,
            created_at: self.created_at,
            updated_at: self.updated_at,
        })
    }
}
