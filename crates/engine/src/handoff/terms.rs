//! What the merchant decides about handing over: what it costs, how much money the bot may touch, what is promised.

use serde::{Deserialize, Serialize};

/// Costs have no unit; only their proportions count. Hard rules bend to none of this.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Terms {
    /// Whether the model may hand over besides the hard rules.
    pub is_on: bool,
    /// What it costs when the bot goes on and fails: a shopper who leaves, or comes angry to a human later.
    pub failure_cost: f64,
    /// What a human's work costs.
    pub human_cost: f64,
    /// What each minute of waiting for a human adds.
    pub wait_cost_per_minute: f64,
    /// Orders and claims above this many units of their currency are a human's; 0 is no limit.
    pub amount_limit: i64,
    /// Minutes after which a human should have answered; the card's deadline.
    pub reply_within_minutes: i64,
    /// The share of turns needing a human that may be missed, once people's judgements certify it.
    pub misses: f64,
    pub confidence: f64,
    /// The share of turns that people judge.
    pub share: f64,
}

impl Default for Terms {
    fn default() -> Self {
        Self {
            is_on: true,
            failure_cost: 10.0,
            // With nobody waiting a human is asked from a chance of 0.55 on.
            human_cost: 5.5,
            wait_cost_per_minute: 0.3,
            // Beyond what most shops sell at once; a shop of furniture raises it.
            amount_limit: 10_000,
            // 3分钟人工响应率 is what platforms measure.
            reply_within_minutes: 3,
            misses: 0.1,
            confidence: 0.95,
            share: 0.2,
        }
    }
}

impl Terms {
    /// The name of the first field that makes no sense.
    pub fn fault(&self) -> Option<&'static str> {
        let is_within = |value: f64, least: f64, most: f64| (least..=most).contains(&value);
        if !is_within(self.failure_cost, 0.01, 1e6) {
            Some("failure_cost")
        } else if !is_within(self.human_cost, 0.0, 1e6) {
            Some("human_cost")
        } else if !is_within(self.wait_cost_per_minute, 0.0, 1e6) {
            Some("wait_cost_per_minute")
        } else if !(0..=1_000_000_000).contains(&self.amount_limit) {
            Some("amount_limit")
        } else if !(1..=24 * 60).contains(&self.reply_within_minutes) {
            Some("reply_within_minutes")
        } else if !is_within(self.misses, 0.001, 0.5) {
            Some("misses")
        } else if !is_within(self.confidence, 0.5, 0.999) {
            Some("confidence")
        } else if !is_within(self.share, 0.0, 1.0) {
            Some("share")
        } else {
            None
        }
    }
}
