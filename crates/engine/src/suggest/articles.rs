//! Drafts from articles: word for word, with the article as the source.

use domain::shop::ProductKey;
use store::Stored;

use super::{Candidate, Source, question::Question};
use crate::{
    bot::{Memory, confidence},
    desk::Desk,
    error::Result,
    library::{Ask, search_with},
    settings::ShopSettings,
};

const CANDIDATES: usize = 3;
/// A person reads a draft before it is sent, so it may be offered with less certainty than the bot needs to speak.
const FLOOR_SHARE: f32 = 0.6;

pub async fn drafts(
    desk: &Desk,
    stored: &Stored,
    settings: &ShopSettings,
    question: &Question,
    vector: Option<&[f32]>,
) -> Result<Vec<Candidate>> {
    let page = stored.page.as_ref().and_then(|page| page.product.as_deref()).map(ProductKey::from);
    let product = Memory::read(stored.memory.as_deref()).product.or(page);
    let category = match (&product, desk.connector(stored.conversation.shop)) {
        (Some(key), Some(connector)) => connector.product(key).await.ok().map(|product| product.category),
        _ => None,
    };
    let ask = Ask {
        shop: stored.conversation.shop,
        text: question.text.clone(),
        language: question.language,
        product,
        category,
        limit: CANDIDATES,
    };
    let found = search_with(desk, settings, &ask, vector)?;
    let floor = found.threshold * FLOOR_SHARE;
    let sure = found.hits.iter().filter(|hit| confidence(hit, found.basis) >= floor);
    Ok(sure
        .filter_map(|hit| {
            let wording = hit.wording()?;
            Some(Candidate {
                text: wording.answer.trim().to_owned(),
                source: Source::Article {
                    article: hit.article.id,
                    version: hit.article.version,
                    title: wording.question.clone(),
                },
                trust: confidence(hit, found.basis) / found.threshold.max(f32::MIN_POSITIVE),
            })
        })
        .collect())
}
