//! What may not be said to a shopper, whoever says it: one engine for the bot, agents and quick phrases. Rules stand in
//! packs that are handed in as text; what is found points into the text as it was written.

mod check;
mod links;
mod numbers;
mod own;
mod pack;
mod rewrite;
mod rules;
mod view;
mod words;

use std::ops::Range;

use domain::language::Bilingual;
use serde::{Deserialize, Serialize};

pub use own::{Compliance, OWN_WORDS_MAX, Terms, TermsFault};
pub use pack::{PackError, PackTexts};
pub use rules::Packs;

/// What follows from a finding. Later ones are graver.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Told while typing.
    Hint,
    /// The text has to be changed, or a supervisor sends it.
    MustChange,
    /// It is never sent.
    Block,
}

/// Who says it. Some rules are about the bot alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Speaker {
    Bot,
    Agent,
}

/// What is found by its form and not by a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Detector {
    Mobile,
    Landline,
    /// A company's number: 400-….
    Hotline,
    IdentityCard,
    BankCard,
    Link,
    Mail,
}

/// A piece of a text that had better not be said so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Stable: `absolute`, `diversion`, …, or `own` for the merchant's words.
    pub category: String,
    /// Stable, with the category: `absolute.rank`.
    pub rule: String,
    pub severity: Severity,
    /// In bytes of the text as it was given.
    pub span: Range<usize>,
    pub matched: String,
    pub title: Bilingual,
    pub reason: Bilingual,
    pub suggestion: Suggestion,
}

/// What could be said instead, in the text's language; empty where leaving it out is best.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Suggestion {
    /// What it replaces: the finding, or the clause or sentence around it.
    pub span: Range<usize>,
    pub text: String,
}

#[cfg(test)]
mod tests;
