//! Looking for many words at once, in a view.

use std::{collections::BTreeMap, ops::Range};

use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder};

use super::{pack::PackError, view::View};

/// Words with what each belongs to; every occurrence is found, also of words inside others.
pub(super) struct Words<T> {
    machine: Option<CharwiseDoubleArrayAhoCorasick<u32>>,
    owners: Vec<Vec<T>>,
    is_contact: bool,
}

impl<T: Copy + PartialEq> Words<T> {
    /// `is_contact`: in the view of contacts instead of the plain one.
    pub fn new(words: impl IntoIterator<Item = (String, T)>, is_contact: bool) -> Result<Self, PackError> {
        let mut patterns: BTreeMap<String, Vec<T>> = BTreeMap::new();
        for (word, owner) in words {
            let plain = View::plain(&word).text;
            let pattern = if is_contact { View::contact(&plain).text } else { plain };
            if pattern.is_empty() {
                return Err(PackError::Words(word));
            }
            let owners = patterns.entry(pattern).or_default();
            if !owners.contains(&owner) {
                owners.push(owner);
            }
        }
        if patterns.is_empty() {
            return Ok(Self { machine: None, owners: Vec::new(), is_contact });
        }
        let machine = CharwiseDoubleArrayAhoCorasickBuilder::new()
            .build(patterns.keys())
            .map_err(|error| PackError::Words(error.to_string()))?;
        Ok(Self { machine: Some(machine), owners: patterns.into_values().collect(), is_contact })
    }

    /// Where words stand, in the plain view as whole words, with their owners.
    pub fn each(&self, text: &str, mut found: impl FnMut(Range<usize>, T)) {
        let Some(machine) = &self.machine else { return };
        for hit in machine.find_overlapping_iter(text) {
            let at = hit.start()..hit.end();
            // The view of contacts has no words: whoever asks looks at the plain one.
            if self.is_contact || !is_inside_a_word(text, &at) {
                self.owners[hit.value() as usize].iter().for_each(|owner| found(at.clone(), *owner));
            }
        }
    }
}

/// Whether letters, or digits, go on where the piece ends.
pub(super) fn is_inside_a_word(text: &str, at: &Range<usize>) -> bool {
    let joins = |outside: Option<char>, inside: Option<char>| match (outside, inside) {
        (Some(outside), Some(inside)) => {
            (outside.is_ascii_alphabetic() && inside.is_ascii_alphabetic())
                || (outside.is_ascii_digit() && inside.is_ascii_digit())
        }
        _ => false,
    };
    let inner = &text[at.clone()];
    joins(text[..at.start].chars().next_back(), inner.chars().next())
        || joins(text[at.end..].chars().next(), inner.chars().next_back())
}
