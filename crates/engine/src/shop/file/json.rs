//! One JSON file `{products, customers, orders}` in the records' own form.

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{
    super::{Records, ShopError},
    report::{ImportReport, Intake},
};

pub fn import(file: &Value) -> Result<(Records, ImportReport), ShopError> {
    let top = file.as_object().ok_or_else(|| ShopError::bad_answer("the file is not a JSON object"))?;
    if let Some(unknown) = top.keys().find(|key| !["products", "customers", "orders"].contains(&key.as_str())) {
        return Err(ShopError::bad_answer(format!("unknown list {unknown:?}; products, customers, orders are read")));
    }
    let mut intake = Intake::default();
    take(&mut intake, top.get("products"), "products", Intake::product)?;
    take(&mut intake, top.get("customers"), "customers", Intake::customer)?;
    take(&mut intake, top.get("orders"), "orders", Intake::order)?;
    intake.finish()
}

fn take<T: DeserializeOwned>(
    intake: &mut Intake,
    list: Option<&Value>,
    name: &str,
    put: impl Fn(&mut Intake, &str, usize, T),
) -> Result<(), ShopError> {
    let Some(list) = list else { return Ok(()) };
    let rows = list.as_array().ok_or_else(|| ShopError::bad_answer(format!("{name}: not a list")))?;
    for (row, value) in (1..).zip(rows) {
        take_one(intake, name, row, value, &put);
    }
    Ok(())
}

/// One record in the domain's form, or a rejected row.
pub fn take_one<T: DeserializeOwned>(
    intake: &mut Intake,
    source: &str,
    row: usize,
    value: &Value,
    put: impl Fn(&mut Intake, &str, usize, T),
) {
    match T::deserialize(value) {
        Ok(record) => put(intake, source, row, record),
        Err(flaw) => intake.reject(source, row, value.get("key").and_then(Value::as_str), flaw.to_string()),
    }
}
