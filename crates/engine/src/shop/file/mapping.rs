//! Reads JSON of another shape through a mapping file: a small declarative language, described in
//! docs/connectors.md. It can pick, rename, convert and iterate; it can't compute or call anything.

use serde_json::{Map, Value};

use super::{
    super::{Records, ShopError},
    expression::{Expression, Scope},
    json::take_one,
    report::{ImportReport, Intake},
};

const FORM: &str = "tandem-mapping/1";
/// A mapping is written by hand.
const MAPPING_BYTES_MAX: usize = 256 * 1024;

/// What is wrong with a mapping file.
#[derive(Debug, thiserror::Error)]
pub enum MappingError {
    #[error("the mapping is larger than {MAPPING_BYTES_MAX} bytes")]
    TooLarge,
    #[error("the mapping is not YAML: {0}")]
    Yaml(String),
    #[error("mapping: `form` must be {FORM}")]
    Form,
    #[error("mapping at {at}: {what}")]
    Expression { at: String, what: String },
}

/// A checked mapping, ready to be applied to any number of files.
#[derive(Debug)]
pub struct Mapping {
    products: Option<List>,
    customers: Option<List>,
    orders: Option<List>,
}

#[derive(Debug)]
struct List {
    each: String,
    record: Expression,
}

impl Mapping {
    pub fn parse(bytes: &[u8]) -> Result<Self, MappingError> {
        if bytes.len() > MAPPING_BYTES_MAX {
            return Err(MappingError::TooLarge);
        }
        let file: Value = serde_yaml_ng::from_slice(bytes).map_err(|flaw| MappingError::Yaml(flaw.to_string()))?;
        if file.get("form").and_then(Value::as_str) != Some(FORM) {
            return Err(MappingError::Form);
        }
        let wrong = |at: &str, what: &str| MappingError::Expression { at: at.to_owned(), what: what.to_owned() };
        let top = file.as_object().ok_or_else(|| wrong("the top", "not an object"))?;
        let known = ["form", "currency", "products", "customers", "orders"];
        if let Some(unknown) = top.keys().find(|key| !known.contains(&key.as_str())) {
            return Err(wrong(unknown, "unknown; form, currency, products, customers, orders are read"));
        }
        let currency = top.get("currency").and_then(Value::as_str).unwrap_or("CNY");
        let list = |name: &str| -> Result<Option<List>, MappingError> {
            let Some(list) = top.get(name) else { return Ok(None) };
            let each = list.get("each").and_then(Value::as_str).ok_or_else(|| wrong(name, "`each` is missing"))?;
            let record = list.get("record").ok_or_else(|| wrong(name, "`record` is missing"))?;
            let record = Expression::parse(record, &format!("{name}.record"), currency)?;
            Ok(Some(List { each: each.to_owned(), record }))
        };
        Ok(Self { products: list("products")?, customers: list("customers")?, orders: list("orders")? })
    }

    pub fn import(&self, file: &Value) -> Result<(Records, ImportReport), ShopError> {
        let mut intake = Intake::default();
        for_each(&mut intake, file, self.products.as_ref(), "products", |intake, row, value| {
            take_one(intake, "products", row, value, Intake::product);
        })?;
        for_each(&mut intake, file, self.customers.as_ref(), "customers", |intake, row, value| {
            take_one(intake, "customers", row, value, Intake::customer);
        })?;
        for_each(&mut intake, file, self.orders.as_ref(), "orders", |intake, row, value| {
            take_one(intake, "orders", row, value, Intake::order);
        })?;
        intake.finish()
    }
}

fn for_each(
    intake: &mut Intake,
    file: &Value,
    list: Option<&List>,
    name: &str,
    mut take: impl FnMut(&mut Intake, usize, &Value),
) -> Result<(), ShopError> {
    let Some(list) = list else { return Ok(()) };
    let found = file.pointer(&list.each);
    let items = found
        .and_then(items_of)
        .ok_or_else(|| ShopError::bad_answer(format!("{name}: the file has no list or object at {:?}", list.each)))?;
    let top = Scope::top(file);
    for (row, item) in (1..).zip(items) {
        match list.record.value(&top.inner(item)) {
            Ok(value) => take(intake, row, &without_nulls(value)),
            Err(reason) => intake.reject(name, row, None, reason),
        }
    }
    Ok(())
}

/// The elements of a list, or the values of an object whose keys don't matter.
pub(super) fn items_of(value: &Value) -> Option<Vec<&Value>> {
    match value {
        Value::Array(items) => Some(items.iter().collect()),
        Value::Object(fields) => Some(fields.values().collect()),
        _ => None,
    }
}

/// A field that maps to nothing is left out, so that the record's default applies.
fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let kept = fields.into_iter().filter(|(_, field)| !field.is_null());
            Value::Object(kept.map(|(key, field)| (key, without_nulls(field))).collect::<Map<_, _>>())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(without_nulls).collect()),
        other => other,
    }
}
