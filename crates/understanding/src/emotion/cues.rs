//! Finding cues in a line: longest first, none inside another, none that is denied or somebody else's.

use super::{
    Kind,
    lexicon::{Cue, Lexicon},
};
use crate::text;

/// Between the halves of a phrase with a gap.
const MAX_GAP_CHARS: usize = 8;
/// A denial stands within so many characters before a Chinese cue, words before an English one.
const DENIAL_CHARS: usize = 3;
const DENIAL_WORDS: usize = 3;

#[derive(Debug, Clone)]
pub struct Found {
    pub kind: Kind,
    pub level: u8,
    pub sign: String,
    pub is_ambiguous: bool,
}

/// A phrase where it stands in a clause.
struct Place {
    start: usize,
    end: usize,
    /// Nothing for what is harmless.
    cue: Option<Cue>,
}

impl Lexicon {
    /// The cues of one line in normal form.
    pub fn find(&self, line: &str) -> Vec<Found> {
        let mut found = Vec::new();
        for sentence in line.split_inclusive(['。', '!', '?', ';']).flat_map(|part| part.split(". ")) {
            let mut of_others = false;
            for clause in clauses(sentence) {
                let is_addressed = text::has_any(clause, &self.addressed);
                of_others = (of_others || text::has_any(clause, &self.others)) && !is_addressed;
                if !of_others {
                    found.extend(self.of_clause(clause));
                }
            }
        }
        found
    }

    fn of_clause(&self, clause: &str) -> Vec<Found> {
        let mut places = Vec::new();
        for cue in &self.cues {
            places.extend(spots(clause, cue.phrase).into_iter().map(|(start, end)| Place {
                start,
                end,
                cue: Some(*cue),
            }));
        }
        let harmless = self.harmless.iter().flat_map(|phrase| spots(clause, phrase));
        places.extend(harmless.map(|(start, end)| Place { start, end, cue: None }));
        // The longest says what is meant; of two as long the stronger.
        places.sort_by_key(|place| {
            (std::cmp::Reverse(place.end - place.start), std::cmp::Reverse(place.cue.map(|cue| cue.level)), place.start)
        });
        let mut taken: Vec<Place> = Vec::new();
        for place in places {
            if taken.iter().all(|other| place.end <= other.start || other.end <= place.start) {
                taken.push(place);
            }
        }
        taken.iter().filter_map(|place| self.weighed(clause, place)).collect()
    }

    fn weighed(&self, clause: &str, place: &Place) -> Option<Found> {
        let Cue { kind, level, is_ambiguous, .. } = place.cue?;
        let before = &clause[..place.start];
        if level < 5 && self.is_denied(before) && !is_rhetorical(clause) {
            return None;
        }
        let level = match level {
            2..=4 if text::has_any(before, &self.less) => level - 1,
            2 if kind == Kind::Disappointed && text::has_any(before, &self.more) => level + 1,
            _ => level,
        };
        Some(Found { kind, level, sign: clause[place.start..place.end].to_owned(), is_ambiguous })
    }

    fn is_denied(&self, before: &str) -> bool {
        if self.counts_words {
            let is_mark = |symbol: char| !(symbol.is_alphanumeric() || symbol == '\'');
            let words: Vec<&str> = before.split(is_mark).filter(|word| !word.is_empty()).collect();
            return words.iter().rev().take(DENIAL_WORDS).any(|word| self.negations.contains(word));
        }
        let from = before.char_indices().rev().nth(DENIAL_CHARS - 1).map_or(0, |(at, _)| at);
        self.negations.iter().any(|denial| before[from..].ends_with(denial))
    }

    pub fn has_mishap(&self, line: &str) -> bool {
        text::has_any(line, &self.mishaps)
    }

    pub fn has_laughter(&self, line: &str) -> bool {
        self.laughter.iter().any(|laugh| line.contains(laugh))
    }

    pub fn says_waiting(&self, line: &str) -> bool {
        text::has_any(line, &self.waiting)
    }
}

fn clauses(sentence: &str) -> impl Iterator<Item = &str> {
    sentence.split([',', '，', '、', '~', ':']).map(str::trim).filter(|clause| !clause.is_empty())
}

/// "这不是骗人吗" says that it is.
fn is_rhetorical(clause: &str) -> bool {
    let end = clause.trim_end_matches(|symbol: char| !symbol.is_alphanumeric());
    end.ends_with('吗') || end.ends_with('么')
}

/// Where a phrase with its signs stands in a clause.
fn spots(clause: &str, phrase: &str) -> Vec<(usize, usize)> {
    if let Some(whole) = phrase.strip_prefix('=') {
        let bare = clause.trim_end_matches(|symbol: char| !symbol.is_alphanumeric());
        return if bare == whole { vec![(0, bare.len())] } else { Vec::new() };
    }
    if let Some((first, second)) = phrase.split_once('…') {
        return clause
            .match_indices(first)
            .filter_map(|(start, _)| {
                let rest = &clause[start + first.len()..];
                let reach =
                    rest.char_indices().nth(MAX_GAP_CHARS + second.chars().count()).map_or(rest.len(), |(at, _)| at);
                let at = rest[..reach].find(second)?;
                Some((start, start + first.len() + at + second.len()))
            })
            .collect();
    }
    let (stem, goes_on) = phrase.strip_suffix('~').map_or((phrase, false), |stem| (stem, true));
    let is_word = |symbol: Option<char>| symbol.is_some_and(|symbol| symbol.is_ascii_alphanumeric());
    clause
        .match_indices(stem)
        .map(|(start, _)| (start, start + stem.len()))
        .filter(|(start, end)| {
            let joins_before = is_word(stem.chars().next()) && is_word(clause[..*start].chars().next_back());
            let joins_after = is_word(stem.chars().next_back()) && is_word(clause[*end..].chars().next());
            !joins_before && (goes_on || !joins_after)
        })
        .collect()
}
