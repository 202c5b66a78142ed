//! Facts put into words.

use domain::shop::Money;

/// As shoppers read an amount: `¥129.90`.
pub(crate) fn amount(money: &Money) -> String {
    skills::template::amount(money)
}
