//! Days as Chinese names them: 昨天, 上周五, 11月3号, 双十一.

use jiff::civil::Date;
use regex::Captures;

use super::{
    super::{DateRange, days},
    Form, capture, counted, days_from, form, since, weekday, whole_number,
};

const ZH_NUMBER: &str = r"(\d{1,3}|[一二两三四五六七八九十]{1,3}|半)";

pub fn forms() -> Vec<Form> {
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
