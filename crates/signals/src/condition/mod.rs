//! Conditions of triggers: the part of CEL that they need, parsed by `cel` and checked once, then evaluated over the
//! state itself. Building `cel`'s own maps for every event would cost more than everything else together.

mod compile;
mod evaluate;
#[cfg(test)]
mod tests;

use domain::time::Timestamp;
use serde::{Deserialize, Deserializer};

use crate::{
    event::{Event, Name, Property},
    person::{Field, Person},
    trigger::ShopFacts,
};

/// A rule that looks further back would have to keep more of every person than fits the memory that is promised.
pub const MAX_WINDOW_MS: i64 = domain::time::HOUR_MS;

/// What a condition is asked about.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    pub now: Timestamp,
    pub person: &'a Person,
    /// What has just happened; nothing when time has passed.
    pub event: Option<&'a Event>,
    /// The order, shipment or refund that the trigger is about.
    pub object: Option<&'a crate::person::Object>,
    pub shop: &'a ShopFacts,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Whole,
    Truth,
    Text,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Comparison {
    Equal,
    Unequal,
    Less,
    LessOrEqual,
    More,
    MoreOrEqual,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sum {
    Add,
    Subtract,
    Multiply,
    Divide,
}

/// How events are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Counting {
    All,
    /// About the same thing as the event at hand.
    Same,
    /// Different things.
    Kinds,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Node {
    Whole(i64),
    Truth(bool),
    Text(Box<str>),
    Now,
    Event(Property),
    Object(Field),
    Visit(VisitField),
    Shop(ShopField),
    Count { how: Counting, name: Name, window_ms: i64 },
    Not(Box<Node>),
    And(Box<Node>, Box<Node>),
    Or(Box<Node>, Box<Node>),
    Compare(Comparison, Box<Node>, Box<Node>),
    Compute(Sum, Box<Node>, Box<Node>),
    In(Box<Node>, Vec<Node>),
    Choose(Box<Node>, Box<Node>, Box<Node>),
    Has(Box<Node>),
}

/// What is counted of the visit under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum VisitField {
    Pages,
    Products,
    Adds,
    Failures,
    CartMinor,
    ActiveMs,
    Ms,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ShopField {
    CartHighMinor,
    UnpaidAfterMs,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message} in `{source_text}`")]
pub struct ConditionError {
    pub source_text: String,
    pub message: String,
}

/// Something that holds or doesn't. What is unknown makes it not hold.
#[derive(Debug, Clone, PartialEq)]
pub struct Condition {
    source: String,
    root: Node,
}

/// A whole number, such as a time or an amount.
#[derive(Debug, Clone, PartialEq)]
pub struct Amount {
    source: String,
    root: Node,
}

impl Condition {
    pub fn compile(source: &str) -> Result<Self, ConditionError> {
        Ok(Self { source: source.to_owned(), root: compile::compile(source, Kind::Truth)? })
    }

    pub fn source(&self) -> &str {
        &self.source
    }

    pub fn holds(&self, scene: &Scene<'_>) -> bool {
        evaluate::truth(&self.root, scene) == Some(true)
    }

    /// The events it counts, each with how far back.
    pub fn counted(&self) -> Vec<(Name, i64)> {
        self.root.counted()
    }
}

impl Amount {
    pub fn compile(source: &str) -> Result<Self, ConditionError> {
        Ok(Self { source: source.to_owned(), root: compile::compile(source, Kind::Whole)? })
    }

    pub fn source(&self) -> &str {
        &self.source
    }

    pub fn value(&self, scene: &Scene<'_>) -> Option<i64> {
        evaluate::whole(&self.root, scene)
    }

    pub fn counted(&self) -> Vec<(Name, i64)> {
        self.root.counted()
    }
}

impl Node {
    fn counted(&self) -> Vec<(Name, i64)> {
        let mut counted = Vec::new();
        self.visit(&mut |node| {
            if let Node::Count { name, window_ms, .. } = node {
                counted.push((*name, *window_ms));
            }
        });
        counted
    }

    fn visit(&self, see: &mut dyn FnMut(&Self)) {
        see(self);
        match self {
            Self::Not(one) | Self::Has(one) => one.visit(see),
            Self::And(one, two) | Self::Or(one, two) | Self::Compare(_, one, two) | Self::Compute(_, one, two) => {
                one.visit(see);
                two.visit(see);
            }
            Self::In(one, all) => {
                one.visit(see);
                all.iter().for_each(|it| it.visit(see));
            }
            Self::Choose(one, two, three) => [one, two, three].iter().for_each(|it| it.visit(see)),
            _ => {}
        }
    }
}

impl<'de> Deserialize<'de> for Condition {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        crate::written::read(from, Self::compile)
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        crate::written::read(from, Self::compile)
    }
}
