//! Drafts for an agent's reply: from articles, from the shop's records and from how colleagues answered the same
//! question. Every draft says what it was made from; people decide whether to use it, and the desk remembers that.

mod articles;
mod colleagues;
mod learn;
mod question;
mod records;

use domain::{
    conversation::Seq,
    id::{ArticleId, ConversationId, StaffId, SuggestionId},
    shop::OrderKey,
    time::Timestamp,
};
use store::{Offered, Staff};

pub(crate) use colleagues::Replies;
pub(crate) use learn::{LEARN_JOB, learn, learn_job};

use crate::{
    bot::likeness,
    conversations,
    desk::Desk,
    error::{DeskError, Result},
    settings::ShopSettings,
};

/// More than three are read longer than a reply is written.
pub const MAX_DRAFTS: usize = 3;
/// Drafts this alike say the same.
const SAME_DRAFT: f64 = 0.7;
/// Longer than any message, so that a distance stays a distance.
const MAX_EDITS: i64 = 10_000;

/// A reply that could be sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggestion {
    pub id: SuggestionId,
    pub text: String,
    pub source: Source,
    /// The shopper's message it answers.
    pub answers: Seq,
}

/// What a draft was made from.
#[derive(Debug, Clone, PartialEq)]
pub enum Source {
    Article {
        article: ArticleId,
        version: i64,
        title: String,
    },
    Order {
        order: OrderKey,
    },
    /// `alike` replies to the same question say much the same; this is one of them.
    Colleague {
        conversation: ConversationId,
        seq: Seq,
        staff: StaffId,
        name: String,
        at: Timestamp,
        alike: i64,
    },
}

impl Source {
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Article { .. } => "article",
            Self::Order { .. } => "order",
            Self::Colleague { .. } => "colleague",
        }
    }

    fn key(&self) -> String {
        match self {
            Self::Article { article, version, .. } => format!("{article}@{version}"),
            Self::Order { order } => order.as_str().to_owned(),
            Self::Colleague { conversation, seq, .. } => format!("{conversation}:{seq}"),
        }
    }
}

/// A draft before it has been offered; the better ones have the higher trust.
struct Candidate {
    text: String,
    source: Source,
    trust: f32,
}

/// Up to three drafts for what the shopper said last. None while there is nothing to answer.
pub async fn suggest(desk: &Desk, id: ConversationId, staff: &Staff) -> Result<Vec<Suggestion>> {
    let stored = conversations::served_by(desk, id, staff).await?;
    let shop = desk.store.shop(stored.conversation.shop).await?.ok_or(DeskError::NotFound)?;
    let settings = ShopSettings::of(&shop)?;
    let Some(question) = question::last(desk, &stored).await? else { return Ok(Vec::new()) };
    let vector = crate::library::embed_question(desk, &question.text).await;
    let mut candidates = records::drafts(desk, &stored, &settings, &question).await?;
    candidates.extend(articles::drafts(desk, &stored, &settings, &question, vector.as_deref()).await?);
    candidates.extend(colleagues::drafts(desk, &stored, &question, vector.as_deref()).await?);
    candidates.sort_by(|a, b| b.trust.total_cmp(&a.trust));
    let mut offered = Vec::new();
    for candidate in varied(candidates) {
        let row = Offered {
            id: SuggestionId::from_bits(desk.ids.bits()),
            shop: shop.id,
            conversation: id,
            staff: staff.id,
            answers: question.seq,
            place: offered.len() as i64 + 1,
            kind: candidate.source.kind().to_owned(),
            source: candidate.source.key(),
            shown_at: desk.now(),
            chars: candidate.text.chars().count() as i64,
        };
        let id = desk.store.offer(&row).await?;
        offered.push(Suggestion { id, text: candidate.text, source: candidate.source, answers: question.seq });
    }
    Ok(offered)
}

/// The best, one of each kind first, and no two that say the same.
fn varied(candidates: Vec<Candidate>) -> Vec<Candidate> {
    let mut kinds: Vec<&'static str> = Vec::new();
    let (firsts, rest): (Vec<_>, Vec<_>) = candidates.into_iter().partition(|candidate| {
        let kind = candidate.source.kind();
        let is_first = !kinds.contains(&kind);
        if is_first {
            kinds.push(kind);
        }
        is_first
    });
    let mut chosen: Vec<Candidate> = Vec::new();
    for candidate in firsts.into_iter().chain(rest) {
        let is_new = chosen.iter().all(|other| likeness(&other.text, &candidate.text) < SAME_DRAFT);
        if is_new && chosen.len() < MAX_DRAFTS {
            chosen.push(candidate);
        }
    }
    chosen
}

/// The agent took it into the reply.
pub async fn used(desk: &Desk, id: ConversationId, staff: &Staff, suggestion: SuggestionId) -> Result<()> {
    conversations::served_by(desk, id, staff).await?;
    let is_theirs = desk.store.use_suggestion(suggestion, id, staff.id, desk.now()).await?;
    if is_theirs { Ok(()) } else { Err(DeskError::NotFound) }
}

/// The reply made from it went out, changed by so many characters. Sending again changes nothing.
pub async fn sent(desk: &Desk, id: ConversationId, staff: &Staff, suggestion: SuggestionId, edits: i64) -> Result<()> {
    used(desk, id, staff, suggestion).await?;
    desk.store.sent_suggestion(suggestion, id, staff.id, edits.clamp(0, MAX_EDITS), desk.now()).await?;
    Ok(())
}
