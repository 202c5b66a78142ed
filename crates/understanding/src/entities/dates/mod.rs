//! Days, ranges of days and hours, as shoppers name them; relative to a moment that is passed in.

mod chinese;
mod english;

use std::sync::LazyLock;

use jiff::civil::{Date, Weekday};
use regex::{Captures, Regex};

use super::{DateRange, Entity, Hit, Moment, contacts::pattern, days, numerals::number};

type Reading = fn(&Captures<'_>, Date, &str) -> Option<DateRange>;

/// A way of naming days, and how sure it is.
struct Form {
    pattern: Regex,
    read: Reading,
    confidence: f32,
}

static FORMS: LazyLock<Vec<Form>> = LazyLock::new(|| {
    let mut forms = chinese::forms();
    forms.extend(english::forms());
    forms.extend(numeric());
    forms
});

fn form(text: &str, read: Reading, confidence: f32) -> Form {
    Form { pattern: pattern(text), read, confidence }
}

pub fn find(text: &str, moment: &Moment) -> Vec<Hit> {
    let Some(today) = moment.today() else { return Vec::new() };
    let mut hits = Vec::new();
    for form in FORMS.iter() {
        for found in form.pattern.captures_iter(text) {
            let Some(whole) = found.name("all").or_else(|| found.get(0)) else { continue };
            if let Some(range) = (form.read)(&found, today, text) {
                hits.push(Hit::new(whole.start(), whole.end(), Entity::Date(range), form.confidence));
            }
        }
    }
    hits.extend(hours(text));
    hits
}

fn capture<'a>(found: &Captures<'a>, index: usize) -> Option<&'a str> {
    found.get(index).map(|part| part.as_str())
}

#[expect(clippy::cast_possible_truncation, reason = "the patterns allow three digits")]
fn whole_number(text: &str) -> Option<i64> {
    number(text).filter(|value| value.fract() == 0.0).map(|value| value as i64)
}

fn days_from(today: Date, days: i64) -> Option<DateRange> {
    days::shifted(today, days).map(DateRange::day)
}

/// From `days` ago up to today.
fn since(today: Date, days: i64) -> Option<DateRange> {
    Some(DateRange { first: days::shifted(today, -days)?, last: today })
}

fn counted(today: Date, count: i64, unit: &str) -> Option<DateRange> {
    match unit {
        "月" | "month" => days::shifted_months(today, count).map(DateRange::day),
        "年" | "year" => days::shifted_months(today, count.checked_mul(12)?).map(DateRange::day),
        "天" | "日" | "day" => days_from(today, count),
        _ => days_from(today, count.checked_mul(7)?),
    }
}

fn weekday(name: &str) -> Option<Weekday> {
    let offset = match name {
        "一" => 0,
        "二" => 1,
        "三" => 2,
        "四" => 3,
        "五" => 4,
        "六" => 5,
        "日" | "天" => 6,
        _ => ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].iter().position(|day| name.starts_with(day))?,
    };
    Weekday::from_monday_zero_offset(i8::try_from(offset).ok()?).ok()
}

fn numeric() -> Vec<Form> {
    vec![
        form(r"\b(20\d{2})[-/.](\d{1,2})[-/.](\d{1,2})\b", year_first, 0.97),
        form(r"\b(\d{1,2})/(\d{1,2})/(20\d{2})\b", year_last, 0.85),
        form(r"(?:^|[^\d/.])(?P<all>(\d{1,2})/(\d{1,2}))(?:[^\d/%]|$)", month_slash_day, 0.6),
    ]
}

fn year_first(found: &Captures<'_>, _: Date, _: &str) -> Option<DateRange> {
    let part = |index: usize| capture(found, index)?.parse::<i16>().ok();
    let (month, day) = (i8::try_from(part(2)?).ok()?, i8::try_from(part(3)?).ok()?);
    Date::new(part(1)?, month, day).ok().map(DateRange::day)
}

/// Month first, unless only day first can be.
fn year_last(found: &Captures<'_>, _: Date, _: &str) -> Option<DateRange> {
    let part = |index: usize| capture(found, index)?.parse::<i8>().ok();
    let (one, other) = (part(1)?, part(2)?);
    let year = capture(found, 3)?.parse().ok()?;
    Date::new(year, one, other).or_else(|_| Date::new(year, other, one)).ok().map(DateRange::day)
}

fn month_slash_day(found: &Captures<'_>, today: Date, _: &str) -> Option<DateRange> {
    /// 1/2 and 3/4 are parts before they are days.
    const FRACTION_MAX: i8 = 4;
    let part = |index: usize| capture(found, index)?.parse::<i8>().ok();
    let (month, day) = (part(2)?, part(3)?);
    let is_fraction = month < day && day <= FRACTION_MAX;
    (!is_fraction).then(|| days::nearest_year(today, month, day).map(DateRange::day)).flatten()
}

fn hours(text: &str) -> Vec<Hit> {
    static CLOCK: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(凌晨|早上|上午|中午|下午|傍晚|晚上|今晚|明晚)?(\d{1,2}|[一二三四五六七八九十]{1,3})点(?:钟|半|整)?|\b(\d{1,2})(?::\d{2})? ?(am|pm)\b",
        )
    });
    static PART: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"凌晨|早上|早晨|上午|中午|下午|傍晚|晚上|夜里|半夜|白天|工作时间|\b(?:morning|noon|afternoon|evening|night)\b",
        )
    });
    let mut hits: Vec<Hit> = CLOCK.captures_iter(text).filter_map(|found| clock(&found)).collect();
    for found in PART.find_iter(text) {
        let (from, until) = match found.as_str() {
            "凌晨" | "半夜" => (0, 6),
            "早上" | "早晨" => (6, 9),
            "上午" | "morning" => (8, 12),
            "中午" | "noon" => (11, 14),
            "下午" | "afternoon" => (12, 18),
            "傍晚" => (17, 19),
            "白天" | "工作时间" => (9, 18),
            _ => (18, 23),
        };
        hits.push(Hit::new(found.start(), found.end(), Entity::Hours { from, until }, 0.85));
    }
    hits
}

fn clock(found: &Captures<'_>) -> Option<Hit> {
    let whole = found.get(0)?;
    let hour = capture(found, 2).or_else(|| capture(found, 3)).and_then(whole_number)?;
    let hour = u8::try_from(hour).ok().filter(|hour| *hour <= 24)?;
    let is_late = matches!(capture(found, 1), Some("下午" | "傍晚" | "晚上" | "今晚" | "明晚"))
        || capture(found, 4) == Some("pm");
    let is_midnight = capture(found, 4) == Some("am") && hour == 12;
    let from = match hour {
        _ if is_midnight => 0,
        1..=11 if is_late => hour + 12,
        24 => 0,
        other => other,
    };
    Some(Hit::new(whole.start(), whole.end(), Entity::Hours { from, until: from + 1 }, 0.85))
}
