//! From the desk's own errors to what is told. Every variant is decided here, so that nothing internal leaks.

use domain::conversation::Refusal;
use engine::{error::DeskError, shop::ShopError};
use store::StoreError;

use super::{Code, Fault, Problem};

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NotController => Self::new(Code::NotController),
            Refusal::StaleControl => Self::new(Code::StaleControl),
            Refusal::Resolved => Self::new(Code::Resolved),
            Refusal::StillOpen => Self::new(Code::StillOpen),
            Refusal::AlreadySo => Self::new(Code::AlreadySo),
            Refusal::AlreadyRated => Self::new(Code::AlreadyRated),
            Refusal::BadRating => Self::field("stars", "range"),
            Refusal::BadTag => Self::field("tag", "malformed"),
            Refusal::TooManyTags => Self::field("tag", "too_many"),
            Refusal::BadSnooze => Self::field("until", "range"),
            Refusal::AlreadyAnswered | Refusal::NothingToAnswer | Refusal::OtherCustomer => Self::new(Code::Conflict),
            Refusal::NotForActor => Self::new(Code::Forbidden),
        }
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        let code = match &error {
            StoreError::Unavailable(..) | StoreError::Full(..) => Code::Unavailable,
            StoreError::Conflict => Code::Conflict,
            StoreError::BadCursor => return Self::field("cursor", "unknown"),
            _ => Code::Internal,
        };
        Self::new(code).because(error)
    }
}

impl From<ShopError> for Problem {
    fn from(error: ShopError) -> Self {
        match &error {
            ShopError::NotFound => Self::not_found(),
            ShopError::Refused { .. } => Self::new(Code::Conflict).because(error),
            ShopError::Unavailable { .. } | ShopError::BadAnswer { .. } => Self::new(Code::Unavailable).because(error),
        }
    }
}

impl From<DeskError> for Problem {
    fn from(error: DeskError) -> Self {
        match error {
            DeskError::NotFound => Self::not_found(),
            DeskError::Forbidden => Self::new(Code::Forbidden),
            DeskError::Refused(refusal) => refusal.into(),
            DeskError::Invalid(faults) => invalid(faults),
            DeskError::Conflict => Self::new(Code::Conflict),
            DeskError::NotCompliant { rule, reason } => Self::ruled(Code::NotCompliant, rule, reason),
            DeskError::TooMany { retry_after_s } => Self::rate_limited(retry_after_s.max(1).unsigned_abs()),
            DeskError::SignInFailed => Self::new(Code::SignInFailed),
            DeskError::Store(error) => error.into(),
            DeskError::Shop(error) => error.into(),
            error @ DeskError::Embedding(_) => Self::new(Code::Unavailable).because(error),
            error @ (DeskError::Files(_) | DeskError::Corrupt { .. } | DeskError::Internal(_)) => Self::internal(error),
        }
    }
}

/// A file that is too large or of the wrong type has statuses of its own in HTTP.
fn invalid(faults: Vec<engine::error::Fault>) -> Problem {
    let code = match faults.as_slice() {
        [only] if only.code == "too_large" => Code::TooLarge,
        [only] if only.code == "unsupported_type" => Code::UnsupportedType,
        _ => Code::Invalid,
    };
    let faults = faults.into_iter().map(|fault| Fault { field: fault.field.into(), code: fault.code }).collect();
    Problem { faults, ..Problem::new(code) }
}
