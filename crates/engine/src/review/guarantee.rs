//! What can be promised, from the judgements there are, and how it went day by day.

use std::collections::BTreeMap;

use domain::{
    id::ShopId,
    staff::Permission,
    time::{DAY_MS, Timestamp},
};
use serde::Serialize;
use serde_json::json;
use store::{Sample, SampleKind, Shop, Staff};
use understanding::selective::{Promise, Verdict, certify, upper_bound};

use super::Terms;
use crate::{
    desk::Desk,
    error::{DeskError, Result},
    settings::{ShopSettings, change},
    staff::can,
};

/// Older judgements are of another shop: other articles, other questions.
const KEPT_DAYS: i64 = 180;
/// Samples looked at; a guarantee gains nothing from more.
const MAX_SAMPLES: i64 = 5_000;

/// What can be promised, and what happened.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct State {
    pub terms: Terms,
    pub verdict: Verdict,
    /// The chance from which the bot answers alone now.
    pub threshold: f32,
    /// Whether `threshold` is certified; otherwise it is the shop's own, and nothing is promised.
    pub is_certified: bool,
    pub judged: usize,
    pub open: usize,
    /// Of the judged answers the bot gave alone, how many were wrong, and the rate that leaves possible.
    pub answered: usize,
    pub wrong: usize,
    pub wrong_at_most: f64,
    /// The latest last.
    pub days: Vec<Day>,
}

/// One day of the sample.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Day {
    pub begins_at: Timestamp,
    pub asked: usize,
    pub answered: usize,
    pub judged: usize,
    pub wrong: usize,
}

pub async fn state(desk: &Desk, by: &Staff, shop: &Shop) -> Result<State> {
    let may = [Permission::Supervise, Permission::WriteKnowledge, Permission::ReadAudit];
    if !may.into_iter().any(|permission| can(by, Some(shop.id), permission)) {
        return Err(DeskError::NotFound);
    }
    let settings = ShopSettings::of(shop)?;
    let samples = samples(desk, shop.id).await?;
    let verdict = verdict(&samples, &settings.guarantee);
    let alone: Vec<&Sample> =
        samples.iter().filter(|sample| sample.outcome == "answered" && sample.verdict.is_some()).collect();
    let wrong = alone.iter().filter(|sample| sample.verdict == Some(false)).count();
    let certified = verdict.certificate().map(|certificate| certificate.threshold);
    let in_force = certified.filter(|_| settings.guarantee.is_on);
    Ok(State {
        terms: settings.guarantee,
        verdict,
        threshold: in_force.unwrap_or(settings.answer_chance),
        is_certified: in_force.is_some(),
        judged: samples.iter().filter(|sample| sample.verdict.is_some()).count(),
        open: samples.iter().filter(|sample| sample.verdict.is_none()).count(),
        answered: alone.len(),
        wrong,
        wrong_at_most: upper_bound(wrong, alone.len(), 1.0 - settings.guarantee.confidence),
        days: days(&samples),
    })
}

pub async fn set_terms(desk: &Desk, by: &Staff, shop: ShopId, terms: Terms) -> Result<()> {
    if !can(by, Some(shop), Permission::WriteKnowledge) {
        return Err(DeskError::NotFound);
    }
    if let Some(field) = terms.fault() {
        return Err(DeskError::invalid(field, "out_of_range"));
    }
    change(desk, by, shop, "guarantee.changed", |settings| {
        settings.guarantee = terms;
        json!(terms)
    })
    .await?;
    refresh(desk, shop).await
}

/// Takes what is certified now into force.
pub(crate) async fn refresh(desk: &Desk, shop: ShopId) -> Result<()> {
    let Some(row) = desk.store.shop(shop).await? else { return Ok(()) };
    let terms = ShopSettings::of(&row)?.guarantee;
    let verdict = verdict(&samples(desk, shop).await?, &terms);
    let threshold = verdict.certificate().map(|certificate| certificate.threshold);
    desk.thresholds.set(shop, threshold.filter(|_| terms.is_on));
    Ok(())
}

async fn samples(desk: &Desk, shop: ShopId) -> Result<Vec<Sample>> {
    let since = desk.now().minus_ms(KEPT_DAYS * DAY_MS);
    Ok(desk.store.samples_since(SampleKind::Answer, shop, since, MAX_SAMPLES).await?)
}

fn verdict(samples: &[Sample], terms: &Terms) -> Verdict {
    let judged: Vec<(f32, bool)> =
        samples.iter().filter_map(|sample| Some((sample.chance as f32, sample.verdict?))).collect();
    certify(&judged, Promise { error: terms.error, doubt: 1.0 - terms.confidence })
}

fn days(samples: &[Sample]) -> Vec<Day> {
    let mut days: BTreeMap<i64, Day> = BTreeMap::new();
    for sample in samples {
        let begins = sample.at.0.div_euclid(DAY_MS) * DAY_MS;
        let empty = || Day { begins_at: Timestamp(begins), asked: 0, answered: 0, judged: 0, wrong: 0 };
        let day = days.entry(begins).or_insert_with(empty);
        let is_answered = sample.outcome == "answered";
        day.asked += 1;
        day.answered += usize::from(is_answered);
        day.judged += usize::from(is_answered && sample.verdict.is_some());
        day.wrong += usize::from(is_answered && sample.verdict == Some(false));
    }
    days.into_values().collect()
}
