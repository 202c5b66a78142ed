//! Days as English names them: yesterday, last Tuesday, Nov 3rd, Black Friday.

use jiff::civil::Date;
use regex::Captures;

use super::{
    super::{DateRange, days},
    Form, capture, counted, days_from, form, weekday, whole_number,
};

const EN_NUMBER: &str =
    r"(\d{1,3}|a couple of|a couple|a few|several|an|a|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)";
const EN_DAY: &str =
    r"(mon(?:day)?|tue(?:s|sday)?|wed(?:nesday)?|thu(?:rs|rsday|r)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)";
const EN_FULL_DAY: &str = r"(monday|tuesday|wednesday|thursday|friday|saturday|sunday)";
const EN_MONTH: &str = r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";

pub fn forms() -> Vec<Form> {
    vec![
        form(
            r"\b(?:the )?day before yesterday\b|\byesterday\b|\blast night\b|\btoday\b|\btonight\b|\bthis (?:morning|afternoon|evening)\b|\b(?:the )?day after tomorrow\b|\btomorrow\b|\bjust now\b",
            named_day_en,
            0.95,
        ),
        form(&format!(r"\b{EN_NUMBER} (day|week|month|year)s? (ago|back|earlier|later|from now)\b"), counted_en, 0.92),
        form(&format!(r"\bin {EN_NUMBER} (day|week|month)s?\b"), in_some_en, 0.8),
        form(
            &format!(r"\b(?:in |over |within |for )?the (?:last|past) {EN_NUMBER} (day|week|month)s?\b"),
            recent_en,
            0.85,
        ),
        form(&format!(r"\b(last|this|next) {EN_DAY}\b"), weekday_en, 0.92),
        form(r"\b(last|this|next) (week|weekend|month|year)\b", span_en, 0.92),
        form(&format!(r"\b(?:on )?(?P<all>{EN_FULL_DAY})\b"), bare_weekday_en, 0.8),
        form(&format!(r"\b{EN_MONTH}\.? (\d{{1,2}})(?:st|nd|rd|th)?(?:,? (\d{{4}}))?\b"), month_day_en, 0.95),
        form(&format!(r"\b(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {EN_MONTH}(?:,? (\d{{4}}))?\b"), day_month_en, 0.93),
        form(
            r"\bblack friday\b|\bcyber monday\b|\bchristmas(?: day| eve)?\b|\bnew year'?s? day\b|\bvalentine'?s?(?: day)?\b|\bhalloween\b|\bsingles'? day\b",
            feast_en,
            0.85,
        ),
    ]
}

fn named_day_en(found: &Captures<'_>, today: Date, _: &str) -> Option<DateRange> {
    let name = found.get(0)?.as_str();
    let days = match name {
        _ if name.ends_with("before yesterday") => -2,
        _ if name.ends_with("after tomorrow") => 2,
        "yesterday" | "last night" => -1,
        "tomorrow" => 1,
        _ => 0,
    };
    days_from(today, days)
}

fn counted_en(found: &Captures<'_>, today: Date, _: &str) -> Option<DateRange> {
    let sign = if matches!(capture(found, 3)?, "later" | "from now") { 1 } else { -1 };
    counted(today, sign * whole_number(capture(found, 1)?)?, capture(found, 2)?)
}

fn in_some_en(found: &Captures<'_>, today: Date, _: &str) -> Option<DateRange> {
    counted(today, whole_number(capture(found, 1)?)?, capture(found, 2)?)
}

fn recent_en(found: &Captures<'_>, today: Date, _: &str) -> Option<DateRange> {
    let first = counted(today, -whole_number(capture(found, 1)?)?, capture(found, 2)?)?.first;
    Some(DateRange { first, last: today })
}

const fn step_en(word: &str) -> i64 {
    match word.as_bytes().first() {
        Some(b'l') => -1,
        Some(b'n') => 1,
        _ => 0,
    }
}

/// "Last Tuesday" is the latest one before today, "next Tuesday" the one of next week.
fn weekday_en(found: &Captures<'_>, today: Date, _: &str) -> Option<DateRange> {
    let day = weekday(capture(found, 2)?)?;
    let date = match capture(found, 1)? {
        "last" => days::nearest_weekday(today, day, true),
        "next" => days::weekday_of_week(today, 1, day),
        _ => days::weekday_of_week(today, 0, day),
    };
    date.map(DateRange::day)
}

fn span_en(found: &Captures<'_>, today: Date, _: &str) -> Option<DateRange> {
    let step = step_en(capture(found, 1)?);
    match capture(found, 2)? {
        "week" => days::week(today, step),
        "weekend" => days::weekend(today, step),
        "month" => days::month(today, step),
        _ => {
            let year = today.year() + i16::try_from(step).ok()?;
            Some(DateRange { first: Date::new(year, 1, 1).ok()?, last: Date::new(year, 12, 31).ok()? })
        }
    }
}

fn bare_weekday_en(found: &Captures<'_>, today: Date, text: &str) -> Option<DateRange> {
    const PAST: [&str; 10] =
        ["ordered", "bought", "paid", "placed", "arrived", "came", "received", "was ", "shipped", "delivered"];
    let is_past = PAST.iter().any(|word| text.contains(word)) && !text.contains("will ");
    days::nearest_weekday(today, weekday(found.name("all")?.as_str())?, is_past).map(DateRange::day)
}

fn month_of(name: &str) -> Option<i8> {
    let names = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    i8::try_from(names.iter().position(|month| name.starts_with(month))? + 1).ok()
}

fn of_year(today: Date, month: &str, day: &str, year: Option<&str>) -> Option<DateRange> {
    let (month, day) = (month_of(month)?, day.parse().ok()?);
    let date = match year {
        Some(year) => Date::new(year.parse().ok()?, month, day).ok(),
        None => days::nearest_year(today, month, day),
    };
    date.map(DateRange::day)
}

fn month_day_en(found: &Captures<'_>, today: Date, _: &str) -> Option<DateRange> {
    of_year(today, capture(found, 1)?, capture(found, 2)?, capture(found, 3))
}

fn day_month_en(found: &Captures<'_>, today: Date, _: &str) -> Option<DateRange> {
    of_year(today, capture(found, 2)?, capture(found, 1)?, capture(found, 3))
}

fn feast_en(found: &Captures<'_>, today: Date, _: &str) -> Option<DateRange> {
    let date = match found.get(0)?.as_str() {
        "black friday" => days::black_friday(today),
        "cyber monday" => days::black_friday(today).and_then(|day| days::shifted(day, 3)),
        "halloween" => days::nearest_year(today, 10, 31),
        "christmas eve" => days::nearest_year(today, 12, 24),
        name if name.starts_with("christmas") => days::nearest_year(today, 12, 25),
        name if name.starts_with("new") => days::nearest_year(today, 1, 1),
        name if name.starts_with("valentine") => days::nearest_year(today, 2, 14),
        _ => days::nearest_year(today, 11, 11),
    };
    date.map(DateRange::day)
}
