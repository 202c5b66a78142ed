//! Arithmetic on calendar days: weeks, months, feasts, the year that was meant.

use jiff::{
    ToSpan,
    civil::{Date, Weekday},
};

use super::DateRange;

/// Nobody asks a shop about days further away.
const MAX_DAYS: i64 = 3_650;

pub fn shifted(day: Date, days: i64) -> Option<Date> {
    (days.abs() <= MAX_DAYS).then(|| day.checked_add(days.days()).ok()).flatten()
}

pub fn shifted_months(day: Date, months: i64) -> Option<Date> {
    (months.abs() <= MAX_DAYS / 30).then(|| day.checked_add(months.months()).ok()).flatten()
}

/// The week `weeks` away from today's, Monday to Sunday.
pub fn week(today: Date, weeks: i64) -> Option<DateRange> {
    let monday = shifted(today, weeks * 7 - i64::from(today.weekday().to_monday_zero_offset()))?;
    Some(DateRange { first: monday, last: shifted(monday, 6)? })
}

pub fn weekday_of_week(today: Date, weeks: i64, day: Weekday) -> Option<Date> {
    shifted(week(today, weeks)?.first, i64::from(day.to_monday_zero_offset()))
}

pub fn weekend(today: Date, weeks: i64) -> Option<DateRange> {
    let week = week(today, weeks)?;
    Some(DateRange { first: shifted(week.first, 5)?, last: week.last })
}

/// The month `months` away from today's.
pub fn month(today: Date, months: i64) -> Option<DateRange> {
    let first = shifted_months(today.first_of_month(), months)?;
    Some(DateRange { first, last: first.last_of_month() })
}

/// The latest such weekday before today, or the first one from today on.
pub fn nearest_weekday(today: Date, day: Weekday, is_past: bool) -> Option<Date> {
    let ahead =
        (i64::from(day.to_monday_zero_offset()) - i64::from(today.weekday().to_monday_zero_offset())).rem_euclid(7);
    match (is_past, ahead) {
        (true, 0) => shifted(today, -7),
        (true, _) => shifted(today, ahead - 7),
        (false, _) => shifted(today, ahead),
    }
}

/// A day and month without a year: the one nearest to today.
pub fn nearest_year(today: Date, month: i8, day: i8) -> Option<Date> {
    let years = [-1, 0, 1].into_iter().filter_map(|step| Date::new(today.year() + step, month, day).ok());
    years.min_by_key(|date| (date.duration_since(today).as_hours().abs(), *date > today))
}

/// The fourth Friday of November and the Monday after it, of the nearest year.
pub fn black_friday(today: Date) -> Option<Date> {
    let of_year = |year: i16| {
        let thanksgiving = Date::new(year, 11, 1).ok()?.nth_weekday_of_month(4, Weekday::Thursday).ok()?;
        thanksgiving.tomorrow().ok()
    };
    let years = [-1, 0, 1].into_iter().filter_map(|step| of_year(today.year() + step));
    years.min_by_key(|date| date.duration_since(today).as_hours().abs())
}
