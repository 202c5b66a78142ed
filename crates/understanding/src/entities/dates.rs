//! Days, ranges of days and hours, as shoppers name them; relative to a moment that is passed in.

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

const ZH_NUMBER: &str = r"(\d{1,3}|[一二两三四五六七八九十]{1,3}|半)";
const EN_NUMBER: &str =
    r"(\d{1,3}|a couple of|a couple|a few|several|an|a|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)";
const EN_DAY: &str =
    r"(mon(?:day)?|tue(?:s|sday)?|wed(?:nesday)?|thu(?:rs|rsday|r)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)";
const EN_FULL_DAY: &str = r"(monday|tuesday|wednesday|thursday|friday|saturday|sunday)";
const EN_MONTH: &str = r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";

static FORMS: LazyLock<Vec<Form>> = LazyLock::new(|| {
    let mut forms = chinese();
    forms.extend(english());
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

fn chinese() -> Vec<Form> {
    vec![
        form(
            "大前天|前天|前日|昨天|昨日|昨儿|昨晚|昨夜|今天|今日|今早|今晚|今儿|当天|刚刚|刚才|明天|明日|明早|明晚|明儿|大后天|后天",
            named_day,
            0.95,
        ),
        form(&format!("{ZH_NUMBER}(个)?(天|日|星期|礼拜|周|月|年)(?:多|左右)?(?:之|以)?(前|后)"), counted_zh, 0.9),
        form(
            &format!("(?:最近|近|过去|这)(?:的)?{ZH_NUMBER}(个)?(天|日|星期|礼拜|周|月)(?:内|里|以内)?"),
            recent_zh,
            0.8,
        ),
        form("((?:上+个?|下+个?|这个?|本))(?:周|星期|礼拜)([一二三四五六日天末])?", week_zh, 0.92),
        form("(?P<all>(?:周|星期|礼拜)([一二三四五六日天末]))", weekday_zh, 0.85),
        form("(上个?|下个?|这个?|本)月(?:(\\d{1,2}|[一二三四五六七八九十]{1,3})[号日]|(初|中|底))?", month_zh, 0.9),
        form(
            "(?:(\\d{4}|去|今|明)年)?(\\d{1,2}|[一二三四五六七八九十]{1,3})月(?:份)?(\\d{1,2}|[一二三四五六七八九十]{1,3})(?:[号日]|\\b)",
            date_zh,
            0.95,
        ),
        form(
            "(?:^|[^\\d月.第a-z])(?P<all>(\\d{1,2}|[一二三四五六七八九十]{1,3})号)(?:的)?(?:[早中下晚上]|下单|下的|买|拍|付|到|发|收|签|送|能|前|之前|以前|后)",
            day_of_month_zh,
            0.7,
        ),
        form(
            "双(?:十一|11|1[·.]?1)|双(?:十二|12)|618|六一八|国庆|元旦|五一|劳动节|圣诞节?|情人节|妇女节|儿童节|教师节",
            feast_zh,
            0.8,
        ),
    ]
}

fn named_day(found: &Captures<'_>, today: Date, _: &str) -> Option<DateRange> {
    let name = found.get(0)?.as_str();
    let days = match name {
        "大前天" => -3,
        "前天" | "前日" => -2,
        "大后天" => 3,
        "后天" => 2,
        _ if name.starts_with('昨') => -1,
        _ if name.starts_with('明') => 1,
        _ => 0,
    };
    days_from(today, days)
}

fn counted_zh(found: &Captures<'_>, today: Date, _: &str) -> Option<DateRange> {
    let (count, unit) = (capture(found, 1)?, capture(found, 3)?);
    let sign = if capture(found, 4)? == "前" { -1 } else { 1 };
    if count == "半" {
        return match unit {
            "月" => days_from(today, sign * 15),
            "年" => days::shifted_months(today, sign * 6).map(DateRange::day),
            _ => None,
        };
    }
    counted(today, sign * whole_number(count)?, unit)
}

fn counted(today: Date, count: i64, unit: &str) -> Option<DateRange> {
    match unit {
        "月" | "month" => days::shifted_months(today, count).map(DateRange::day),
        "年" | "year" => days::shifted_months(today, count.checked_mul(12)?).map(DateRange::day),
        "天" | "日" | "day" => days_from(today, count),
        _ => days_from(today, count.checked_mul(7)?),
    }
}

fn recent_zh(found: &Captures<'_>, today: Date, _: &str) -> Option<DateRange> {
    let count = whole_number(capture(found, 1)?)?;
    match capture(found, 3)? {
        "天" | "日" => since(today, count),
        "月" => Some(DateRange { first: days::shifted_months(today, -count)?, last: today }),
        _ => since(today, count.checked_mul(7)?),
    }
}

/// 上上周 is two weeks back; 这周 is this one.
fn steps(word: &str) -> i64 {
    let count = |symbol: char| i64::try_from(word.matches(symbol).count()).unwrap_or_default();
    count('下') - count('上')
}

fn week_zh(found: &Captures<'_>, today: Date, _: &str) -> Option<DateRange> {
    let weeks = steps(capture(found, 1)?);
    match capture(found, 2) {
        None => days::week(today, weeks),
        Some("末") => days::weekend(today, weeks),
        Some(day) => days::weekday_of_week(today, weeks, weekday(day)?).map(DateRange::day),
    }
}

fn weekday_zh(found: &Captures<'_>, today: Date, text: &str) -> Option<DateRange> {
    let whole = found.name("all")?;
    let is_past = is_past_zh(&text[whole.end()..]);
    match capture(found, 2)? {
        "末" => days::weekend(today, if is_past { -1 } else { 0 }),
        day => days::nearest_weekday(today, weekday(day)?, is_past).map(DateRange::day),
    }
}

/// Whether what follows has happened: 「周五下的单」.
fn is_past_zh(rest: &str) -> bool {
    const NEAR_CHARS: usize = 8;
    let near: String = rest.chars().take(NEAR_CHARS).collect();
    ["下的单", "下单", "买", "付", "拍", "订", "签收", "收到", "到的", "发的", "寄的", "退的", "申请"]
        .iter()
        .any(|word| near.contains(word))
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

fn month_zh(found: &Captures<'_>, today: Date, _: &str) -> Option<DateRange> {
    let month = days::month(today, steps(capture(found, 1)?))?;
    if let Some(day) = capture(found, 2) {
        let day = i8::try_from(whole_number(day)?).ok()?;
        return Date::new(month.first.year(), month.first.month(), day).ok().map(DateRange::day);
    }
    let part = |first: i64, last: i64| {
        Some(DateRange { first: days::shifted(month.first, first)?, last: days::shifted(month.first, last)? })
    };
    match capture(found, 3) {
        Some("初") => part(0, 9),
        Some("中") => part(10, 19),
        Some(_) => Some(DateRange { first: days::shifted(month.first, 20)?, last: month.last }),
        None => Some(month),
    }
}

fn date_zh(found: &Captures<'_>, today: Date, _: &str) -> Option<DateRange> {
    let month = i8::try_from(whole_number(capture(found, 2)?)?).ok()?;
    let day = i8::try_from(whole_number(capture(found, 3)?)?).ok()?;
    let year = match capture(found, 1) {
        None => return days::nearest_year(today, month, day).map(DateRange::day),
        Some("去") => today.year() - 1,
        Some("今") => today.year(),
        Some("明") => today.year() + 1,
        Some(digits) => digits.parse().ok()?,
    };
    Date::new(year, month, day).ok().map(DateRange::day)
}

/// 「3号下的单」: the nearest third of a month, back when it has happened.
fn day_of_month_zh(found: &Captures<'_>, today: Date, text: &str) -> Option<DateRange> {
    let day = i8::try_from(whole_number(capture(found, 2)?)?).ok()?;
    let whole = found.name("all")?;
    let this = Date::new(today.year(), today.month(), day).ok()?;
    let steps = match (is_past_zh(&text[whole.end()..]), this > today) {
        (true, true) => -1,
        (false, false) if this < today => 1,
        _ => 0,
    };
    let month = days::month(today, steps)?.first;
    Date::new(month.year(), month.month(), day).ok().map(DateRange::day)
}

fn feast_zh(found: &Captures<'_>, today: Date, _: &str) -> Option<DateRange> {
    let name = found.get(0)?.as_str();
    let (month, day) = match name {
        "国庆" => (10, 1),
        "元旦" => (1, 1),
        "五一" | "劳动节" => (5, 1),
        "618" | "六一八" => (6, 18),
        "情人节" => (2, 14),
        "妇女节" => (3, 8),
        "儿童节" => (6, 1),
        "教师节" => (9, 10),
        _ if name.starts_with("圣诞") => (12, 25),
        _ if name.contains("二") || name.contains("12") => (12, 12),
        _ => (11, 11),
    };
    days::nearest_year(today, month, day).map(DateRange::day)
}

fn english() -> Vec<Form> {
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
