//! Conditions and values in CEL, over plain JSON. An expression is compiled once, when its file is loaded.

use std::{collections::BTreeSet, sync::Arc};

use cel::{
    Context, Program, Value,
    common::ast::{EntryExpr, Expr},
    objects::{Key, Map},
};
use serde_json::{Map as JsonMap, Number, Value as Json};

/// The names an expression or a template can see.
pub type Scope = JsonMap<String, Json>;

/// Functions an expression may call; operators have names of their own.
const FUNCTIONS: &[&str] =
    &["size", "startsWith", "endsWith", "contains", "matches", "int", "double", "string", "max", "min"];

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message} in `{source_text}`")]
pub struct ExpressionError {
    pub source_text: String,
    pub message: String,
}

#[derive(Clone)]
pub struct Expression {
    source: String,
    program: Arc<Program>,
}

impl std::fmt::Debug for Expression {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Expression").field(&self.source).finish()
    }
}

/// Two expressions are the same when they are written the same.
impl PartialEq for Expression {
    fn eq(&self, other: &Self) -> bool {
        self.source == other.source
    }
}

impl Expression {
    pub fn compile(source: &str) -> Result<Self, ExpressionError> {
        let wrong = |message: String| ExpressionError { source_text: source.to_owned(), message };
        let program = Program::compile(source).map_err(|errors| {
            let first = errors.errors.first();
            wrong(first.map_or_else(|| "not an expression".to_owned(), |error| error.msg.trim().to_owned()))
        })?;
        let unknown = program
            .references()
            .functions()
            .into_iter()
            .find(|name| name.starts_with(char::is_alphabetic) && !FUNCTIONS.contains(name))
            .map(str::to_owned);
        match unknown {
            Some(name) => Err(wrong(format!("no function `{name}`"))),
            None => Ok(Self { source: source.to_owned(), program: Arc::new(program) }),
        }
    }

    pub fn source(&self) -> &str {
        &self.source
    }

    /// The names read, with the fields taken of them: `slots.order.state` is one path.
    pub fn paths(&self) -> BTreeSet<Vec<String>> {
        let mut paths = BTreeSet::new();
        collect(&self.program.expression().expr, &mut Vec::new(), &mut paths);
        paths
    }

    pub fn value(&self, scope: &Scope) -> Result<Json, ExpressionError> {
        let mut context = Context::default();
        for (name, value) in scope {
            context.add_variable_from_value(name.clone(), to_cel(value));
        }
        let wrong = |message: String| ExpressionError { source_text: self.source.clone(), message };
        let value = self.program.execute(&context).map_err(|error| wrong(error.to_string()))?;
        from_cel(&value).ok_or_else(|| wrong("the value can't be used".to_owned()))
    }

    /// Whether a condition holds; anything but a truth value is a fault.
    pub fn holds(&self, scope: &Scope) -> Result<bool, ExpressionError> {
        match self.value(scope)? {
            Json::Bool(holds) => Ok(holds),
            _ => {
                Err(ExpressionError { source_text: self.source.clone(), message: "neither true nor false".to_owned() })
            }
        }
    }
}

fn to_cel(json: &Json) -> Value {
    match json {
        Json::Null => Value::Null,
        Json::Bool(it) => Value::Bool(*it),
        // One kind of whole number, so that `now - placed_at` never mixes signed and unsigned.
        Json::Number(number) => match number.as_i64() {
            Some(whole) => Value::Int(whole),
            None => Value::Float(number.as_f64().unwrap_or_default()),
        },
        Json::String(text) => Value::String(Arc::new(text.clone())),
        Json::Array(list) => Value::List(Arc::new(list.iter().map(to_cel).collect())),
        Json::Object(map) => {
            let entries = map.iter().map(|(key, value)| (Key::String(Arc::new(key.clone())), to_cel(value))).collect();
            Value::Map(Map { map: Arc::new(entries) })
        }
    }
}

fn from_cel(value: &Value) -> Option<Json> {
    Some(match value {
        Value::Null => Json::Null,
        Value::Bool(it) => Json::Bool(*it),
        Value::Int(whole) => Json::from(*whole),
        Value::UInt(whole) => Json::from(*whole),
        Value::Float(real) => Json::Number(Number::from_f64(*real)?),
        Value::String(text) => Json::String(text.to_string()),
        Value::List(list) => Json::Array(list.iter().map(from_cel).collect::<Option<_>>()?),
        Value::Map(map) => {
            let entries = map.map.iter().map(|(key, value)| Some((key.to_string(), from_cel(value)?)));
            Json::Object(entries.collect::<Option<_>>()?)
        }
        _ => return None,
    })
}

fn collect(expr: &Expr, locals: &mut Vec<String>, paths: &mut BTreeSet<Vec<String>>) {
    if let Some(path) = path_of(expr) {
        if !locals.contains(&path[0]) && !path[0].starts_with('@') {
            paths.insert(path);
        }
        return;
    }
    match expr {
        Expr::Select(select) => collect(&select.operand.expr, locals, paths),
        Expr::Call(call) => {
            for part in call.target.as_deref().into_iter().chain(&call.args) {
                collect(&part.expr, locals, paths);
            }
        }
        Expr::List(list) => list.elements.iter().for_each(|part| collect(&part.expr, locals, paths)),
        Expr::Map(map) => {
            for entry in &map.entries {
                if let EntryExpr::MapEntry(entry) = &entry.expr {
                    collect(&entry.key.expr, locals, paths);
                    collect(&entry.value.expr, locals, paths);
                }
            }
        }
        Expr::Comprehension(all) => {
            collect(&all.iter_range.expr, locals, paths);
            let before = locals.len();
            locals.extend([all.iter_var.clone(), all.accu_var.clone()]);
            locals.extend(all.iter_var2.clone());
            for part in [&all.accu_init, &all.loop_cond, &all.loop_step, &all.result] {
                collect(&part.expr, locals, paths);
            }
            locals.truncate(before);
        }
        Expr::Ident(_) | Expr::Literal(_) | Expr::Struct(_) | Expr::Unspecified => {}
    }
}

/// A name with fields, and nothing else.
fn path_of(expr: &Expr) -> Option<Vec<String>> {
    match expr {
        Expr::Ident(name) => Some(vec![name.clone()]),
        Expr::Select(select) => {
            let mut path = path_of(&select.operand.expr)?;
            path.push(select.field.clone());
            Some(path)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn scope(json: Json) -> Scope {
        json.as_object().cloned().unwrap_or_default()
    }

    #[test]
    fn computes_over_records() {
        let scope = scope(json!({
            "now": 1_000, "day": 10, "order": { "state": "shipped", "paid_at": 990, "shipment": null, "items": [
                { "variant": "a", "price": 3 }, { "variant": "b", "price": 5 } ] }
        }));
        let cases = [
            ("now - order.paid_at <= day", json!(true)),
            ("order.state in ['paid', 'shipped'] && order.shipment == null", json!(true)),
            ("order.items.map(i, i.variant)", json!(["a", "b"])),
            ("order.items.exists(i, i.price > 4)", json!(true)),
            ("order.items.map(i, {'from': i.variant})", json!([{ "from": "a" }, { "from": "b" }])),
            ("size(order.items) == 2 ? 'two' : ''", json!("two")),
        ];
        for (source, value) in cases {
            assert_eq!(Expression::compile(source).unwrap().value(&scope).unwrap(), value, "{source}");
        }
        assert!(Expression::compile("order.state").unwrap().holds(&scope).is_err());
    }

    #[test]
    fn tells_what_it_reads() {
        let expression = Expression::compile("slots.items.all(i, i.price > limit.low) && has(a.b)").unwrap();
        let paths: Vec<String> = expression.paths().into_iter().map(|path| path.join(".")).collect();
        assert_eq!(paths, ["a.b", "limit.low", "slots.items"]);
        assert!(Expression::compile("1 +").is_err());
        assert!(Expression::compile("fetch('x')").unwrap_err().message.contains("fetch"));
    }
}
