//! How the products of a shop are said, worked out once: names and options of each. A reading then only looks at those
//! of the products in the customer's orders.

use std::collections::{BTreeSet, HashMap};

use domain::shop::{Product, ProductKey};

use super::{
    names::{self, Form},
    options::Forms,
    tokens::words,
};

/// How one product and its options are said.
#[derive(Debug)]
pub struct Words {
    pub names: Vec<Form>,
    pub options: Forms,
    /// Every single word that stands in them.
    pub vocabulary: BTreeSet<String>,
}

impl Words {
    pub fn of(product: &Product) -> Self {
        let options = product.variants.iter().flat_map(|variant| &variant.options);
        let said = options.flat_map(|option| [option.name.en.as_str(), option.value.en.as_str()]);
        let called = product.aliases.iter().map(String::as_str).chain([product.title.en.as_str()]);
        let vocabulary = said.chain(called).flat_map(words).collect();
        Self { names: names::forms_of(product), options: Forms::new(product), vocabulary }
    }
}

/// The words of a shop's products. Make it anew when the catalogue changes; a product it doesn't hold is still read,
/// only more slowly.
#[derive(Debug, Default)]
pub struct Wording {
    products: HashMap<ProductKey, Words>,
}

impl Wording {
    pub fn of(products: &[Product]) -> Self {
        Self { products: products.iter().map(|product| (product.key.clone(), Words::of(product))).collect() }
    }

    pub(super) fn get(&self, product: &ProductKey) -> Option<&Words> {
        self.products.get(product)
    }
}
