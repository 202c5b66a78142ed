//! Articles: approved answers, versioned, per language, valid for a time and a scope.

use serde::{Deserialize, Serialize};

use crate::{
    id::{ArticleId, ShopId},
    language::Language,
    shop::{CategoryKey, ProductKey},
    time::Timestamp,
};

pub const MAX_QUESTION_CHARS: usize = 300;
pub const MAX_ANSWER_CHARS: usize = 8_000;
pub const MAX_ALIASES: usize = 50;
/// The key and the category are short names, not texts.
pub const MAX_KEY_CHARS: usize = 100;

/// The wording of an article in one language.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Wording {
    pub question: String,
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Markdown.
    pub answer: String,
}

/// Where an article holds. Empty lists mean everywhere in the shop.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Scope {
    #[serde(default)]
    pub products: Vec<ProductKey>,
    #[serde(default)]
    pub categories: Vec<CategoryKey>,
}

impl Scope {
    pub fn is_everywhere(&self) -> bool {
        self.products.is_empty() && self.categories.is_empty()
    }
}

/// What a person writes or imports: an article without its history.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ArticleDraft {
    /// The merchant's own stable name; an import with the same key makes a new version.
    pub key: String,
    #[serde(default)]
    pub category: String,
    #[serde(default)]
    pub scope: Scope,
    #[serde(default)]
    pub valid_from: Option<Timestamp>,
    /// The first moment at which it no longer holds.
    #[serde(default)]
    pub valid_until: Option<Timestamp>,
    #[serde(default)]
    pub zh: Option<Wording>,
    #[serde(default)]
    pub en: Option<Wording>,
}

/// What is wrong with a draft; the field is the one a form would mark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("{field}: {rule}")]
pub struct DraftFault {
    pub field: &'static str,
    pub rule: DraftRule,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum DraftRule {
    #[error("must not be empty")]
    Empty,
    #[error("is too long")]
    TooLong,
    #[error("has too many entries")]
    TooMany,
    #[error("needs a question and an answer in at least one language")]
    NoLanguage,
    #[error("must be later than the start")]
    EndsBeforeStart,
}

impl ArticleDraft {
    pub fn wording(&self, language: Language) -> Option<&Wording> {
        match language {
            Language::Zh => self.zh.as_ref(),
            Language::En => self.en.as_ref(),
        }
    }

    /// All faults at once, so that a person can mend them in one go.
    pub fn faults(&self) -> Vec<DraftFault> {
        let mut faults = Vec::new();
        let mut fault = |field, rule| faults.push(DraftFault { field, rule });
        if self.key.trim().is_empty() {
            fault("key", DraftRule::Empty);
        }
        for (field, text) in [("key", &self.key), ("category", &self.category)] {
            if text.chars().count() > MAX_KEY_CHARS {
                fault(field, DraftRule::TooLong);
            }
        }
        if self.zh.is_none() && self.en.is_none() {
            fault("question", DraftRule::NoLanguage);
        }
        for wording in [&self.zh, &self.en].into_iter().flatten() {
            for (field, text, limit) in
                [("question", &wording.question, MAX_QUESTION_CHARS), ("answer", &wording.answer, MAX_ANSWER_CHARS)]
            {
                if text.trim().is_empty() {
                    fault(field, DraftRule::Empty);
                } else if text.chars().count() > limit {
                    fault(field, DraftRule::TooLong);
                }
            }
            if wording.aliases.len() > MAX_ALIASES {
                fault("aliases", DraftRule::TooMany);
            }
            if wording.aliases.iter().any(|alias| alias.chars().count() > MAX_QUESTION_CHARS) {
                fault("aliases", DraftRule::TooLong);
            }
        }
        if let (Some(from), Some(until)) = (self.valid_from, self.valid_until)
            && until <= from
        {
            fault("valid_until", DraftRule::EndsBeforeStart);
        }
        faults
    }
}

/// An approved answer as the desk uses it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    pub id: ArticleId,
    pub shop: ShopId,
    /// Starts at 1; each change makes the next.
    pub version: i64,
    #[serde(flatten)]
    pub draft: ArticleDraft,
    /// Archived articles are kept, and never used to answer.
    pub archived: bool,
    pub updated_at: Timestamp,
    /// Who wrote this version, in words for the history.
    pub updated_by: String,
}

impl Article {
    pub fn holds_at(&self, now: Timestamp) -> bool {
        !self.archived
            && self.draft.valid_from.is_none_or(|from| from <= now)
            && self.draft.valid_until.is_none_or(|until| now < until)
    }
}
