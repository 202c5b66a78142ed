//! The merchant's people, their quick phrases, what they did, and the numbers of the day.

use std::collections::BTreeSet;

use domain::{
    id::{AuditId, PhraseId, ShopId, StaffId},
    staff::{Permission, Role as StoredRole},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    basics::{Language, Presence, Role, ShopName, StaffName},
    compliance::Warning,
};

/// Whoever is signed in.
#[derive(Debug, Serialize, ToSchema)]
pub struct Me {
    #[schema(value_type = String)]
    pub id: StaffId,
    pub name: String,
    pub email: String,
    #[schema(value_type = Vec<Role>)]
    pub roles: Vec<StoredRole>,
    pub shops: Vec<ShopName>,
    pub language: Language,
    pub presence: Presence,
    /// For the header `X-CSRF-Token` of everything that changes something.
    pub csrf: String,
    /// What the roles allow, such as `serve` or `write_knowledge`.
    #[schema(value_type = Vec<String>)]
    pub permissions: BTreeSet<Permission>,
}

pub fn roles_of(staff: &store::Staff) -> Vec<StoredRole> {
    staff.grants.iter().map(|grant| grant.role).collect::<BTreeSet<_>>().into_iter().collect()
}

pub fn shops_of(staff: &store::Staff) -> Vec<ShopId> {
    staff.grants.iter().map(|grant| grant.shop).collect::<BTreeSet<_>>().into_iter().collect()
}

pub fn permissions_of(staff: &store::Staff) -> BTreeSet<Permission> {
    staff.grants.iter().flat_map(|grant| grant.role.permissions()).copied().collect()
}

/// Somebody of the team, for admins.
#[derive(Debug, Serialize, ToSchema)]
pub struct StaffView {
    #[schema(value_type = String)]
    pub id: StaffId,
    pub email: String,
    pub name: String,
    #[schema(value_type = Vec<Role>)]
    pub roles: Vec<StoredRole>,
    #[schema(value_type = Vec<String>)]
    pub shops: Vec<ShopId>,
    pub language: Language,
    pub presence: Presence,
    pub disabled: bool,
    #[schema(value_type = i64)]
    pub created_at: Timestamp,
}

impl From<store::Staff> for StaffView {
    fn from(staff: store::Staff) -> Self {
        Self {
            roles: roles_of(&staff),
            shops: shops_of(&staff),
            id: staff.id,
            email: staff.email,
            name: staff.name,
            language: staff.language.into(),
            presence: staff.presence.into(),
            disabled: staff.disabled,
            created_at: staff.created_at,
        }
    }
}

#[derive(Debug, Serialize, ToSchema)]
pub struct StaffList {
    pub items: Vec<StaffView>,
    pub next: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct AuditEntry {
    #[schema(value_type = String)]
    pub id: AuditId,
    #[schema(value_type = i64)]
    pub at: Timestamp,
    /// Absent when the desk itself or the command line did it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<StaffName>,
    #[schema(example = "staff.created")]
    pub action: String,
    /// The id of what was changed.
    pub subject: String,
    #[schema(value_type = Object)]
    pub detail: serde_json::Value,
}

impl From<store::AuditRow> for AuditEntry {
    fn from(row: store::AuditRow) -> Self {
        let entry = row.entry;
        Self {
            id: entry.id,
            at: entry.at,
            by: entry.staff.map(|id| StaffName { id, name: row.staff_name.unwrap_or_default() }),
            action: entry.action,
            subject: entry.subject,
            detail: serde_json::from_str(&entry.detail).unwrap_or_default(),
        }
    }
}

#[derive(Debug, Serialize, ToSchema)]
pub struct AuditList {
    pub items: Vec<AuditEntry>,
    pub next: Option<String>,
}

/// A text an agent inserts with a few keys.
#[derive(Debug, Serialize, ToSchema)]
pub struct PhraseView {
    #[schema(value_type = String)]
    pub id: PhraseId,
    /// Absent: for every shop.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub shop: Option<ShopId>,
    /// Absent: the whole team's.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub owner: Option<StaffId>,
    pub shortcut: String,
    pub text: PhraseText,
    pub group: String,
    pub used: i64,
    /// When it was just saved: what in it had better not be said.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<Warning>,
}

#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PhraseText {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zh: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub en: Option<String>,
}

impl From<store::Phrase> for PhraseView {
    fn from(phrase: store::Phrase) -> Self {
        let some = |text: String| (!text.is_empty()).then_some(text);
        Self {
            id: phrase.id,
            shop: phrase.shop,
            owner: phrase.owner,
            shortcut: phrase.shortcut,
            text: PhraseText { zh: some(phrase.text.zh), en: some(phrase.text.en) },
            group: phrase.group,
            used: phrase.used,
            warnings: Vec::new(),
        }
    }
}

/// How things stand now and what happened today.
#[derive(Debug, Serialize, ToSchema)]
pub struct Overview {
    pub queue: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub longest_wait_ms: Option<i64>,
    pub with_agents: i64,
    pub with_bot: i64,
    pub agents: Vec<AgentLoad>,
    pub today: Today,
    pub model: ModelState,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct AgentLoad {
    #[schema(value_type = String)]
    pub id: StaffId,
    pub name: String,
    pub presence: Presence,
    pub open: i64,
}

impl From<store::AgentRow> for AgentLoad {
    fn from(row: store::AgentRow) -> Self {
        Self { id: row.id, name: row.name, presence: row.presence.into(), open: row.open }
    }
}

/// Since midnight in the shop's time zone; each conversation counts once in each number.
#[derive(Debug, Serialize, ToSchema)]
pub struct Today {
    pub conversations: i64,
    pub answered_by_bot: i64,
    pub handed_off: i64,
    pub resolved: i64,
    pub rated: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub average_stars: Option<f64>,
}

impl From<store::TodayCounts> for Today {
    fn from(counts: store::TodayCounts) -> Self {
        Self {
            conversations: counts.conversations,
            answered_by_bot: counts.answered_by_bot,
            handed_off: counts.handed_off,
            resolved: counts.resolved,
            rated: counts.rated,
            average_stars: counts.average_stars,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum EmbeddingState {
    Ready,
    Missing,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ModelState {
    pub embedding: EmbeddingState,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}
