//! From CEL's tree to ours, with the kind of every part known. What can't be evaluated is refused here, when the file is
//! loaded.

use cel::{
    Program,
    common::ast::{CallExpr, Expr, IdedExpr, LiteralValue, operators},
};
use domain::time::{DAY_MS, HOUR_MS, MINUTE_MS};

use super::{Comparison, ConditionError, Counting, Kind, MAX_WINDOW_MS, Node, ShopField, Sum, VisitField};
use crate::{
    event::{Name, Property, property},
    person::Field,
};

type Typed = (Node, Kind);

pub(super) fn compile(source: &str, wanted: Kind) -> Result<Node, ConditionError> {
    let wrong = |message: String| ConditionError { source_text: source.to_owned(), message };
    let program = Program::compile(source).map_err(|errors| {
        let first = errors.errors.first();
        wrong(first.map_or_else(|| "not an expression".to_owned(), |error| error.msg.trim().to_owned()))
    })?;
    node(program.expression()).and_then(|it| of_kind(it, wanted)).map_err(wrong)
}

fn of_kind((node, kind): Typed, wanted: Kind) -> Result<Node, String> {
    let word = |kind| match kind {
        Kind::Whole => "a whole number",
        Kind::Truth => "true or false",
        Kind::Text => "a text",
    };
    if kind == wanted { Ok(node) } else { Err(format!("{} is needed where there is {}", word(wanted), word(kind))) }
}

fn node(expr: &IdedExpr) -> Result<Typed, String> {
    match &expr.expr {
        Expr::Literal(literal) => match literal {
            LiteralValue::Boolean(it) => Ok((Node::Truth(*it.inner()), Kind::Truth)),
            LiteralValue::Int(it) => Ok((Node::Whole(*it.inner()), Kind::Whole)),
            LiteralValue::String(it) => Ok((Node::Text(it.inner().into()), Kind::Text)),
            _ => Err("only whole numbers, texts, true and false can be written".to_owned()),
        },
        Expr::Ident(name) => match name.as_str() {
            "now" => Ok((Node::Now, Kind::Whole)),
            "second" => Ok((Node::Whole(1_000), Kind::Whole)),
            "minute" => Ok((Node::Whole(MINUTE_MS), Kind::Whole)),
            "hour" => Ok((Node::Whole(HOUR_MS), Kind::Whole)),
            "day" => Ok((Node::Whole(DAY_MS), Kind::Whole)),
            other => Err(format!("nothing is called `{other}` here")),
        },
        Expr::Select(select) => {
            let Expr::Ident(of) = &select.operand.expr else {
                return Err("fields are of event, object, visit or shop".to_owned());
            };
            let (node, kind) = field(of, &select.field)?;
            Ok(if select.test { (Node::Has(Box::new(node)), Kind::Truth) } else { (node, kind) })
        }
        Expr::Call(call) => called(call),
        _ => Err("this form of CEL is not used in triggers".to_owned()),
    }
}

fn field(of: &str, name: &str) -> Result<Typed, String> {
    let unknown = || format!("`{of}` has no field `{name}`");
    match of {
        "event" => {
            let property = Property::named(name).ok_or_else(unknown)?;
            let kind = match property.kind() {
                property::Kind::Whole { .. } | property::Kind::Money | property::Kind::Time => Kind::Whole,
                property::Kind::Flag => Kind::Truth,
                _ => Kind::Text,
            };
            Ok((Node::Event(property), kind))
        }
        "object" => Ok((Node::Object(Field::named(name).ok_or_else(unknown)?), Kind::Whole)),
        "visit" => {
            let field = match name {
                "pages" => VisitField::Pages,
                "products" => VisitField::Products,
                "adds" => VisitField::Adds,
                "failures" => VisitField::Failures,
                "cart_minor" => VisitField::CartMinor,
                "active_ms" => VisitField::ActiveMs,
                "ms" => VisitField::Ms,
                _ => return Err(unknown()),
            };
            Ok((Node::Visit(field), Kind::Whole))
        }
        "shop" => {
            let field = match name {
                "cart_high_minor" => ShopField::CartHighMinor,
                "unpaid_after" => ShopField::UnpaidAfterMs,
                _ => return Err(unknown()),
            };
            Ok((Node::Shop(field), Kind::Whole))
        }
        _ => Err(format!("nothing is called `{of}` here")),
    }
}

fn called(call: &CallExpr) -> Result<Typed, String> {
    if let Some(how) = counting(&call.func_name)
        && call.target.is_none()
    {
        return count(how, &call.args);
    }
    if call.func_name == operators::IN {
        return within(&call.args);
    }
    let parts = call.args.iter().map(node).collect::<Result<Vec<_>, _>>()?;
    let mut parts = parts.into_iter();
    let mut next = || parts.next().ok_or_else(|| format!("`{}` lacks a part", call.func_name));
    if let Some(sum) = sum(&call.func_name) {
        let (one, two) = (of_kind(next()?, Kind::Whole)?, of_kind(next()?, Kind::Whole)?);
        return Ok((folded(Node::Compute(sum, Box::new(one), Box::new(two))), Kind::Whole));
    }
    if let Some(comparison) = comparison(&call.func_name) {
        let ((one, kind), two) = (next()?, next()?);
        let two = of_kind(two, kind)?;
        if kind != Kind::Whole && !matches!(comparison, Comparison::Equal | Comparison::Unequal) {
            return Err("only whole numbers are more or less".to_owned());
        }
        return Ok((Node::Compare(comparison, Box::new(one), Box::new(two)), Kind::Truth));
    }
    let mut truth = || of_kind(next()?, Kind::Truth).map(Box::new);
    match call.func_name.as_str() {
        operators::LOGICAL_NOT => Ok((Node::Not(truth()?), Kind::Truth)),
        operators::LOGICAL_AND => Ok((Node::And(truth()?, truth()?), Kind::Truth)),
        operators::LOGICAL_OR => Ok((Node::Or(truth()?, truth()?), Kind::Truth)),
        operators::NEGATE => {
            let whole = of_kind(next()?, Kind::Whole)?;
            Ok((folded(Node::Compute(Sum::Subtract, Box::new(Node::Whole(0)), Box::new(whole))), Kind::Whole))
        }
        operators::CONDITIONAL => {
            let chooser = truth()?;
            let (one, kind) = next()?;
            let two = of_kind(next()?, kind)?;
            Ok((Node::Choose(chooser, Box::new(one), Box::new(two)), kind))
        }
        other => Err(format!("no function `{other}`")),
    }
}

fn counting(name: &str) -> Option<Counting> {
    match name {
        "count" => Some(Counting::All),
        "same" => Some(Counting::Same),
        "kinds" => Some(Counting::Kinds),
        _ => None,
    }
}

fn count(how: Counting, args: &[IdedExpr]) -> Result<Typed, String> {
    let usage = "counting needs the name of an event and a stretch of time, such as 10 * minute";
    let [name, window] = args else { return Err(usage.to_owned()) };
    let (Node::Text(name), _) = node(name)? else { return Err(usage.to_owned()) };
    let (Node::Whole(window_ms), _) = node(window)? else { return Err(usage.to_owned()) };
    let name = Name::read(&name).ok_or_else(|| format!("no event is called `{name}`"))?;
    if !(1..=MAX_WINDOW_MS).contains(&window_ms) {
        return Err("events are counted over at most an hour".to_owned());
    }
    Ok((Node::Count { how, name, window_ms }, Kind::Whole))
}

fn within(args: &[IdedExpr]) -> Result<Typed, String> {
    let [one, IdedExpr { expr: Expr::List(list), .. }] = args else {
        return Err("`in` needs a list that is written out".to_owned());
    };
    let (one, kind) = node(one)?;
    let all = list.elements.iter().map(|it| of_kind(node(it)?, kind)).collect::<Result<Vec<_>, _>>()?;
    Ok((Node::In(Box::new(one), all), Kind::Truth))
}

fn sum(name: &str) -> Option<Sum> {
    match name {
        operators::ADD => Some(Sum::Add),
        operators::SUBSTRACT => Some(Sum::Subtract),
        operators::MULTIPLY => Some(Sum::Multiply),
        operators::DIVIDE => Some(Sum::Divide),
        _ => None,
    }
}

fn comparison(name: &str) -> Option<Comparison> {
    match name {
        operators::EQUALS => Some(Comparison::Equal),
        operators::NOT_EQUALS => Some(Comparison::Unequal),
        operators::LESS => Some(Comparison::Less),
        operators::LESS_EQUALS => Some(Comparison::LessOrEqual),
        operators::GREATER => Some(Comparison::More),
        operators::GREATER_EQUALS => Some(Comparison::MoreOrEqual),
        _ => None,
    }
}

/// `10 * minute` is worked out once.
fn folded(node: Node) -> Node {
    if let Node::Compute(sum, one, two) = &node
        && let (Node::Whole(one), Node::Whole(two)) = (&**one, &**two)
        && let Some(whole) = super::evaluate::compute(*sum, *one, *two)
    {
        return Node::Whole(whole);
    }
    node
}
