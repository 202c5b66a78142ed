//! Asking the library, with what the bot would make of the hits.

use std::time::Instant;

use domain::{
    id::{ArticleId, ShopId},
    language::Language,
    shop::{CategoryKey, ProductKey},
};
use knowledge::{Basis, Hit, Query};
use models::TextKind;

use super::index_failed;
use crate::{bot, desk::Desk, error::Result, settings::ShopSettings};

#[derive(Debug, Clone)]
pub struct Ask {
    pub shop: ShopId,
    pub text: String,
    pub language: Language,
    pub product: Option<ProductKey>,
    pub category: Option<CategoryKey>,
    pub limit: usize,
}

#[derive(Debug, Clone)]
pub struct Found {
    pub basis: Basis,
    pub hits: Vec<Hit>,
    pub took_ms: i64,
    pub would: Would,
    /// What `Would::Answer` needs, on the scale of the confidence: the chance to be right, or while too little is known
    /// to judge that, cosine or the covered share of the question.
    pub threshold: f32,
}

/// What the bot would do with these hits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Would {
    Answer { article: ArticleId },
    Clarify { articles: Vec<ArticleId> },
    Abstain,
}

pub async fn search(desk: &Desk, settings: &ShopSettings, ask: &Ask) -> Result<Found> {
    let vector = embed_question(desk, &ask.text).await;
    search_with(desk, settings, ask, vector.as_deref())
}

/// With the question's vector already made.
pub(crate) fn search_with(desk: &Desk, settings: &ShopSettings, ask: &Ask, vector: Option<&[f32]>) -> Result<Found> {
    let started = Instant::now();
    let ranker = desk.library.ranker(ask.shop, ask.language);
    let query = Query {
        shop: ask.shop,
        text: &ask.text,
        vector,
        language: Some(ask.language),
        now: desk.now(),
        product: ask.product.as_ref(),
        category: ask.category.as_ref(),
        limit: ask.limit,
        ranker: ranker.as_deref(),
    };
    let hits = desk.library.index.search(&query).map_err(index_failed)?;
    let basis = if vector.is_some() { Basis::Hybrid } else { Basis::LexicalOnly };
    let in_force = desk.thresholds.of(ask.shop).unwrap_or(settings.answer_chance);
    let (would, threshold) = bot::would(&hits, basis, settings, in_force);
    Ok(Found { basis, hits, took_ms: started.elapsed().as_millis() as i64, would, threshold })
}

/// How like the text is to the article phrasing most like it, 0 to 1, by words alone.
pub(crate) fn nearest_phrasing(desk: &Desk, shop: ShopId, language: Language, text: &str) -> f64 {
    /// The one with the same words comes first or second.
    const LOOKED_AT: usize = 3;
    let query = Query {
        shop,
        text,
        vector: None,
        language: Some(language),
        now: desk.now(),
        product: None,
        category: None,
        limit: LOOKED_AT,
        ranker: None,
    };
    let hits = desk.library.index.search(&query).unwrap_or_default();
    let phrasings = hits.iter().filter_map(|hit| hit.wording());
    let phrasings = phrasings.flat_map(|wording| std::iter::once(&wording.question).chain(&wording.aliases));
    phrasings.map(|phrasing| bot::likeness(phrasing, text)).fold(0.0, f64::max)
}

/// The question's vector; `None` without a model, or when it failed: words alone are worse than meaning, and better
/// than no answer.
pub(crate) async fn embed_question(desk: &Desk, text: &str) -> Option<Vec<f32>> {
    let embedder = desk.library.embedder.as_ref()?;
    match embedder.embed(TextKind::Query, &[text.to_owned()]).await {
        Ok(mut vectors) => vectors.pop(),
        Err(error) => {
            tracing::warn!(%error, "question not embedded");
            None
        }
    }
}
