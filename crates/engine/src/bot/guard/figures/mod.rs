//! Figures in a text, read as what they mean: amounts, spans of time, dates, times of day, numbers of orders and
//! parcels, phones, mail and web addresses. «1,299.00 元» and «一千二百九十九元» are the same figure.

mod dates;
mod numerals;
mod places;
mod units;

use std::ops::Range;

pub use places::streets;
pub use units::{Span, Unit};

/// Digits a run of letters and digits needs to be somebody's number rather than a size or a model.
const IDENTIFIER_DIGITS_MIN: usize = 5;
/// Digits alone: shorter runs are quantities.
const DIGITS_ALONE_MIN: usize = 8;

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Figure {
    /// The value as a plain decimal without needless noughts.
    Number {
        value: String,
        unit: Unit,
    },
    /// `day` is missing in «2026年11月».
    Date {
        year: Option<u16>,
        month: u8,
        day: Option<u8>,
    },
    Time {
        hour: u8,
        minute: u8,
    },
    /// An order's, a parcel's or a document's number.
    Identifier(String),
    Phone(String),
    Mail(String),
    Link(String),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub figure: Figure,
    /// In characters of the folded text.
    pub at: Range<usize>,
}

/// The figures of a text that was folded with [`super::folded`], in order.
pub fn figures(text: &[char]) -> Vec<Found> {
    read(text, false)
}

/// With numbers in words that have no unit, such as 「三百以内」, for callers who look at what stands around them.
pub fn figures_and_words(text: &[char]) -> Vec<Found> {
    read(text, true)
}

fn read(text: &[char], with_words: bool) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let read = next(text, at, with_words, &mut found);
        at = read.max(at + 1);
    }
    found
}

/// Reads what begins at `at`; where the reading goes on.
fn next(text: &[char], at: usize, with_words: bool, found: &mut Vec<Found>) -> usize {
    let begins_word = at == 0 || !is_word(text[at - 1]) || !is_word(text[at]);
    let mut put = |figure: Figure, end: usize| {
        found.push(Found { figure, at: at..end });
        end
    };
    if begins_word && let Some((figure, end)) = address(text, at) {
        return put(figure, end);
    }
    if begins_word && let Some((figure, end)) = dates::date_or_time(text, at) {
        return put(figure, end);
    }
    if begins_word && let Some((figure, end)) = name(text, at) {
        return put(figure, end);
    }
    match numerals::number(text, at) {
        Some(read) => {
            let (unit, end) = units::around(text, at, read.end, read.is_digits);
            let is_meant = read.is_digits || with_words || unit.makes_words_numbers(&read.value);
            if is_meant { put(Figure::Number { value: read.value, unit }, end) } else { read.end }
        }
        None => at + 1,
    }
}

fn is_word(symbol: char) -> bool {
    symbol.is_ascii_alphanumeric()
}

/// A web or mail address; trailing marks of the sentence are not part of it.
fn address(text: &[char], at: usize) -> Option<(Figure, usize)> {
    if !text[at].is_ascii_alphanumeric() {
        return None;
    }
    let belongs =
        |symbol: char| symbol.is_ascii_graphic() && !matches!(symbol, '<' | '>' | '"' | '(' | ')' | ',' | ';');
    let mut end = text[at..].iter().position(|symbol| !belongs(*symbol)).map_or(text.len(), |length| at + length);
    while end > at && matches!(text[end - 1], '.' | '!' | '?' | ':' | '\'' | ']' | '[') {
        end -= 1;
    }
    let piece: String = text[at..end].iter().collect();
    if piece.contains("://") || piece.starts_with("www.") {
        return Some((Figure::Link(piece.trim_end_matches('/').to_owned()), end));
    }
    let is_mail = piece.split_once('@').is_some_and(|(user, host)| !user.is_empty() && is_host(host));
    if is_mail {
        return Some((Figure::Mail(piece), end));
    }
    // A bare host such as `shop-refund.top/x`: what a phone makes a link of.
    let (host, has_path) = piece.split_once('/').map_or((piece.as_str(), false), |(host, _)| (host, true));
    (is_host(host) && (has_path || has_known_end(host)))
        .then(|| (Figure::Link(piece.trim_end_matches('/').to_owned()), end))
}

fn is_host(host: &str) -> bool {
    let Some((_, end)) = host.rsplit_once('.') else { return false };
    (2..=12).contains(&end.len())
        && end.bytes().all(|byte| byte.is_ascii_lowercase())
        && host.split('.').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'))
}

/// Ends that phones turn into links; others, such as `readme.md`, are words.
fn has_known_end(host: &str) -> bool {
    const ENDS: [&str; 34] = [
        "com", "cn", "net", "org", "top", "xyz", "shop", "vip", "cc", "io", "co", "me", "info", "biz", "site",
        "online", "store", "club", "link", "example", "invalid", "test", "ru", "uk", "hk", "tw", "app", "dev", "live",
        "win", "icu", "fun", "tk", "ly",
    ];
    host.rsplit_once('.').is_some_and(|(_, end)| ENDS.contains(&end))
}

/// A phone number, or the number of an order, a parcel or a document.
fn name(text: &[char], at: usize) -> Option<(Figure, usize)> {
    if let Some(phone) = phone(text, at) {
        return Some(phone);
    }
    if !is_word(text[at]) || (at > 0 && is_word(text[at - 1])) {
        return None;
    }
    let joins =
        |place: usize| matches!(text[place], '-' | '_') && text.get(place + 1).is_some_and(|next| is_word(*next));
    let end = (at..text.len()).find(|place| !is_word(text[*place]) && !joins(*place)).unwrap_or(text.len());
    let word = &text[at..end];
    let digits = word.iter().filter(|symbol| symbol.is_ascii_digit()).count();
    let letters = word.iter().filter(|symbol| symbol.is_ascii_alphabetic()).count();
    let has_decimals = text.get(end) == Some(&'.') && text.get(end + 1).is_some_and(char::is_ascii_digit);
    let is_number = letters == 0 && digits < DIGITS_ALONE_MIN;
    if digits < IDENTIFIER_DIGITS_MIN || is_number || has_decimals || units::is_quantity(word) {
        return None;
    }
    let value: String = word.iter().filter(|symbol| is_word(**symbol)).collect();
    Some((Figure::Identifier(value), end))
}

/// A mobile number of mainland China, a service line, or an international number with its plus.
fn phone(text: &[char], at: usize) -> Option<(Figure, usize)> {
    let before_is_word = at > 0 && is_word(text[at - 1]);
    if before_is_word || !(text[at].is_ascii_digit() || text[at] == '+') {
        return None;
    }
    let mut digits = String::new();
    let mut end = at;
    for (place, symbol) in text.iter().enumerate().skip(at) {
        match symbol {
            '0'..='9' => {
                digits.push(*symbol);
                end = place + 1;
            }
            '+' if place == at => {}
            '-' | ' ' if text.get(place + 1).is_some_and(char::is_ascii_digit) => {}
            _ => break,
        }
    }
    if text.get(end).is_some_and(|symbol| symbol.is_ascii_alphabetic()) {
        return None;
    }
    let national = digits.strip_prefix("86").filter(|rest| rest.len() == 11).unwrap_or(&digits);
    let is_mobile = national.len() == 11
        && national.starts_with('1')
        && !national.starts_with("10")
        && !national.starts_with("11")
        && !national.starts_with("12");
    let is_line = national.len() == 10 && (national.starts_with("400") || national.starts_with("800"));
    let is_foreign = text[at] == '+' && (8..=15).contains(&digits.len());
    (is_mobile || is_line || is_foreign).then(|| (Figure::Phone(national.to_owned()), end))
}

#[cfg(test)]
mod tests;
