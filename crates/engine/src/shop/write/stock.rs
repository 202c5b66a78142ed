//! Goods that leave the shelf or come back to it.

use domain::shop::VariantKey;

use super::super::Records;

/// A product that is no longer sold has no stock to keep.
pub fn shift(records: &mut Records, variant: &VariantKey, pieces: i64) {
    let has = |product: &&domain::shop::Product| product.variants.iter().any(|own| own.key == *variant);
    let Some(mut product) = records.all_products().find(has).cloned() else { return };
    for own in product.variants.iter_mut().filter(|own| own.key == *variant) {
        own.stock = (own.stock + pieces).max(0);
    }
    records.put_product(product);
}
