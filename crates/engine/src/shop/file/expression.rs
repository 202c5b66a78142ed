//! The expressions of a mapping: checked once when it is read, then evaluated for every record.

use domain::{language::Bilingual, shop::Attribute};
use serde_json::{Map, Value, json};

use super::{
    super::money,
    mapping::{MappingError, items_of},
};

/// Nesting of a mapping; records are not deeper.
const DEPTH_MAX: usize = 12;

/// The item a pointer starts from, and those around it.
pub struct Scope<'a> {
    root: &'a Value,
    item: &'a Value,
    outer: Option<&'a Scope<'a>>,
}

impl<'a> Scope<'a> {
    pub fn top(root: &'a Value) -> Self {
        Self { root, item: root, outer: None }
    }

    pub fn inner(&'a self, item: &'a Value) -> Scope<'a> {
        Scope { root: self.root, item, outer: Some(self) }
    }

    /// `/a/b` from the item, `../a` from the one around it, `#/a` from the file.
    fn find(&self, pointer: &str) -> Option<&'a Value> {
        if let Some(rest) = pointer.strip_prefix("../") {
            let outer = self.outer?;
            return if rest.starts_with("../") { outer.find(rest) } else { outer.find(&format!("/{rest}")) };
        }
        let found = match pointer.strip_prefix('#') {
            Some(rest) => self.root.pointer(rest),
            None => self.item.pointer(pointer),
        };
        found.filter(|value| !value.is_null())
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    AsIs,
    Text,
    Both,
    Integer,
    Money,
    Time,
    Attributes,
    /// The values of an object, joined into one text in both languages.
    Words,
}

#[derive(Debug)]
pub(super) struct Condition {
    at: String,
    any_of: Vec<Value>,
}

#[derive(Debug)]
pub enum Expression {
    Constant(Value),
    Fields(Vec<(String, Expression)>),
    Items(Vec<Expression>),
    Pick { from: String, kind: Kind, table: Option<(Map<String, Value>, Option<Value>)>, currency: String },
    Join { parts: Vec<Expression>, with: String, kind: Kind },
    First(Vec<Expression>),
    Each { from: String, only: Option<Condition>, record: Box<Expression> },
}

fn is_pointer(text: &str) -> bool {
    text.starts_with('/') || text.starts_with("../") || text.starts_with("#/")
}

impl Expression {
    pub fn parse(source: &Value, at: &str, currency: &str) -> Result<Self, MappingError> {
        Parser { currency }.expression(source, at, 0)
    }

    /// The value for one item; `Err` says in words why the item can't be used.
    pub fn value(&self, scope: &Scope<'_>) -> Result<Value, String> {
        match self {
            Self::Constant(value) => Ok(value.clone()),
            Self::Fields(fields) => {
                let field = |(name, inner): &(String, Self)| Ok((name.clone(), inner.value(scope)?));
                Ok(Value::Object(fields.iter().map(field).collect::<Result<_, String>>()?))
            }
            Self::Items(items) => {
                items.iter().map(|item| item.value(scope)).collect::<Result<_, _>>().map(Value::Array)
            }
            Self::Pick { from, kind, table, currency } => {
                let Some(found) = scope.find(from) else { return Ok(Value::Null) };
                let looked_up = match table {
                    None => found.clone(),
                    Some((table, otherwise)) => look_up(table, otherwise.as_ref(), found, from)?,
                };
                convert(&looked_up, *kind, currency).map_err(|flaw| format!("{from}: {flaw}"))
            }
            Self::Join { parts, with, kind } => {
                let mut words = Vec::new();
                for part in parts {
                    words.extend(plain(&part.value(scope)?).filter(|word| !word.is_empty()));
                }
                convert(&Value::String(words.join(with)), *kind, "")
            }
            Self::First(choices) => {
                for choice in choices {
                    let value = choice.value(scope)?;
                    if !value.is_null() {
                        return Ok(value);
                    }
                }
                Ok(Value::Null)
            }
            Self::Each { from, only, record } => {
                let Some(found) = scope.find(from) else { return Ok(json!([])) };
                let items = items_of(found).ok_or_else(|| format!("{from}: neither a list nor an object"))?;
                let mut values = Vec::new();
                for item in items {
                    let inner = scope.inner(item);
                    if only.as_ref().is_none_or(|only| inner.find(&only.at).is_some_and(|v| only.any_of.contains(v))) {
                        values.push(record.value(&inner)?);
                    }
                }
                Ok(Value::Array(values))
            }
        }
    }
}

fn look_up(table: &Map<String, Value>, otherwise: Option<&Value>, found: &Value, from: &str) -> Result<Value, String> {
    let word = plain(found).ok_or_else(|| format!("{from}: not a single value"))?;
    match table.get(&word).or(otherwise) {
        Some(value) => Ok(value.clone()),
        None => Err(format!("{from}: {word:?} is not in the mapping's table")),
    }
}

fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        _ => None,
    }
}

fn convert(value: &Value, kind: Kind, currency: &str) -> Result<Value, String> {
    let text = || plain(value).ok_or_else(|| "not a single value".to_owned());
    let both = |text: String| json!(Bilingual::new(text.clone(), text));
    match kind {
        _ if value.is_null() => Ok(Value::Null),
        Kind::AsIs => Ok(value.clone()),
        Kind::Text => text().map(Value::String),
        Kind::Both => text().map(both),
        Kind::Integer => match value {
            Value::Number(number) if number.is_i64() => Ok(value.clone()),
            _ => text()?.trim().parse::<i64>().map(Value::from).map_err(|_| "not a whole number".to_owned()),
        },
        Kind::Money => {
            let amount = match value {
                Value::Number(number) => number.as_f64().and_then(|number| money::from_number(number, currency)),
                _ => money::parse_decimal(&text()?, currency),
            };
            amount.map(|amount| json!(amount)).ok_or_else(|| "not an amount".to_owned())
        }
        Kind::Time => super::tables::parse_time(&text()?).map(|at| json!(at)).ok_or_else(|| "not a time".to_owned()),
        Kind::Attributes => attributes(value).map(|found| json!(found)),
        Kind::Words => {
            let values: Vec<String> = attributes(value)?.into_iter().map(|found| found.value.zh).collect();
            Ok(both(values.join(" / ")))
        }
    }
}

/// `{"screen size": "13-inch"}` as attributes.
fn attributes(value: &Value) -> Result<Vec<Attribute>, String> {
    let fields = value.as_object().ok_or("not an object of names and values")?;
    let attribute = |(name, value): (&String, &Value)| {
        let value = plain(value).ok_or_else(|| format!("{name}: not a single value"))?;
        let key = name.trim().to_lowercase().replace(' ', "_");
        Ok(Attribute { key, name: Bilingual::new(name, name), value: Bilingual::new(value.clone(), value) })
    };
    fields.iter().map(attribute).collect()
}

struct Parser<'a> {
    currency: &'a str,
}

impl Parser<'_> {
    fn expression(&self, source: &Value, at: &str, depth: usize) -> Result<Expression, MappingError> {
        if depth > DEPTH_MAX {
            return Err(wrong(at, "nested too deep"));
        }
        match source {
            Value::String(text) if is_pointer(text) => self.pick(text, source, at),
            Value::Array(items) => self.all(items, at, depth).map(Expression::Items),
            Value::Object(fields) => self.object(fields, source, at, depth),
            other => Ok(Expression::Constant(other.clone())),
        }
    }

    fn all(&self, items: &[Value], at: &str, depth: usize) -> Result<Vec<Expression>, MappingError> {
        let parse = |(index, item): (usize, &Value)| self.expression(item, &format!("{at}[{index}]"), depth + 1);
        items.iter().enumerate().map(parse).collect()
    }

    /// An object is an operator when it has one of the operators' first words, else the fields of a record.
    fn object(
        &self,
        fields: &Map<String, Value>,
        source: &Value,
        at: &str,
        depth: usize,
    ) -> Result<Expression, MappingError> {
        let only = |allowed: &[&str]| match fields.keys().find(|key| !allowed.contains(&key.as_str())) {
            Some(unknown) => Err(wrong(at, &format!("`{unknown}` does not go with this operator"))),
            None => Ok(()),
        };
        if let Some(value) = fields.get("const") {
            only(&["const", "as", "currency"])?;
            let constant = convert(value, kind(source, at)?, self.currency(source)).map_err(|flaw| wrong(at, &flaw))?;
            return Ok(Expression::Constant(constant));
        }
        if let Some(from) = fields.get("from") {
            only(&["from", "as", "map", "otherwise", "currency"])?;
            return self.pick(from.as_str().unwrap_or_default(), source, at);
        }
        if let Some(parts) = fields.get("join") {
            only(&["join", "with", "as"])?;
            let parts = parts.as_array().ok_or_else(|| wrong(at, "`join` is not a list"))?;
            let with = fields.get("with").and_then(Value::as_str).unwrap_or(" ").to_owned();
            return Ok(Expression::Join { parts: self.all(parts, at, depth)?, with, kind: kind(source, at)? });
        }
        if let Some(choices) = fields.get("first") {
            only(&["first"])?;
            let choices = choices.as_array().ok_or_else(|| wrong(at, "`first` is not a list"))?;
            return Ok(Expression::First(self.all(choices, at, depth)?));
        }
        if let Some(from) = fields.get("each") {
            only(&["each", "where", "record"])?;
            return self.each(from, fields, at, depth);
        }
        let parse = |(name, inner): (&String, &Value)| {
            Ok((name.clone(), self.expression(inner, &format!("{at}.{name}"), depth + 1)?))
        };
        fields.iter().map(parse).collect::<Result<_, _>>().map(Expression::Fields)
    }

    fn each(
        &self,
        from: &Value,
        fields: &Map<String, Value>,
        at: &str,
        depth: usize,
    ) -> Result<Expression, MappingError> {
        let from = from.as_str().filter(|from| is_pointer(from)).ok_or_else(|| wrong(at, "`each` is not a pointer"))?;
        let record = fields.get("record").ok_or_else(|| wrong(at, "`record` is missing"))?;
        let only = match fields.get("where") {
            None => None,
            Some(condition) => Some(parse_condition(condition, at)?),
        };
        let record = Box::new(self.expression(record, &format!("{at}.record"), depth + 1)?);
        Ok(Expression::Each { from: from.to_owned(), only, record })
    }

    fn pick(&self, from: &str, source: &Value, at: &str) -> Result<Expression, MappingError> {
        if !is_pointer(from) {
            return Err(wrong(at, "`from` is not a pointer; one starts with `/`, `../` or `#/`"));
        }
        let table = match source.get("map") {
            None => None,
            Some(Value::Object(table)) => Some((table.clone(), source.get("otherwise").cloned())),
            Some(_) => return Err(wrong(at, "`map` is not an object")),
        };
        let currency = self.currency(source).to_owned();
        Ok(Expression::Pick { from: from.to_owned(), kind: kind(source, at)?, table, currency })
    }

    fn currency<'b>(&'b self, source: &'b Value) -> &'b str {
        source.get("currency").and_then(Value::as_str).unwrap_or(self.currency)
    }
}

fn parse_condition(condition: &Value, at: &str) -> Result<Condition, MappingError> {
    let pointer = condition.get("from").and_then(Value::as_str).filter(|pointer| is_pointer(pointer));
    let any_of = match condition.get("is") {
        Some(Value::Array(any_of)) => any_of.clone(),
        Some(one) => vec![one.clone()],
        None => return Err(wrong(at, "`where` has no `is`")),
    };
    let pointer = pointer.ok_or_else(|| wrong(at, "`where` has no pointer in `from`"))?;
    Ok(Condition { at: pointer.to_owned(), any_of })
}

fn kind(source: &Value, at: &str) -> Result<Kind, MappingError> {
    match source.get("as").map(|word| word.as_str().unwrap_or_default()) {
        None => Ok(Kind::AsIs),
        Some("text") => Ok(Kind::Text),
        Some("both") => Ok(Kind::Both),
        Some("integer") => Ok(Kind::Integer),
        Some("money") => Ok(Kind::Money),
        Some("time") => Ok(Kind::Time),
        Some("attributes") => Ok(Kind::Attributes),
        Some("words") => Ok(Kind::Words),
        Some(other) => Err(wrong(at, &format!("`as: {other}` is not known"))),
    }
}

fn wrong(at: &str, what: &str) -> MappingError {
    MappingError::Expression { at: at.to_owned(), what: what.to_owned() }
}
