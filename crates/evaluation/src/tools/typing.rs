//! How people type what they say: lists, capitals and slips.

use rand::{Rng, rngs::StdRng};

pub fn listed(parts: &[String], mark: &str) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [first, last] if mark == "," => format!("{first} and {last}"),
        [first @ .., last] => format!("{}{mark} and {last}", first.join(&format!("{mark} "))),
    }
}

/// Letters are lost or change places in some of the longer words; names, numbers and addresses are copied.
pub fn mistyped(text: &str, share: f64, random: &mut StdRng) -> String {
    const LETTERS_MIN: usize = 5;
    let mut slip = |word: &str| -> String {
        let is_plain = word.len() >= LETTERS_MIN && word.bytes().all(|letter| letter.is_ascii_lowercase());
        if !is_plain || !random.random_bool(share) {
            return word.to_owned();
        }
        let at = random.random_range(1..word.len() - 1);
        let mut letters: Vec<u8> = word.bytes().collect();
        if random.random_bool(0.5) {
            letters.remove(at);
        } else {
            letters.swap(at, at + 1);
        }
        String::from_utf8(letters).unwrap_or_else(|_| word.to_owned())
    };
    if share > 0.0 { text.split(' ').map(&mut slip).collect::<Vec<_>>().join(" ") } else { text.to_owned() }
}

pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
