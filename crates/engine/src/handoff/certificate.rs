//! How many turns that needed a human the bot misses at most: a uniform sample of its turns is judged by people, and
//! from their judgements follows the highest chance at which the bot may go on.

use domain::{
    conversation::{Event, Fact, ReplyKind, Seq},
    id::{SampleId, ShopId},
    message::Body,
    staff::Permission,
    time::DAY_MS,
};
use serde_json::json;
use store::{AskedAgain, Sample, SampleKind, Shop, Staff};
use understanding::{
    handoff::{Judged, MissVerdict, certify_misses},
    selective::{Promise, upper_bound},
};

use super::{Terms, Weighed};
use crate::{
    desk::Desk,
    error::{DeskError, Result},
    review,
    settings::ShopSettings,
    staff::{audit_of, can},
};

/// Older judgements are of another shop.
const KEPT_DAYS: i64 = 180;
const MAX_SAMPLES: i64 = 5_000;
/// Events shown around a turn that is judged.
const SHOWN_BEFORE: i64 = 8;
const SHOWN: i64 = 12;
/// Messages of agents looked back on for how often they asked again.
const ASKED_DAYS: i64 = 30;

/// What can be promised, and what happened.
#[derive(Debug, Clone, PartialEq)]
pub struct State {
    pub terms: Terms,
    pub verdict: MissVerdict,
    pub is_certified: bool,
    pub judged: usize,
    pub open: usize,
    /// Judged turns that needed a human; of these, how many stayed with the bot as it was then.
    pub needed: usize,
    pub missed: usize,
    pub missed_at_most: f64,
    /// Judged turns handed over, and of these, how many needed nobody.
    pub handed_over: usize,
    pub falsely: usize,
    /// What agents asked for again in the last thirty days.
    pub asked_again: AskedAgain,
}

/// A turn to judge: what was said, the shopper's message, and what the bot did.
#[derive(Debug, Clone)]
pub struct Turn {
    pub sample: Sample,
    /// Oldest first; whether the shopper said it, and what. Empty when it has been erased.
    pub said: Vec<(bool, String)>,
}

pub async fn state(desk: &Desk, by: &Staff, shop: &Shop) -> Result<State> {
    let may = [Permission::Supervise, Permission::WriteKnowledge, Permission::ReadAudit];
    if !may.into_iter().any(|permission| can(by, Some(shop.id), permission)) {
        return Err(DeskError::NotFound);
    }
    let terms = ShopSettings::of(shop)?.handoff;
    let samples = samples(desk, shop.id).await?;
    let verdict = verdict(&samples, &terms);
    let judged: Vec<(&Sample, bool)> = samples.iter().filter_map(|sample| Some((sample, sample.verdict?))).collect();
    let is_over = |sample: &Sample| sample.outcome == "handed_over";
    let needed: Vec<_> = judged.iter().filter(|(_, needed)| *needed).collect();
    let missed = needed.iter().filter(|(sample, _)| !is_over(sample)).count();
    let over: Vec<_> = judged.iter().filter(|(sample, _)| is_over(sample)).collect();
    Ok(State {
        terms,
        verdict,
        is_certified: desk.handoffs.certified(shop.id).is_some(),
        judged: judged.len(),
        open: samples.len() - judged.len(),
        needed: needed.len(),
        missed,
        missed_at_most: upper_bound(missed, needed.len(), 1.0 - terms.confidence),
        handed_over: over.len(),
        falsely: over.iter().filter(|(_, needed)| !needed).count(),
        asked_again: desk.store.asked_again(shop.id, desk.now().minus_ms(ASKED_DAYS * DAY_MS)).await?,
    })
}

pub async fn set_terms(desk: &Desk, by: &Staff, mut shop: Shop, terms: Terms) -> Result<()> {
    if !can(by, Some(shop.id), Permission::WriteKnowledge) {
        return Err(DeskError::NotFound);
    }
    if let Some(field) = terms.fault() {
        return Err(DeskError::invalid(field, "out_of_range"));
    }
    let mut settings = ShopSettings::of(&shop)?;
    settings.handoff = terms;
    shop.settings = settings.to_json();
    let id = shop.id;
    desk.store.update_shop(&shop).await?;
    desk.store.record_audit(&audit_of(desk, Some(by), "handoff_terms.changed", &id.to_string(), json!(terms))).await?;
    refresh(desk, id).await
}

/// The turns nobody has judged, the oldest first.
pub async fn open(desk: &Desk, by: &Staff, shop: ShopId, limit: i64) -> Result<Vec<Turn>> {
    review::may_judge(by, shop)?;
    let mut turns = Vec::new();
    for sample in desk.store.open_samples(SampleKind::Handoff, shop, limit).await? {
        let from = (sample.seq - SHOWN_BEFORE).max(0);
        let rows = desk.store.events(sample.conversation, from, SHOWN).await?;
        let events = rows.into_iter().map(|row| {
            let body = row.body.and_then(|json| serde_json::from_str(&json).ok());
            (row.event, body)
        });
        turns.push(Turn { said: said(events, sample.seq), sample });
    }
    Ok(turns)
}

/// Up to the turn, and what the bot replied to it.
fn said(events: impl Iterator<Item = (Event, Option<Body>)>, seq: Seq) -> Vec<(bool, String)> {
    let mut said = Vec::new();
    for (event, body) in events {
        let text = body.map(|body| body.text).unwrap_or_default();
        match event.fact {
            Fact::ShopperSaid { .. } if event.seq <= seq => said.push((true, text)),
            Fact::BotReplied { answers, .. } | Fact::ReplyWithheld { answers, .. }
                if event.seq <= seq || answers == seq =>
            {
                said.push((false, text));
            }
            _ => {}
        }
    }
    said.retain(|(_, text)| !text.is_empty());
    said
}

/// A later judgement replaces an earlier one.
pub async fn judge(desk: &Desk, by: &Staff, id: SampleId, needed_human: bool) -> Result<()> {
    let sample = desk.store.sample(SampleKind::Handoff, id).await?.ok_or(DeskError::NotFound)?;
    review::may_judge(by, sample.shop)?;
    desk.store.judge_sample(id, needed_human, by.id, desk.now()).await?;
    let detail = json!({ "needed_human": needed_human });
    desk.store.record_audit(&audit_of(desk, Some(by), "handoff.judged", &id.to_string(), detail)).await?;
    refresh(desk, sample.shop).await
}

/// Takes what is certified now into force.
pub(crate) async fn refresh(desk: &Desk, shop: ShopId) -> Result<()> {
    let Some(row) = desk.store.shop(shop).await? else { return Ok(()) };
    let terms = ShopSettings::of(&row)?.handoff;
    let verdict = verdict(&samples(desk, shop).await?, &terms);
    let threshold = verdict.bound().map(|bound| f64::from(bound.threshold));
    desk.handoffs.certify(shop, threshold.filter(|_| terms.is_on));
    Ok(())
}

async fn samples(desk: &Desk, shop: ShopId) -> Result<Vec<Sample>> {
    let since = desk.now().minus_ms(KEPT_DAYS * DAY_MS);
    Ok(desk.store.samples_since(SampleKind::Handoff, shop, since, MAX_SAMPLES).await?)
}

fn verdict(samples: &[Sample], terms: &Terms) -> MissVerdict {
    let judged: Vec<Judged> = samples
        .iter()
        .filter_map(|sample| Some(Judged { chance: sample.chance as f32, needed_human: sample.verdict? }))
        .collect();
    certify_misses(&judged, Promise { error: terms.misses, doubt: 1.0 - terms.confidence })
}

/// What became of a turn, for the sample.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Taken {
    pub chance: f64,
    pub threshold: f64,
    pub outcome: &'static str,
}

impl Taken {
    /// A hard rule is as sure as can be.
    pub(crate) const fn by_rule() -> Self {
        Self { chance: 1.0, threshold: 0.0, outcome: "handed_over" }
    }

    pub(crate) fn by_weight(weighed: &Weighed) -> Self {
        use super::Course::{GoOn, HandOver, Offer};
        let outcome = match weighed.course {
            GoOn => "went_on",
            Offer => "offered",
            HandOver => "handed_over",
        };
        Self { chance: weighed.chance, threshold: weighed.threshold, outcome }
    }
}

/// Takes the turn into the sample, or doesn't: chance alone decides.
pub(crate) async fn note(
    desk: &Desk,
    terms: &Terms,
    shop: ShopId,
    at: (domain::id::ConversationId, Seq),
    language: domain::language::Language,
    taken: Taken,
) -> Result<()> {
    let Some(bits) = review::drawn(desk, terms.share) else { return Ok(()) };
    let sample = Sample {
        id: SampleId::from_bits(bits),
        kind: SampleKind::Handoff,
        shop,
        conversation: at.0,
        seq: at.1,
        at: desk.now(),
        article: None,
        language: language.as_str().to_owned(),
        chance: taken.chance,
        threshold: taken.threshold,
        outcome: taken.outcome.to_owned(),
        verdict: None,
        judged_by: None,
        judged_at: None,
    };
    Ok(desk.store.add_sample(&sample).await?)
}

/// Replies that are politeness need nobody and aren't sampled.
pub(crate) const fn counts(kind: ReplyKind) -> bool {
    !matches!(kind, ReplyKind::Social)
}
