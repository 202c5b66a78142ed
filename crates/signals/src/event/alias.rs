//! What GA4 and Segment call our properties, and their decimal amounts.

use super::property::Property;

/// In the order of the alphabet.
const ALIASES: &[(&str, Property)] = &[
    ("item_category", Property::Category),
    ("item_id", Property::ProductId),
    ("item_list_id", Property::ListId),
    ("payment_type", Property::PaymentMethod),
    ("search_term", Property::Query),
    ("shipping_tier", Property::Step),
    ("transaction_id", Property::OrderId),
];

/// Amounts in units of the currency, such as `129.9`.
const DECIMALS: &[(&str, Property)] = &[
    ("price", Property::PriceMinor),
    ("revenue", Property::ValueMinor),
    ("total", Property::ValueMinor),
    ("value", Property::ValueMinor),
];

pub fn property(wire: &str) -> Option<Property> {
    let find = || ALIASES.binary_search_by_key(&wire, |(name, _)| name).ok();
    Property::named(wire).or_else(|| find().map(|place| ALIASES[place].1))
}

pub fn decimal(wire: &str) -> Option<Property> {
    DECIMALS.iter().find(|(name, _)| *name == wire).map(|(_, property)| *property)
}

/// In the smallest unit. Currencies without a smaller unit are the few that are used that way.
pub fn minor(amount: f64, currency: &str) -> Option<i64> {
    let units = if matches!(currency, "JPY" | "KRW" | "VND") { 1.0 } else { 100.0 };
    let minor = (amount * units).round();
    (minor.is_finite() && minor.abs() < 1e15).then_some(minor as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_every_alias() {
        for (name, is) in ALIASES {
            assert_eq!(property(name), Some(*is));
        }
        assert_eq!(minor(129.9, "CNY"), Some(12_990));
        assert_eq!(minor(1_299.0, "JPY"), Some(1_299));
        assert_eq!(minor(f64::NAN, "CNY"), None);
    }
}
