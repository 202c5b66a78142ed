//! Limits on how often: by address, shopper or account. Must not be the only guard of anything costly.

use std::{num::NonZeroU32, time::Duration};

use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter, clock::Clock, clock::DefaultClock};

use crate::{
    config::Limits,
    observe::metrics::RATE_LIMITED,
    problem::{Problem, Result},
};

/// So many a minute for each key, with the whole minute's worth as a burst.
pub struct PerMinute {
    name: &'static str,
    limiter: DefaultKeyedRateLimiter<String>,
}

impl PerMinute {
    fn new(name: &'static str, per_minute: u32) -> Self {
        let per_minute = NonZeroU32::new(per_minute).unwrap_or(NonZeroU32::MIN);
        Self { name, limiter: RateLimiter::keyed(Quota::per_minute(per_minute)) }
    }

    pub fn check(&self, key: &str) -> Result<()> {
        match self.limiter.check_key(&key.to_owned()) {
            Ok(()) => Ok(()),
            Err(denied) => {
                let wait: Duration = denied.wait_time_from(DefaultClock::default().now());
                metrics::counter!(RATE_LIMITED, "limit" => self.name).increment(1);
                Err(Problem::rate_limited(wait.as_secs() + 1))
            }
        }
    }
}

pub struct Rates {
    pub requests: PerMinute,
    pub connects: PerMinute,
    pub messages: PerMinute,
    pub files: PerMinute,
}

impl Rates {
    pub fn new(limits: &Limits) -> Self {
        Self {
            requests: PerMinute::new("requests", limits.requests_per_minute),
            connects: PerMinute::new("connects", limits.connects_per_minute),
            messages: PerMinute::new("messages", limits.messages_per_minute),
            files: PerMinute::new("files", limits.files_per_minute),
        }
    }

    /// Forgets keys that are back at their full allowance, so that memory doesn't grow with every address.
    pub fn forget_idle(&self) {
        for limit in [&self.requests, &self.connects, &self.messages, &self.files] {
            limit.limiter.retain_recent();
            limit.limiter.shrink_to_fit();
        }
    }
}
