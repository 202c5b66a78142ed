//! Why a model gave no usable reply. No text of a message and no key is ever part of an error.

use std::time::Duration;

#[derive(Debug, thiserror::Error)]
pub enum ChatError {
    #[error("no chat model is set up")]
    NotSetUp,
    /// The HTTP client could not be built from these settings.
    #[error("the chat client could not be set up")]
    SetUp(#[source] reqwest::Error),
    /// It failed so often that it is left alone until this moment, in milliseconds.
    #[error("the chat model failed too often and is left alone")]
    Resting { until_ms: i64 },
    /// Whoever asks has used up what all its requests together may use.
    #[error("nothing is left of the budget")]
    Spent,
    /// The budget's time was used up.
    #[error("the chat model took too long")]
    TimedOut,
    /// The connection could not be made, or the address is not allowed.
    #[error("the chat model could not be reached")]
    Unreachable(#[source] reqwest::Error),
    /// The reply began and did not end.
    #[error("the chat model's reply was cut off")]
    CutOff,
    /// The reply is not what the protocol, the schema or the tools say.
    #[error("the chat model's reply could not be understood")]
    Malformed,
    /// The model, or a filter before it, would not answer.
    #[error("the chat model refused")]
    Refused,
    #[error("the chat model is asked too often")]
    RateLimited { retry_after: Option<Duration> },
    /// The key was not accepted.
    #[error("the chat model did not accept the key")]
    Denied,
    #[error("the chat model answered with status {0}")]
    Status(u16),
    /// The request would not leave room for a reply within the budget, or the server says so.
    #[error("the request is too long for the chat model")]
    RequestTooLong,
    /// The reply reached its limit before its end.
    #[error("the chat model's reply is too long")]
    ReplyTooLong,
}

impl ChatError {
    /// A stable code, for the trace, the ledger and the console.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotSetUp => "not_set_up",
            Self::SetUp(_) => "bad_settings",
            Self::Resting { .. } => "resting",
            Self::Spent => "budget_spent",
            Self::TimedOut => "timed_out",
            Self::Unreachable(_) => "unreachable",
            Self::CutOff => "cut_off",
            Self::Malformed => "malformed",
            Self::Refused => "refused",
            Self::RateLimited { .. } => "rate_limited",
            Self::Denied => "denied",
            Self::Status(_) => "bad_status",
            Self::RequestTooLong => "request_too_long",
            Self::ReplyTooLong => "reply_too_long",
        }
    }

    /// Whether the server is to blame, so that the breaker counts it.
    pub const fn is_fault(&self) -> bool {
        match self {
            Self::TimedOut | Self::Unreachable(_) | Self::CutOff | Self::Malformed => true,
            Self::RateLimited { .. } | Self::Denied | Self::Status(_) => true,
            Self::NotSetUp | Self::SetUp(_) | Self::Resting { .. } | Self::Spent => false,
            Self::Refused | Self::RequestTooLong | Self::ReplyTooLong => false,
        }
    }

    /// Whether a request was made, so that the ledger counts it.
    pub const fn was_asked(&self) -> bool {
        !matches!(self, Self::NotSetUp | Self::SetUp(_) | Self::Resting { .. } | Self::Spent)
    }

    pub const fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::RateLimited { retry_after } => *retry_after,
            _ => None,
        }
    }
}
