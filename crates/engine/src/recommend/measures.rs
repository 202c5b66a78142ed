//! What a product measures, read from its attributes and options: the figure, in one unit for each dimension.

use domain::{
    language::Bilingual,
    shop::{Attribute, Product, Variant},
};

use crate::bot::guard::{
    figures::{Figure, Span, Unit, figures},
    folded,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Dimension {
    Mass,
    Volume,
    Length,
    Duration,
    Charge,
    Power,
    Sound,
    Light,
    Degree,
    People,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    pub dimension: Dimension,
    /// In grams, millilitres, millimetres, minutes, mAh, watts, decibels, lumens, degrees Celsius or people.
    pub value: f64,
    pub name: Bilingual,
    /// As the shop writes it.
    pub told: Bilingual,
}

/// The property among a product's attributes and a variant's options, by key or name; the variant's goes first.
pub fn property<'a>(product: &'a Product, variant: Option<&'a Variant>, names: &[&str]) -> Option<&'a Attribute> {
    let own = variant.into_iter().flat_map(|variant| &variant.options);
    own.chain(&product.attributes).find(|attribute| {
        names.iter().any(|name| {
            attribute.key.eq_ignore_ascii_case(name)
                || attribute.name.zh == *name
                || attribute.name.en.eq_ignore_ascii_case(name)
        })
    })
}

/// The first figure of a property in one of these dimensions.
pub fn measure(attribute: &Attribute, dimensions: &[Dimension]) -> Option<Measure> {
    let read = |text: &str| measures_in(text).into_iter().find(|(dimension, _)| dimensions.contains(dimension));
    // Sizes such as 42 × 15 cm count as a whole.
    let (dimension, value) = match read(&attribute.value.en).or_else(|| read(&attribute.value.zh))? {
        (Dimension::Length, _) => (Dimension::Length, extent(&attribute.value.en)),
        other => other,
    };
    Some(Measure { dimension, value, name: attribute.name.clone(), told: attribute.value.clone() })
}

/// Every figure of a text that measures something, in the order in which it stands there.
pub fn measures_in(text: &str) -> Vec<(Dimension, f64)> {
    let folded = folded(text);
    figures(&folded)
        .into_iter()
        .filter_map(|found| {
            let Figure::Number { value, unit } = &found.figure else { return None };
            let (dimension, factor) = dimension_of(*unit)?;
            let is_below_zero = found.at.start > 0 && matches!(folded[found.at.start - 1], '-' | '−');
            let value: f64 = value.parse().ok()?;
            Some((dimension, if is_below_zero && dimension == Dimension::Degree { -value } else { value } * factor))
        })
        .collect()
}

const fn dimension_of(unit: Unit) -> Option<(Dimension, f64)> {
    let Unit::Thing(thing) = unit else {
        return match unit {
            Unit::Span(Span::Minute) => Some((Dimension::Duration, 1.0)),
            Unit::Span(Span::Hour) => Some((Dimension::Duration, 60.0)),
            Unit::Span(Span::Day) => Some((Dimension::Duration, 1_440.0)),
            Unit::Span(Span::Month) => Some((Dimension::Duration, 43_200.0)),
            Unit::Span(Span::Year) => Some((Dimension::Duration, 525_600.0)),
            _ => None,
        };
    };
    Some(match thing.as_bytes() {
        b"kg" => (Dimension::Mass, 1_000.0),
        b"jin" => (Dimension::Mass, 500.0),
        b"g" => (Dimension::Mass, 1.0),
        b"l" => (Dimension::Volume, 1_000.0),
        b"ml" => (Dimension::Volume, 1.0),
        b"m" => (Dimension::Length, 1_000.0),
        b"cm" => (Dimension::Length, 10.0),
        b"mm" => (Dimension::Length, 1.0),
        b"inch" => (Dimension::Length, 25.4),
        b"mah" => (Dimension::Charge, 1.0),
        b"w" => (Dimension::Power, 1.0),
        b"db" => (Dimension::Sound, 1.0),
        b"lm" => (Dimension::Light, 1.0),
        b"celsius" => (Dimension::Degree, 1.0),
        b"person" => (Dimension::People, 1.0),
        _ => return None,
    })
}

/// The product of all sides of 「42 × 15 cm」, so that the smaller thing is the smaller number.
fn extent(text: &str) -> f64 {
    let sides: Vec<f64> = figures(&folded(text))
        .into_iter()
        .filter_map(|found| match found.figure {
            Figure::Number { value, .. } => value.parse::<f64>().ok(),
            _ => None,
        })
        .filter(|side| *side > 0.0)
        .collect();
    sides.iter().product()
}
