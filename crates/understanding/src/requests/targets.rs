//! Which variant an item shall become: its own options with those changed that were said to be, the next size, the
//! cheapest, or the same once more. Only variants that exist come out.

use std::{collections::BTreeMap, ops::Range};

use domain::shop::{Product, Variant, VariantKey};

use super::{
    items::Line,
    lexicon::Cue,
    options::{Meant, Said, value_of},
    scene::Scene,
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    Variant(VariantKey),
    /// Not said.
    Missing,
    /// Nothing is exactly so; these come near.
    Near(Vec<VariantKey>),
}

/// More combinations of meanings than this are no sentence.
const READINGS_MAX: usize = 512;
const NEAR_MAX: usize = 5;

type Options = BTreeMap<String, String>;

/// A line and what it shall become, with how well the words fit that reading.
#[derive(Debug, Clone)]
pub struct Reading {
    pub line: Line,
    pub target: Target,
    pub score: i32,
}

/// How an item's words are divided: how it is, and how it shall be.
pub fn divide(
    scene: &Scene<'_>,
    words: &Range<usize>,
    name: &Range<usize>,
    verb: &Range<usize>,
    takes_with: bool,
) -> Option<usize> {
    let is_marker = |cue: Cue| matches!(cue, Cue::To | Cue::ChangeTo | Cue::Want) || takes_with && cue == Cue::With;
    let from = name.end.max(words.start);
    let product_said = |range: Range<usize>| scene.said.iter().flatten().any(|said| range.contains(&said.start));
    let mut found = None;
    for heard in scene.cues_in(from..words.end) {
        let is_verb_before = heard.start < verb.end && heard.cue != Cue::ChangeTo;
        if !is_marker(heard.cue) || is_verb_before {
            continue;
        }
        let end = words.end;
        if heard.cue == Cue::ChangeTo || heard.cue == Cue::To && product_said(heard.end..end.min(heard.end + 8)) {
            return Some(heard.end);
        }
        let leads = product_said(heard.end..end) || scene.has(heard.end..end, Cue::Same);
        if leads && found.is_none() && heard.cue != Cue::Want {
            found = Some(heard.end);
        }
    }
    found
}

/// All ways to read an item's words for one line it may be.
pub fn reading(scene: &Scene<'_>, line: Line, words: &Range<usize>, split: Option<usize>) -> Option<Reading> {
    let product = scene.product_of(line)?;
    let own = scene.variant(product, &scene.line(line).variant)?;
    let now: Options = own.options.iter().map(|option| (option.key.clone(), value_of(option))).collect();
    let said: Vec<&Said> = scene.said_of(product, words).collect();
    let how = special(scene, words);
    let mut best: Option<Reading> = None;
    for meanings in readings(&said) {
        let (wished, score) = wished(scene, &now, &said, &meanings, split);
        let target = target(scene.products[product], own, &now, &wished, how, scene.has(words.clone(), Cue::Same));
        let score = score + if matches!(target, Target::Near(_)) { -20 } else { 0 };
        if best.as_ref().is_none_or(|best| score > best.score) {
            best = Some(Reading { line, target, score });
        }
    }
    best
}

/// Each said value with one of its meanings.
fn readings(said: &[&Said]) -> Vec<Vec<Meant>> {
    let mut out: Vec<Vec<Meant>> = vec![Vec::new()];
    for said in said {
        let more: Vec<Vec<Meant>> = out
            .iter()
            .flat_map(|so_far| {
                said.meant.iter().map(move |meant| so_far.iter().cloned().chain([meant.clone()]).collect())
            })
            .collect();
        if more.len() > READINGS_MAX {
            out =
                out.into_iter().map(|so_far| so_far.into_iter().chain(said.meant.first().cloned()).collect()).collect();
        } else {
            out = more;
        }
    }
    out
}

/// What shall be different, and how well the words fit: what stands before the split should be so already.
fn wished(
    scene: &Scene<'_>,
    now: &Options,
    said: &[&Said],
    meanings: &[Meant],
    split: Option<usize>,
) -> (Options, i32) {
    const OLD_WORDS_FAR: usize = 4;
    let mut wished = Options::new();
    let mut early = Options::new();
    let mut score = 0;
    for (said, meant) in said.iter().zip(meanings) {
        let is_now = now.get(&meant.key) == Some(&meant.value);
        let is_after = split.is_some_and(|split| said.start >= split);
        let from = said.start.saturating_sub(OLD_WORDS_FAR);
        let is_old = scene.cues_in(from..said.start).any(|heard| heard.cue == Cue::InsteadOf);
        if is_old {
            score += if is_now { 2 } else { -3 };
        } else if is_after {
            score += if is_now { 0 } else { 1 };
            if !is_now && wished.contains_key(&meant.key) {
                score -= 4;
            }
            if !is_now || !wished.contains_key(&meant.key) {
                wished.insert(meant.key.clone(), meant.value.clone());
            }
        } else if is_now {
            score += 2;
        } else {
            score -= if split.is_some() { 3 } else { 0 };
            if early.insert(meant.key.clone(), meant.value.clone()).is_some() {
                score -= 4;
            }
        }
    }
    for (key, value) in early {
        wished.entry(key).or_insert(value);
    }
    (wished, score)
}

/// Bigger, smaller, cheapest, dearest.
fn special(scene: &Scene<'_>, words: &Range<usize>) -> Option<Cue> {
    let is_special = |cue: Cue| matches!(cue, Cue::Bigger | Cue::Smaller | Cue::Cheapest | Cue::Dearest);
    scene.cues_in(words.clone()).map(|heard| heard.cue).find(|cue| is_special(*cue))
}

fn options(variant: &Variant) -> Options {
    variant.options.iter().map(|option| (option.key.clone(), value_of(option))).collect()
}

fn target(
    product: &Product,
    own: &Variant,
    now: &Options,
    wished: &Options,
    how: Option<Cue>,
    is_same: bool,
) -> Target {
    let changes = wished.iter().any(|(key, value)| now.get(key) != Some(value));
    let has = |variant: &Variant, wanted: &Options| {
        let options = options(variant);
        wanted.iter().all(|(key, value)| options.get(key) == Some(value))
    };
    let in_stock = product.variants.iter().filter(|variant| variant.stock > 0);
    match how {
        Some(Cue::Cheapest) => {
            let found = in_stock.filter(|v| has(v, wished)).min_by_key(|variant| variant.price.minor);
            return found.map_or(Target::Missing, |found| Target::Variant(found.key.clone()));
        }
        Some(Cue::Dearest) => {
            let found = in_stock.filter(|v| has(v, wished)).max_by_key(|variant| variant.price.minor);
            return found.map_or(Target::Missing, |found| Target::Variant(found.key.clone()));
        }
        Some(cue @ (Cue::Bigger | Cue::Smaller)) if !changes => return sized(product, own, cue == Cue::Bigger),
        _ => {}
    }
    if !changes {
        // Said to be as it is: another of the same. Not said at all: unknown.
        return if is_same || !wished.is_empty() { Target::Variant(own.key.clone()) } else { Target::Missing };
    }
    let exact: Options =
        now.iter().map(|(key, value)| (key.clone(), wished.get(key).unwrap_or(value).clone())).collect();
    if let Some(found) = product.variants.iter().find(|variant| options(variant) == exact) {
        return Target::Variant(found.key.clone());
    }
    let near: Vec<&Variant> = product.variants.iter().filter(|variant| has(variant, wished)).collect();
    let kept = |variant: &Variant| now.iter().filter(|(key, value)| options(variant).get(*key) == Some(value)).count();
    let mut near: Vec<&Variant> = near;
    near.sort_by_key(|variant| (std::cmp::Reverse(kept(variant)), variant.price.minor));
    Target::Near(near.into_iter().take(NEAR_MAX).map(|variant| variant.key.clone()).collect())
}

/// The next size up or down with all else the same.
fn sized(product: &Product, own: &Variant, is_up: bool) -> Target {
    const PREFERRED: [&str; 3] = ["size", "capacity", "storage"];
    let mut keys: Vec<&str> = own.options.iter().map(|option| option.key.as_str()).collect();
    keys.sort_by_key(|key| PREFERRED.iter().position(|preferred| key.contains(preferred)).unwrap_or(PREFERRED.len()));
    let value = |variant: &Variant, key: &str| {
        variant.options.iter().find(|option| option.key == key).and_then(|option| magnitude(&option.value.en))
    };
    for key in keys {
        let Some(now) = value(own, key) else { continue };
        let is_like = |variant: &&Variant| {
            own.options.iter().all(|option| {
                option.key == key
                    || variant
                        .options
                        .iter()
                        .any(|other| other.key == option.key && value_of(other) == value_of(option))
            })
        };
        let steps = product
            .variants
            .iter()
            .filter(is_like)
            .filter_map(|variant| value(variant, key).map(|size| (size, variant)));
        let next = if is_up {
            steps.filter(|(size, _)| *size > now).min_by(|a, b| a.0.total_cmp(&b.0))
        } else {
            steps.filter(|(size, _)| *size < now).max_by(|a, b| a.0.total_cmp(&b.0))
        };
        return next.map_or(Target::Near(Vec::new()), |(_, variant)| Target::Variant(variant.key.clone()));
    }
    Target::Missing
}

/// A size as a number: `1.5L` is 1.5, `XL` comes after `L`.
fn magnitude(value: &str) -> Option<f64> {
    const SIZES: [(&str, f64); 10] = [
        ("xs", 0.0),
        ("s", 1.0),
        ("small", 1.0),
        ("m", 2.0),
        ("medium", 2.0),
        ("l", 3.0),
        ("large", 3.0),
        ("xl", 4.0),
        ("xxl", 5.0),
        ("xxxl", 6.0),
    ];
    let lower = value.to_lowercase();
    if let Some((_, size)) = SIZES.iter().find(|(name, _)| *name == lower) {
        return Some(*size);
    }
    let digits: String = lower.chars().take_while(|letter| letter.is_ascii_digit() || *letter == '.').collect();
    digits.parse().ok()
}
