//! Answering alone with a guarantee: a uniform sample of the questions the bot sought an answer to is judged by people,
//! and from their judgements follows from which chance on the bot may answer by itself.

mod guarantee;
mod judge;
mod sample;

use std::{
    collections::HashMap,
    sync::{PoisonError, RwLock},
};

use domain::id::ShopId;
use serde::{Deserialize, Serialize};

pub(crate) use guarantee::refresh;
pub use guarantee::{Day, State, set_terms, state};
pub(crate) use judge::may_judge;
pub use judge::{Question, judge, open};
pub(crate) use sample::{Sought, drawn, note};

/// What the merchant wants promised.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Terms {
    /// Whether the certified threshold replaces the usual one as soon as there is one.
    pub is_on: bool,
    /// The share of wrong answers allowed.
    pub error: f64,
    /// How sure the merchant wants to be of it.
    pub confidence: f64,
    /// The share of questions that people judge.
    pub share: f64,
}

impl Default for Terms {
    fn default() -> Self {
        Self { is_on: true, error: 0.05, confidence: 0.95, share: 0.2 }
    }
}

impl Terms {
    /// The name of the first field that makes no sense.
    pub fn fault(&self) -> Option<&'static str> {
        let is_within = |value: f64, least: f64, most: f64| (least..=most).contains(&value);
        if !is_within(self.error, 0.001, 0.5) {
            Some("error")
        } else if !is_within(self.confidence, 0.5, 0.999) {
            Some("confidence")
        } else if !is_within(self.share, 0.0, 1.0) {
            Some("share")
        } else {
            None
        }
    }
}

/// The certified thresholds of one process; another process's judgements come in with the next look.
#[derive(Debug, Default)]
pub struct Thresholds(RwLock<HashMap<ShopId, f32>>);

impl Thresholds {
    /// The chance from which the bot answers alone in this shop, if that is certified.
    pub fn of(&self, shop: ShopId) -> Option<f32> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).get(&shop).copied()
    }

    fn set(&self, shop: ShopId, threshold: Option<f32>) {
        let mut thresholds = self.0.write().unwrap_or_else(PoisonError::into_inner);
        match threshold {
            Some(threshold) => thresholds.insert(shop, threshold),
            None => thresholds.remove(&shop),
        };
    }
}
