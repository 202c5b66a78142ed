//! Drawing the sample: chance alone decides, never what was asked or how sure the bot was.

use domain::{
    conversation::Seq,
    id::{ArticleId, ConversationId, SampleId, ShopId},
    language::Language,
};
use store::{Sample, SampleKind};

use super::Terms;
use crate::{desk::Desk, error::Result};

/// The best article the bot found for a question, and what it made of it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Sought {
    pub article: ArticleId,
    pub version: i64,
    pub language: Language,
    pub chance: f32,
    pub threshold: f32,
    /// `answered`, `clarified` or `abstained`.
    pub outcome: &'static str,
}

/// The bits of a sample's id, for a share of all.
pub(crate) fn drawn(desk: &Desk, share: f64) -> Option<u128> {
    let bits = desk.ids.bits();
    // The last 32 bits of an id are random.
    (f64::from(bits as u32) / f64::from(u32::MAX) < share).then_some(bits)
}

/// Takes the question into the sample, or doesn't.
pub(crate) async fn note(
    desk: &Desk,
    shop: ShopId,
    terms: &Terms,
    conversation: ConversationId,
    seq: Seq,
    sought: &Sought,
) -> Result<()> {
    let Some(bits) = drawn(desk, terms.share) else { return Ok(()) };
    let sample = Sample {
        id: SampleId::from_bits(bits),
        kind: SampleKind::Answer,
        shop,
        conversation,
        seq,
        at: desk.now(),
        article: Some((sought.article, sought.version)),
        language: sought.language.as_str().to_owned(),
        chance: f64::from(sought.chance),
        threshold: f64::from(sought.threshold),
        outcome: sought.outcome.to_owned(),
        verdict: None,
        judged_by: None,
        judged_at: None,
    };
    Ok(desk.store.add_sample(&sample).await?)
}
