//! Hours in which nobody is disturbed, by the clock on the person's own wall.

use domain::time::Timestamp;
use serde::{Deserialize, Serialize};

/// From an hour until an hour, past midnight when the first is later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuietSpan {
    pub from_hour: u8,
    pub until_hour: u8,
}

impl Default for QuietSpan {
    fn default() -> Self {
        Self { from_hour: 21, until_hour: 9 }
    }
}

impl QuietSpan {
    pub fn covers(self, at: Timestamp, zone: &str) -> bool {
        let Ok(instant) = jiff::Timestamp::from_millisecond(at.0) else { return true };
        // A zone that doesn't exist is nobody's; every hour could be their night.
        let Ok(zone) = jiff::tz::TimeZone::get(zone) else { return true };
        let hour = instant.to_zoned(zone).hour().unsigned_abs();
        if self.from_hour <= self.until_hour {
            (self.from_hour..self.until_hour).contains(&hour)
        } else {
            hour >= self.from_hour || hour < self.until_hour
        }
    }
}
