//! The pieces of what was said before that may be missing now, and the places of an utterance where one may go.

use crate::text::is_han;

/// Longer pieces are sentences, and a sentence is not what was left out.
const MAX_SPAN_CHARS: usize = 14;
/// Longer turns are read up to here, from their beginning.
pub const MAX_TURN_CHARS: usize = 60;
/// 「这部动漫」 and the like, with the noun.
const MAX_POINTING_CHARS: usize = 5;

/// A piece of an earlier turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// Index of the turn, the latest is 0.
    pub turn: usize,
    pub start: usize,
    pub end: usize,
}

/// Where a piece goes in the utterance: between two characters, or in place of some.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub start: usize,
    pub end: usize,
}

impl Place {
    pub const fn is_insertion(&self) -> bool {
        self.start == self.end
    }
}

/// Whether a character begins a word that points at something said before.
pub const fn is_pronoun(symbol: char) -> bool {
    matches!(symbol, '他' | '她' | '它' | '这' | '那' | '该' | '其')
}

pub fn spans(turns: &[Vec<char>]) -> Vec<Span> {
    let mut found = Vec::new();
    for (turn, symbols) in turns.iter().enumerate() {
        for start in 0..symbols.len() {
            if cuts_word(symbols, start) || !symbols[start].is_alphanumeric() {
                continue;
            }
            for end in start + 1..=symbols.len().min(start + MAX_SPAN_CHARS) {
                if symbols[end - 1].is_alphanumeric() && !cuts_word(symbols, end) {
                    found.push(Span { turn, start, end });
                }
            }
        }
    }
    found
}

/// Whether a border at `at` would cut a Latin word or a number.
fn cuts_word(symbols: &[char], at: usize) -> bool {
    let is_word = |symbol: Option<&char>| symbol.is_some_and(|it| it.is_alphanumeric() && !is_han(*it));
    at > 0 && is_word(symbols.get(at - 1)) && is_word(symbols.get(at))
}

pub fn places(utterance: &[char]) -> Vec<Place> {
    let mut found: Vec<Place> =
        (0..=utterance.len()).filter(|at| !cuts_word(utterance, *at)).map(|at| Place { start: at, end: at }).collect();
    for start in 0..utterance.len() {
        let longest = match utterance[start] {
            '他' | '她' | '它' | '其' => 2,
            '这' | '那' | '该' => MAX_POINTING_CHARS,
            _ => continue,
        };
        found.extend((start + 1..=utterance.len().min(start + longest)).map(|end| Place { start, end }));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn latin_words_stay_whole() {
        let turn: Vec<char> = "看tfboys演唱会".chars().collect();
        let texts: Vec<String> = spans(std::slice::from_ref(&turn))
            .into_iter()
            .map(|span| turn[span.start..span.end].iter().collect())
            .collect();
        assert!(texts.contains(&"tfboys".to_owned()));
        assert!(texts.contains(&"tfboys演唱会".to_owned()));
        assert!(!texts.iter().any(|text| text.ends_with("tf")));
    }

    #[test]
    fn pronouns_are_places() {
        let utterance: Vec<char> = "他们呢".chars().collect();
        let found = places(&utterance);
        assert!(found.contains(&Place { start: 0, end: 2 }));
        assert!(found.contains(&Place { start: 3, end: 3 }));
    }
}
