//! Judging JSON by a schema: the part of JSON Schema that tools and reply shapes here are written in. What a schema says
//! beyond that is refused, so that nothing looks checked that isn't.

use serde_json::{Map, Value};

/// Deeper schemas are no tool's.
const DEPTH_MAX: usize = 8;
const KEYWORDS: [&str; 12] = [
    "type",
    "description",
    "properties",
    "required",
    "additionalProperties",
    "items",
    "enum",
    "maxLength",
    "minLength",
    "maxItems",
    "minItems",
    "title",
];

/// Whether the value has the shape.
pub fn conforms(value: &Value, schema: &Value) -> bool {
    fits(value, schema, 0)
}

fn fits(value: &Value, schema: &Value, depth: usize) -> bool {
    let Some(schema) = schema.as_object() else { return false };
    if depth > DEPTH_MAX || schema.keys().any(|key| !KEYWORDS.contains(&key.as_str())) {
        return false;
    }
    is_of_type(value, schema)
        && schema.get("enum").is_none_or(|values| values.as_array().is_some_and(|values| values.contains(value)))
        && match value {
            Value::String(text) => is_within(text.chars().count(), schema, "minLength", "maxLength"),
            Value::Array(items) => {
                is_within(items.len(), schema, "minItems", "maxItems")
                    && schema.get("items").is_none_or(|shape| items.iter().all(|item| fits(item, shape, depth + 1)))
            }
            Value::Object(fields) => has_fields(fields, schema, depth),
            _ => true,
        }
}

fn is_of_type(value: &Value, schema: &Map<String, Value>) -> bool {
    let is = |name: &str| match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        _ => false,
    };
    match schema.get("type") {
        None => true,
        Some(Value::String(name)) => is(name),
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).any(is),
        Some(_) => false,
    }
}

fn is_within(count: usize, schema: &Map<String, Value>, least: &str, most: &str) -> bool {
    let limit = |name: &str| schema.get(name).and_then(Value::as_u64).and_then(|limit| usize::try_from(limit).ok());
    limit(least).is_none_or(|least| count >= least) && limit(most).is_none_or(|most| count <= most)
}

fn has_fields(fields: &Map<String, Value>, schema: &Map<String, Value>, depth: usize) -> bool {
    let none = Map::new();
    let known = schema.get("properties").and_then(Value::as_object).unwrap_or(&none);
    let is_open = schema.get("additionalProperties") != Some(&Value::Bool(false));
    let needed = schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    needed.into_iter().all(|name| fields.contains_key(name))
        && fields.iter().all(|(name, value)| match known.get(name) {
            Some(shape) => fits(value, shape, depth + 1),
            None => is_open,
        })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_has_another_shape_is_refused() {
        let schema = json!({
            "type": "object", "additionalProperties": false, "required": ["order"],
            "properties": {
                "order": { "type": "string", "minLength": 1, "maxLength": 5 },
                "action": { "type": "string", "enum": ["cancel", "urge"] },
                "items": { "type": "array", "maxItems": 2, "items": { "type": "string" } },
                "count": { "type": ["integer", "null"] },
            },
        });
        let fine =
            [json!({"order": "一二三四五"}), json!({"order": "a", "action": "urge", "items": ["b"], "count": null})];
        for value in fine {
            assert!(conforms(&value, &schema), "{value}");
        }
        let wrong = [
            json!({}),
            json!("order"),
            json!({"order": 7}),
            json!({"order": ""}),
            json!({"order": "123456"}),
            json!({"order": "a", "action": "refund"}),
            json!({"order": "a", "items": ["b", "c", "d"]}),
            json!({"order": "a", "items": [1]}),
            json!({"order": "a", "count": 1.5}),
            json!({"order": "a", "customer": "c2"}),
        ];
        for value in wrong {
            assert!(!conforms(&value, &schema), "{value}");
        }
    }

    #[test]
    fn a_schema_that_says_more_than_is_checked_lets_nothing_through() {
        assert!(!conforms(&json!("a"), &json!({ "type": "string", "pattern": "^a$" })));
        assert!(conforms(&json!({ "a": 1 }), &json!({})));
    }
}
