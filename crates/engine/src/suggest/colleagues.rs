//! Drafts from how colleagues answered the same question. The index is in memory and follows the database.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use domain::{
    id::ShopId,
    language::Language,
    time::{SECOND_MS, Timestamp},
};
use knowledge::{Mix, Recall, SmallVector, by_consensus};
use store::{PastReply, Stored};
use understanding::text::likeness;

use super::{Candidate, Source, question::Question};
use crate::{desk::Desk, error::Result};

/// The latest of a shop: some weeks of a large team, and a few megabytes.
const MAX_REPLIES: i64 = 10_000;
/// Changes of other conversations are taken in this often: reading them all again takes a moment.
const REFRESH_MS: i64 = 10 * SECOND_MS;
/// Nearest questions whose replies are compared.
const NEAREST: usize = 20;
/// Questions this alike may be the same; the model's cosines are high for anything of the same field.
const SAME_COSINE: f32 = 0.88;
/// And this alike by words alone.
const SAME_WORDS: f64 = 0.35;
/// How much more the nearest count when their replies are compared.
const SHARPNESS: f32 = 1.0;
/// Replies that agree this far say the same.
const SAME_REPLY: f32 = 0.6;
const DRAFTS: usize = 2;

/// The index of each shop, as far as it has been asked for.
#[derive(Default)]
pub(crate) struct Replies {
    shops: Mutex<HashMap<ShopId, Arc<Kept>>>,
}

struct Kept {
    revision: i64,
    read_at: Timestamp,
    /// By language: a reply in another one is no draft.
    shelves: HashMap<Language, (Vec<PastReply>, Recall)>,
}

impl Replies {
    async fn of(&self, desk: &Desk, shop: ShopId) -> Result<Arc<Kept>> {
        let known = self.shops.lock().unwrap_or_else(PoisonError::into_inner).get(&shop).cloned();
        if let Some(known) = &known {
            let is_fresh = desk.now().since_ms(known.read_at) < REFRESH_MS;
            if is_fresh || desk.store.past_replies_revision().await? == known.revision {
                return Ok(known.clone());
            }
        }
        let revision = desk.store.past_replies_revision().await?;
        let rows = desk.store.past_replies(shop, MAX_REPLIES).await?;
        let model = desk.library.model().map(str::to_owned);
        let read_at = desk.now();
        let shelves = tokio::task::spawn_blocking(move || shelves(rows, model.as_deref()))
            .await
            .map_err(|_| crate::error::DeskError::Internal("the index of past replies was not built"))?;
        let kept = Arc::new(Kept { revision, read_at, shelves });
        self.shops.lock().unwrap_or_else(PoisonError::into_inner).insert(shop, kept.clone());
        Ok(kept)
    }
}

fn shelves(rows: Vec<PastReply>, model: Option<&str>) -> HashMap<Language, (Vec<PastReply>, Recall)> {
    let mut by_language: HashMap<Language, Vec<PastReply>> = HashMap::new();
    for row in rows {
        by_language.entry(row.reply.language).or_default().push(row);
    }
    by_language
        .into_iter()
        .map(|(language, rows)| {
            let recall = Recall::new(rows.iter().map(|row| (row.reply.question.as_str(), vector_of(row, model))));
            (language, (rows, recall))
        })
        .collect()
}

/// Of another model it would mean something else.
fn vector_of(row: &PastReply, model: Option<&str>) -> Option<SmallVector> {
    let (made_by, bytes) = row.reply.vector.as_ref()?;
    (Some(made_by.as_str()) == model).then(|| SmallVector::from_bytes(bytes)).flatten()
}

pub async fn drafts(
    desk: &Desk,
    stored: &Stored,
    question: &Question,
    vector: Option<&[f32]>,
) -> Result<Vec<Candidate>> {
    let conversation = &stored.conversation;
    let kept = desk.replies.of(desk, conversation.shop).await?;
    let Some((rows, recall)) = kept.shelves.get(&question.language) else { return Ok(Vec::new()) };
    let near: Vec<(&PastReply, f32, f32)> = recall
        .near(&question.text, vector, Mix::default(), NEAREST)
        .into_iter()
        .filter_map(|near| {
            let row = rows.get(near.place)?;
            let words = likeness(&question.text, &row.reply.question);
            let is_same = words >= SAME_WORDS || near.cosine.is_some_and(|cosine| cosine >= SAME_COSINE);
            let sure = near.cosine.unwrap_or(words as f32);
            (is_same && row.conversation != conversation.id).then_some((row, near.score, sure))
        })
        .collect();
    let replies: Vec<(&str, f32)> = near.iter().map(|(row, score, _)| (row.reply.reply.as_str(), *score)).collect();
    let symbols = |text: &str| text.chars().filter(|symbol| symbol.is_alphanumeric()).collect::<Vec<_>>();
    Ok(by_consensus(&replies, SHARPNESS)
        .into_iter()
        .take(DRAFTS)
        .map(|(place, share)| {
            let (row, _, sure) = near[place];
            let own = symbols(&row.reply.reply);
            let alike =
                near.iter().filter(|(other, ..)| knowledge::overlap(&own, &symbols(&other.reply.reply)) >= SAME_REPLY);
            Candidate {
                text: row.reply.reply.clone(),
                source: Source::Colleague {
                    conversation: row.conversation,
                    seq: row.reply.seq,
                    staff: row.reply.staff,
                    name: row.staff_name.clone(),
                    at: row.reply.at,
                    alike: alike.count() as i64,
                },
                trust: sure * (0.5 + 0.5 * share),
            }
        })
        .collect())
}
