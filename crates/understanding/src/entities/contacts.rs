//! Order and tracking numbers, phones and e-mail addresses.

use std::sync::LazyLock;

use regex::Regex;

use super::{Entity, Hit};

/// A pattern over folded text. Words end where Latin letters and digits do: 「要XL码」 has the word XL.
pub(crate) fn pattern(text: &str) -> Regex {
    Regex::new(&text.replace(r"\b", r"(?-u:\b)")).expect("the patterns are constants, and the tests build them all")
}

static EMAIL: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"[a-z0-9][a-z0-9._%+-]*@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}"));
/// Runs that may be a number of some kind: letters, digits, and what people put between them.
static RUN: LazyLock<Regex> = LazyLock::new(|| pattern(r"[#+]?\(?[a-z0-9][a-z0-9()-]*[a-z0-9]|#?[a-z0-9]{2,}"));
/// Phones with gaps: 138 0013 8000, +1 (415) 555-0134, 010-8888 6666.
static SPACED_PHONE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:\+86[ -]?)?1[3-9]\d[ -]\d{4}[ -]\d{4}|\+\d{1,3}[ -]?\(?\d{1,4}\)?(?:[ -]?\d{2,4}){2,4}|\(\d{3}\) ?\d{3}[ -]\d{4}|\b\d{3}-\d{3}-\d{4}\b|\b0\d{2,3}[ -]\d{7,8}\b|\b400[ -]?\d{3}[ -]?\d{4}\b",
    )
});
/// Carriers by the form of their numbers.
static TRACKING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:sf\d{12,15}|yt\d{13,15}|jt\d{13}|jd[a-z]{0,2}\d{10,15}|dpk\d{9,14}|jtsd\d{10,14}|(?:zto|sto|yd|yunda|bs)\d{10,15}|1z[a-z0-9]{16}|tba\d{10,14}|[a-z]{2}\d{9}[a-z]{2}|[47][0-9]{13,14})$",
    )
});
static TRACKING_CUE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:快递|运单|物流|包裹|顺丰|圆通|中通|申通|韵达|极兔|邮政|快件)[^,。;\n]{0,6}$|(?:tracking|waybill|parcel|shipment|ups|fedex|dhl|usps)[^.;\n]{0,20}$",
    )
});
static ORDER_CUE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:订单|单号|单子|编号)[^,。;\n]{0,6}$|\b(?:order|purchase)s?\b[^.;\n]{0,16}$"));
static PHONE_CUE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:电话|手机|联系方式|号码|tel|phone|mobile|call me)[^,。;\n]{0,8}$"));

/// Shorter runs of digits are years, amounts and sizes.
const LONG_NUMBER_DIGITS: usize = 8;
const LONG_NUMBER_CHARS: usize = 10;
/// Behind «订单» or `#` a shorter number is one too.
const CUED_NUMBER_CHARS: usize = 5;
const CUED_NUMBER_DIGITS: usize = 4;
/// How far a word that says what a number is may stand before it.
const CUE_BYTES: usize = 48;

pub fn find(text: &str) -> Vec<Hit> {
    let mut hits: Vec<Hit> = EMAIL
        .find_iter(text)
        .map(|found| Hit::new(found.start(), found.end(), Entity::Email(found.as_str().to_owned()), 0.99))
        .collect();
    for found in SPACED_PHONE.find_iter(text) {
        if !touches_digit(text, found.start(), found.end()) {
            hits.push(Hit::new(found.start(), found.end(), Entity::Phone(dialled(found.as_str())), 0.9));
        }
    }
    for found in RUN.find_iter(text) {
        let is_taken = hits.iter().any(|hit| found.start() < hit.end && hit.start < found.end());
        if !is_taken && let Some(hit) = number(text, found.start(), found.as_str()) {
            hits.push(hit);
        }
    }
    hits
}

fn touches_digit(text: &str, start: usize, end: usize) -> bool {
    let digit = |symbol: Option<char>| symbol.is_some_and(|it| it.is_ascii_alphanumeric());
    digit(text[..start].chars().next_back()) || digit(text[end..].chars().next())
}

fn number(text: &str, start: usize, run: &str) -> Option<Hit> {
    let hit = |entity, confidence| Some(Hit::new(start, start + run.len(), entity, confidence));
    let plain: String = run.chars().filter(|symbol| symbol.is_ascii_alphanumeric()).collect();
    let digits = plain.bytes().filter(u8::is_ascii_digit).count();
    let before = tail(&text[..start]);
    if let Some(phone) = mobile(&plain) {
        let is_named_otherwise = TRACKING_CUE.is_match(before) || ORDER_CUE.is_match(before);
        return hit(Entity::Phone(phone), if is_named_otherwise { 0.7 } else { 0.97 });
    }
    if PHONE_CUE.is_match(before) && digits == plain.len() && (7..=15).contains(&digits) {
        return hit(Entity::Phone(plain), 0.9);
    }
    let is_long = plain.len() >= LONG_NUMBER_CHARS && digits >= LONG_NUMBER_DIGITS;
    let is_marked = run.starts_with('#');
    let order_said = is_marked || ORDER_CUE.is_match(before);
    let tracking_said = TRACKING_CUE.is_match(before);
    let shape = plain.to_ascii_uppercase();
    if is_long && (TRACKING.is_match(&plain) && !order_said || tracking_said) {
        return hit(Entity::TrackingNumber(shape), if tracking_said { 0.95 } else { 0.85 });
    }
    let is_short_but_named =
        order_said && plain.len() >= CUED_NUMBER_CHARS && digits >= CUED_NUMBER_DIGITS && !is_year_or_date(run);
    let has_form = is_code(&plain);
    (is_long || is_short_but_named || has_form)
        .then(|| hit(Entity::OrderNumber(order_form(run)), if order_said { 0.97 } else { 0.8 }))
        .flatten()
}

/// One or two letters and seven digits or more, such as W2378156: no word and no amount looks like this.
fn is_code(plain: &str) -> bool {
    let letters = plain.bytes().take_while(u8::is_ascii_alphabetic).count();
    let digits = &plain[letters..];
    (1..=2).contains(&letters) && digits.len() >= 7 && digits.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_year_or_date(run: &str) -> bool {
    let parts: Vec<&str> = run.split('-').collect();
    parts.len() == 3 && parts.iter().all(|part| part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The number as the shop prints it; dashes belong to it when letters or groups are joined by them.
fn order_form(run: &str) -> String {
    run.trim_start_matches('#').trim_matches(['(', ')', '-', '+']).to_ascii_uppercase()
}

/// The end of what stands before, where a cue may be.
fn tail(before: &str) -> &str {
    let mut start = before.len().saturating_sub(CUE_BYTES);
    while !before.is_char_boundary(start) {
        start += 1;
    }
    &before[start..]
}

fn mobile(plain: &str) -> Option<String> {
    let (country, rest) = match plain.strip_prefix("86") {
        Some(rest) if rest.len() == 11 => ("+86", rest),
        _ => ("", plain),
    };
    let bytes = rest.as_bytes();
    let is_mobile = bytes.len() == 11
        && bytes[0] == b'1'
        && (b'3'..=b'9').contains(&bytes[1])
        && bytes.iter().all(u8::is_ascii_digit);
    is_mobile.then(|| format!("{country}{rest}"))
}

fn dialled(written: &str) -> String {
    written.chars().filter(|symbol| symbol.is_ascii_digit() || *symbol == '+').collect()
}
