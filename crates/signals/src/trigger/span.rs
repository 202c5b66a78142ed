//! Stretches of time and times of day as people write them: `90s`, `48h`, `10:00`.

use domain::time::{DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS, Timestamp};
use serde::{Deserialize, Deserializer};

/// In milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span(pub i64);

impl Span {
    pub fn parse(text: &str) -> Option<Self> {
        let unit = match text.chars().last()? {
            's' => SECOND_MS,
            'm' => MINUTE_MS,
            'h' => HOUR_MS,
            'd' => DAY_MS,
            _ => return None,
        };
        let count: i64 = text[..text.len() - 1].parse().ok().filter(|count| (1..=100_000).contains(count))?;
        Some(Self(count * unit))
    }
}

impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        crate::written::read(from, |text| {
            Self::parse(text).ok_or_else(|| format!("`{text}` is no stretch of time such as 90s, 10m, 48h, 3d"))
        })
    }
}

/// Minutes since midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock(pub u16);

impl Clock {
    /// The first such moment that isn't before `at`, by the clock on the wall there.
    pub fn not_before(self, at: Timestamp, zone: &jiff::tz::TimeZone) -> Timestamp {
        let found = || {
            let here = jiff::Timestamp::from_millisecond(at.0).ok()?.to_zoned(zone.clone());
            let of = |date: jiff::civil::Date| {
                let wall = date.at((self.0 / 60) as i8, (self.0 % 60) as i8, 0, 0);
                Some(Timestamp(wall.to_zoned(zone.clone()).ok()?.timestamp().as_millisecond()))
            };
            of(here.date()).filter(|it| *it >= at).or_else(|| of(here.date().tomorrow().ok()?))
        };
        found().unwrap_or(at)
    }
}

impl<'de> Deserialize<'de> for Clock {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        crate::written::read(from, |text| {
            let number = |part: &str| part.parse().ok();
            let parts = text.split_once(':').and_then(|(hour, minute)| Some((number(hour)?, number(minute)?)));
            match parts {
                Some((hour @ 0..24, minute @ 0..60)) => Ok(Self(hour * 60 + minute)),
                _ => Err(format!("`{text}` is no time of day such as 10:00")),
            }
        })
    }
}
