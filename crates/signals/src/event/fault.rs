//! Why a batch or an event is refused, with codes that senders can act on.

use super::{
    limits::{MAX_BATCH_BYTES, MAX_BATCH_EVENTS},
    property::Property,
};

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BatchFault {
    #[error("more than {MAX_BATCH_BYTES} bytes")]
    TooBig,
    #[error("more than {MAX_BATCH_EVENTS} events")]
    TooMany,
    #[error("not a batch of events: {0}")]
    BadJson(String),
}

impl BatchFault {
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TooBig => "batch_too_big",
            Self::TooMany => "too_many_events",
            Self::BadJson(_) => "bad_json",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EventFault {
    #[error("not of the form of an event")]
    BadJson,
    #[error("no event has this name")]
    UnknownEvent,
    #[error("only the shop's server may say so")]
    ServerOnly,
    #[error("the event's id is not a UUID")]
    BadId,
    #[error("nobody is named")]
    NoPerson,
    #[error("the person hasn't agreed")]
    NoConsent,
    #[error("`{}` is missing or doesn't fit", .0.wire())]
    Missing(Property),
    #[error("too long ago")]
    TooOld,
    #[error("in the future")]
    Future,
}

impl EventFault {
    pub const fn code(self) -> &'static str {
        match self {
            Self::BadJson => "bad_json",
            Self::UnknownEvent => "unknown_event",
            Self::ServerOnly => "server_only",
            Self::BadId => "bad_event_id",
            Self::NoPerson => "no_person",
            Self::NoConsent => "no_consent",
            Self::Missing(_) => "missing",
            Self::TooOld => "too_old",
            Self::Future => "future",
        }
    }

    pub const fn property(self) -> Option<&'static str> {
        match self {
            Self::Missing(property) => Some(property.wire()),
            _ => None,
        }
    }
}
