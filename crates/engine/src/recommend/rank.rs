//! Which candidates may be recommended, with which variant, and in what order.

use std::sync::Arc;

use domain::shop::{Product, Variant};

use super::{
    History,
    candidates::Pool,
    measures::{Dimension, Measure, measure, property},
    need::{Bound, Need, main_units},
    together::Together,
    words::{COLOURS, Direction, Preference},
};
use crate::bot::normal::normal;

/// How much each part counts beside how well the words fit, which counts 1.
const PREFERENCE_WEIGHT: f64 = 0.6;
const PRICE_WEIGHT: f64 = 0.6;
const TOGETHER_WEIGHT: f64 = 0.4;
const CATEGORY_WEIGHT: f64 = 0.15;
const BRAND_WEIGHT: f64 = 0.1;
const SOLD_WEIGHT: f64 = 0.15;
/// Nobody needs the same tent twice, but some need the same tea.
const BOUGHT_BEFORE_WEIGHT: f64 = -0.3;
/// Where measures are only bounded: tell which property it is.
const BOUNDED: [(&[&str], Dimension); 6] = [
    (&["capacity", "容量"], Dimension::People),
    (&["capacity", "容量"], Dimension::Volume),
    (&["capacity", "容量", "battery", "续航"], Dimension::Charge),
    (&["weight", "重量"], Dimension::Mass),
    (&["power", "功率"], Dimension::Power),
    (&["battery", "续航", "insulation", "保温"], Dimension::Duration),
];

/// A product with the variant that fits best.
#[derive(Clone)]
pub struct Ranked {
    pub product: Arc<Product>,
    pub variant: Variant,
    pub score: f64,
}

pub struct Ranking {
    pub fitting: Vec<Ranked>,
    /// Misses only the budget, by least.
    pub nearest: Option<Ranked>,
}

pub fn rank(pool: &Pool, need: &Need, history: &History, together: &Together) -> Ranking {
    let may: Vec<(&super::candidates::Entry, Vec<&Variant>)> = pool
        .entries
        .iter()
        .filter(|entry| entry.product.on_sale && !is_avoided(&entry.product, need))
        .map(|entry| (entry, fitting_variants(&entry.product, need)))
        .filter(|(_, variants)| !variants.is_empty())
        .collect();
    let mut fitting: Vec<Ranked> = may
        .iter()
        .filter_map(|(entry, variants)| {
            let within = variants.iter().filter(|variant| need.budget.allows(&variant.price));
            let variant = within.min_by(|a, b| a.price.minor.cmp(&b.price.minor))?;
            Some(Ranked { product: entry.product.clone(), variant: (*variant).clone(), score: entry.fit })
        })
        .collect();
    let nearest = if fitting.is_empty() { nearest(&may, need) } else { None };
    let scores: Vec<f64> = fitting.iter().map(|ranked| score(ranked, &fitting, need, history, together)).collect();
    for (ranked, score) in fitting.iter_mut().zip(scores) {
        ranked.score += score;
    }
    fitting.sort_by(|a, b| {
        let price = |ranked: &Ranked| main_units(&ranked.variant.price);
        let by_score = b.score.total_cmp(&a.score);
        by_score.then(price(a).total_cmp(&price(b))).then(a.product.key.cmp(&b.product.key))
    });
    if need.goes_with {
        // Without a single order behind it nothing goes together.
        fitting.retain(|ranked| together.strongest(&ranked.product.key).is_some());
    }
    Ranking { fitting, nearest }
}

fn nearest(may: &[(&super::candidates::Entry, Vec<&Variant>)], need: &Need) -> Option<Ranked> {
    let middle = need.budget.at_most.or(need.budget.at_least)?;
    let all = may.iter().flat_map(|(entry, variants)| variants.iter().map(move |variant| (entry, *variant)));
    let (entry, variant) = all.min_by(|a, b| {
        let miss = |variant: &Variant| (main_units(&variant.price) - middle).abs();
        miss(a.1).total_cmp(&miss(b.1))
    })?;
    Some(Ranked { product: entry.product.clone(), variant: variant.clone(), score: entry.fit })
}

fn is_avoided(product: &Product, need: &Need) -> bool {
    let says = |text: &str| need.avoids.iter().any(|avoided| normal(text).contains(avoided.as_str()));
    let told = product.attributes.iter().any(|attribute| says(&attribute.value.zh) || says(&attribute.value.en));
    told || says(&product.title.zh) || says(&product.title.en)
}

/// In stock, of the wished colour, within the measures.
fn fitting_variants<'a>(product: &'a Product, need: &Need) -> Vec<&'a Variant> {
    let is_avoided = |variant: &Variant| {
        variant.options.iter().any(|option| {
            need.avoids
                .iter()
                .any(|avoided| normal(&option.value.zh).contains(avoided) || normal(&option.value.en).contains(avoided))
        })
    };
    product
        .variants
        .iter()
        .filter(|variant| variant.stock > 0 && !is_avoided(variant))
        .filter(|variant| need.colours.is_empty() || need.colours.iter().any(|colour| is_of_colour(variant, *colour)))
        .filter(|variant| need.bounds.iter().all(|bound| holds(product, variant, bound)))
        .collect()
}

pub fn is_of_colour(variant: &Variant, colour: usize) -> bool {
    let colour = &COLOURS[colour];
    variant.options.iter().any(|option| {
        let english = option.value.en.to_lowercase();
        colour.zh.iter().any(|name| option.value.zh.contains(name))
            || colour.en.iter().any(|name| english.contains(name))
    })
}

/// The measure a bound is about. A property that isn't told can't hold a bound.
pub fn bounded(product: &Product, variant: &Variant, bound: &Bound) -> Option<Measure> {
    BOUNDED
        .iter()
        .filter(|(_, dimension)| *dimension == bound.dimension)
        .find_map(|(names, dimension)| measure(property(product, Some(variant), names)?, &[*dimension]))
}

fn holds(product: &Product, variant: &Variant, bound: &Bound) -> bool {
    bounded(product, variant, bound).is_some_and(|measure| {
        bound.at_least.is_none_or(|least| measure.value >= least)
            && bound.at_most.is_none_or(|most| measure.value <= most)
    })
}

/// What a preference measures on this candidate.
pub fn preferred(ranked: &Ranked, preference: &Preference) -> Option<Measure> {
    measure(property(&ranked.product, Some(&ranked.variant), preference.properties)?, preference.dimensions)
}

fn score(ranked: &Ranked, all: &[Ranked], need: &Need, history: &History, together: &Together) -> f64 {
    let mut score = 0.0;
    for preference in &need.prefers {
        score += PREFERENCE_WEIGHT * meets(ranked, all, preference);
    }
    let prices: Vec<f64> = all.iter().map(|other| main_units(&other.variant.price)).collect();
    let price = place(main_units(&ranked.variant.price), &prices);
    if need.is_cheap {
        score += PRICE_WEIGHT * (1.0 - price);
    } else if need.is_dear {
        score += PRICE_WEIGHT * price;
    }
    let with =
        |ranked: &Ranked| f64::from(together.strongest(&ranked.product.key).map_or(0, |(_, count)| count)).ln_1p();
    let sold = |ranked: &Ranked| f64::from(together.sold.get(&ranked.product.key).copied().unwrap_or_default()).ln_1p();
    score += TOGETHER_WEIGHT * share(with(ranked), all.iter().map(with));
    score += SOLD_WEIGHT * share(sold(ranked), all.iter().map(sold));
    let product = &ranked.product;
    if history.products.iter().any(|bought| bought.category == product.category && bought.key != product.key) {
        score += CATEGORY_WEIGHT;
    }
    if history
        .products
        .iter()
        .any(|bought| !bought.brand.is_empty() && bought.brand == product.brand && bought.key != product.key)
    {
        score += BRAND_WEIGHT;
    }
    if history.bought.contains(&product.key) {
        score += BOUGHT_BEFORE_WEIGHT;
    }
    score
}

/// 0 to 1: how far this candidate meets the wish among all.
fn meets(ranked: &Ranked, all: &[Ranked], preference: &Preference) -> f64 {
    if preference.direction == Direction::Told {
        return f64::from(u8::from(property(&ranked.product, Some(&ranked.variant), preference.properties).is_some()));
    }
    let Some(own) = preferred(ranked, preference) else { return 0.0 };
    let values: Vec<f64> = all
        .iter()
        .filter_map(|other| preferred(other, preference))
        .filter(|other| other.dimension == own.dimension)
        .map(|other| other.value)
        .collect();
    let place = place(own.value, &values);
    if preference.wants_most() { place } else { 1.0 - place }
}

/// Where a value stands between the lowest (0) and the highest (1).
fn place(value: f64, all: &[f64]) -> f64 {
    let low = all.iter().copied().fold(f64::INFINITY, f64::min);
    let high = all.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if high > low { (value - low) / (high - low) } else { 0.5 }
}

fn share(value: f64, all: impl Iterator<Item = f64>) -> f64 {
    let most = all.fold(0.0, f64::max);
    if most > 0.0 { value / most } else { 0.0 }
}
