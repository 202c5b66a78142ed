//! The demo shop's wares as they stand in `content/shop`: short YAML for people to edit, read into products.

use std::{borrow::Cow, collections::BTreeMap};

use domain::{
    language::Bilingual,
    shop::{Attribute, CategoryKey, Money, Product, ProductKey, Variant, VariantKey},
    time::{DAY_MS, Timestamp},
};
use serde::Deserialize;
use serde_yaml_ng::{Mapping, Value};

pub const CURRENCY: &str = "CNY";

#[derive(rust_embed::RustEmbed)]
#[folder = "../../content/shop/products"]
struct Wares;

#[derive(rust_embed::RustEmbed)]
#[folder = "../../content/shop/pictures"]
struct Pictures;

/// The content is part of the program, so each of these is a mistake in it, found by a test.
#[derive(Debug, thiserror::Error)]
pub enum ContentError {
    #[error("content/shop/products/{0} is missing")]
    Missing(String),
    #[error("content/shop/products/{file} can't be read")]
    Yaml { file: String, source: serde_yaml_ng::Error },
    #[error("content/shop/products: {product} uses the unknown word {word}")]
    UnknownWord { product: String, word: String },
}

/// A category of the demo shop, in the order it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    pub key: CategoryKey,
    pub name: Bilingual,
}

#[derive(Debug, Clone)]
pub struct Content {
    pub shop_name: Bilingual,
    pub categories: Vec<Category>,
    pub products: Vec<Product>,
}

#[derive(Deserialize)]
struct Words {
    shop: String,
    categories: Mapping,
    properties: BTreeMap<String, String>,
    colours: BTreeMap<String, Colour>,
}

/// The hex is the drawing script's.
#[derive(Deserialize)]
struct Colour {
    name: String,
}

#[derive(Deserialize)]
struct Ware {
    key: String,
    title: String,
    brand: String,
    about: String,
    #[serde(default)]
    aliases: Vec<String>,
    attributes: Mapping,
    variants: Vec<WareVariant>,
}

#[derive(Deserialize)]
struct WareVariant {
    price: i64,
    #[serde(default)]
    list: Option<i64>,
    stock: i64,
    #[serde(default)]
    restock_days: Option<i64>,
    #[serde(flatten)]
    options: Mapping,
}

/// A drawn picture, such as `ridge-tent-2.svg`.
pub fn picture(name: &str) -> Option<Cow<'static, [u8]>> {
    Pictures::get(name).map(|file| file.data)
}

/// All wares; dates of restocking count from `now`.
pub fn load(now: Timestamp) -> Result<Content, ContentError> {
    let words: Words = read("words.yaml")?;
    let mut categories = Vec::new();
    let mut products = Vec::new();
    for (key, name) in &words.categories {
        let key = plain(key);
        let wares: Vec<Ware> = read(&format!("{key}.yaml"))?;
        for ware in &wares {
            products.push(words.product(&key, ware, now)?);
        }
        categories.push(Category { key: CategoryKey(key), name: both(&plain(name)) });
    }
    Ok(Content { shop_name: both(&words.shop), categories, products })
}

fn read<T: serde::de::DeserializeOwned>(path: &str) -> Result<T, ContentError> {
    let file = Wares::get(path).ok_or_else(|| ContentError::Missing(path.to_owned()))?;
    serde_yaml_ng::from_slice(&file.data).map_err(|source| ContentError::Yaml { file: path.to_owned(), source })
}

impl Words {
    fn product(&self, category: &str, ware: &Ware, now: Timestamp) -> Result<Product, ContentError> {
        let variants: Result<Vec<Variant>, ContentError> =
            ware.variants.iter().map(|variant| self.variant(&ware.key, variant, now)).collect();
        Ok(Product {
            key: ProductKey(ware.key.clone()),
            title: both(&ware.title),
            category: CategoryKey::from(category),
            brand: ware.brand.clone(),
            description: both(&ware.about),
            attributes: self.attributes(&ware.key, &ware.attributes)?,
            variants: variants?,
            aliases: ware.aliases.clone(),
            picture: Some(format!("{}.svg", ware.key)),
            page: Some(format!("/products/{}", ware.key)),
            on_sale: true,
        })
    }

    fn variant(&self, product: &str, variant: &WareVariant, now: Timestamp) -> Result<Variant, ContentError> {
        let options = self.attributes(product, &variant.options)?;
        let mut key = product.to_owned();
        for (name, value) in &variant.options {
            let is_colour = plain(name) == "colour";
            key.push('-');
            key.push_str(&slug(&if is_colour { plain(value) } else { both(&plain(value)).en }));
        }
        Ok(Variant {
            key: VariantKey(key),
            options,
            price: Money::new(variant.price, CURRENCY),
            list_price: variant.list.map(|list| Money::new(list, CURRENCY)),
            stock: variant.stock,
            restock_at: variant.restock_days.map(|days| now.plus_ms(days * DAY_MS)),
        })
    }

    fn attributes(&self, product: &str, pairs: &Mapping) -> Result<Vec<Attribute>, ContentError> {
        let unknown = |word: &str| ContentError::UnknownWord { product: product.to_owned(), word: word.to_owned() };
        pairs
            .iter()
            .map(|(key, value)| {
                let (key, value) = (plain(key), plain(value));
                let name = self.properties.get(&key).ok_or_else(|| unknown(&key))?;
                let value = match key.as_str() {
                    "colour" => &self.colours.get(&value).ok_or_else(|| unknown(&value))?.name,
                    _ => &value,
                };
                Ok(Attribute { name: both(name), value: both(value), key })
            })
            .collect()
    }
}

/// `容量 | Capacity` in both languages; without a bar the text serves both.
fn both(text: &str) -> Bilingual {
    let (zh, en) = text.split_once(" | ").unwrap_or((text, text));
    Bilingual::new(zh.trim(), en.trim())
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Bool(truth) => truth.to_string(),
        _ => String::new(),
    }
}

fn slug(text: &str) -> String {
    let words = text.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("-")
}
