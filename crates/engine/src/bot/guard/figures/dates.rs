//! Dates and times of day, however they are written.

use super::{Figure, is_word};

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

pub fn date_or_time(text: &[char], at: usize) -> Option<(Figure, usize)> {
    let found = full(text, at)
        .or_else(|| chinese(text, at))
        .or_else(|| english_day_first(text, at))
        .or_else(|| english_month_first(text, at))
        .or_else(|| clock(text, at))
        .or_else(|| oclock(text, at))
        .or_else(|| english_clock(text, at));
    found.filter(|(figure, _)| is_possible(figure))
}

fn is_possible(figure: &Figure) -> bool {
    match figure {
        Figure::Date { month, day, .. } => (1..=12).contains(month) && day.is_none_or(|day| (1..=31).contains(&day)),
        Figure::Time { hour, minute } => *hour <= 24 && *minute < 60,
        _ => true,
    }
}

/// A run of at most `max` digits: its value and end.
fn digits(text: &[char], at: usize, max: usize) -> Option<(u32, usize)> {
    let length = text.get(at..)?.iter().take_while(|symbol| symbol.is_ascii_digit()).count();
    if length == 0 || length > max {
        return None;
    }
    let value = text[at..at + length].iter().collect::<String>().parse().ok()?;
    Some((value, at + length))
}

fn skip_blanks(text: &[char], mut at: usize) -> usize {
    while text.get(at) == Some(&' ') {
        at += 1;
    }
    at
}

fn date(year: Option<u32>, month: u32, day: Option<u32>) -> Option<Figure> {
    Some(Figure::Date {
        year: year.map(u16::try_from).transpose().ok()?,
        month: u8::try_from(month).ok()?,
        day: day.map(u8::try_from).transpose().ok()?,
    })
}

/// 2026-11-22, 2026/11/22, 2026.11.22.
fn full(text: &[char], at: usize) -> Option<(Figure, usize)> {
    let (year, end) = digits(text, at, 4).filter(|(year, _)| (1900..2200).contains(year))?;
    let mark = *text.get(end).filter(|mark| matches!(mark, '-' | '/' | '.'))?;
    let (month, end) = digits(text, end + 1, 2)?;
    if text.get(end) != Some(&mark) {
        return None;
    }
    let (day, end) = digits(text, end + 1, 2)?;
    if text.get(end).is_some_and(|next| next.is_ascii_digit()) {
        return None;
    }
    Some((date(Some(year), month, Some(day))?, end))
}

/// 2026年11月22日, 11月22号, 2026年11月, 11月.
fn chinese(text: &[char], at: usize) -> Option<(Figure, usize)> {
    let (first, end) = digits(text, at, 4)?;
    let after = skip_blanks(text, end);
    match text.get(after) {
        Some('年') if first >= 1900 => {
            let (month, end) = digits(text, skip_blanks(text, after + 1), 2)?;
            month_and_day(text, Some(first), month, end)
        }
        Some('月') => month_and_day(text, None, first, end),
        _ => None,
    }
}

fn month_and_day(text: &[char], year: Option<u32>, month: u32, end: usize) -> Option<(Figure, usize)> {
    let mark = skip_blanks(text, end);
    if text.get(mark) != Some(&'月') {
        return None;
    }
    let day = digits(text, skip_blanks(text, mark + 1), 2)
        .map(|(day, end)| (day, skip_blanks(text, end)))
        .filter(|(_, end)| matches!(text.get(*end), Some('日' | '号')));
    match day {
        Some((day, end)) => Some((date(year, month, Some(day))?, end + 1)),
        None => Some((date(year, month, None)?, mark + 1)),
    }
}

fn month_name(text: &[char], at: usize) -> Option<(u32, usize)> {
    let length = text.get(at..)?.iter().take_while(|symbol| symbol.is_ascii_alphabetic()).count();
    let word: String = text[at..at + length].iter().collect();
    let is_named = |name: &&str| {
        word == **name || (length == 3 && name.starts_with(&word)) || (word == "sept" && name.starts_with("sept"))
    };
    let month = MONTHS.iter().position(is_named)?;
    let end = at + length;
    Some((u32::try_from(month).ok()? + 1, if text.get(end) == Some(&'.') { end + 1 } else { end }))
}

/// 22 Nov, 22 November 2026, 22nd of November.
fn english_day_first(text: &[char], at: usize) -> Option<(Figure, usize)> {
    let (day, end) = digits(text, at, 2)?;
    let end = ordinal_end(text, end);
    let mut word = skip_blanks(text, end);
    if text.get(word..word + 3).is_some_and(|of| of == ['o', 'f', ' ']) {
        word += 3;
    }
    if word == end {
        return None;
    }
    let (month, end) = month_name(text, word)?;
    let (year, end) = year_behind(text, end);
    Some((date(year, month, Some(day))?, end))
}

/// Nov 22, November 22nd, 2026.
fn english_month_first(text: &[char], at: usize) -> Option<(Figure, usize)> {
    if at > 0 && is_word(text[at - 1]) {
        return None;
    }
    let (month, end) = month_name(text, at)?;
    let (day, end) = digits(text, skip_blanks(text, end), 2)?;
    let end = ordinal_end(text, end);
    let (year, end) = year_behind(text, end);
    Some((date(year, month, Some(day))?, end))
}

fn ordinal_end(text: &[char], end: usize) -> usize {
    let is_ordinal = text
        .get(end..end + 2)
        .is_some_and(|letters| [['s', 't'], ['n', 'd'], ['r', 'd'], ['t', 'h']].iter().any(|ending| ending == letters));
    if is_ordinal { end + 2 } else { end }
}

fn year_behind(text: &[char], end: usize) -> (Option<u32>, usize) {
    let mut place = skip_blanks(text, end);
    if text.get(place) == Some(&',') {
        place = skip_blanks(text, place + 1);
    }
    match digits(text, place, 4) {
        Some((year, end)) if (1900..2200).contains(&year) => (Some(year), end),
        _ => (None, end),
    }
}

fn time(hour: u32, minute: u32, is_afternoon: bool) -> Option<Figure> {
    let hour = if is_afternoon && hour < 12 { hour + 12 } else { hour };
    Some(Figure::Time { hour: u8::try_from(hour).ok()?, minute: u8::try_from(minute).ok()? })
}

/// 14:05, 14:05:30, 2:05 pm.
fn clock(text: &[char], at: usize) -> Option<(Figure, usize)> {
    let (hour, end) = digits(text, at, 2)?;
    if text.get(end) != Some(&':') {
        return None;
    }
    let (minute, mut end) = digits(text, end + 1, 2).filter(|(_, minute_end)| *minute_end == end + 3)?;
    if text.get(end) == Some(&':')
        && let Some((_, seconds)) = digits(text, end + 1, 2)
    {
        end = seconds;
    }
    let (is_afternoon, end) = afternoon(text, at, end);
    Some((time(hour, minute, is_afternoon)?, end))
}

/// 下午3点, 9点半, 9点15分.
fn oclock(text: &[char], at: usize) -> Option<(Figure, usize)> {
    let (hour, end) = digits(text, at, 2)?;
    let mark = skip_blanks(text, end);
    if text.get(mark) != Some(&'点') || text.get(mark + 1).is_some_and(|next| matches!(next, '击' | '儿' | '赞')) {
        return None;
    }
    let (minute, end) = match text.get(mark + 1) {
        Some('半') => (30, mark + 2),
        _ => match digits(text, mark + 1, 2).filter(|(_, end)| text.get(*end) == Some(&'分')) {
            Some((minute, end)) => (minute, end + 1),
            None => (0, mark + 1),
        },
    };
    Some((time(hour, minute, is_after_noon_word(text, at))?, end))
}

/// 2 pm, 9am.
fn english_clock(text: &[char], at: usize) -> Option<(Figure, usize)> {
    let (hour, end) = digits(text, at, 2)?;
    let word = skip_blanks(text, end);
    let is_afternoon = match text.get(word..word + 2)? {
        ['p', 'm'] => true,
        ['a', 'm'] => false,
        _ => return None,
    };
    let ends = !text.get(word + 2).is_some_and(|next| is_word(*next));
    if ends { Some((time(hour, 0, is_afternoon)?, word + 2)) } else { None }
}

fn afternoon(text: &[char], at: usize, end: usize) -> (bool, usize) {
    let word = skip_blanks(text, end);
    let ends = |place: usize| !text.get(place).is_some_and(|next| is_word(*next));
    match text.get(word..word + 2) {
        Some(['p', 'm']) if ends(word + 2) => (true, word + 2),
        Some(['a', 'm']) if ends(word + 2) => (false, word + 2),
        _ => (is_after_noon_word(text, at), end),
    }
}

fn is_after_noon_word(text: &[char], at: usize) -> bool {
    let end = (0..at).rev().find(|place| text[*place] != ' ').map_or(0, |place| place + 1);
    end >= 2 && matches!(text[end - 2..end], ['下', '午'] | ['晚', '上'] | ['傍', '晚'])
}
