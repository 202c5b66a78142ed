//! States and promises in a reply, and names in quotation marks, each with its source or not.

use std::collections::HashSet;

use super::{
    Author,
    finding::{Finding, What},
    folded,
    known::{Known, Record, clauses, names},
    words::{PROMISES, STATES, State, TAKES_BACK, TAKES_BACK_CHARS},
};
use crate::bot::normal::has;

/// Longer quotations are sentences, not names.
const NAME_CHARS_MAX: usize = 40;
/// A shorter piece is a phrase that can be put together anew.
const STATEMENT_CHARS_MIN: usize = 5;
const QUOTES: [(char, char); 5] = [('「', '」'), ('《', '》'), ('“', '”'), ('『', '』'), ('【', '】')];

/// States of somebody's order that no record tells. A model can't take them from an article either.
pub fn states(plain: &str, known: &Known, author: Author) -> Vec<Finding> {
    STATES
        .iter()
        .filter_map(|state| {
            let said = state.says.iter().find(|says| is_asserted(plain, says))?;
            let in_records = || match author {
                Author::Desk => state.says.iter().chain(state.known_by).any(|word| known.records_have(word)),
                Author::Model => is_told_of_the_same(plain, state, known),
            };
            // A passage that is copied may say it of orders in general.
            let is_copied = match author {
                Author::Desk => known.has_text(said),
                Author::Model => is_in_copied_statements(plain, said, known),
            };
            let is_known = is_copied || in_records();
            (!is_known).then(|| Finding::without_source(What::State, *said))
        })
        .collect()
}

/// Whether each order that a model says a state of is in that state by a record about this very order. Where it names
/// none, it means the one named last, and without any all that were told.
fn is_told_of_the_same(plain: &str, state: &State, known: &Known) -> bool {
    let text: Vec<char> = plain.chars().collect();
    let has_state = |record: &&Record| state.says.iter().chain(state.known_by).any(|word| record.text.contains(word));
    let telling: Vec<&Record> = known.records().iter().filter(has_state).collect();
    // A bare value of a record doesn't tell what it is about.
    if telling.iter().any(|record| record.names.is_empty()) {
        return true;
    }
    let is_same = |one: &Record, other: &Record| !one.names.is_disjoint(&other.names);
    let mut meant = HashSet::new();
    for (clause, _) in clauses(&text) {
        let named = names(clause);
        if !named.is_empty() {
            meant = named;
        }
        let clause: String = clause.iter().collect();
        if !state.says.iter().any(|says| is_asserted(&clause, says)) {
            continue;
        }
        let is_told = match meant.is_empty() {
            false => meant.iter().all(|name| telling.iter().any(|record| record.names.contains(name))),
            true => known
                .records()
                .iter()
                .filter(|record| !record.names.is_empty())
                .all(|record| telling.iter().any(|telling| is_same(record, telling))),
        };
        if telling.is_empty() || !is_told {
            return false;
        }
    }
    true
}

pub fn promises(plain: &str, known: &Known) -> Vec<Finding> {
    PROMISES
        .iter()
        .filter(|promise| stands(plain, promise) && !is_taken_back(plain, promise) && !known.has_text(promise))
        .map(|promise| Finding::without_source(What::Promise, *promise))
        .collect()
}

/// Whether the state is said to have come about, and not what follows once it has: 「审核通过后」.
fn is_asserted(plain: &str, says: &str) -> bool {
    if says.is_ascii() {
        return stands(plain, says);
    }
    let mut places = plain.match_indices(says).map(|(at, found)| &plain[at + found.len()..]);
    places.any(|rest| !["后", "之后", "以后"].iter().any(|after| rest.starts_with(after)))
}

/// Whether a model says it only in whole statements it took over word for word.
fn is_in_copied_statements(plain: &str, said: &str, known: &Known) -> bool {
    let text: Vec<char> = plain.chars().collect();
    clauses(&text)
        .into_iter()
        .map(|(clause, _)| clause.iter().collect::<String>())
        .filter(|clause| stands(clause, said))
        .all(|clause| {
            let is_whole = known.statements().iter().any(|statement| statement.text == clause);
            is_whole && clause.chars().count() >= STATEMENT_CHARS_MIN
        })
}

fn stands(plain: &str, phrase: &str) -> bool {
    if phrase.is_ascii() { has(plain, phrase) } else { plain.contains(phrase) }
}

/// Whether every place where the promise stands is negated right before.
fn is_taken_back(plain: &str, promise: &str) -> bool {
    plain.match_indices(promise).all(|(at, _)| {
        let before: Vec<char> = plain[..at].chars().rev().take(TAKES_BACK_CHARS).collect();
        let before: String = before.into_iter().rev().collect();
        let before = before.trim_end();
        let last = before.rsplit(['，', '。', ',', '.', '；', '！', '\n']).next().unwrap_or_default();
        TAKES_BACK.iter().any(|word| {
            if word.is_ascii() {
                last.ends_with(word)
            } else {
                last.ends_with(word) || last.ends_with(&format!("{word}能"))
            }
        })
    })
}

/// Names of things that nothing in the evidence has.
pub fn quoted(reply: &str, known: &Known) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (open, close) in QUOTES {
        for rest in reply.split(open).skip(1) {
            let Some((name, _)) = rest.split_once(close) else { continue };
            let plain: String = folded(name).into_iter().collect();
            let is_name = !plain.trim().is_empty() && plain.chars().count() <= NAME_CHARS_MAX;
            if is_name && !known.has_text(plain.trim()) {
                findings.push(Finding::without_source(What::Name, name));
            }
        }
    }
    findings
}
