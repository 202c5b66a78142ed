//! Where products are named in a message: by title, alias or the end of a title («kettle», 「水壶」), in the plural or
//! with a slip of the keyboard. Only products that come into question are looked for.

use domain::shop::Product;

use super::tokens::{Kind, Tokens, compact, words};
use crate::text::is_han;

/// A product is named; several when the name fits several, as «kettle» may.
#[derive(Debug, Clone)]
pub struct Named {
    pub start: usize,
    pub end: usize,
    /// Places in the list of products.
    pub products: Vec<usize>,
    /// Said with the word that the title ends with, or as an alias; else only by a word before it.
    pub is_sure: bool,
}

/// A way to name a product, in compact form.
#[derive(Debug)]
pub struct Form {
    compact: String,
    is_sure: bool,
}

/// Ways to name the products that come into question, the longest first, each with the place of its product.
#[derive(Debug)]
pub struct Names<'a> {
    forms: Vec<(&'a Form, usize)>,
}

/// Words that many titles end with: people leave them out («luggage» for a luggage set).
const LOOSE_ENDS: [&str; 8] = ["set", "kit", "pack", "pair", "machine", "device", "system", "bundle"];
/// Shorter words are another word with one letter changed.
const SLIP_LETTERS_MIN: usize = 5;
const TWO_SLIPS_LETTERS_MIN: usize = 9;
const TITLE_WORDS_MAX: usize = 6;

/// All ways to name one product.
pub fn forms_of(product: &Product) -> Vec<Form> {
    let mut forms: Vec<Form> = Vec::new();
    let mut add = |text: &str, is_sure: bool| {
        let compact = compact(text);
        if !compact.is_empty() && !forms.iter().any(|form| form.compact == compact && (form.is_sure || !is_sure)) {
            forms.push(Form { compact, is_sure });
        }
    };
    for alias in &product.aliases {
        add(alias, true);
    }
    add(&product.title.en, true);
    add(&product.title.zh, true);
    for part in parts_of_title(&product.title.en) {
        add(&part, true);
    }
    for part in loose_parts(&product.title.en) {
        add(&part, false);
    }
    for part in ends_of_title(&product.title.zh) {
        add(&part, part.chars().count() > 1);
    }
    forms
}

impl<'a> Names<'a> {
    pub fn new(by_product: &[&'a [Form]]) -> Self {
        let mut forms: Vec<(&Form, usize)> = Vec::new();
        for (product, own) in by_product.iter().enumerate() {
            forms.extend(own.iter().map(|form| (form, product)));
        }
        forms.sort_by(|(a, one), (b, other)| b.compact.len().cmp(&a.compact.len()).then(one.cmp(other)));
        Self { forms }
    }

    /// `is_everyday` are the places of words that mean something else: «charge» is no charger.
    pub fn named(&self, tokens: &Tokens, is_everyday: &dyn Fn(usize) -> bool) -> Vec<Named> {
        let mut found: Vec<Named> = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            let named = self.longest(tokens, at).or_else(|| self.with_a_slip(tokens, at, is_everyday));
            match named {
                Some(named) => {
                    at = named.end;
                    found.push(named);
                }
                None => at += 1,
            }
        }
        found
    }

    fn longest(&self, tokens: &Tokens, at: usize) -> Option<Named> {
        if matches!(tokens.list[at].kind, Kind::Mark(_)) {
            return None;
        }
        let mut best: Option<Named> = None;
        for (form, product) in &self.forms {
            let Some(end) = tokens.matches(at, &form.compact) else { continue };
            match &mut best {
                Some(best) if end < best.end => {}
                Some(best) if end == best.end => {
                    // An unsure name gives way to a sure one.
                    if form.is_sure && !best.is_sure {
                        *best = Named { start: at, end, products: vec![*product], is_sure: true };
                    } else if form.is_sure == best.is_sure && !best.products.contains(product) {
                        best.products.push(*product);
                    }
                }
                _ => best = Some(Named { start: at, end, products: vec![*product], is_sure: form.is_sure }),
            }
        }
        best
    }

    /// One word, or two read as one, with a letter too many, too few, wrong or swapped.
    fn with_a_slip(&self, tokens: &Tokens, at: usize, is_everyday: &dyn Fn(usize) -> bool) -> Option<Named> {
        const PARTS_MAX: usize = 3;
        if tokens.list[at].kind != Kind::Word {
            return None;
        }
        let mut said = String::new();
        let mut best: Option<(usize, Named)> = None;
        let mut parts = 0;
        for (here, token) in tokens.list.iter().enumerate().skip(at) {
            if token.is_soft() {
                continue;
            }
            if token.kind != Kind::Word || parts == PARTS_MAX || is_everyday(here) {
                break;
            }
            parts += 1;
            said.push_str(&token.stem);
            if said.chars().count() < SLIP_LETTERS_MIN {
                continue;
            }
            let allowed = if said.chars().count() >= TWO_SLIPS_LETTERS_MIN { 2 } else { 1 };
            for (form, product) in self.forms.iter().filter(|(form, _)| form.is_sure && form.compact.is_ascii()) {
                if form.compact.len() < SLIP_LETTERS_MIN || form.compact.chars().next() != said.chars().next() {
                    continue;
                }
                let Some(slips) = slips(&said, &form.compact, allowed) else { continue };
                let cost = slips * 4 / parts;
                let named = Named { start: at, end: here + 1, products: vec![*product], is_sure: true };
                match &mut best {
                    Some((least, _)) if cost > *least => {}
                    Some((least, best)) if cost == *least && best.end == named.end => {
                        if !best.products.contains(product) {
                            best.products.push(*product);
                        }
                    }
                    _ => best = Some((cost, named)),
                }
            }
        }
        best.map(|(_, named)| named)
    }
}

/// The title without some of the words before its last: «security camera», «camera» of Indoor Security Camera.
fn parts_of_title(title: &str) -> Vec<String> {
    let words = words(title);
    let Some((last, before)) = words.split_last() else { return Vec::new() };
    if before.len() > TITLE_WORDS_MAX || words.iter().any(|word| word.chars().any(is_han)) {
        return Vec::new();
    }
    let is_loose = LOOSE_ENDS.contains(&last.as_str());
    (0..1_u32 << before.len())
        .filter(|taken| *taken != 0 || !is_loose)
        .map(|taken| {
            let kept =
                before.iter().enumerate().filter(|(at, _)| taken & (1 << at) != 0).map(|(_, word)| word.as_str());
            kept.chain([last.as_str()]).collect::<Vec<_>>().join(" ")
        })
        // «bed» is a product, «x» is not.
        .filter(|part| part.len() > 2)
        .collect()
}

/// What is left when the last word says little: «luggage» of Luggage Set.
fn loose_parts(title: &str) -> Vec<String> {
    let words = words(title);
    match words.split_last() {
        Some((last, before)) if !before.is_empty() && LOOSE_ENDS.contains(&last.as_str()) => vec![before.join(" ")],
        Some((_, before)) if before.len() == 1 && before[0].len() > SLIP_LETTERS_MIN => vec![before[0].clone()],
        _ => Vec::new(),
    }
}

/// 保温水壶, 水壶 and 壶 of 拾野保温水壶.
fn ends_of_title(title: &str) -> Vec<String> {
    let letters: Vec<char> = title.chars().filter(|letter| !letter.is_whitespace()).collect();
    let han = letters.iter().rev().take_while(|letter| is_han(**letter)).count();
    (1..han).map(|kept| letters[letters.len() - kept..].iter().collect()).collect()
}

/// How many slips of the keyboard lie between two words; `None` when more than allowed.
fn slips(a: &str, b: &str, allowed: usize) -> Option<usize> {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > allowed {
        return None;
    }
    let mut rows = vec![vec![0_usize; b.len() + 1]; a.len() + 1];
    for (at, row) in rows.iter_mut().enumerate() {
        row[0] = at;
    }
    rows[0] = (0..=b.len()).collect();
    for i in 1..=a.len() {
        for j in 1..=b.len() {
            let change = usize::from(a[i - 1] != b[j - 1]);
            let mut least = (rows[i - 1][j] + 1).min(rows[i][j - 1] + 1).min(rows[i - 1][j - 1] + change);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(rows[i - 2][j - 2] + 1);
            }
            rows[i][j] = least;
        }
    }
    let slips = rows[a.len()][b.len()];
    (slips <= allowed).then_some(slips)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_slips_of_the_keyboard() {
        assert_eq!(slips("ketle", "kettle", 1), Some(1));
        assert_eq!(slips("keyborad", "keyboard", 1), Some(1));
        assert_eq!(slips("lamp", "lamb", 0), None);
    }

    #[test]
    fn the_end_of_a_title_names_it() {
        assert!(ends_of_title("拾野保温水壶").contains(&"水壶".to_owned()));
        assert!(parts_of_title("Indoor Security Camera").contains(&"camera".to_owned()));
        assert!(!parts_of_title("Luggage Set").contains(&"set".to_owned()));
        assert_eq!(loose_parts("Luggage Set"), ["luggage"]);
    }
}
