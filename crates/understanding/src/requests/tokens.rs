//! Cuts a message into tokens that compare equal however they were typed: full-width, traditional, plural, 1.5L or
//! 1.5 liters. Every token remembers where it stood, so that addresses and names keep their letters.

use std::ops::Range;

use crate::text::{is_han, simplified};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Word,
    Number,
    Han,
    /// How strongly it parts what stands on its two sides: nothing, an enumeration, a comma, a semicolon, a full stop.
    Mark(u8),
}

pub const FULL_STOP: u8 = 4;
pub const SEMICOLON: u8 = 3;
pub const COMMA: u8 = 2;
pub const ENUMERATION: u8 = 1;

#[derive(Debug, Clone)]
pub struct Token {
    /// Lower case, narrow, singular, units in their short form.
    pub stem: String,
    pub kind: Kind,
    /// Characters of the text.
    pub place: Range<usize>,
}

impl Token {
    pub fn is_soft(&self) -> bool {
        self.kind == Kind::Mark(0)
    }

    pub fn strength(&self) -> u8 {
        match self.kind {
            Kind::Mark(strength) => strength,
            _ => 0,
        }
    }
}

/// The tokens and the characters they were cut from.
#[derive(Debug, Clone)]
pub struct Tokens {
    pub letters: Vec<char>,
    pub list: Vec<Token>,
}

/// Characters of a message that are read; the rest can't be a request.
const TEXT_CHARS_MAX: usize = 6_000;

impl Tokens {
    pub fn new(text: &str) -> Self {
        let letters: Vec<char> = text.chars().take(TEXT_CHARS_MAX).map(narrow).collect();
        let mut list = cut(&letters);
        join_units(&mut list);
        for token in list.iter_mut().filter(|token| token.kind == Kind::Word) {
            token.stem = stem(&token.stem);
        }
        Self { letters, list }
    }

    pub fn len(&self) -> usize {
        self.list.len()
    }

    pub fn stem(&self, at: usize) -> &str {
        self.list.get(at).map_or("", |token| token.stem.as_str())
    }

    /// What was typed from one token to before another.
    pub fn typed(&self, range: Range<usize>) -> String {
        let tokens = &self.list[range];
        match (tokens.first(), tokens.last()) {
            (Some(first), Some(last)) => self.letters[first.place.start..last.place.end].iter().collect(),
            _ => String::new(),
        }
    }

    /// The next token that isn't a soft mark, from `at` on.
    pub fn next(&self, at: usize) -> usize {
        (at..self.len()).find(|&at| !self.list[at].is_soft()).unwrap_or(self.len())
    }

    /// The last token that isn't a soft mark, before `at`.
    pub fn before(&self, at: usize) -> Option<usize> {
        (0..at).rev().find(|&at| !self.list[at].is_soft())
    }

    /// Where a phrase in compact form ends if it begins at this token. Spaces and hyphens don't matter.
    pub fn matches(&self, at: usize, compact: &str) -> Option<usize> {
        let mut rest = compact;
        let mut here = at;
        while !rest.is_empty() {
            let token = self.list.get(here)?;
            if token.is_soft() {
                if here == at {
                    return None;
                }
            } else {
                rest = rest.strip_prefix(token.stem.as_str())?;
            }
            here += 1;
        }
        (here > at).then_some(here)
    }
}

/// A phrase as `Tokens::matches` wants it.
pub fn compact(phrase: &str) -> String {
    Tokens::new(phrase)
        .list
        .iter()
        .filter(|token| !matches!(token.kind, Kind::Mark(_)))
        .map(|t| t.stem.as_str())
        .collect()
}

/// The words of a phrase.
pub fn words(phrase: &str) -> Vec<String> {
    let tokens = Tokens::new(phrase).list;
    tokens.into_iter().filter(|token| !matches!(token.kind, Kind::Mark(_))).map(|token| token.stem).collect()
}

fn narrow(letter: char) -> char {
    match letter {
        '\u{3000}' => ' ',
        // The full-width block mirrors ASCII at a fixed distance.
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(letter) - 0xFEE0).unwrap_or(letter),
        '‘' | '’' | '`' => '\'',
        '“' | '”' => '"',
        other => other,
    }
}

fn lower(letter: char) -> char {
    letter.to_lowercase().next().unwrap_or(letter)
}

fn cut(letters: &[char]) -> Vec<Token> {
    let mut list = Vec::new();
    let mut at = 0;
    // Commas inside brackets don't part requests.
    let mut depth = 0_usize;
    while at < letters.len() {
        let letter = letters[at];
        let start = at;
        at += 1;
        if letter == ' ' || letter == '\t' {
            continue;
        }
        let (stem, kind) = if is_han(letter) {
            (simplified(letter).to_string(), Kind::Han)
        } else if letter.is_ascii_digit() {
            while at < letters.len() && (letters[at].is_ascii_digit() || is_inner_point(letters, at)) {
                at += 1;
            }
            (letters[start..at].iter().filter(|letter| **letter != ',').collect(), Kind::Number)
        } else if letter.is_alphabetic() {
            while at < letters.len() && (is_word_letter(letters[at]) || is_inner_apostrophe(letters, at)) {
                at += 1;
            }
            (letters[start..at].iter().filter(|letter| **letter != '\'').map(|l| lower(*l)).collect(), Kind::Word)
        } else {
            match letter {
                '(' | '{' | '[' | '【' => depth += 1,
                ')' | '}' | ']' | '】' => depth = depth.saturating_sub(1),
                _ => {}
            }
            mark(letters, start, depth)
        };
        list.push(Token { stem, kind, place: start..at });
    }
    list
}

fn is_word_letter(letter: char) -> bool {
    letter.is_alphabetic() && !is_han(letter)
}

/// The point in 1.5 and the comma in 2,000.
fn is_inner_point(letters: &[char], at: usize) -> bool {
    let is_digit = |at: usize| letters.get(at).is_some_and(char::is_ascii_digit);
    match letters[at] {
        '.' => is_digit(at + 1),
        ',' => is_digit(at + 1) && is_digit(at + 2) && is_digit(at + 3) && !is_digit(at + 4),
        _ => false,
    }
}

fn is_inner_apostrophe(letters: &[char], at: usize) -> bool {
    letters[at] == '\'' && letters.get(at + 1).is_some_and(|letter| is_word_letter(*letter))
}

fn mark(letters: &[char], at: usize, depth: usize) -> (String, Kind) {
    let word = |text: &str| (text.to_owned(), Kind::Word);
    let next = letters.get(at + 1).copied();
    let strength = match letters[at] {
        '%' => return word("percent"),
        '°' | '℃' => return word("degree"),
        '&' => return word("and"),
        '+' => return word("plus"),
        '→' | '>' => return word("to"),
        // An empty list of changes.
        '{' if letters[at + 1..].iter().find(|letter| **letter != ' ') == Some(&'}') => return word("unchanged"),
        '\n' | '。' | '!' | '?' | '！' | '？' => FULL_STOP,
        '.' if next.is_none_or(char::is_whitespace) && !is_abbreviated(letters, at) => FULL_STOP,
        ';' | '；' => SEMICOLON,
        ',' | '，' | ':' | '：' | '—' | '–' | '…' => COMMA,
        '-' if next == Some('-') || next == Some(' ') && at > 0 && letters[at - 1] == ' ' => COMMA,
        '、' => ENUMERATION,
        _ => 0,
    };
    (letters[at].to_string(), Kind::Mark(if depth > 0 { 0 } else { strength }))
}

/// `St.` and `No.` don't end a sentence.
fn is_abbreviated(letters: &[char], at: usize) -> bool {
    const SHORT: [&str; 12] = ["st", "ave", "rd", "blvd", "dr", "apt", "no", "mr", "mrs", "ms", "vs", "ste"];
    let word: String = letters[..at].iter().rev().take_while(|l| l.is_alphabetic()).map(|l| lower(*l)).collect();
    let word: String = word.chars().rev().collect();
    SHORT.contains(&word.as_str()) && letters[at..].iter().any(|letter| letter.is_ascii_digit())
}

/// 750毫升 is 750ml, 42码 is 42.
fn join_units(list: &mut Vec<Token>) {
    const UNITS: [(&str, &str); 16] = [
        ("毫升", "ml"),
        ("升", "l"),
        ("英寸", "inch"),
        ("寸", "inch"),
        ("公斤", "kg"),
        ("千克", "kg"),
        ("克", "g"),
        ("厘米", "cm"),
        ("公分", "cm"),
        ("毫米", "mm"),
        ("米", "m"),
        ("小时", "hour"),
        ("码", ""),
        ("兆", "mb"),
        ("摄氏度", "degree"),
        ("度", "degree"),
    ];
    let mut at = 0;
    while at + 1 < list.len() {
        if list[at].kind == Kind::Number {
            let found = UNITS.iter().find(|(unit, _)| {
                unit.chars().enumerate().all(|(offset, letter)| {
                    list.get(at + 1 + offset).is_some_and(|token| token.stem.chars().eq([letter]))
                })
            });
            if let Some((unit, short)) = found {
                let end = at + 1 + unit.chars().count();
                let place = list[at + 1].place.start..list[end - 1].place.end;
                let kind = if short.is_empty() { Kind::Mark(0) } else { Kind::Word };
                list.splice(at + 1..end, [Token { stem: (*short).to_owned(), kind, place }]);
            }
        }
        at += 1;
    }
}

fn stem(word: &str) -> String {
    if let Some((_, short)) = SAME.iter().find(|(long, _)| long.contains(&word)) {
        return (*short).to_owned();
    }
    const PLURAL_LETTERS_MIN: usize = 4;
    if word.len() < PLURAL_LETTERS_MIN || !word.is_ascii() {
        return word.to_owned();
    }
    let plain = match word {
        word if word.ends_with("ies") && word.len() > PLURAL_LETTERS_MIN => format!("{}y", &word[..word.len() - 3]),
        word if ["ches", "shes", "xes", "sses"].iter().any(|end| word.ends_with(end)) => word[..word.len() - 2].into(),
        word if ["ss", "us", "is"].iter().any(|end| word.ends_with(end)) => word.into(),
        word => word.strip_suffix('s').unwrap_or(word).into(),
    };
    match SAME.iter().find(|(long, _)| long.contains(&plain.as_str())) {
        Some((_, short)) => (*short).to_owned(),
        None => plain,
    }
}

/// Spellings and units that mean the same.
const SAME: [(&[&str], &str); 33] = [
    (&["inch", "inche", "inches", "in."], "inch"),
    (&["liter", "litre", "liters", "litres", "ltr"], "l"),
    (&["milliliter", "millilitre"], "ml"),
    (&["foot", "feet"], "ft"),
    (&["pound", "lbs", "lb"], "lb"),
    (&["hr", "hrs", "hour"], "hour"),
    (&["gig", "gigs", "gigabyte"], "gb"),
    (&["terabyte"], "tb"),
    (&["millimeter", "millimetre"], "mm"),
    (&["centimeter", "centimetre"], "cm"),
    (&["kilo", "kilogram", "kgs"], "kg"),
    (&["megapixel"], "mp"),
    (&["watt"], "w"),
    (&["deg", "degree"], "degree"),
    (&["grey"], "gray"),
    (&["colour"], "color"),
    (&["golden"], "gold"),
    (&["wooden"], "wood"),
    (&["two"], "2"),
    (&["three"], "3"),
    (&["four"], "4"),
    (&["five"], "5"),
    (&["six"], "6"),
    (&["seven"], "7"),
    (&["eight"], "8"),
    (&["nine"], "9"),
    (&["ten"], "10"),
    (&["eleven"], "11"),
    (&["twelve"], "12"),
    (&["one"], "1"),
    (&["grams", "gram"], "g"),
    (&["pct"], "percent"),
    (&["wifi"], "wifi"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_to_type_the_same_compare_equal() {
        for (a, b) in [
            ("13-inch", "13 inches"),
            ("1.5L", "1.5 liters"),
            ("750毫升", "750 ml"),
            ("Wi-Fi", "wifi"),
            ("space grey", "Space Gray"),
            ("T-Shirt", "t shirts"),
            ("42码", "42"),
            ("two-piece", "2 piece"),
            ("ＰＶＣ", "pvc"),
        ] {
            assert_eq!(compact(a), compact(b), "{a} {b}");
        }
    }

    #[test]
    fn full_stops_end_sentences_and_points_do_not() {
        let strengths = |text: &str| Tokens::new(text).list.iter().map(Token::strength).max();
        assert_eq!(strengths("a 1.5 l kettle"), Some(0));
        assert_eq!(strengths("write to li@example.com"), Some(0));
        assert_eq!(strengths("done. next"), Some(FULL_STOP));
        assert_eq!(strengths("5 Main St. 12"), Some(0));
        assert_eq!(strengths("a kettle (black, 1 l)"), Some(0));
    }
}
