//! What a number counts. Only units that change what is promised are told apart: money, shares, spans of time, and the
//! common measures.

use super::is_word;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Nothing stands beside it.
    Bare,
    /// ISO 4217, lower case.
    Money(&'static str),
    Percent,
    /// 折: tenths of the price.
    Tenths,
    Span(Span),
    /// A measure or a counting word.
    Thing(&'static str),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Span {
    Minute,
    Hour,
    Day,
    WorkingDay,
    Week,
    Month,
    Year,
}

impl Unit {
    /// Whether a number in words is one at all before this unit: 「七天」 is, the 一 of 「一个」 isn't.
    pub fn makes_words_numbers(self, value: &str) -> bool {
        match self {
            Self::Bare | Self::Thing("item" | "point") => false,
            // 「一次」「每一位」「一块儿」 count nothing.
            Self::Thing(_) | Self::Money(_) => value != "1",
            _ => true,
        }
    }
}

use Span::{Day, Hour, Minute, Month, Week, WorkingDay, Year};

/// Longer names before shorter ones that begin alike.
const CHINESE: [(&str, Unit); 54] = [
    ("个工作日", Unit::Span(WorkingDay)),
    ("工作日", Unit::Span(WorkingDay)),
    ("个自然日", Unit::Span(Day)),
    ("自然日", Unit::Span(Day)),
    ("个小时", Unit::Span(Hour)),
    ("小时", Unit::Span(Hour)),
    ("钟头", Unit::Span(Hour)),
    ("个钟头", Unit::Span(Hour)),
    ("分钟", Unit::Span(Minute)),
    ("天", Unit::Span(Day)),
    ("日", Unit::Span(Day)),
    ("个星期", Unit::Span(Week)),
    ("星期", Unit::Span(Week)),
    ("周", Unit::Span(Week)),
    ("个月", Unit::Span(Month)),
    ("年", Unit::Span(Year)),
    ("美元", Unit::Money("usd")),
    ("欧元", Unit::Money("eur")),
    ("元", Unit::Money("cny")),
    ("块", Unit::Money("cny")),
    ("圆", Unit::Money("cny")),
    ("人民币", Unit::Money("cny")),
    ("折", Unit::Tenths),
    ("%", Unit::Percent),
    ("人", Unit::Thing("person")),
    ("位", Unit::Thing("person")),
    ("件", Unit::Thing("piece")),
    ("个", Unit::Thing("item")),
    ("张", Unit::Thing("sheet")),
    ("次", Unit::Thing("time")),
    ("倍", Unit::Thing("fold")),
    ("公斤", Unit::Thing("kg")),
    ("千克", Unit::Thing("kg")),
    ("斤", Unit::Thing("jin")),
    ("克", Unit::Thing("g")),
    ("毫升", Unit::Thing("ml")),
    ("升", Unit::Thing("l")),
    ("厘米", Unit::Thing("cm")),
    ("毫米", Unit::Thing("mm")),
    ("公里", Unit::Thing("km")),
    ("米", Unit::Thing("m")),
    ("毫安时", Unit::Thing("mah")),
    ("毫安", Unit::Thing("mah")),
    ("瓦", Unit::Thing("w")),
    ("分贝", Unit::Thing("db")),
    ("英寸", Unit::Thing("inch")),
    ("寸", Unit::Thing("inch")),
    ("℃", Unit::Thing("celsius")),
    ("°c", Unit::Thing("celsius")),
    ("度", Unit::Thing("celsius")),
    ("流明", Unit::Thing("lm")),
    ("积分", Unit::Thing("point")),
    ("分", Unit::Thing("point")),
    ("期", Unit::Thing("instalment")),
];

/// Whole words, after an optional blank or hyphen.
const LATIN: [(&str, Unit); 60] = [
    ("workingdays", Unit::Span(WorkingDay)),
    ("businessdays", Unit::Span(WorkingDay)),
    ("workingday", Unit::Span(WorkingDay)),
    ("businessday", Unit::Span(WorkingDay)),
    ("calendardays", Unit::Span(Day)),
    ("hours", Unit::Span(Hour)),
    ("hour", Unit::Span(Hour)),
    ("hrs", Unit::Span(Hour)),
    ("h", Unit::Span(Hour)),
    ("minutes", Unit::Span(Minute)),
    ("minute", Unit::Span(Minute)),
    ("mins", Unit::Span(Minute)),
    ("min", Unit::Span(Minute)),
    ("days", Unit::Span(Day)),
    ("day", Unit::Span(Day)),
    ("weeks", Unit::Span(Week)),
    ("week", Unit::Span(Week)),
    ("months", Unit::Span(Month)),
    ("month", Unit::Span(Month)),
    ("years", Unit::Span(Year)),
    ("year", Unit::Span(Year)),
    ("yuan", Unit::Money("cny")),
    ("rmb", Unit::Money("cny")),
    ("cny", Unit::Money("cny")),
    ("usd", Unit::Money("usd")),
    ("dollars", Unit::Money("usd")),
    ("dollar", Unit::Money("usd")),
    ("eur", Unit::Money("eur")),
    ("euros", Unit::Money("eur")),
    ("percent", Unit::Percent),
    ("people", Unit::Thing("person")),
    ("person", Unit::Thing("person")),
    ("pieces", Unit::Thing("piece")),
    ("piece", Unit::Thing("piece")),
    ("times", Unit::Thing("time")),
    ("kg", Unit::Thing("kg")),
    ("kilograms", Unit::Thing("kg")),
    ("g", Unit::Thing("g")),
    ("grams", Unit::Thing("g")),
    ("ml", Unit::Thing("ml")),
    ("l", Unit::Thing("l")),
    ("litre", Unit::Thing("l")),
    ("litres", Unit::Thing("l")),
    ("liter", Unit::Thing("l")),
    ("liters", Unit::Thing("l")),
    ("cm", Unit::Thing("cm")),
    ("mm", Unit::Thing("mm")),
    ("km", Unit::Thing("km")),
    ("m", Unit::Thing("m")),
    ("mah", Unit::Thing("mah")),
    ("wh", Unit::Thing("wh")),
    ("w", Unit::Thing("w")),
    ("db", Unit::Thing("db")),
    ("lm", Unit::Thing("lm")),
    ("lumens", Unit::Thing("lm")),
    ("inch", Unit::Thing("inch")),
    ("inches", Unit::Thing("inch")),
    ("gb", Unit::Thing("gb")),
    ("ppi", Unit::Thing("ppi")),
    ("points", Unit::Thing("point")),
];

const PREFIXES: [(&str, Unit); 9] = [
    ("¥", Unit::Money("cny")),
    ("￥", Unit::Money("cny")),
    ("rmb", Unit::Money("cny")),
    ("cny", Unit::Money("cny")),
    ("us$", Unit::Money("usd")),
    ("$", Unit::Money("usd")),
    ("usd", Unit::Money("usd")),
    ("€", Unit::Money("eur")),
    ("百分之", Unit::Percent),
];
/// Marks between the two ends of a range, whose unit stands at its second end.
const RANGE: [char; 7] = ['-', '~', '–', '—', '至', '到', '∼'];

/// The unit of the number at `start..end`, from what stands before or behind it, and where it ends.
pub fn around(text: &[char], start: usize, end: usize, is_digits: bool) -> (Unit, usize) {
    if is_digits && let Some(unit) = before(text, start) {
        return (unit, end);
    }
    match behind(text, end) {
        Some((unit, length)) => (unit, end + length),
        None => (in_range(text, end).unwrap_or(Unit::Bare), end),
    }
}

fn before(text: &[char], start: usize) -> Option<Unit> {
    let end = (0..start).rev().find(|place| text[*place] != ' ')? + 1;
    PREFIXES.iter().find_map(|(name, unit)| {
        let from = end.checked_sub(name.chars().count())?;
        let stands = text[from..end].iter().copied().eq(name.chars());
        let is_whole = !is_word(text[from]) || from == 0 || !is_word(text[from - 1]);
        (stands && is_whole).then_some(*unit)
    })
}

fn behind(text: &[char], end: usize) -> Option<(Unit, usize)> {
    let blanks = text.get(end..)?.iter().take_while(|symbol| **symbol == ' ').count();
    let rest = &text[end + blanks..];
    let starts = |name: &str| rest.len() >= name.chars().count() && name.chars().zip(rest).all(|(a, b)| a == *b);
    if let Some((name, unit)) = CHINESE.iter().find(|(name, _)| starts(name)) {
        return Some((*unit, blanks + name.chars().count()));
    }
    latin(text, end)
}

/// English units are whole words; "working days" may have a blank inside.
fn latin(text: &[char], end: usize) -> Option<(Unit, usize)> {
    let gap = text.get(end..)?.iter().take_while(|symbol| matches!(symbol, ' ' | '-')).count();
    if gap > 1 {
        return None;
    }
    let word =
        |at: usize| -> String { text[at.min(text.len())..].iter().take_while(|symbol| is_word(**symbol)).collect() };
    let first = word(end + gap);
    let next_at = end + gap + first.len() + 1;
    let pair = format!("{first}{}", word(next_at));
    let find = |name: &str| LATIN.iter().find(|(known, _)| *known == name).map(|(_, unit)| *unit);
    let both = matches!(first.as_str(), "working" | "business" | "calendar").then(|| find(&pair)).flatten();
    match both {
        Some(unit) => Some((unit, gap + pair.len() + 1)),
        None => find(&first).map(|unit| (unit, gap + first.len())),
    }
}

/// The unit behind the other end of a range: the 3 of 「3-7 个工作日」.
fn in_range(text: &[char], end: usize) -> Option<Unit> {
    let skip = |mut place: usize| {
        while text.get(place) == Some(&' ') {
            place += 1;
        }
        place
    };
    let mark = skip(end);
    let is_word_to = text.get(mark..mark + 3).is_some_and(|word| word == ['t', 'o', ' ']);
    let other = match text.get(mark) {
        Some(symbol) if RANGE.contains(symbol) => skip(mark + 1),
        Some('、') => mark + 1,
        Some('t') if is_word_to => skip(mark + 3),
        _ => return None,
    };
    let read = text.get(other).and_then(|_| super::numerals::number(text, other))?;
    behind(text, read.end).map(|(unit, _)| unit).or_else(|| {
        // 「3、6、12 期」.
        if text.get(mark) == Some(&'、') { in_range(text, read.end) } else { None }
    })
}

/// Whether a word such as `10000mah` is a number with its unit.
pub fn is_quantity(word: &[char]) -> bool {
    let digits = word.iter().take_while(|symbol| symbol.is_ascii_digit()).count();
    let rest: String = word[digits..].iter().collect();
    digits > 0
        && (LATIN.iter().any(|(name, _)| *name == rest)
            || rest.strip_prefix('-').is_some_and(|unit| LATIN.iter().any(|(name, _)| *name == unit)))
}
