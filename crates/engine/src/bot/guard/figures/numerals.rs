//! Numbers in digits, Chinese numerals and English words, as plain decimals: every digit that is written counts, where
//! `understanding::entities` takes «a few» for three and reads what a shopper may have meant.

use super::is_word;

pub struct Read {
    pub value: String,
    pub end: usize,
    /// Written in digits; words count only with a unit behind them.
    pub is_digits: bool,
}

pub fn number(text: &[char], at: usize) -> Option<Read> {
    if text[at].is_ascii_digit() {
        return Some(digits(text, at));
    }
    if digit_of(text[at]).is_some() || text[at] == '十' {
        return chinese(text, at);
    }
    if text[at].is_ascii_alphabetic() && (at == 0 || !is_word(text[at - 1])) {
        return english(text, at);
    }
    None
}

fn digits(text: &[char], at: usize) -> Read {
    let mut plain = String::new();
    let mut end = at;
    let is_digit = |place: usize| text.get(place).is_some_and(char::is_ascii_digit);
    // A comma stands for thousands only before exactly three digits.
    let is_group = |place: usize| (1..=3).all(|step| is_digit(place + step)) && !is_digit(place + 4);
    let mut has_point = false;
    while let Some(symbol) = text.get(end) {
        match symbol {
            '0'..='9' => plain.push(*symbol),
            ',' if !has_point && is_group(end) => {}
            '.' if !has_point && is_digit(end + 1) => {
                has_point = true;
                plain.push('.');
            }
            _ => break,
        }
        end += 1;
    }
    let (shift, length) = multiplier(text, end);
    Read { value: canonical(&shifted(&plain, shift)), end: end + length, is_digits: true }
}

/// 「3万」「5千元」, but not 「3千克」.
fn multiplier(text: &[char], at: usize) -> (usize, usize) {
    match (text.get(at), text.get(at + 1)) {
        (Some('万'), _) => (4, 1),
        (Some('亿'), _) => (8, 1),
        (Some('千'), next) if !matches!(next, Some('克' | '米' | '瓦')) => (3, 1),
        (Some('百'), next) if next != Some(&'分') => (2, 1),
        _ => (0, 0),
    }
}

/// Moves the point to the right.
fn shifted(plain: &str, places: usize) -> String {
    let (whole, fraction) = plain.split_once('.').unwrap_or((plain, ""));
    let mut fraction = fraction.to_owned();
    while fraction.len() < places {
        fraction.push('0');
    }
    let (moved, rest) = fraction.split_at(places);
    format!("{whole}{moved}.{rest}")
}

/// Without leading and trailing noughts.
fn canonical(plain: &str) -> String {
    let (whole, fraction) = plain.split_once('.').unwrap_or((plain, ""));
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let fraction = fraction.trim_end_matches('0');
    if fraction.is_empty() { whole.to_owned() } else { format!("{whole}.{fraction}") }
}

const fn digit_of(symbol: char) -> Option<u64> {
    Some(match symbol {
        '零' | '〇' => 0,
        '一' => 1,
        '二' | '两' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

const fn place_of(symbol: char) -> Option<u64> {
    Some(match symbol {
        '十' => 10,
        '百' => 100,
        '千' => 1_000,
        _ => return None,
    })
}

fn chinese(text: &[char], at: usize) -> Option<Read> {
    let belongs =
        |symbol: &char| digit_of(*symbol).is_some() || place_of(*symbol).is_some() || matches!(symbol, '万' | '亿');
    let mut end = text[at..].iter().position(|symbol| !belongs(symbol)).map_or(text.len(), |length| at + length);
    // 「三千克」 is a weight.
    if text.get(end) == Some(&'克') && end > at + 1 && text[end - 1] == '千' {
        end -= 1;
    }
    let run = &text[at..end];
    let value = if run.len() > 1 && run.iter().all(|symbol| digit_of(*symbol).is_some()) {
        run.iter().filter_map(|symbol| digit_of(*symbol)).fold(0_u64, |sum, digit| sum.saturating_mul(10) + digit)
    } else {
        placed(run)
    };
    Some(Read { value: value.to_string(), end, is_digits: false })
}

/// 「一千二百九十九」, and 「三百五」 for 350.
fn placed(run: &[char]) -> u64 {
    let (mut total, mut section, mut digit, mut last_place) = (0_u64, 0_u64, None, 1_u64);
    let mut skipped_place = false;
    for symbol in run {
        if let Some(value) = digit_of(*symbol) {
            skipped_place |= value == 0;
            digit = Some(value);
        } else if let Some(place) = place_of(*symbol) {
            section = section.saturating_add(digit.take().unwrap_or(1).saturating_mul(place));
            last_place = place;
            skipped_place = false;
        } else {
            let big = if *symbol == '万' { 10_000 } else { 100_000_000 };
            section = section.saturating_add(digit.take().unwrap_or(0));
            total = total.saturating_add(section.max(1)).saturating_mul(big);
            (section, last_place) = (0, big);
        }
    }
    let rest = digit.unwrap_or(0);
    let is_short = last_place >= 100 && !skipped_place && rest > 0;
    total.saturating_add(section).saturating_add(if is_short { rest * last_place / 10 } else { rest })
}

const WORDS: [(&str, u32); 29] = [
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("thirteen", 13),
    ("fourteen", 14),
    ("fifteen", 15),
    ("sixteen", 16),
    ("seventeen", 17),
    ("eighteen", 18),
    ("nineteen", 19),
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("seventy", 70),
    ("eighty", 80),
    ("ninety", 90),
    ("hundred", 100),
    ("thousand", 1000),
];

/// "seven", "forty-eight", "three hundred".
fn english(text: &[char], at: usize) -> Option<Read> {
    let (mut total, mut current, mut end) = (0_u32, 0_u32, at);
    let mut place = at;
    while let Some((value, length)) = english_word(text, place) {
        match value {
            100 => current = current.max(1).saturating_mul(100),
            1000 => {
                total = total.saturating_add(current.max(1).saturating_mul(1000));
                current = 0;
            }
            small => current = current.saturating_add(small),
        }
        end = place + length;
        match text.get(end) {
            Some('-' | ' ') => place = end + 1,
            _ => break,
        }
    }
    (end > at).then(|| Read { value: total.saturating_add(current).to_string(), end, is_digits: false })
}

fn english_word(text: &[char], at: usize) -> Option<(u32, usize)> {
    let length = text.get(at..)?.iter().take_while(|symbol| symbol.is_ascii_alphabetic()).count();
    let word: String = text[at..at + length].iter().collect();
    WORDS.iter().find(|(name, _)| *name == word).map(|(_, value)| (*value, length))
}
