//! When a shop's people are there: business hours, shifts and holidays in the shop's time zone.
//! Pure: the time is passed in, and the zone's rules are read once, when a calendar is made.

mod hours;
#[cfg(test)]
mod tests;

pub use hours::{BadHours, Holiday, Hours, Span, Week, week_of};

use std::collections::BTreeMap;

use jiff::{
    ToSpan,
    civil::{Date, Time},
    tz::TimeZone,
};

use crate::time::{MINUTE_MS, Timestamp};

/// Days looked ahead for an opening: somebody closed for longer than a year isn't coming back at a known time.
const MAX_DAYS: i64 = 400;

/// Hours that are ready to be asked.
#[derive(Debug, Clone)]
pub struct Calendar {
    zone: TimeZone,
    week: Week,
    /// What replaces the week on some days.
    holidays: BTreeMap<Date, Vec<Span>>,
}

impl Calendar {
    pub fn is_open(&self, at: Timestamp) -> bool {
        self.opening_at(at).is_some()
    }

    /// When the opening that `at` lies in ends.
    pub fn closes(&self, at: Timestamp) -> Option<Timestamp> {
        self.opening_at(at).map(|(_, end)| Timestamp(end))
    }

    /// `at` itself when it is open then; `None` when there is no opening in sight.
    pub fn next_open(&self, at: Timestamp) -> Option<Timestamp> {
        self.openings(at).find(|(_, end)| *end > at.0).map(|(start, _)| Timestamp(start.max(at.0)))
    }

    /// Milliseconds of open time from one moment to a later one.
    pub fn open_ms_between(&self, from: Timestamp, until: Timestamp) -> i64 {
        self.openings(from)
            .take_while(|(start, _)| *start < until.0)
            .map(|(start, end)| (end.min(until.0) - start.max(from.0)).max(0))
            .sum()
    }

    /// The moment at which `ms` of open time have passed since `from`; `None` when that lies out of sight.
    pub fn after_open_ms(&self, from: Timestamp, ms: i64) -> Option<Timestamp> {
        let mut left = ms.max(0);
        for (start, end) in self.openings(from).filter(|(_, end)| *end > from.0) {
            let start = start.max(from.0);
            if left <= end - start {
                return Some(Timestamp(start + left));
            }
            left -= end - start;
        }
        None
    }

    /// The hour on the shop's clock, from 0 to 23.
    pub fn hour(&self, at: Timestamp) -> Option<usize> {
        let instant = jiff::Timestamp::from_millisecond(at.0).ok()?;
        usize::try_from(instant.to_zoned(self.zone.clone()).hour()).ok()
    }

    /// The middle of an hour of the day in which `at` lies.
    pub fn hour_of_day(&self, at: Timestamp, hour: usize) -> Option<Timestamp> {
        let wall = self.date(at)?.at(i8::try_from(hour).ok()?, HALF_PAST, 0, 0);
        Some(Timestamp(wall.to_zoned(self.zone.clone()).ok()?.timestamp().as_millisecond()))
    }

    fn opening_at(&self, at: Timestamp) -> Option<(i64, i64)> {
        self.openings(at).take_while(|(start, _)| *start <= at.0).find(|(_, end)| *end > at.0)
    }

    /// Stretches of open time in order, none touching the next, from the day before `from` on: an opening may run
    /// past midnight.
    fn openings(&self, from: Timestamp) -> impl Iterator<Item = (i64, i64)> {
        let first = self.date(from).and_then(|date| date.checked_sub(1.day()).ok());
        let days = (0..MAX_DAYS).map_while(move |n| first?.checked_add(n.days()).ok());
        let mut stretches = days.flat_map(|date| self.of_day(date)).peekable();
        std::iter::from_fn(move || {
            let (start, mut end) = stretches.next()?;
            while let Some((_, later)) = stretches.next_if(|(next, _)| *next <= end) {
                end = end.max(later);
            }
            Some((start, end))
        })
    }

    fn of_day(&self, date: Date) -> Vec<(i64, i64)> {
        let weekday = usize::from(date.weekday().to_monday_zero_offset().unsigned_abs());
        let spans = self.holidays.get(&date).unwrap_or(&self.week[weekday]);
        let midnight = |days: i64| {
            let date = date.checked_add(days.days()).ok()?;
            date.to_datetime(Time::midnight()).to_zoned(self.zone.clone()).ok()
        };
        let at = |minute: u16| {
            // By the clock on the wall, so that a shop opens at nine on the day the clocks change, too.
            let (days, minute) = (i64::from(minute / DAY_MINUTES), i64::from(minute % DAY_MINUTES));
            let wall = midnight(days)?.datetime().checked_add(minute.minutes()).ok()?;
            Some(wall.to_zoned(self.zone.clone()).ok()?.timestamp().as_millisecond())
        };
        let stretch = |span: &Span| Some((at(span.from)?, at(span.until)?));
        // The hour the clocks skip holds nothing, and what begins in it begins later, maybe after its end.
        let mut stretches: Vec<_> = spans.iter().filter_map(stretch).filter(|(start, end)| start < end).collect();
        stretches.sort_unstable();
        stretches
    }

    fn date(&self, at: Timestamp) -> Option<Date> {
        let instant = jiff::Timestamp::from_millisecond(at.0).ok()?;
        Some(instant.to_zoned(self.zone.clone()).date())
    }
}

const HALF_PAST: i8 = 30;
/// Minutes of a day by the clock on the wall.
const DAY_MINUTES: u16 = (crate::time::DAY_MS / MINUTE_MS) as u16;
