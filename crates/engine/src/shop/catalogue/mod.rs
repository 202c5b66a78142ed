//! Finds which product a text is about, from titles, aliases, options and attributes. Pure and in memory;
//! it reads no stock and no prices, so it stays valid while those change.

mod mentions;
mod slips;
mod terms;
mod variants;

use std::collections::{HashMap, HashSet};

use domain::{
    language::Bilingual,
    shop::{Product, ProductKey},
};

pub use self::variants::named_variants;
use self::{mentions::Names, terms::terms};

/// Share of a term's weight that a match in each part of a product earns.
const NAME_SHARE: f32 = 1.0;
const PROPERTY_SHARE: f32 = 0.5;
const DESCRIPTION_SHARE: f32 = 0.2;
/// A single Chinese character says less than a pair.
const SINGLE_CHARACTER_SHARE: f64 = 0.3;
/// How much of the score is «the question's terms are this product's» against «its name was said in full».
const COVERAGE_SHARE: f64 = 0.6;
/// Below this a candidate shares only everyday words with the question.
const SCORE_MIN: f64 = 0.15;

/// A product and how well it fits, from 0 to 1.
#[derive(Debug, Clone, PartialEq)]
pub struct Scored {
    pub product: ProductKey,
    pub score: f64,
}

#[derive(Debug, Default)]
pub struct Catalogue {
    keys: Vec<ProductKey>,
    /// term -> (product, share of the term's weight it earns there).
    postings: HashMap<String, Vec<(u32, f32)>>,
    names: Names,
}

impl Catalogue {
    pub fn new(products: &[Product]) -> Self {
        let mut postings: HashMap<String, Vec<(u32, f32)>> = HashMap::new();
        for (index, product) in (0_u32..).zip(products) {
            for (term, share) in terms_of(product) {
                postings.entry(term).or_default().push((index, share));
            }
        }
        Self {
            keys: products.iter().map(|product| product.key.clone()).collect(),
            postings,
            names: Names::new(products.iter().map(names_of)),
        }
    }

    pub fn len(&self) -> usize {
        self.keys.len()
    }

    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// Products that match the question, best first. Words no product knows (有货吗, how much) don't count.
    pub fn search(&self, text: &str, limit: usize) -> Vec<Scored> {
        let asked: HashSet<String> = terms(text).into_iter().filter(|term| !terms::is_everyday(term)).collect();
        let mut asked: Vec<&String> = asked.iter().collect();
        asked.sort_unstable();
        let mut known_weight = 0.0;
        let mut earned: HashMap<u32, f64> = HashMap::new();
        for term in asked {
            let Some(postings) = self.postings.get(term) else { continue };
            let weight = self.weight(term, postings.len());
            known_weight += weight;
            for &(product, share) in postings {
                *earned.entry(product).or_default() += weight * f64::from(share);
            }
        }
        let named = self.names.coverage(text);
        let mut found: Vec<(f64, u32)> = earned
            .into_iter()
            .map(|(product, earned)| {
                let said = named.get(&product).copied().unwrap_or_default();
                (COVERAGE_SHARE * earned / known_weight + (1.0 - COVERAGE_SHARE) * said, product)
            })
            .filter(|(score, _)| *score >= SCORE_MIN)
            .collect();
        found.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        found.truncate(limit);
        found.into_iter().map(|(score, product)| self.scored(product, score)).collect()
    }

    /// The products that the message names (in full, by an alias, nearly so or with a slip), surest first. An alias that
    /// several products share names each of them with a lower score.
    pub fn mentions(&self, text: &str) -> Vec<Scored> {
        self.names.mentioned(text).into_iter().map(|(product, score)| self.scored(product, score)).collect()
    }

    fn scored(&self, product: u32, score: f64) -> Scored {
        Scored { product: self.keys[product as usize].clone(), score: score.clamp(0.0, 1.0) }
    }

    #[expect(clippy::cast_precision_loss, reason = "a catalogue has far fewer than 2^52 products")]
    fn weight(&self, term: &str, products_with_term: usize) -> f64 {
        let rarity = (1.0 + self.keys.len() as f64 / products_with_term as f64).ln();
        if terms::is_single_character(term) { rarity * SINGLE_CHARACTER_SHARE } else { rarity }
    }
}

fn names_of(product: &Product) -> Vec<&str> {
    let titles = [product.title.zh.as_str(), product.title.en.as_str()];
    titles.into_iter().chain(product.aliases.iter().map(String::as_str)).collect()
}

fn terms_of(product: &Product) -> HashMap<String, f32> {
    let mut shares: HashMap<String, f32> = HashMap::new();
    let mut put = |text: &str, share: f32| {
        for term in terms(text) {
            // One character of a long text is noise; of a name it can be the whole name (茶).
            if share < NAME_SHARE && terms::is_single_character(&term) {
                continue;
            }
            let best = shares.entry(term).or_default();
            *best = best.max(share);
        }
    };
    let mut put_both = |text: &Bilingual, share: f32| {
        put(&text.zh, share);
        put(&text.en, share);
    };
    put_both(&product.description, DESCRIPTION_SHARE);
    let options = product.variants.iter().flat_map(|variant| &variant.options);
    for attribute in product.attributes.iter().chain(options) {
        put_both(&attribute.name, PROPERTY_SHARE);
        put_both(&attribute.value, PROPERTY_SHARE);
    }
    put(product.category.as_str(), PROPERTY_SHARE);
    put(&product.brand, PROPERTY_SHARE);
    for name in names_of(product) {
        put(name, NAME_SHARE);
    }
    shares
}

#[cfg(test)]
mod tests;
