//! Policies, as the console sees them.

use engine::actions::Preview;
use serde::{Deserialize, Serialize};
use skills::policy;
use utoipa::ToSchema;

use super::basics::Bilingual;

macro_rules! actors {
    ($($name:ident),*) => {
        /// By whose hand.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum ActorKind { $($name),* }

        impl From<ActorKind> for policy::ActorKind {
            fn from(kind: ActorKind) -> Self {
                match kind { $(ActorKind::$name => Self::$name),* }
            }
        }

        impl From<policy::ActorKind> for ActorKind {
            fn from(kind: policy::ActorKind) -> Self {
                match kind { $(policy::ActorKind::$name => Self::$name),* }
            }
        }
    };
}
actors!(Shopper, Bot, Model, Agent, Supervisor, Api);

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PolicyView {
    pub title: Bilingual,
    pub actions: Vec<PolicyAction>,
}

/// What has to hold for one kind of action.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PolicyAction {
    pub name: String,
    pub who: Vec<ActorKind>,
    pub rules: Vec<PolicyRule>,
    pub approvals: Vec<PolicyRule>,
    /// How long it may be undone after it was done; absent: never.
    pub undo_ms: Option<i64>,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PolicyRule {
    pub name: String,
    /// CEL.
    pub expression: String,
    pub text: Bilingual,
    /// For approvals: `agent` or `supervisor`.
    pub by: Option<String>,
}

impl PolicyView {
    pub fn of(found: &policy::Policy) -> Self {
        let action = |(name, action): (&String, &policy::ActionPolicy)| PolicyAction {
            name: name.clone(),
            who: action.who.iter().map(|kind| (*kind).into()).collect(),
            rules: action
                .rules
                .iter()
                .map(|rule| PolicyRule {
                    name: rule.name.clone(),
                    expression: rule.require.source().to_owned(),
                    text: rule.text.clone().into(),
                    by: None,
                })
                .collect(),
            approvals: action
                .approval
                .iter()
                .map(|approval| PolicyRule {
                    name: approval.name.clone(),
                    expression: approval.when.source().to_owned(),
                    text: approval.text.clone().into(),
                    by: Some(approval.by.as_str().to_owned()),
                })
                .collect(),
            undo_ms: action.undo_ms,
        };
        Self { title: found.title.clone().into(), actions: found.actions.iter().map(action).collect() }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PolicyVerdict {
    Allowed,
    NeedsApproval,
    Refused,
}

/// What would happen.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WhatIfView {
    pub verdict: PolicyVerdict,
    /// The rule that refuses, or asks for approval.
    pub rule: Option<String>,
    /// What would happen, or why not.
    pub lines: Vec<Bilingual>,
    pub undo_ms: Option<i64>,
}

impl WhatIfView {
    pub fn of(preview: &Preview) -> Self {
        use policy::Verdict;
        let (verdict, rule) = match &preview.verdict {
            Verdict::Allowed => (PolicyVerdict::Allowed, None),
            Verdict::NeedsApproval { rule, .. } => (PolicyVerdict::NeedsApproval, Some(rule.clone())),
            Verdict::Refused { rule, .. } => (PolicyVerdict::Refused, Some(rule.clone())),
        };
        Self { verdict, rule, lines: preview.lines.iter().cloned().map(Into::into).collect(), undo_ms: preview.undo_ms }
    }
}
