//! Order actions as the console sees them: what may be done, what would happen, what became of it.

use domain::language::Bilingual as Words;
use engine::actions::{Preview, Record};
use serde::{Deserialize, Serialize};
use skills::policy::{self, Condition, Offer, PastState, Verdict};
use utoipa::ToSchema;

use super::{
    basics::{Bilingual, StaffName},
    deeds::{Action, PaymentMethod, Sums},
    policies::{ActorKind, PolicyVerdict},
};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Approver {
    Agent,
    Supervisor,
}

impl From<policy::Approver> for Approver {
    fn from(approver: policy::Approver) -> Self {
        match approver {
            policy::Approver::Agent => Self::Agent,
            policy::Approver::Supervisor => Self::Supervisor,
        }
    }
}

/// A decision in parts: the verdict, the rule that made it, and why in words.
struct Decision {
    verdict: PolicyVerdict,
    rule: Option<String>,
    text: Option<Bilingual>,
    approver: Option<Approver>,
}

impl From<Verdict> for Decision {
    fn from(verdict: Verdict) -> Self {
        let with = |verdict, rule, text: Words, approver| Self {
            verdict,
            rule: Some(rule),
            text: Some(text.into()),
            approver,
        };
        match verdict {
            Verdict::Allowed => Self { verdict: PolicyVerdict::Allowed, rule: None, text: None, approver: None },
            Verdict::NeedsApproval { role, rule, text } => {
                with(PolicyVerdict::NeedsApproval, rule, text, Some(role.into()))
            }
            Verdict::Refused { rule, text } => with(PolicyVerdict::Refused, rule, text, None),
        }
    }
}

/// What may be done to an order now, and what was done to it or waits.
#[derive(Debug, Serialize, ToSchema)]
pub struct OrderActions {
    pub offers: Vec<ActionOffer>,
    /// The customer's own, for actions that name one.
    #[schema(value_type = Vec<PaymentMethod>)]
    pub payment_methods: Vec<domain::shop::PaymentMethod>,
    /// The latest first.
    pub past: Vec<ActionRecord>,
}

/// A kind of action, as far as the order alone decides it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ActionOffer {
    #[schema(example = "change_address")]
    pub name: String,
    pub verdict: PolicyVerdict,
    /// The rule that refuses, or asks for approval.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<Bilingual>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approver: Option<Approver>,
    /// Limits that depend on what exactly is wanted; the preview decides them.
    pub conditions: Vec<ActionCondition>,
    /// What moves, where the order alone decides it.
    pub sums: Sums,
    /// How long it could be undone; absent: never.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undo_ms: Option<i64>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ActionCondition {
    pub rule: String,
    pub text: Bilingual,
    /// Who has to agree in this case; absent: it is refused otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approver: Option<Approver>,
}

impl From<Offer> for ActionOffer {
    fn from(offer: Offer) -> Self {
        let Decision { verdict, rule, text, approver } = offer.verdict.into();
        let condition = |Condition { rule, text, approver }: Condition| ActionCondition {
            rule,
            text: text.into(),
            approver: approver.map(Into::into),
        };
        Self {
            name: offer.name.to_owned(),
            verdict,
            rule,
            text,
            approver,
            conditions: offer.conditions.into_iter().map(condition).collect(),
            sums: offer.sums.into(),
            undo_ms: offer.undo_ms,
        }
    }
}

/// What would happen. Nothing has.
#[derive(Debug, Serialize, ToSchema)]
pub struct ActionPreview {
    pub verdict: PolicyVerdict,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<Bilingual>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approver: Option<Approver>,
    /// What would happen, or why not, line by line.
    pub lines: Vec<Bilingual>,
    pub sums: Sums,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undo_ms: Option<i64>,
    /// Confirms exactly this, for half an hour; absent when it is refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
}

impl From<Preview> for ActionPreview {
    fn from(preview: Preview) -> Self {
        let Decision { verdict, rule, text, approver } = preview.verdict.into();
        Self {
            verdict,
            rule,
            text,
            approver,
            lines: preview.lines.into_iter().map(Into::into).collect(),
            sums: preview.sums.into(),
            undo_ms: preview.undo_ms,
            token: preview.token,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ActionState {
    AwaitingApproval,
    /// The shop has been asked and has not answered yet.
    Running,
    Done,
    Undone,
    Refused,
    Failed,
}

impl From<PastState> for ActionState {
    fn from(state: PastState) -> Self {
        match state {
            PastState::AwaitingApproval => Self::AwaitingApproval,
            PastState::Running => Self::Running,
            PastState::Done => Self::Done,
            PastState::Undone => Self::Undone,
            PastState::Refused => Self::Refused,
            PastState::Failed => Self::Failed,
        }
    }
}

/// An action that was asked for, and what became of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ActionRecord {
    #[schema(example = "act_…")]
    pub id: String,
    pub shop: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conversation: Option<String>,
    /// Whose order it is, by the name the shop gave; absent for a visitor.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shopper: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order: Option<String>,
    pub name: String,
    /// The wish itself; absent once the person it concerned was erased.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Action>)]
    pub action: Option<domain::action::Action>,
    pub by: ActorKind,
    /// The member of the team by whose hand it came, or who decided on it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by_staff: Option<StaffName>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decided_by: Option<StaffName>,
    pub state: ActionState,
    /// The rule that refused it or asks for approval; `shop_…` when the shop refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<Bilingual>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approver: Option<Approver>,
    /// What was shown when it was confirmed.
    pub lines: Vec<Bilingual>,
    pub sums: Sums,
    /// The shop's own number for it, such as that of a refund.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undo_until: Option<i64>,
    /// Whether the reader may agree to it, or refuse.
    pub may_decide: bool,
    pub created_at: i64,
    pub updated_at: i64,
}

/// Names that stand beside a record.
#[derive(Debug, Default)]
pub struct RecordNames {
    pub shopper: Option<String>,
    pub by: Option<StaffName>,
    pub decided_by: Option<StaffName>,
}

impl ActionRecord {
    pub fn new(record: Record, names: RecordNames, may_decide: bool) -> Self {
        let by = policy::ActorKind::ALL.into_iter().find(|kind| kind.as_str() == record.by);
        let sums = record.outcome.as_ref().map_or(record.shown.sums, |done| done.sums.clone());
        Self {
            id: record.id.to_string(),
            shop: record.shop.to_string(),
            conversation: record.conversation.map(|id| id.to_string()),
            shopper: names.shopper,
            order: record.order.map(|key| key.0),
            name: record.name,
            action: record.action,
            by: by.unwrap_or(policy::ActorKind::Api).into(),
            by_staff: names.by,
            decided_by: names.decided_by,
            state: record.state.into(),
            rule: record.rule,
            text: record.shown.text.map(Into::into),
            approver: record.approver.map(Into::into),
            lines: record.shown.lines.into_iter().map(Into::into).collect(),
            sums: sums.into(),
            reference: record.outcome.and_then(|done| done.reference),
            undo_until: record.undo_until.map(|at| at.0),
            may_decide,
            created_at: record.created_at.0,
            updated_at: record.updated_at.0,
        }
    }
}
