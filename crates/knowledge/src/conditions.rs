//! When and where an article holds, and whether that fits what the shopper is looking at.

use domain::{
    article::{ArticleDraft, Scope},
    shop::{CategoryKey, ProductKey},
    time::Timestamp,
};
use serde::Serialize;

/// How an article's scope relates to what the shopper is looking at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ScopeMatch {
    /// The article holds everywhere in the shop.
    Everywhere,
    /// The article is about the product or the category in focus.
    InFocus,
    /// The article is about some products or categories, and it isn't known which one is meant.
    Unasked,
}

/// Validity and scope, shared by all articles that have the same ones, so that a query judges each once.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Conditions {
    valid_from: Option<Timestamp>,
    valid_until: Option<Timestamp>,
    products: Vec<ProductKey>,
    categories: Vec<CategoryKey>,
}

impl Conditions {
    pub(crate) fn of(draft: &ArticleDraft) -> Self {
        let Scope { products, categories } = draft.scope.clone();
        Self { valid_from: draft.valid_from, valid_until: draft.valid_until, products, categories }
    }

    /// `None` when the article must not be used for this question. A scope that names both products and
    /// categories is met by either.
    pub(crate) fn admit(
        &self,
        now: Timestamp,
        product: Option<&ProductKey>,
        category: Option<&CategoryKey>,
    ) -> Option<ScopeMatch> {
        let has_begun = self.valid_from.is_none_or(|from| from <= now);
        let has_ended = self.valid_until.is_some_and(|until| until <= now);
        if !has_begun || has_ended {
            return None;
        }
        if self.products.is_empty() && self.categories.is_empty() {
            return Some(ScopeMatch::Everywhere);
        }
        let is_product = product.is_some_and(|key| self.products.contains(key));
        let is_category = category.is_some_and(|key| self.categories.contains(key));
        if is_product || is_category {
            return Some(ScopeMatch::InFocus);
        }
        let may_be_product = product.is_none() && !self.products.is_empty();
        let may_be_category = category.is_none() && !self.categories.is_empty();
        (may_be_product || may_be_category).then_some(ScopeMatch::Unasked)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scoped(products: &[&str], categories: &[&str]) -> Conditions {
        Conditions::of(&ArticleDraft {
            scope: Scope {
                products: products.iter().map(|&key| key.into()).collect(),
                categories: categories.iter().map(|&key| key.into()).collect(),
            },
            ..ArticleDraft::default()
        })
    }

    #[test]
    fn scope_table() {
        use ScopeMatch::{Everywhere, InFocus, Unasked};
        type Case<'a> = (&'a [&'a str], &'a [&'a str], Option<&'a str>, Option<&'a str>, Option<ScopeMatch>);
        let cases: [Case<'_>; 11] = [
            (&[], &[], None, None, Some(Everywhere)),
            (&[], &[], Some("tent"), Some("outdoor"), Some(Everywhere)),
            (&["tent"], &[], Some("tent"), None, Some(InFocus)),
            (&["tent"], &[], Some("stove"), None, None),
            (&["tent"], &[], None, None, Some(Unasked)),
            (&["tent"], &[], None, Some("outdoor"), Some(Unasked)),
            (&[], &["outdoor"], Some("tent"), Some("outdoor"), Some(InFocus)),
            (&[], &["outdoor"], Some("tent"), Some("kitchen"), None),
            (&[], &["outdoor"], Some("tent"), None, Some(Unasked)),
            (&["tent"], &["kitchen"], Some("kettle"), Some("kitchen"), Some(InFocus)),
            (&["tent"], &["kitchen"], Some("rope"), Some("outdoor"), None),
        ];
        for (products, categories, product, category, expected) in cases {
            let (product, category) = (product.map(ProductKey::from), category.map(CategoryKey::from));
            let got = scoped(products, categories).admit(Timestamp(0), product.as_ref(), category.as_ref());
            assert_eq!(got, expected, "{products:?} {categories:?} {product:?} {category:?}");
        }
    }

    #[test]
    fn validity_includes_its_start_and_not_its_end() {
        let conditions = Conditions::of(&ArticleDraft {
            valid_from: Some(Timestamp(10)),
            valid_until: Some(Timestamp(20)),
            ..ArticleDraft::default()
        });
        let holds = |now| conditions.admit(Timestamp(now), None, None).is_some();
        assert_eq!([9, 10, 19, 20].map(holds), [false, true, true, false]);
    }
}
