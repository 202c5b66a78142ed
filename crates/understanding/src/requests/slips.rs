//! Words typed wrongly are read as the word they come near to, out of those that matter here: the lexicon's and the
//! products'. Addresses and names keep their letters; only the form that is compared changes.

use std::collections::BTreeSet;

use super::tokens::{Kind, Tokens};

/// Shorter words are another word with one letter changed.
const LETTERS_MIN: usize = 5;
/// From this length on a wrong letter is a slip too; in shorter words it makes another word.
const WRONG_LETTER_MIN: usize = 8;
/// Everyday words that lie near one of ours.
const OTHER_WORDS: [&str; 26] = [
    "quite", "there", "their", "these", "those", "three", "where", "which", "while", "whole", "about", "above",
    "after", "again", "could", "would", "house", "place", "please", "trial", "diary", "angel", "really", "order",
    "other", "through",
];

/// Puts the known word in place of each word that isn't known and comes near to exactly one.
pub fn mend(tokens: &mut Tokens, known: &[&BTreeSet<String>]) {
    for token in tokens.list.iter_mut().filter(|token| token.kind == Kind::Word) {
        let word = token.stem.as_str();
        let is_known = known.iter().any(|words| words.contains(word)) || OTHER_WORDS.contains(&word);
        if word.len() < LETTERS_MIN || !word.is_ascii() || is_known {
            continue;
        }
        let near = |other: &&String| is_slip(word, other);
        let mut found: Vec<&String> = known.iter().flat_map(|words| words.iter()).filter(near).collect();
        found.sort();
        found.dedup();
        if let [only] = found.as_slice() {
            token.stem = (*only).clone();
        }
    }
}

/// One letter lost, doubled or added, two neighbours swapped, or one wrong letter in a long word.
fn is_slip(said: &str, meant: &str) -> bool {
    if meant.len() < LETTERS_MIN || said.as_bytes()[0] != meant.as_bytes()[0] || said.len().abs_diff(meant.len()) > 1 {
        return false;
    }
    let (a, b) = (said.as_bytes(), meant.as_bytes());
    let same = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[same..], &b[same..]);
    match (a.len(), b.len()) {
        (long, short) if long > short => a[1..] == *b,
        (short, long) if long > short => *a == b[1..],
        _ if a.len() > 1 && a[0] == b[1] && a[1] == b[0] => a[2..] == b[2..],
        _ => meant.len() >= WRONG_LETTER_MIN && !a.is_empty() && a[1..] == b[1..],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_words_are_slips_and_other_words_are_not() {
        for (said, meant) in [("cange", "change"), ("cancle", "cancel"), ("retrun", "return"), ("stovteop", "stovetop")]
        {
            assert!(is_slip(said, meant), "{said}");
        }
        for (said, meant) in [("chance", "change"), ("lamb", "lamp"), ("older", "order"), ("hange", "change")] {
            assert!(!is_slip(said, meant), "{said}");
        }
    }

    #[test]
    fn only_a_word_that_comes_near_one_known_word_is_mended() {
        let known: BTreeSet<String> = ["change", "charge", "cancel"].map(str::to_owned).into();
        let mut tokens = Tokens::new("cange chage cancel chance");
        mend(&mut tokens, &[&known]);
        let stems: Vec<&str> = tokens.list.iter().map(|token| token.stem.as_str()).collect();
        assert_eq!(stems, ["change", "chage", "cancel", "chance"]);
    }
}
