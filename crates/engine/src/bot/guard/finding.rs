//! What the guard found, by kind and by the rule that holds it back.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::figures::{Figure, Unit};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    Number,
    Amount,
    /// A percentage or a 折.
    Share,
    /// A span of time.
    Span,
    Date,
    Time,
    /// An order's, a parcel's or a document's number.
    Identifier,
    Phone,
    Mail,
    Address,
    Place,
    Product,
    /// A name in quotation marks.
    Name,
    State,
    Promise,
    Banned,
    Instruction,
    Negation,
    Condition,
}

/// A piece of a reply that may not be sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    pub what: What,
    pub text: String,
    /// Stable: `no_source`, `other_statement`, `changed`, `leak`, or `banned.` and the word's category.
    pub rule: Cow<'static, str>,
}

const NO_SOURCE: Cow<'static, str> = Cow::Borrowed("no_source");

impl Finding {
    fn new(what: What, text: impl Into<String>, rule: Cow<'static, str>) -> Self {
        Self { what, text: text.into(), rule }
    }

    pub(super) fn without_source(what: What, text: impl Into<String>) -> Self {
        Self::new(what, text, NO_SOURCE)
    }

    pub(super) fn figure(figure: &Figure, text: String) -> Self {
        Self::new(what(figure), text, NO_SOURCE)
    }

    /// The figure exists, but another statement has it.
    pub(super) fn moved(figure: &Figure, text: String) -> Self {
        Self::new(what(figure), text, Cow::Borrowed("other_statement"))
    }

    pub(super) fn changed(what: What, text: impl Into<String>) -> Self {
        Self::new(what, text, Cow::Borrowed("changed"))
    }

    pub(super) fn place(text: String) -> Self {
        Self::new(What::Place, text, NO_SOURCE)
    }

    pub(super) fn product(text: String) -> Self {
        Self::new(What::Product, text, NO_SOURCE)
    }

    /// The instruction itself is not repeated here either.
    pub(super) fn leak() -> Self {
        Self::new(What::Instruction, "", Cow::Borrowed("leak"))
    }

    pub(super) fn banned(text: impl Into<String>, category: &str) -> Self {
        Self::new(What::Banned, text, Cow::Owned(format!("banned.{category}")))
    }
}

const fn what(figure: &Figure) -> What {
    match figure {
        Figure::Number { unit, .. } => match unit {
            Unit::Money(_) => What::Amount,
            Unit::Percent | Unit::Tenths => What::Share,
            Unit::Span(_) => What::Span,
            Unit::Bare | Unit::Thing(_) => What::Number,
        },
        Figure::Date { .. } => What::Date,
        Figure::Time { .. } => What::Time,
        Figure::Identifier(_) => What::Identifier,
        Figure::Phone(_) => What::Phone,
        Figure::Mail(_) => What::Mail,
        Figure::Link(_) => What::Address,
    }
}
