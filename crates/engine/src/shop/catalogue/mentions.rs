//! Which names of products stand in a message: word for word, or with a slip of the keyboard.

use std::collections::{HashMap, HashSet};

use super::{
    slips::Slips,
    terms::{self, fold, is_single_character, terms},
};

/// A name of one character would be found everywhere.
const NAME_CHARS_MIN: usize = 2;
/// Share of a name's terms that must be in the text before it counts as nearly said.
const NEARLY_COVERAGE_MIN: f64 = 0.7;
/// Names shorter than this must be said exactly: half of 水壶 is nothing.
const NEARLY_TERMS_MIN: usize = 3;
/// A name said nearly is worth less than one said exactly.
const NEARLY_SCORE: f64 = 0.8;
/// With a slip it may have been another word.
const SLIP_SCORE: f64 = 0.85;
/// A name of two characters may be an everyday word.
const SHORT_NAME_SCORE: f64 = 0.9;

#[derive(Debug)]
struct Name {
    folded: Vec<char>,
    terms: HashSet<String>,
    products: Vec<u32>,
}

#[derive(Debug, Default)]
pub struct Names {
    names: Vec<Name>,
    /// term -> names that contain it.
    postings: HashMap<String, Vec<u32>>,
    slips: Slips,
}

impl Names {
    /// From each product's titles and aliases, in the catalogue's order.
    pub fn new<'a>(products: impl Iterator<Item = Vec<&'a str>>) -> Self {
        let mut by_folded: HashMap<Vec<char>, usize> = HashMap::new();
        let mut names: Vec<Name> = Vec::new();
        for (product, own) in (0_u32..).zip(products) {
            for name in own {
                let folded = fold(name.trim());
                if folded.len() < NAME_CHARS_MIN {
                    continue;
                }
                let index = *by_folded.entry(folded.clone()).or_insert_with(|| {
                    names.push(Name { folded, terms: defining_terms(name), products: Vec::new() });
                    names.len() - 1
                });
                if !names[index].products.contains(&product) {
                    names[index].products.push(product);
                }
            }
        }
        let mut postings: HashMap<String, Vec<u32>> = HashMap::new();
        for (index, name) in (0_u32..).zip(&names) {
            for term in &name.terms {
                postings.entry(term.clone()).or_default().push(index);
            }
        }
        let slips = Slips::new(names.iter().map(|name| name.folded.as_slice()));
        Self { names, postings, slips }
    }

    /// For each product touched, the largest share of one of its names that the text contains.
    pub fn coverage(&self, text: &str) -> HashMap<u32, f64> {
        let mut best: HashMap<u32, f64> = HashMap::new();
        for (name, share) in self.shares(text) {
            for &product in &name.products {
                let so_far = best.entry(product).or_default();
                *so_far = so_far.max(share);
            }
        }
        best
    }

    /// Products named, with scores, surest first; slips are put right only when nothing is named without.
    pub fn mentioned(&self, text: &str) -> Vec<(u32, f64)> {
        let found = self.mentioned_as_written(text);
        if !found.is_empty() {
            return found;
        }
        let Some(corrected) = self.slips.corrected(&fold(text)) else { return found };
        let corrected: String = corrected.into_iter().collect();
        let found = self.mentioned_as_written(&corrected).into_iter();
        found.map(|(product, score)| (product, score * SLIP_SCORE)).collect()
    }

    fn mentioned_as_written(&self, text: &str) -> Vec<(u32, f64)> {
        let folded = fold(text);
        let mut exact: Vec<(&Name, Vec<(usize, usize)>)> = Vec::new();
        let mut nearly: Vec<(&Name, f64)> = Vec::new();
        for (name, share) in self.shares(text) {
            let spans = spans_of(&name.folded, &folded);
            if !spans.is_empty() {
                exact.push((name, spans));
            } else if share >= NEARLY_COVERAGE_MIN && name.terms.len() >= NEARLY_TERMS_MIN {
                nearly.push((name, share));
            }
        }
        let nearly = without_echoes(nearly, &exact, &terms(text).into_iter().collect());
        let said: Vec<(usize, usize)> = exact.iter().flat_map(|(_, spans)| spans.iter().copied()).collect();
        let stands_alone =
            |span: &(usize, usize)| !said.iter().any(|other| other.0 <= span.0 && span.1 <= other.1 && other != span);
        let mut best: HashMap<u32, f64> = HashMap::new();
        let mut raise = |name: &Name, score: f64| {
            let score = score * shared_by(name.products.len());
            for &product in &name.products {
                let so_far = best.entry(product).or_default();
                *so_far = so_far.max(score);
            }
        };
        for (name, _) in exact.iter().filter(|(_, spans)| spans.iter().any(stands_alone)) {
            raise(name, if name.folded.len() > NAME_CHARS_MIN { 1.0 } else { SHORT_NAME_SCORE });
        }
        for (name, share) in nearly {
            raise(name, NEARLY_SCORE * share);
        }
        let mut found: Vec<(u32, f64)> = best.into_iter().collect();
        found.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        found
    }

    fn shares(&self, text: &str) -> Vec<(&Name, f64)> {
        let said: HashSet<String> = terms(text).into_iter().collect();
        let mut hits: HashMap<u32, usize> = HashMap::new();
        for term in &said {
            for &name in self.postings.get(term).map(Vec::as_slice).unwrap_or_default() {
                *hits.entry(name).or_default() += 1;
            }
        }
        let mut shares: Vec<(u32, f64)> = hits
            .into_iter()
            .map(|(name, hits)| {
                let terms = u32::try_from(self.names[name as usize].terms.len()).unwrap_or(u32::MAX);
                (name, f64::from(u32::try_from(hits).unwrap_or(u32::MAX)) / f64::from(terms))
            })
            .collect();
        shares.sort_unstable_by_key(|(name, _)| *name);
        shares.into_iter().map(|(name, share)| (&self.names[name as usize], share)).collect()
    }
}

/// A name half said is no name when another one accounts for the same words and more: «云脊双人帐篷» is not
/// also nearly «云脊四人帐篷».
fn without_echoes<'a>(
    nearly: Vec<(&'a Name, f64)>,
    exact: &[(&Name, Vec<(usize, usize)>)],
    said: &HashSet<String>,
) -> Vec<(&'a Name, f64)> {
    let heard = |name: &Name| -> HashSet<String> { name.terms.intersection(said).cloned().collect() };
    let all: Vec<HashSet<String>> =
        exact.iter().map(|(name, _)| heard(name)).chain(nearly.iter().map(|(name, _)| heard(name))).collect();
    let is_echo = |name: &Name| {
        let own = heard(name);
        all.iter().any(|other| own.len() < other.len() && own.is_subset(other))
    };
    nearly.into_iter().filter(|(name, _)| !is_echo(name)).collect()
}

/// The terms that make a name: single characters only where there are no pairs.
fn defining_terms(name: &str) -> HashSet<String> {
    let all: HashSet<String> = terms(name).into_iter().collect();
    let defining: HashSet<String> =
        all.iter().filter(|term| !is_single_character(term) && !is_filler(term)).cloned().collect();
    if defining.is_empty() { all } else { defining }
}

fn is_filler(term: &str) -> bool {
    term.len() < 3 && term.is_ascii() && terms::is_everyday(term)
}

fn shared_by(products: usize) -> f64 {
    1.0 / f64::from(u32::try_from(products).unwrap_or(u32::MAX)).sqrt()
}

/// Where a name stands in a text, as ranges of characters; English names only as whole words.
fn spans_of(name: &[char], text: &[char]) -> Vec<(usize, usize)> {
    if name.len() > text.len() {
        return Vec::new();
    }
    let is_word = |at: Option<&char>| at.is_some_and(char::is_ascii_alphanumeric);
    text.windows(name.len())
        .enumerate()
        .filter(|(start, window)| {
            if *window != name {
                return false;
            }
            let end = start + name.len();
            let plural = usize::from(text.get(end) == Some(&'s'));
            let begins = !is_word(name.first()) || *start == 0 || !is_word(text.get(start - 1));
            let ends = !is_word(name.last()) || !is_word(text.get(end)) || !is_word(text.get(end + plural));
            begins && ends
        })
        .map(|(start, _)| (start, start + name.len()))
        .collect()
}
