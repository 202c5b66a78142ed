//! Which variants of a product a message names, by the values of their options.

use domain::shop::{Product, VariantKey};
use understanding::{
    entities::{Entity, choices, colour_names},
    text::{has, normal},
};

/// The variants that have everything the message names: 「红色 XL」 leaves one. None when it names no option of the
/// product's, or values that no variant has together.
pub fn named_variants(product: &Product, text: &str) -> Vec<VariantKey> {
    let said = normal(text);
    let wanted: Vec<Entity> = choices(text).into_iter().map(|found| found.entity).collect();
    let is_said = |value: &str| {
        let value = normal(value);
        let letters = value.chars().count();
        let is_word = letters > 1 && has(&said, &value);
        let is_size = wanted.iter().any(|entity| matches!(entity, Entity::Size(size) if normal(size) == value));
        let is_colour = wanted.iter().any(|entity| match entity {
            Entity::Colour(key) => is_of_colour(&value, key),
            _ => false,
        });
        is_word || is_size || is_colour
    };
    let said_of = |index: usize| -> Vec<&str> {
        let options = product.variants[index].options.iter();
        options
            .filter(|option| is_said(&option.value.zh) || is_said(&option.value.en))
            .map(|option| option.key.as_str())
            .collect()
    };
    let counts: Vec<usize> = (0..product.variants.len()).map(|index| said_of(index).len()).collect();
    let named: std::collections::BTreeSet<&str> = (0..product.variants.len()).flat_map(said_of).collect();
    let most = named.len();
    if most == 0 {
        return Vec::new();
    }
    let fitting = product.variants.iter().zip(counts).filter(|(_, count)| *count == most);
    fitting.map(|(variant, _)| variant.key.clone()).collect()
}

/// 绿色 and Green are the colour `green`; so are 墨绿色 and olive.
fn is_of_colour(value: &str, key: &str) -> bool {
    let stem = value.trim_end_matches('色');
    colour_names(key).any(|name| name == stem || name == value)
}

#[cfg(test)]
mod tests {
    use domain::{
        language::Bilingual,
        shop::{Attribute, Money, Variant},
    };

    use super::*;

    fn shirt() -> Product {
        let option = |key: &str, zh: &str, en: &str| Attribute {
            key: key.into(),
            name: Bilingual::new(key, key),
            value: Bilingual::new(zh, en),
        };
        let variant = |key: &str, colour: (&str, &str), size: &str| Variant {
            key: key.into(),
            options: vec![option("colour", colour.0, colour.1), option("size", size, size)],
            price: Money::new(9_900, "CNY"),
            list_price: None,
            stock: 3,
            restock_at: None,
        };
        Product {
            key: "shirt".into(),
            title: Bilingual::new("T恤", "T-shirt"),
            category: "clothes".into(),
            brand: String::new(),
            description: Bilingual::default(),
            attributes: Vec::new(),
            variants: vec![
                variant("red-m", ("红色", "Red"), "M"),
                variant("red-xl", ("红色", "Red"), "XL"),
                variant("blue-m", ("深蓝色", "Blue"), "M"),
            ],
            aliases: Vec::new(),
            picture: None,
            page: None,
            on_sale: true,
        }
    }

    #[test]
    fn variants_by_their_options() {
        let cases: [(&str, &[&str]); 8] = [
            ("红色的有货吗", &["red-m", "red-xl"]),
            ("要红色XL码", &["red-xl"]),
            ("actually make it blue", &["blue-m"]),
            ("那蓝的呢", &["blue-m"]),
            ("M码多少钱", &["red-m", "blue-m"]),
            ("blue in size xl", &[]),
            ("多少钱", &[]),
            ("绿色的", &[]),
        ];
        for (text, expected) in cases {
            let named = named_variants(&shirt(), text);
            assert_eq!(named.iter().map(VariantKey::as_str).collect::<Vec<_>>(), expected, "{text}");
        }
    }
}
