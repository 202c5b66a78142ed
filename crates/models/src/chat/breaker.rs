//! A circuit breaker: a server that keeps failing is left alone for a while, then tried once. It reads no clock.

use std::time::Duration;

use super::{ChatError, millis};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BreakerSettings {
    /// Failures in a row until it opens.
    pub failures: u32,
    /// How long the server is left alone, and how long a probe may take.
    pub rest: Duration,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BreakerState {
    Closed,
    Open {
        until_ms: i64,
    },
    /// The rest is over; one request is let through to see.
    HalfOpen,
}

/// A server can't keep the desk away longer than this by its own word.
const REST_MAX: Duration = Duration::from_secs(3600);

#[derive(Debug)]
pub struct Breaker {
    settings: BreakerSettings,
    failures: u32,
    open_until_ms: Option<i64>,
    /// A probe under way counts until then; one that was dropped never reports back.
    probe_until_ms: Option<i64>,
}

impl Breaker {
    pub const fn new(settings: BreakerSettings) -> Self {
        Self { settings, failures: 0, open_until_ms: None, probe_until_ms: None }
    }

    pub fn state(&self, now_ms: i64) -> BreakerState {
        match self.open_until_ms {
            None => BreakerState::Closed,
            Some(until_ms) if now_ms < until_ms => BreakerState::Open { until_ms },
            Some(_) => BreakerState::HalfOpen,
        }
    }

    /// Whether a request may be made now.
    pub(super) fn admit(&mut self, now_ms: i64) -> Result<(), ChatError> {
        match self.state(now_ms) {
            BreakerState::Closed => Ok(()),
            BreakerState::Open { until_ms } => Err(ChatError::Resting { until_ms }),
            BreakerState::HalfOpen => match self.probe_until_ms.filter(|until| now_ms < *until) {
                Some(until_ms) => Err(ChatError::Resting { until_ms }),
                None => {
                    self.probe_until_ms = Some(now_ms.saturating_add(millis(self.settings.rest)));
                    Ok(())
                }
            },
        }
    }

    pub(super) fn answered(&mut self) {
        *self = Self::new(self.settings);
    }

    /// A failed probe opens it again; so does a server that says how long to wait.
    pub(super) fn failed(&mut self, now_ms: i64, retry_after: Option<Duration>) {
        self.failures = self.failures.saturating_add(1);
        let is_probe = self.open_until_ms.is_some();
        if is_probe || retry_after.is_some() || self.failures >= self.settings.failures {
            let rest = retry_after.map_or(self.settings.rest, |asked| asked.min(REST_MAX));
            let until_ms = now_ms.saturating_add(millis(rest));
            // Several requests may have been under way: the longest rest counts.
            self.open_until_ms = Some(self.open_until_ms.map_or(until_ms, |earlier| earlier.max(until_ms)));
            self.probe_until_ms = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn breaker() -> Breaker {
        Breaker::new(BreakerSettings { failures: 3, rest: Duration::from_secs(30) })
    }

    #[test]
    fn opens_after_failures_in_a_row_only() {
        let mut it = breaker();
        for _ in 0..2 {
            it.failed(0, None);
        }
        it.answered();
        for _ in 0..2 {
            it.failed(0, None);
        }
        assert_eq!(it.state(0), BreakerState::Closed);
        it.failed(0, None);
        assert_eq!(it.state(29_999), BreakerState::Open { until_ms: 30_000 });
        assert!(matches!(it.admit(29_999), Err(ChatError::Resting { until_ms: 30_000 })));
    }

    #[test]
    fn lets_one_probe_through_and_believes_it() {
        let mut it = breaker();
        (0..3).for_each(|_| it.failed(0, None));
        assert_eq!(it.state(30_000), BreakerState::HalfOpen);
        assert!(it.admit(30_000).is_ok());
        assert!(it.admit(30_001).is_err(), "one at a time");
        it.failed(31_000, None);
        assert_eq!(it.state(31_000), BreakerState::Open { until_ms: 61_000 });
        assert!(it.admit(61_000).is_ok());
        it.answered();
        assert_eq!(it.state(61_000), BreakerState::Closed);
        assert!(it.admit(61_000).is_ok());
    }

    #[test]
    fn a_probe_that_never_reports_back_is_replaced() {
        let mut it = breaker();
        (0..3).for_each(|_| it.failed(0, None));
        assert!(it.admit(30_000).is_ok());
        assert!(it.admit(60_000).is_ok());
    }

    #[test]
    fn a_server_says_how_long_to_wait_within_reason() {
        let mut it = breaker();
        it.failed(0, Some(Duration::from_secs(5)));
        assert_eq!(it.state(0), BreakerState::Open { until_ms: 5_000 });
        let mut it = breaker();
        it.failed(0, Some(Duration::from_secs(1_000_000)));
        assert_eq!(it.state(0), BreakerState::Open { until_ms: 3_600_000 });
    }
}
