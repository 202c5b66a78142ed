//! The external chat model as the console sees it: never its key, never a text.

use engine::chat::{Connected, Day, Tried};
use models::chat::BreakerState;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChatBreaker {
    Closed,
    /// It failed too often and is left alone.
    Open,
    /// The next request tries it again.
    HalfOpen,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChatModelView {
    /// Absent: no model is set up, and the bot answers with passages.
    pub settings: Option<ChatModelSettings>,
    pub breaker: ChatBreaker,
    /// While it is open: when it is tried again.
    pub open_until: Option<i64>,
    /// The last thirty days, the latest first; days without use are left out.
    pub days: Vec<ChatModelDay>,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChatModelSettings {
    pub model: String,
    /// What one request may use.
    pub time_ms: u64,
    pub reply_tokens: u32,
    pub tokens: u32,
    /// What all requests of one turn may use together.
    pub turn_time_ms: u64,
    pub turn_tokens: u32,
    /// For a million tokens, in the operator's currency.
    pub prompt_price: f64,
    pub completion_price: f64,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChatModelDay {
    /// Days since 1970, UTC.
    pub day: i64,
    pub model: String,
    pub calls: i64,
    pub failures: i64,
    pub prompt_tokens: i64,
    pub completion_tokens: i64,
    /// By the prices of now.
    pub cost: f64,
}

/// How a trial went.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChatModelTrial {
    pub took_ms: i64,
    pub prompt_tokens: u32,
    pub completion_tokens: u32,
    /// Absent: it answered. `timed_out`, `unreachable`, `denied`, `rate_limited`, `resting`, `cut_off`, `malformed`,
    /// `refused`, `bad_status`, `request_too_long` or `reply_too_long`.
    pub error: Option<String>,
}

impl ChatModelView {
    pub fn of(connected: Option<&Connected>, days: Vec<Day>, now_ms: i64) -> Self {
        let settings = connected.map(|Connected { model, terms }| ChatModelSettings {
            model: model.name().to_owned(),
            time_ms: terms.time.as_millis().try_into().unwrap_or(u64::MAX),
            reply_tokens: terms.reply_tokens,
            tokens: terms.tokens,
            turn_time_ms: terms.turn_time.as_millis().try_into().unwrap_or(u64::MAX),
            turn_tokens: terms.turn_tokens,
            prompt_price: terms.prompt_price,
            completion_price: terms.completion_price,
        });
        let state = connected.map_or(BreakerState::Closed, |connected| connected.model.breaker_state(now_ms));
        let (breaker, open_until) = match state {
            BreakerState::Closed => (ChatBreaker::Closed, None),
            BreakerState::Open { until_ms } => (ChatBreaker::Open, Some(until_ms)),
            BreakerState::HalfOpen => (ChatBreaker::HalfOpen, None),
        };
        let day = |Day { used, cost }: Day| ChatModelDay {
            day: used.day,
            model: used.model,
            calls: used.calls,
            failures: used.failures,
            prompt_tokens: used.prompt_tokens,
            completion_tokens: used.completion_tokens,
            cost,
        };
        Self { settings, breaker, open_until, days: days.into_iter().map(day).collect() }
    }
}

impl From<Tried> for ChatModelTrial {
    fn from(tried: Tried) -> Self {
        Self {
            took_ms: tried.took_ms,
            prompt_tokens: tried.usage.prompt_tokens,
            completion_tokens: tried.usage.completion_tokens,
            error: tried.error.map(str::to_owned),
        }
    }
}
