//! Articles: the merchant's approved answers, in lists, alone, in versions and as search hits.

use domain::{
    article::{Article as Stored, ArticleDraft as Draft},
    id::{ArticleId, ShopId},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::basics::Language;

#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Wording {
    pub question: String,
    #[serde(default)]
    #[schema(required = true)]
    pub aliases: Vec<String>,
    /// Markdown.
    pub answer: String,
}

/// Where an article holds. Empty lists mean everywhere in the shop.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Scope {
    #[serde(default)]
    #[schema(required = true)]
    pub products: Vec<String>,
    #[serde(default)]
    #[schema(required = true)]
    pub categories: Vec<String>,
}

/// What a person writes: an article without its history. At least one language is needed; empty lists and texts may
/// be left out when sending.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ArticleDraft {
    /// The merchant's own stable name.
    #[schema(example = "return-window")]
    pub key: String,
    #[serde(default)]
    #[schema(required = true)]
    pub category: String,
    #[serde(default)]
    #[schema(required = true)]
    pub scope: Scope,
    #[serde(default)]
    pub valid_from: Option<i64>,
    /// The first moment at which it no longer holds.
    #[serde(default)]
    pub valid_until: Option<i64>,
    #[serde(default)]
    pub zh: Option<Wording>,
    #[serde(default)]
    pub en: Option<Wording>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ArticleState {
    Live,
    Archived,
    Scheduled,
    Expired,
}

impl ArticleState {
    pub fn of(article: &Stored, now: Timestamp) -> Self {
        if article.archived {
            Self::Archived
        } else if article.draft.valid_from.is_some_and(|from| now < from) {
            Self::Scheduled
        } else if article.holds_at(now) {
            Self::Live
        } else {
            Self::Expired
        }
    }
}

impl From<ArticleState> for store::ArticleState {
    fn from(state: ArticleState) -> Self {
        match state {
            ArticleState::Live => Self::Live,
            ArticleState::Archived => Self::Archived,
            ArticleState::Scheduled => Self::Scheduled,
            ArticleState::Expired => Self::Expired,
        }
    }
}

/// How the article can be found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Indexed {
    /// By meaning and by words.
    Hybrid,
    /// By words only: no embedding model is there.
    Lexical,
    /// By words now, by meaning in a moment.
    Pending,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Article {
    #[schema(value_type = String)]
    pub id: ArticleId,
    #[schema(value_type = String)]
    pub shop: ShopId,
    pub version: i64,
    #[serde(flatten)]
    #[schema(value_type = ArticleDraft)]
    pub draft: Draft,
    pub archived: bool,
    #[schema(value_type = i64)]
    pub updated_at: Timestamp,
    pub updated_by: String,
    pub indexed: Indexed,
    /// When it was just saved: what in its answers had better not be said.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<super::compliance::Warning>,
}

impl Article {
    pub fn new(article: Stored, indexed: Indexed) -> Self {
        Self {
            id: article.id,
            shop: article.shop,
            version: article.version,
            draft: article.draft,
            archived: article.archived,
            updated_at: article.updated_at,
            updated_by: article.updated_by,
            indexed,
            warnings: Vec::new(),
        }
    }
}

/// The questions of an article, where they exist.
#[derive(Debug, Serialize, ToSchema)]
pub struct Questions {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zh: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub en: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ArticleRow {
    #[schema(value_type = String)]
    pub id: ArticleId,
    #[schema(value_type = String)]
    pub shop: ShopId,
    pub version: i64,
    pub key: String,
    pub category: String,
    pub question: Questions,
    pub languages: Vec<Language>,
    pub state: ArticleState,
    #[schema(value_type = i64)]
    pub updated_at: Timestamp,
    pub updated_by: String,
    pub indexed: Indexed,
}

impl ArticleRow {
    pub fn new(article: &Stored, now: Timestamp, indexed: Indexed) -> Self {
        let question = |wording: &Option<domain::article::Wording>| wording.as_ref().map(|it| it.question.clone());
        Self {
            id: article.id,
            shop: article.shop,
            version: article.version,
            key: article.draft.key.clone(),
            category: article.draft.category.clone(),
            question: Questions { zh: question(&article.draft.zh), en: question(&article.draft.en) },
            languages: domain::language::Language::ALL
                .into_iter()
                .filter(|language| article.draft.wording(*language).is_some())
                .map(Language::from)
                .collect(),
            state: ArticleState::of(article, now),
            updated_at: article.updated_at,
            updated_by: article.updated_by.clone(),
            indexed,
        }
    }
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ArticlePage {
    pub items: Vec<ArticleRow>,
    pub next: Option<String>,
    /// All categories of the shop.
    pub categories: Vec<String>,
    /// On all pages together.
    pub total: i64,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ArticleVersion {
    pub version: i64,
    #[schema(value_type = ArticleDraft)]
    pub draft: Draft,
    #[schema(value_type = i64)]
    pub updated_at: Timestamp,
    pub updated_by: String,
    pub archived: bool,
}

impl From<Stored> for ArticleVersion {
    fn from(article: Stored) -> Self {
        Self {
            version: article.version,
            draft: article.draft,
            updated_at: article.updated_at,
            updated_by: article.updated_by,
            archived: article.archived,
        }
    }
}

/// What the assistant would find, and why.
#[derive(Debug, Serialize, ToSchema)]
pub struct SearchPreview {
    pub basis: SearchBasis,
    pub took_ms: i64,
    pub hits: Vec<SearchHit>,
    pub would: Would,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SearchBasis {
    Hybrid,
    LexicalOnly,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct SearchHit {
    pub article: ArticleRow,
    pub version: i64,
    pub language: Language,
    /// Orders the hits of one question.
    pub score: f32,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cosine: Option<f32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lexical: Option<f32>,
    /// The question or alias that is nearest.
    pub phrasing: String,
    pub answer: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WouldKind {
    Answer,
    Clarify,
    Abstain,
}

/// What the assistant would do with these hits.
#[derive(Debug, Serialize, ToSchema)]
pub struct Would {
    pub kind: WouldKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub article: Option<ArticleId>,
    pub threshold: f32,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ImportReport {
    pub created: usize,
    pub updated: usize,
    pub unchanged: usize,
    pub rejected: Vec<ImportFault>,
    pub warnings: Vec<ImportFault>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ImportFault {
    /// As the file counts, from 1; 0 for the file as a whole.
    pub row: usize,
    pub field: String,
    pub code: String,
    /// In the reader's language.
    pub message: String,
}
