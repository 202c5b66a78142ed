//! What a model put into other words, laid beside what it cites: a statement that is near a cited one must keep its
//! figures, its negation and its conditions.

use std::collections::HashSet;

use super::{
    figures::{self, Figure},
    finding::{Finding, What},
    known::{self, Known, Statement, clauses},
    words::{CONDITIONS, NEGATIONS},
};

/// A statement shares this much of the shorter one's characters with a cited one to count as the same in other words.
const SAME_SHARE: f64 = 0.6;
/// Two statements this close to the best are both meant.
const NEAR_BEST: f64 = 0.05;
/// Shorter pieces are alike by chance.
const LETTERS_MIN: usize = 4;

pub fn changed(text: &[char], known: &Known) -> Vec<Finding> {
    let mut findings = Vec::new();
    let cited: Vec<(&Statement, HashSet<[char; 2]>)> =
        known.statements().iter().map(|statement| (statement, pairs(&statement.text))).collect();
    for (clause, _) in clauses(text) {
        let said: String = clause.iter().collect();
        if is_copied(&said, known) {
            continue;
        }
        let near = nearest(&said, &cited);
        if near.is_empty() {
            continue;
        }
        findings.extend(moved_figures(clause, &near));
        findings.extend(changed_words(&said, &near));
    }
    findings
}

/// A whole statement of the evidence, word for word.
fn is_copied(said: &str, known: &Known) -> bool {
    known.statements().iter().any(|statement| statement.text == *said)
}

/// The cited statements this one can be a wording of.
fn nearest<'a>(said: &str, cited: &[(&'a Statement, HashSet<[char; 2]>)]) -> Vec<&'a Statement> {
    let own = pairs(said);
    if own.len() < LETTERS_MIN {
        return Vec::new();
    }
    let scored: Vec<(f64, &Statement)> = cited
        .iter()
        .filter(|(_, pairs)| pairs.len() >= LETTERS_MIN)
        .map(|(statement, pairs)| {
            let shared = own.intersection(pairs).count() as f64;
            (shared / own.len().min(pairs.len()) as f64, *statement)
        })
        .collect();
    let best = scored.iter().map(|(score, _)| *score).fold(0.0, f64::max);
    if best < SAME_SHARE {
        return Vec::new();
    }
    scored.into_iter().filter(|(score, _)| *score >= best - NEAR_BEST).map(|(_, statement)| statement).collect()
}

/// Pairs of neighbouring letters; figures count as nothing, so that a changed one changes no likeness.
fn pairs(text: &str) -> HashSet<[char; 2]> {
    let letters: Vec<char> =
        text.chars().filter(|symbol| symbol.is_alphanumeric() && !symbol.is_ascii_digit()).collect();
    letters.windows(2).map(|pair| [pair[0], pair[1]]).collect()
}

fn moved_figures(clause: &[char], near: &[&Statement]) -> Vec<Finding> {
    // A statement without figures in the evidence says nothing about where this one's are from.
    if near.iter().all(|statement| statement.figures.is_empty()) {
        return Vec::new();
    }
    let left_over = near.iter().map(|statement| without_partner(clause, &statement.figures));
    left_over.min_by_key(Vec::len).unwrap_or_default()
}

/// The figures of a clause that no figure of the statement stands for, each of those standing for one.
fn without_partner(clause: &[char], cited: &[Figure]) -> Vec<Finding> {
    let mut free: Vec<&Figure> = cited.iter().collect();
    let mut alone = Vec::new();
    for found in figures::figures(clause) {
        match free.iter().position(|figure| known::has(std::iter::once(*figure), &found.figure)) {
            Some(partner) => drop(free.remove(partner)),
            None => alone.push(Finding::moved(&found.figure, clause[found.at].iter().collect())),
        }
    }
    alone
}

/// Whether the statement says no where the cited one says yes, or leaves out under which condition.
fn changed_words(said: &str, near: &[&Statement]) -> Vec<Finding> {
    let negations = |text: &str| count(text, NEGATIONS) % 2;
    let mut findings = Vec::new();
    if near.iter().all(|statement| negations(&statement.text) != negations(said)) {
        findings.push(Finding::changed(What::Negation, said));
    }
    for group in CONDITIONS {
        let has = |text: &str| group.iter().any(|word| contains(text, word));
        if near.iter().all(|statement| has(&statement.text) != has(said)) {
            findings.push(Finding::changed(What::Condition, said));
            break;
        }
    }
    findings
}

fn count(text: &str, words: &[&str]) -> usize {
    let mut rest = text.to_owned();
    let mut count = 0;
    // Longer words first in the list, so that 不能 isn't counted again as 不.
    for word in words {
        while contains(&rest, word) {
            rest = rest.replacen(word, " ", 1);
            count += 1;
        }
    }
    count
}

fn contains(text: &str, word: &str) -> bool {
    if word.is_ascii() { crate::bot::normal::has(text, word.trim()) } else { text.contains(word) }
}
