//! Hours as a merchant writes them down.

use std::collections::BTreeMap;

use jiff::{civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};

use super::{Calendar, DAY_MINUTES};
use crate::language::Bilingual;

/// More stretches than this on one day are a mistake.
const MAX_SPANS: usize = 8;
/// Several years of holidays.
const MAX_HOLIDAYS: usize = 200;

/// Minutes after midnight; `until` may lie on the next day (up to 48 h), as a night shift does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Span {
    pub from: u16,
    pub until: u16,
}

/// From Monday to Sunday; a day without spans is closed.
pub type Week = [Vec<Span>; 7];

/// The same hours every day; nothing when they are none.
pub fn week_of(from: u16, until: u16) -> Week {
    // 22:00 to 6:00 ends on the next day.
    let until = if until <= from { until + DAY_MINUTES } else { until };
    std::array::from_fn(|_| vec![Span { from, until }])
}

/// A day with hours of its own, usually none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holiday {
    /// `2026-10-01`.
    pub date: String,
    pub name: Bilingual,
    #[serde(default)]
    pub open: Vec<Span>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hours {
    /// IANA name of the zone, such as `Asia/Shanghai`.
    pub zone: String,
    pub week: Week,
    #[serde(default)]
    pub holidays: Vec<Holiday>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadHours {
    #[error("no such time zone")]
    Zone,
    #[error("a span has to end after it begins, within 48 hours, and a day has at most 8")]
    Span,
    #[error("not a date, or the same date twice, or too many")]
    Holiday,
}

impl Hours {
    /// Open every day from one minute to another.
    pub fn daily(zone: &str, from: u16, until: u16) -> Self {
        Self { zone: zone.to_owned(), week: week_of(from, until), holidays: Vec::new() }
    }

    pub fn calendar(&self) -> Result<Calendar, BadHours> {
        let zone = TimeZone::get(&self.zone).map_err(|_| BadHours::Zone)?;
        let days = self.week.iter().chain(self.holidays.iter().map(|holiday| &holiday.open));
        for spans in days {
            check_spans(spans)?;
        }
        if self.holidays.len() > MAX_HOLIDAYS {
            return Err(BadHours::Holiday);
        }
        let mut holidays = BTreeMap::new();
        for holiday in &self.holidays {
            let date: Date = holiday.date.parse().map_err(|_| BadHours::Holiday)?;
            if holidays.insert(date, in_order(&holiday.open)).is_some() {
                return Err(BadHours::Holiday);
            }
        }
        let week = std::array::from_fn(|day| in_order(&self.week[day]));
        Ok(Calendar { zone, week, holidays })
    }
}

fn check_spans(spans: &[Span]) -> Result<(), BadHours> {
    let sound = |span: &Span| span.from < DAY_MINUTES && span.from < span.until && span.until <= 2 * DAY_MINUTES;
    if spans.len() <= MAX_SPANS && spans.iter().all(sound) { Ok(()) } else { Err(BadHours::Span) }
}

fn in_order(spans: &[Span]) -> Vec<Span> {
    let mut spans = spans.to_vec();
    spans.sort_unstable_by_key(|span| (span.from, span.until));
    spans
}
