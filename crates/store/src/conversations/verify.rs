//! Comparing a conversation's row with the fold of its log. It only reports; nothing is mended here.

use domain::id::ConversationId;

use crate::{Result, Store};

/// Something the row and the log disagree about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    pub what: &'static str,
    pub row: String,
    pub log: String,
}

impl Store {
    /// Empty when the row is exactly what the log says. A conversation that doesn't exist has no differences.
    pub async fn verify_conversation(&self, id: ConversationId) -> Result<Vec<Difference>> {
        unimplemented!("{id}")
    }
}
