//! The merchant's people and what each role may do.

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Agent,
    Supervisor,
    Operator,
    Admin,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Permission {
    /// Read conversations and orders of one's shops.
    ReadConversations,
    /// Take over and reply.
    Serve,
    /// Take a conversation from a colleague, resolve any.
    Supervise,
    ReadKnowledge,
    WriteKnowledge,
    /// Quick phrases of the whole team; one's own need no permission.
    WriteTeamPhrases,
    ManageStaff,
    ReadAudit,
}

impl Role {
    pub const ALL: [Self; 4] = [Self::Agent, Self::Supervisor, Self::Operator, Self::Admin];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Agent => "agent",
            Self::Supervisor => "supervisor",
            Self::Operator => "operator",
            Self::Admin => "admin",
        }
    }

    /// Least privilege: an admin manages people, and serves shoppers only with the agent role as well.
    pub const fn permissions(self) -> &'static [Permission] {
        use Permission::*;
        match self {
            Self::Agent => &[ReadConversations, Serve, ReadKnowledge],
            Self::Supervisor => &[ReadConversations, Serve, Supervise, ReadKnowledge, WriteTeamPhrases, ReadAudit],
            Self::Operator => &[ReadKnowledge, WriteKnowledge, WriteTeamPhrases],
            Self::Admin => &[ReadKnowledge, ManageStaff, ReadAudit],
        }
    }
}

impl std::str::FromStr for Role {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|role| role.as_str() == text).ok_or(())
    }
}

/// Whether an agent takes new conversations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Presence {
    Online,
    Paused,
    #[default]
    Offline,
}

impl Presence {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Online => "online",
            Self::Paused => "paused",
            Self::Offline => "offline",
        }
    }
}
