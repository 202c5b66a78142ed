//! Names of products with a slip of the keyboard or of the ear: one letter wrong in a Latin word, another character of
//! the same sound in a Chinese one. Everyday words stay what they are.

use std::collections::{BTreeSet, HashMap, HashSet};

use pinyin::ToPinyinMulti;

use super::terms::{is_everyday, is_han};

/// Shorter words are too near to others.
const WORD_LETTERS_MIN: usize = 5;
/// One letter for another makes a different word more often than one too many or too few: stove, store.
const SWAP_LETTERS_MIN: usize = 6;
/// Longer Chinese names are said in part, which is found without this.
const SOUND_CHARS_MAX: usize = 8;
/// Two characters of the same sound are often two words (杯子, 被子), so there the tones have to agree.
const TONELESS_CHARS_MIN: usize = 3;
/// A name whose characters can be read in more ways is looked up by the first ones.
const READINGS_MAX: usize = 8;

/// Words of ordinary English that are one letter from something a shop may sell.
#[rustfmt::skip]
const COMMON: &[&str] = &[
    "about", "after", "again", "battle", "before", "being", "better", "bottom", "broken", "called", "change", "charge", "choose",
    "clean", "clear", "close", "color", "could", "cover", "cross", "daily", "delay", "doing", "early", "every", "extra", "first",
    "floor", "front", "giving", "going", "great", "green", "group", "house", "items", "large", "later", "leave", "letter",
    "light", "little", "looking", "matter", "money", "month", "never", "night", "number", "offer", "order", "orders",
    "other", "paper", "phone", "place", "plain", "plane", "plant", "plate", "please", "point", "power", "press", "price",
    "quick", "quiet", "quite", "reach", "ready", "refund", "return", "right", "round", "settle", "shall", "share", "sheet", "ship",
    "shirt", "short", "should", "since", "small", "smile", "sound", "space", "spend", "staff", "stage", "stand", "start", "state",
    "steel", "still", "store", "story", "table", "taken", "taking", "thank", "thanks", "their", "there", "these", "thing", "things", "think",
    "those", "three", "throw", "times", "today", "total", "touch", "track", "trade", "train", "under", "until", "using", "water", "weather", "where",
    "whether", "which", "while", "white", "whole", "worker", "world", "would", "write", "wrong", "years", "yours",
];

#[derive(Debug, Default)]
pub struct Slips {
    /// Every word of a name, and each word with one letter left out -> the words it may stand for.
    words: HashMap<String, Vec<String>>,
    known: HashSet<String>,
    /// How a Chinese name sounds, with and without tones -> its characters.
    sounds: HashMap<String, Vec<char>>,
    lengths: BTreeSet<usize>,
}

impl Slips {
    /// From names as they are folded.
    pub fn new<'a>(names: impl Iterator<Item = &'a [char]>) -> Self {
        let mut slips = Self::default();
        for name in names {
            for word in name.split(|letter| !letter.is_ascii_alphanumeric()) {
                slips.put_word(&word.iter().collect::<String>());
            }
            if (2..=SOUND_CHARS_MAX).contains(&name.len()) && name.iter().all(|letter| is_han(*letter)) {
                for sound in sounds_of(name) {
                    slips.sounds.entry(sound).or_insert_with(|| name.to_vec());
                }
                slips.lengths.insert(name.len());
            }
        }
        slips
    }

    fn put_word(&mut self, word: &str) {
        let is_word = word.len() >= WORD_LETTERS_MIN && word.bytes().all(|letter| letter.is_ascii_alphabetic());
        if !is_word || !self.known.insert(word.to_owned()) {
            return;
        }
        for form in std::iter::once(word.to_owned()).chain(without_one(word)) {
            let words = self.words.entry(form).or_default();
            if !words.iter().any(|other| other == word) {
                words.push(word.to_owned());
            }
        }
    }

    /// The text (folded) with its slips put right; `None` when there are none.
    pub fn corrected(&self, text: &[char]) -> Option<Vec<char>> {
        let mut right: Vec<char> = Vec::with_capacity(text.len());
        let mut changed = false;
        for run in text.chunk_by(|a, b| a.is_ascii_alphanumeric() == b.is_ascii_alphanumeric()) {
            let word: String = run.iter().collect();
            match self.meant(&word) {
                Some(meant) => {
                    right.extend(meant.chars());
                    changed = true;
                }
                None => right.extend(run),
            }
        }
        for &length in self.lengths.iter().rev() {
            for start in 0..(right.len() + 1).saturating_sub(length) {
                if let Some(name) = self.sounding(&right[start..start + length]) {
                    right.splice(start..start + length, name.iter().copied());
                    changed = true;
                }
            }
        }
        changed.then_some(right)
    }

    /// The one word of a name that is a letter away.
    fn meant(&self, word: &str) -> Option<&str> {
        let is_word = word.len() >= WORD_LETTERS_MIN && word.bytes().all(|letter| letter.is_ascii_alphabetic());
        let singular = word.strip_suffix('s').unwrap_or(word);
        let is_known = |word: &str| self.known.contains(word) || COMMON.contains(&word) || is_everyday(word);
        if !is_word || is_known(word) || is_known(singular) {
            return None;
        }
        let forms = std::iter::once(word.to_owned()).chain(without_one(word));
        let near: BTreeSet<&str> = forms
            .filter_map(|form| self.words.get(&form))
            .flatten()
            .map(String::as_str)
            .filter(|other| is_a_slip(word, other))
            .collect();
        let mut near = near.into_iter();
        near.next().filter(|_| near.next().is_none())
    }

    /// The name that sounds like these characters and shares one with them.
    fn sounding(&self, window: &[char]) -> Option<&Vec<char>> {
        if !window.iter().all(|letter| is_han(*letter)) {
            return None;
        }
        sounds_of(window).into_iter().find_map(|sound| {
            let name = self.sounds.get(&sound)?;
            let shares = name.iter().zip(window).any(|(one, other)| one == other);
            (shares && name.as_slice() != window).then_some(name)
        })
    }
}

fn without_one(word: &str) -> impl Iterator<Item = String> + '_ {
    (0..word.len()).map(move |at| format!("{}{}", &word[..at], &word[at + 1..]))
}

/// One letter more, less or other, or two that changed places; the first letter is as a rule right.
fn is_a_slip(typed: &str, meant: &str) -> bool {
    let (typed, meant) = (typed.as_bytes(), meant.as_bytes());
    if typed.first() != meant.first() {
        return false;
    }
    let same_front = typed.iter().zip(meant).take_while(|(a, b)| a == b).count();
    let same_back = typed.iter().rev().zip(meant.iter().rev()).take_while(|(a, b)| a == b).count();
    let (shorter, longer) = (typed.len().min(meant.len()), typed.len().max(meant.len()));
    match longer - shorter {
        1 => same_front + same_back >= shorter,
        0 => {
            let differing = shorter.saturating_sub(same_front + same_back);
            let swapped = differing == 2
                && typed[same_front] == meant[same_front + 1]
                && typed[same_front + 1] == meant[same_front];
            swapped || differing == 1 && shorter >= SWAP_LETTERS_MIN
        }
        _ => false,
    }
}

/// How characters sound, in every reading of theirs; longer names without tones.
fn sounds_of(name: &[char]) -> Vec<String> {
    let mut sounds = vec![String::new()];
    for letter in name {
        let Some(readings) = letter.to_pinyin_multi() else { return Vec::new() };
        let mut syllables: Vec<&str> = readings
            .into_iter()
            .map(|reading| if name.len() >= TONELESS_CHARS_MIN { reading.plain() } else { reading.with_tone() })
            .collect();
        syllables.dedup();
        sounds = sounds
            .iter()
            .flat_map(|sound| syllables.iter().map(move |syllable| format!("{sound}{syllable} ")))
            .take(READINGS_MAX)
            .collect();
    }
    sounds
}

#[cfg(test)]
mod tests {
    use super::*;

    fn corrected(text: &str) -> Option<String> {
        let names: Vec<Vec<char>> = ["帐篷", "手冲壶", "杯子", "gooseneck kettle", "camp stove", "自动喂食器"]
            .iter()
            .map(|name| name.chars().collect())
            .collect();
        let slips = Slips::new(names.iter().map(Vec::as_slice));
        slips.corrected(&text.chars().collect::<Vec<_>>()).map(|right| right.into_iter().collect())
    }

    #[test]
    fn slips_are_put_right() {
        let cases = [
            ("how much is the kettel", "how much is the kettle"),
            ("goseneck kettle", "gooseneck kettle"),
            ("账篷多少钱", "帐篷多少钱"),
            ("手充壶有货吗", "手冲壶有货吗"),
            ("自动喂时器", "自动喂食器"),
        ];
        for (text, right) in cases {
            assert_eq!(corrected(text).as_deref(), Some(right), "{text}");
        }
    }

    #[test]
    fn plain_words_stay() {
        for text in [
            "被子多少钱",
            "is there a store near me",
            "帐篷多少钱",
            "settle this please",
            "two kettles",
            "where is my order",
            "首冲",
        ] {
            assert_eq!(corrected(text), None, "{text}");
        }
    }
}
