//! The fields records have, so that a field that doesn't exist is found when a file is loaded.

use serde_json::Value as Json;

/// What can be taken of a value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Shape {
    /// A text, a number or a truth value: nothing can be taken of it.
    Leaf,
    /// The shop decides what is in it.
    Open,
    List(&'static Shape),
    Record(&'static [(&'static str, Shape)]),
}

use Shape::{Leaf, List, Open, Record};

pub const BILINGUAL: Shape = Record(&[("zh", Leaf), ("en", Leaf)]);
pub const MONEY: Shape = Record(&[("minor", Leaf), ("currency", Leaf)]);
const ATTRIBUTES: Shape = List(&Record(&[("key", Leaf), ("name", BILINGUAL), ("value", BILINGUAL)]));
pub const ADDRESS: Shape = Record(&[
    ("recipient", Leaf),
    ("phone", Leaf),
    ("country", Leaf),
    ("province", Leaf),
    ("city", Leaf),
    ("district", Leaf),
    ("street", Leaf),
    ("postcode", Leaf),
    ("line", Leaf),
]);
pub const ITEM: Shape = Record(&[
    ("product", Leaf),
    ("variant", Leaf),
    ("title", BILINGUAL),
    ("options", BILINGUAL),
    ("quantity", Leaf),
    ("unit_price", MONEY),
]);
const SCAN: Shape = Record(&[("at", Leaf), ("place", BILINGUAL), ("what", BILINGUAL)]);
const SCANS: Shape = List(&SCAN);
const SHIPMENT: Shape = Record(&[
    ("carrier", BILINGUAL),
    ("tracking_number", Leaf),
    ("state", Leaf),
    ("state_text", BILINGUAL),
    ("created_at", Leaf),
    ("expected_at", Leaf),
    ("scans", SCANS),
    ("scan", SCAN),
    ("stuck", Leaf),
]);
const REFUND: Shape = Record(&[
    ("key", Leaf),
    ("state", Leaf),
    ("state_text", BILINGUAL),
    ("amount", MONEY),
    ("reason", BILINGUAL),
    ("requested_at", Leaf),
    ("updated_at", Leaf),
    ("due_at", Leaf),
    ("method", BILINGUAL),
]);
pub const ORDER: Shape = Record(&[
    ("key", Leaf),
    ("state", Leaf),
    ("state_text", BILINGUAL),
    ("items", List(&ITEM)),
    ("total", MONEY),
    ("shipping_fee", MONEY),
    ("address", ADDRESS),
    ("placed_at", Leaf),
    ("paid_at", Leaf),
    ("closes_at", Leaf),
    ("ship_by", Leaf),
    ("delivered_at", Leaf),
    ("payment_method", BILINGUAL),
    ("shipment", SHIPMENT),
    ("shipments", List(&SHIPMENT)),
    ("refund", REFUND),
    ("refunds", List(&REFUND)),
]);
pub const VARIANT: Shape = Record(&[
    ("key", Leaf),
    ("title", BILINGUAL),
    ("options", ATTRIBUTES),
    ("price", MONEY),
    ("list_price", MONEY),
    ("stock", Leaf),
    ("restock_at", Leaf),
]);
pub const PRODUCT: Shape = Record(&[
    ("key", Leaf),
    ("title", BILINGUAL),
    ("brand", Leaf),
    ("category", Leaf),
    ("description", BILINGUAL),
    ("attributes", ATTRIBUTES),
    ("variants", List(&VARIANT)),
    ("price", MONEY),
    ("price_to", MONEY),
    ("list_price", MONEY),
    ("stock", Leaf),
    ("in_stock", Leaf),
    ("restock_at", Leaf),
    ("on_sale", Leaf),
]);
pub const CHOICE: Shape = Record(&[("value", Leaf), ("zh", Leaf), ("en", Leaf)]);
pub const INVOICE: Shape = Record(&[("kind", Leaf), ("title", Leaf), ("tax_number", Leaf), ("email", Leaf)]);
pub const CUSTOMER: Shape =
    Record(&[("key", Leaf), ("name", Leaf), ("level", Leaf), ("since", Leaf), ("addresses", List(&ADDRESS))]);
pub const MESSAGE: Shape = Record(&[("text", Leaf), ("language", Leaf)]);
pub const FOCUS: Shape = Record(&[("order", Leaf), ("product", Leaf)]);
pub const LEAF: Shape = Leaf;
pub const TEXTS: Shape = List(&LEAF);
pub const PREVIEW: Shape = Record(&[
    ("allowed", Leaf),
    ("verdict", Leaf),
    ("rule", Leaf),
    ("say", BILINGUAL),
    ("amount", MONEY),
    ("facts", Open),
]);
pub const RESULT: Shape =
    Record(&[("say", BILINGUAL), ("amount", MONEY), ("reference", Leaf), ("facts", Open), ("undo_until", Leaf)]);
pub const ORDERS: Shape = List(&ORDER);
pub const PRODUCTS: Shape = List(&PRODUCT);
pub const COMPARISON: Shape =
    Record(&[("products", PRODUCTS), ("rows", List(&Record(&[("name", BILINGUAL), ("values", List(&BILINGUAL))])))]);
const PICK: Shape = Record(&[("product", PRODUCT), ("why", BILINGUAL), ("misses", BILINGUAL)]);
pub const PICKS: Shape = Record(&[
    ("picks", List(&PICK)),
    ("question", Record(&[("text", BILINGUAL), ("replies", List(&BILINGUAL))])),
    ("nearest", PICK),
]);
pub const PRICES: Shape = Record(&[("points", List(&Record(&[("at", Leaf), ("price", MONEY)])))]);
pub const ARTICLE: Shape = Record(&[("key", Leaf), ("question", Leaf), ("answer", Leaf)]);
pub const ITEMS: Shape = List(&ITEM);

impl Shape {
    /// What `path` leads to; or the first field that doesn't exist.
    pub fn at(self, path: &[String]) -> Result<Self, String> {
        let Some((field, rest)) = path.split_first() else { return Ok(self) };
        match self {
            Open => Ok(Open),
            Record(fields) => match fields.iter().find(|(name, _)| name == field) {
                Some((_, shape)) => shape.at(rest),
                None => Err(field.clone()),
            },
            // `list.0` and `list.length` are Jinja's; what is an element's is checked when rendering.
            List(element) if field.parse::<usize>().is_ok() => element.at(rest),
            List(_) | Leaf => Err(field.clone()),
        }
    }

    /// The first difference between a value and its shape, for the tests of whoever makes the values.
    pub fn mismatch(self, value: &Json, path: &str) -> Option<String> {
        match (self, value) {
            (_, Json::Null) | (Open, _) => None,
            (Leaf, Json::Object(_) | Json::Array(_)) => Some(format!("{path} has parts")),
            (Leaf, _) => None,
            (List(element), Json::Array(list)) => list.iter().find_map(|it| element.mismatch(it, &format!("{path}[]"))),
            (Record(fields), Json::Object(map)) => {
                let missing = fields.iter().find(|(name, _)| !map.contains_key(*name));
                if let Some((name, _)) = missing {
                    return Some(format!("{path}.{name} is missing"));
                }
                fields.iter().find_map(|(name, shape)| shape.mismatch(&map[*name], &format!("{path}.{name}")))
            }
            _ => Some(format!("{path} is of another kind")),
        }
    }
}
