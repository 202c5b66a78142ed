//! The products a need can be about: those named, those of a category or occasion, or those a search finds.

use std::sync::Arc;

use domain::{
    language::Bilingual,
    shop::{CategoryKey, Product, ProductKey},
};

use super::{need::Need, words::SCENES};
use crate::{
    bot::normal::{has, has_any, normal},
    shop::{Connector, PageRequest, ShopError},
};

/// Products of a shop behind HTTP that are looked at; in memory all are.
const LOOKED_AT_MAX: usize = 50;
/// A search result this far below the best is about something else.
const SEARCH_SHARE: f64 = 0.5;
/// A search below this shares only everyday words with the need.
const SEARCH_SCORE_MIN: f64 = 0.3;
/// How well a product fits whose name only contains what was said.
const ALIKE_FIT: f64 = 0.5;
/// Fewer letters than these beside a category say nothing.
const MORE_LETTERS_MIN: usize = 2;
/// A name said this surely is what the shopper wants.
const MENTION_SCORE_MIN: f64 = 0.5;

pub struct Entry {
    pub product: Arc<Product>,
    /// How well the words fit, 0 to 1.
    pub fit: f64,
}

pub struct Pool {
    pub entries: Vec<Entry>,
    /// The product the wished-for thing is to go with, or is to be like.
    pub anchor: Option<Product>,
    pub categories: Vec<Bilingual>,
    pub is_known_kind: bool,
    /// A whole category rather than a kind of thing.
    pub is_wide: bool,
}

pub async fn gather(connector: &Connector, need: &Need) -> Result<Pool, ShopError> {
    let products = all(connector, need).await?;
    let words = need.words_of_things();
    let mentions = connector.mentions(&words).await?;
    let named: Vec<(ProductKey, f64)> = mentions
        .into_iter()
        .filter(|scored| scored.score >= MENTION_SCORE_MIN)
        .map(|scored| (scored.product, scored.score))
        .collect();
    let anchor = anchor(connector, need, &named).await;
    let categories = category_names(connector, &products);
    let wanted = wanted_categories(need, &products, connector);
    let by_key = |key: &ProductKey| products.iter().find(|product| product.key == *key).cloned();
    let mut pool = Pool { entries: Vec::new(), anchor, categories, is_known_kind: true, is_wide: false };
    if need.goes_with && pool.anchor.is_some() {
        // Whatever goes with it: what is bought together decides.
        pool.entries = products.iter().map(|product| Entry { product: product.clone(), fit: 0.0 }).collect();
        if !wanted.is_empty() {
            pool.entries.retain(|entry| wanted.contains(&entry.product.category));
        }
    } else if !named.is_empty() {
        let entry = |(key, fit): &(ProductKey, f64)| Some(Entry { product: by_key(key)?, fit: *fit });
        pool.entries = named.iter().filter_map(entry).collect();
        pool.entries.extend(alike(&products, &pool.entries, &words));
    } else if !wanted.is_empty() {
        pool.is_wide = true;
        pool.entries = within(connector, &words, &products, &wanted).await?;
    } else {
        pool.entries = searched(connector, &words, &products).await?;
    }
    if pool.entries.is_empty() {
        pool.is_known_kind = false;
        let like = pool.anchor.as_ref().map(|product| product.category.clone());
        pool.is_known_kind = like.is_some();
        let fitting =
            products.iter().filter(|product| like.as_ref().is_none_or(|category| product.category == *category));
        pool.entries = fitting.map(|product| Entry { product: product.clone(), fit: 0.0 }).collect();
    }
    if let Some(anchor) = &pool.anchor {
        pool.entries.retain(|entry| entry.product.key != anchor.key);
    }
    Ok(pool)
}

async fn all(connector: &Connector, need: &Need) -> Result<Vec<Arc<Product>>, ShopError> {
    if let Some(records) = connector.held().await {
        return Ok(records.shared_products().collect());
    }
    let found = connector.search_products(&need.words_of_things(), LOOKED_AT_MAX).await?;
    let mut products: Vec<Arc<Product>> = found.into_iter().map(|found| Arc::new(found.product)).collect();
    if products.is_empty() {
        let page = connector.products(&PageRequest::first(LOOKED_AT_MAX)).await?;
        products = page.items.into_iter().map(Arc::new).collect();
    }
    Ok(products)
}

/// What the wished-for thing goes with or is like: named in the text beside it, or in view.
async fn anchor(connector: &Connector, need: &Need, named: &[(ProductKey, f64)]) -> Option<Product> {
    let key = if need.goes_with { named.first().map(|(key, _)| key).or(need.product.as_ref()) } else { None };
    let in_view = need.product.as_ref().filter(|_| named.is_empty());
    connector.product(key.or(in_view)?).await.ok()
}

/// Names of the shop's categories, the fullest first.
fn category_names(connector: &Connector, products: &[Arc<Product>]) -> Vec<Bilingual> {
    let mut counts: std::collections::BTreeMap<&CategoryKey, usize> = std::collections::BTreeMap::new();
    for product in products {
        *counts.entry(&product.category).or_default() += 1;
    }
    let mut categories: Vec<_> = counts.into_iter().collect();
    categories.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    categories.into_iter().map(|(key, _)| category_name(connector, key)).collect()
}

fn category_name(connector: &Connector, key: &CategoryKey) -> Bilingual {
    let known = match connector {
        Connector::Demo(shop) => shop.categories().iter().find(|category| category.key == *key),
        _ => None,
    };
    known.map_or_else(|| Bilingual::new(key.as_str(), key.as_str()), |category| category.name.clone())
}

fn wanted_categories(need: &Need, products: &[Arc<Product>], connector: &Connector) -> Vec<CategoryKey> {
    let mut keys: Vec<CategoryKey> = products.iter().map(|product| product.category.clone()).collect();
    keys.sort_unstable();
    keys.dedup();
    let text = normal(&need.text);
    let occasions: Vec<&[&str]> =
        SCENES.iter().filter(|(says, _)| has_any(&text, says)).map(|(_, names)| *names).collect();
    keys.retain(|key| {
        let name = category_name(connector, key);
        let called = [normal(key.as_str()), normal(&name.zh), normal(&name.en)];
        let is_named = called.iter().any(|name| name.chars().count() > 1 && has(&text, name));
        let serves =
            occasions.iter().any(|names| names.iter().any(|name| called.iter().any(|called| called.contains(name))));
        is_named || serves
    });
    keys
}

/// The category's products; when the words fit some of them, those.
async fn within(
    connector: &Connector,
    words: &str,
    products: &[Arc<Product>],
    wanted: &[CategoryKey],
) -> Result<Vec<Entry>, ShopError> {
    // «Something for outdoors» names the category and nothing in it.
    let says_more = is_more_than(words, wanted);
    let found = if says_more { connector.search_products(words, LOOKED_AT_MAX).await? } else { Vec::new() };
    let fit = |key: &ProductKey| found.iter().find(|found| found.product.key == *key).map_or(0.0, |found| found.score);
    let entries: Vec<Entry> = products
        .iter()
        .filter(|product| wanted.contains(&product.category))
        .map(|product| Entry { product: product.clone(), fit: fit(&product.key) })
        .collect();
    let best = entries.iter().map(|entry| entry.fit).fold(0.0, f64::max);
    if best < SEARCH_SCORE_MIN {
        return Ok(entries);
    }
    Ok(entries.into_iter().filter(|entry| entry.fit >= best * SEARCH_SHARE).collect())
}

async fn searched(connector: &Connector, words: &str, products: &[Arc<Product>]) -> Result<Vec<Entry>, ShopError> {
    let found = connector.search_products(words, LOOKED_AT_MAX).await?;
    let best = found.first().map_or(0.0, |found| found.score);
    if best < SEARCH_SCORE_MIN {
        return Ok(Vec::new());
    }
    let near = found.into_iter().filter(|found| found.score >= best * SEARCH_SHARE);
    Ok(near
        .filter_map(|found| {
            let product = products.iter().find(|product| product.key == found.product.key)?.clone();
            Some(Entry { product, fit: found.score })
        })
        .collect())
}

/// Products whose names end with the name that was said: the "foldable backpack" beside the one called "backpack", but
/// not the 帐篷灯 beside the 帐篷.
fn alike(products: &[Arc<Product>], named: &[Entry], words: &str) -> Vec<Entry> {
    let names = |product: &Product| -> Vec<String> {
        let titles = [&product.title.zh, &product.title.en].into_iter();
        titles.chain(&product.aliases).map(|name| normal(name)).collect()
    };
    let text = normal(words);
    let said: Vec<String> = named
        .iter()
        .flat_map(|entry| names(&entry.product))
        .filter(|name| name.chars().count() > 1 && has(&text, name))
        .collect();
    let is_named = |product: &Product| named.iter().any(|entry| entry.product.key == product.key);
    let is_kin = |product: &Product| {
        names(product).iter().any(|name| said.iter().any(|said| has(name, said) && name.ends_with(said)))
    };
    let kin = products.iter().filter(|product| !is_named(product) && is_kin(product));
    kin.map(|product| Entry { product: product.clone(), fit: ALIKE_FIT }).collect()
}

/// Whether anything is said beside the category and its occasions.
fn is_more_than(words: &str, wanted: &[CategoryKey]) -> bool {
    let mut rest = words.to_owned();
    let said = SCENES.iter().flat_map(|(says, names)| says.iter().chain(*names)).copied();
    for word in said.chain(wanted.iter().map(CategoryKey::as_str)) {
        while has(&rest, word) {
            rest = rest.replacen(word, " ", 1);
        }
    }
    let names_animal = ["猫", "狗", "cat", "dog"].iter().any(|animal| has(words, animal));
    names_animal || rest.chars().filter(|symbol| symbol.is_alphabetic()).count() >= MORE_LETTERS_MIN
}
