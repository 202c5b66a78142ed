//! The value of a condition. What is unknown stays unknown, as an error does in CEL: it decides nothing that the other
//! side of `&&` or `||` hasn't decided.

use super::{Comparison, Counting, Node, Scene, ShopField, Sum, VisitField};
use crate::event::Held;

enum Value<'a> {
    Whole(i64),
    Truth(bool),
    Text(&'a str),
}

pub(super) fn truth(node: &Node, scene: &Scene<'_>) -> Option<bool> {
    match node {
        Node::Truth(it) => Some(*it),
        Node::Not(one) => truth(one, scene).map(|it| !it),
        Node::And(one, two) => match truth(one, scene) {
            Some(false) => Some(false),
            Some(true) => truth(two, scene),
            None => truth(two, scene).filter(|it| !it),
        },
        Node::Or(one, two) => match truth(one, scene) {
            Some(true) => Some(true),
            Some(false) => truth(two, scene),
            None => truth(two, scene).filter(|it| *it),
        },
        Node::Compare(comparison, one, two) => Some(compare(*comparison, &value(one, scene)?, &value(two, scene)?)),
        Node::In(one, all) => {
            let one = value(one, scene)?;
            // A list with something unknown in it is unknown, as in CEL.
            all.iter().try_fold(false, |found, it| Some(found | compare(Comparison::Equal, &one, &value(it, scene)?)))
        }
        Node::Has(one) => Some(value(one, scene).is_some()),
        Node::Event(property) => match scene.event?.properties.get(*property)? {
            Held::Flag(it) => Some(*it),
            _ => None,
        },
        Node::Choose(chooser, one, two) => truth(if truth(chooser, scene)? { one } else { two }, scene),
        _ => None,
    }
}

pub(super) fn whole(node: &Node, scene: &Scene<'_>) -> Option<i64> {
    match node {
        Node::Whole(it) => Some(*it),
        Node::Now => Some(scene.now.0),
        Node::Event(property) => scene.event?.properties.whole(*property),
        Node::Object(field) => scene.object?.get(*field),
        Node::Visit(field) => {
            let visit = &scene.person.visit;
            Some(match field {
                VisitField::Pages => i64::from(visit.pages),
                VisitField::Products => i64::from(visit.products),
                VisitField::Adds => i64::from(visit.adds),
                VisitField::Failures => i64::from(visit.failures),
                VisitField::CartMinor => visit.cart_minor,
                VisitField::ActiveMs => i64::from(visit.active_s) * 1_000,
                VisitField::Ms => visit.last.since_ms(visit.started),
            })
        }
        Node::Shop(ShopField::CartHighMinor) => scene.shop.cart_high_minor,
        Node::Shop(ShopField::UnpaidAfterMs) => Some(scene.shop.unpaid_after_ms),
        Node::Count { how, name, window_ms } => {
            let recent = &scene.person.recent;
            Some(match how {
                Counting::All => recent.count(*name, scene.now, *window_ms),
                Counting::Kinds => recent.kinds(*name, scene.now, *window_ms),
                Counting::Same => recent.same(*name, scene.event?.subject()?, scene.now, *window_ms),
            })
        }
        Node::Compute(sum, one, two) => compute(*sum, whole(one, scene)?, whole(two, scene)?),
        Node::Choose(chooser, one, two) => whole(if truth(chooser, scene)? { one } else { two }, scene),
        _ => None,
    }
}

fn value<'a>(node: &'a Node, scene: &Scene<'a>) -> Option<Value<'a>> {
    match node {
        Node::Text(text) => Some(Value::Text(text)),
        Node::Event(property) => Some(match scene.event?.properties.get(*property)? {
            Held::Whole(it) => Value::Whole(*it),
            Held::Flag(it) => Value::Truth(*it),
            Held::Text(text) => Value::Text(text),
        }),
        Node::Choose(chooser, one, two) => value(if truth(chooser, scene)? { one } else { two }, scene),
        Node::Whole(_) | Node::Now | Node::Object(_) | Node::Visit(_) | Node::Shop(_) => {
            whole(node, scene).map(Value::Whole)
        }
        Node::Count { .. } | Node::Compute(..) => whole(node, scene).map(Value::Whole),
        _ => truth(node, scene).map(Value::Truth),
    }
}

fn compare(comparison: Comparison, one: &Value<'_>, two: &Value<'_>) -> bool {
    let order = match (one, two) {
        (Value::Whole(one), Value::Whole(two)) => one.cmp(two),
        (Value::Truth(one), Value::Truth(two)) => one.cmp(two),
        (Value::Text(one), Value::Text(two)) => one.cmp(two),
        // Kinds agree since compiling.
        _ => return false,
    };
    match comparison {
        Comparison::Equal => order.is_eq(),
        Comparison::Unequal => order.is_ne(),
        Comparison::Less => order.is_lt(),
        Comparison::LessOrEqual => order.is_le(),
        Comparison::More => order.is_gt(),
        Comparison::MoreOrEqual => order.is_ge(),
    }
}

/// Without a result where CEL has an error: overflow and division by nothing.
pub(super) fn compute(sum: Sum, one: i64, two: i64) -> Option<i64> {
    match sum {
        Sum::Add => one.checked_add(two),
        Sum::Subtract => one.checked_sub(two),
        Sum::Multiply => one.checked_mul(two),
        Sum::Divide => one.checked_div(two),
    }
}
