//! What can go wrong when the desk is asked for something. People see a text made from the code; causes stay inside.

use domain::{article::DraftFault, conversation::Refusal, language::Bilingual};
use store::StoreError;

use crate::shop::ShopError;

pub type Result<T, E = DeskError> = std::result::Result<T, E>;

#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// It doesn't exist, or whoever asks may not know that it does.
    #[error("not found")]
    NotFound,
    #[error("not allowed")]
    Forbidden,
    #[error("refused: {0}")]
    Refused(#[from] Refusal),
    #[error("invalid: {0:?}")]
    Invalid(Vec<Fault>),
    /// Somebody else changed it in the meantime.
    #[error("changed by somebody else")]
    Conflict,
    /// A rule of compliance forbids the text.
    #[error("not compliant: {rule}")]
    NotCompliant { rule: String, reason: Bilingual },
    #[error("too many attempts")]
    TooMany { retry_after_s: i64 },
    #[error("wrong e-mail or password")]
    SignInFailed,
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Shop(#[from] ShopError),
    #[error(transparent)]
    Embedding(#[from] models::EmbedError),
    #[error("file storage")]
    Files(#[source] std::io::Error),
    #[error("stored {what} can't be read")]
    Corrupt { what: &'static str, source: serde_json::Error },
    #[error("{0}")]
    Internal(&'static str),
}

/// A field of what was sent, and the rule it breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub field: &'static str,
    /// Stable: `empty`, `too_long`, `too_many`, `unknown`, `malformed`, …
    pub code: &'static str,
}

impl DeskError {
    pub fn invalid(field: &'static str, code: &'static str) -> Self {
        Self::Invalid(vec![Fault { field, code }])
    }
}

impl From<Vec<DraftFault>> for DeskError {
    fn from(faults: Vec<DraftFault>) -> Self {
        use domain::article::DraftRule;
        let code = |rule| match rule {
            DraftRule::Empty => "empty",
            DraftRule::TooLong => "too_long",
            DraftRule::TooMany => "too_many",
            DraftRule::NoLanguage => "no_language",
            DraftRule::EndsBeforeStart => "ends_before_start",
        };
        Self::Invalid(faults.into_iter().map(|fault| Fault { field: fault.field, code: code(fault.rule) }).collect())
    }
}
