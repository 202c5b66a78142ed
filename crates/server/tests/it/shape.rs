//! Making answers stable and short for snapshots: identifiers get numbers, secrets go.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use serde_json::Value;

const SECRETS: [&str; 6] = ["token", "visitor", "csrf", "identity", "request_id", "url"];
/// Values up to this length stand on one line.
const LINE: usize = 100;
/// After the prefix and its underscore.
const DIGITS: usize = 26;

/// The same identifier has the same number in all answers of one desk.
#[derive(Default)]
pub struct Namer(Mutex<HashMap<String, usize>>);

impl Namer {
    pub fn show(&self, status: u16, json: &Value) -> String {
        if json.is_null() {
            return status.to_string();
        }
        if let Some(problem) = problem(json) {
            return format!("{status} {problem}");
        }
        let mut text = format!("{status} ");
        write(&self.stable(json), 0, &mut text);
        text
    }

    fn stable(&self, value: &Value) -> Value {
        match value {
            Value::String(text) => Value::String(self.rename(text)),
            Value::Array(items) => items.iter().map(|item| self.stable(item)).collect(),
            Value::Object(fields) => fields
                .iter()
                .map(|(name, value)| {
                    let is_secret = SECRETS.contains(&name.as_str()) && value.is_string();
                    let shown = if is_secret { Value::from("…") } else { self.stable(value) };
                    (name.clone(), shown)
                })
                .collect(),
            other => other.clone(),
        }
    }

    fn rename(&self, text: &str) -> String {
        let is_id = text.len() == 4 + DIGITS
            && text.as_bytes()[3] == b'_'
            && text.bytes().enumerate().all(|(at, byte)| at == 3 || byte.is_ascii_lowercase() || byte.is_ascii_digit());
        if !is_id {
            return text.to_owned();
        }
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let prefix = &text[..3];
        let next = known.keys().filter(|id| id.starts_with(prefix)).count() + 1;
        let number = *known.entry(text.to_owned()).or_insert(next);
        format!("{prefix}_{number}")
    }
}

/// A problem on one line; its whole form has a test of its own.
fn problem(json: &Value) -> Option<String> {
    json.get("title")?;
    let (code, detail) = (json.get("code")?.as_str()?, json.get("detail")?.as_str()?);
    let fields = json.get("fields").and_then(Value::as_array).cloned().unwrap_or_default();
    let fields: String = fields
        .iter()
        .map(|field| format!(" [{} {}]", field["field"].as_str().unwrap_or("?"), field["code"].as_str().unwrap_or("?")))
        .collect();
    Some(format!("{code}: {detail}{fields}"))
}

fn write(value: &Value, depth: usize, out: &mut String) {
    let line = value.to_string();
    let pad = "  ".repeat(depth + 1);
    let end = "  ".repeat(depth);
    match value {
        Value::Object(fields) if line.chars().count() > LINE => {
            out.push_str("{\n");
            for (name, value) in fields {
                out.push_str(&format!("{pad}{name}: "));
                write(value, depth + 1, out);
                out.push('\n');
            }
            out.push_str(&format!("{end}}}"));
        }
        Value::Array(items) if line.chars().count() > LINE => {
            out.push_str("[\n");
            for item in items {
                out.push_str(&pad);
                write(item, depth + 1, out);
                out.push('\n');
            }
            out.push_str(&format!("{end}]"));
        }
        _ => out.push_str(&line),
    }
}
