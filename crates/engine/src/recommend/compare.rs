//! Products side by side: the properties in which they differ, as the shop's records have them.

use domain::{
    language::Bilingual,
    shop::{Product, ProductKey},
};
use serde::Serialize;

use crate::bot::facts::amount;

/// Columns a shopper can read on a phone.
pub const COMPARED_MAX: usize = 4;

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    pub key: String,
    pub name: Bilingual,
    /// One for each product, `None` where the shop doesn't say.
    pub values: Vec<Option<Bilingual>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Comparison {
    pub products: Vec<ProductKey>,
    pub titles: Vec<Bilingual>,
    /// Price and stock first, then what differs, then what only some tell.
    pub rows: Vec<Row>,
}

pub fn compare(products: &[Product]) -> Comparison {
    let products = &products[..products.len().min(COMPARED_MAX)];
    let mut rows = vec![
        row("price", "价格", "Price", products.iter().map(price).collect()),
        row("stock", "库存", "Stock", products.iter().map(stock).collect()),
    ];
    let mut properties: Vec<Row> = Vec::new();
    for attribute in products.iter().flat_map(|product| &product.attributes) {
        if properties.iter().any(|row| row.key == attribute.key) {
            continue;
        }
        let value = |product: &Product| {
            product.attributes.iter().find(|other| other.key == attribute.key).map(|other| other.value.clone())
        };
        let values = products.iter().map(value).collect();
        properties.push(Row { key: attribute.key.clone(), name: attribute.name.clone(), values });
    }
    let options = row("options", "可选", "Options", products.iter().map(options).collect());
    rows.push(options);
    // Rows everybody has are compared best; the order of the records stays otherwise.
    properties.sort_by_key(|row| row.values.iter().filter(|value| value.is_none()).count());
    rows.extend(properties);
    rows.retain(|row| row.values.windows(2).any(|pair| pair[0] != pair[1]));
    Comparison {
        products: products.iter().map(|product| product.key.clone()).collect(),
        titles: products.iter().map(|product| product.title.clone()).collect(),
        rows,
    }
}

fn row(key: &str, zh: &str, en: &str, values: Vec<Option<Bilingual>>) -> Row {
    Row { key: key.to_owned(), name: Bilingual::new(zh, en), values }
}

fn price(product: &Product) -> Option<Bilingual> {
    let low = product.variants.iter().min_by_key(|variant| variant.price.minor)?;
    let high = product.variants.iter().max_by_key(|variant| variant.price.minor)?;
    let text = if low.price == high.price {
        amount(&low.price)
    } else {
        format!("{} – {}", amount(&low.price), amount(&high.price))
    };
    Some(Bilingual::new(text.clone(), text))
}

fn stock(product: &Product) -> Option<Bilingual> {
    let is_there = product.on_sale && product.variants.iter().any(|variant| variant.stock > 0);
    Some(if is_there { Bilingual::new("有货", "in stock") } else { Bilingual::new("缺货", "out of stock") })
}

/// The options that can be bought now, without doubles.
fn options(product: &Product) -> Option<Bilingual> {
    let mut zh: Vec<&str> = Vec::new();
    let mut en: Vec<&str> = Vec::new();
    let there = product.variants.iter().filter(|variant| variant.stock > 0);
    for option in there.flat_map(|variant| &variant.options) {
        if !zh.contains(&option.value.zh.as_str()) {
            zh.push(&option.value.zh);
            en.push(&option.value.en);
        }
    }
    (!zh.is_empty()).then(|| Bilingual::new(zh.join("、"), en.join(", ")))
}
