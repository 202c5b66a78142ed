//! What a skill asks of the desk, and what comes back. The desk carries calls out; nothing here does.

use domain::{action::Action, language::Bilingual, shop::Money, time::Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::shape::{self, Shape};

/// One call to the desk.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "tool", rename_all = "snake_case")]
pub enum Call {
    /// An order of this shopper by its number or a parcel's.
    Order {
        order: String,
    },
    Orders,
    Product {
        product: String,
    },
    SearchProducts {
        text: String,
    },
    Compare {
        products: Vec<String>,
    },
    Recommend {
        text: String,
        product: Option<String>,
        budget: Option<Money>,
        /// The shopper was asked already; what is known has to do.
        asked: Option<bool>,
    },
    PriceHistory {
        product: String,
    },
    Article {
        key: String,
    },
    Knowledge {
        question: String,
    },
    /// What the policies say of an action; nothing is done.
    Preview {
        intent: Action,
    },
    /// Does what was shown, once for each key however often it is called. `token` is that of the preview shown.
    Perform {
        intent: Action,
        key: String,
        token: Option<String>,
    },
}

impl Call {
    /// The stable name, for traces.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Order { .. } => "order",
            Self::Orders => "orders",
            Self::Product { .. } => "product",
            Self::SearchProducts { .. } => "search_products",
            Self::Compare { .. } => "compare",
            Self::Recommend { .. } => "recommend",
            Self::PriceHistory { .. } => "price_history",
            Self::Article { .. } => "article",
            Self::Knowledge { .. } => "knowledge",
            Self::Preview { .. } => "preview",
            Self::Perform { .. } => "perform",
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub enum CallResult {
    /// In the shape of the tool; `null` when there is no such record.
    Found(Json),
    Previewed(Preview),
    Performed(Performed),
    /// The shop doesn't answer.
    Unavailable,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Allowed,
    /// A person has to agree.
    Approval,
    Refused,
}

/// What would happen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Preview {
    pub verdict: Verdict,
    /// The policy's rule that decided.
    pub rule: Option<String>,
    /// Why not, for the shopper.
    pub say: Option<Bilingual>,
    /// Money back to the shopper.
    pub amount: Option<Money>,
    pub facts: Json,
    /// Stands for exactly what is shown; given back when it is confirmed.
    pub token: Option<String>,
}

impl Preview {
    pub fn view(&self) -> Json {
        let mut view = serde_json::to_value(self).unwrap_or_default();
        view.as_object_mut().map(|fields| fields.remove("token"));
        view["allowed"] = Json::Bool(self.verdict == Verdict::Allowed);
        view
    }
}

/// What became of an action.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Performed {
    pub outcome: Deed,
    /// The rule by which it was refused in the end.
    pub rule: Option<String>,
    pub say: Option<Bilingual>,
    pub amount: Option<Money>,
    /// The shop's own number of what was made, such as a service order.
    pub reference: Option<String>,
    pub facts: Json,
    pub undo_until: Option<Timestamp>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deed {
    Done,
    /// It waits for a person's approval.
    Waits,
    Refused,
    /// The shop has it and will be asked again until it says that it is done.
    UnderWay,
    /// It isn't what was shown any more; nothing was done.
    Changed,
}

/// A parameter of a tool or an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parameter {
    pub name: &'static str,
    pub is_needed: bool,
}

/// The tools a `call` step may name, with their parameters and what they give.
pub const TOOLS: &[(&str, &str, Shape)] = &[
    ("order", "order", shape::ORDER),
    ("orders", "", shape::ORDERS),
    ("product", "product", shape::PRODUCT),
    ("search_products", "text", shape::PRODUCTS),
    ("compare", "products", shape::COMPARISON),
    ("recommend", "text product? budget? asked?", shape::PICKS),
    ("price_history", "product", shape::PRICES),
    ("article", "key", shape::ARTICLE),
    ("knowledge", "question", shape::ARTICLE),
];

/// The actions a `do` or `preview` step may name, with their parameters.
pub const ACTIONS: &[(&str, &str)] = &[
    ("cancel_order", "order reason"),
    ("change_address", "order address"),
    ("change_items", "order changes payment?"),
    ("change_payment", "order payment"),
    ("urge_shipment", "order"),
    ("schedule_delivery", "order day part?"),
    ("return_items", "order items reason payment? pictures?"),
    ("exchange_items", "order changes reason payment?"),
    ("protect_price", "order item"),
    ("report_problem", "order items problem description pictures?"),
    ("issue_invoice", "order invoice"),
    ("change_invoice", "order invoice"),
    ("request_repair", "order item description"),
    ("remind_restock", "product variant?"),
    ("file_complaint", "order? text"),
    ("change_home_address", "address"),
];

/// `order payment?` as parameters.
pub fn parameters(list: &'static str) -> impl Iterator<Item = Parameter> {
    list.split_whitespace().map(|name| match name.strip_suffix('?') {
        Some(name) => Parameter { name, is_needed: false },
        None => Parameter { name, is_needed: true },
    })
}

/// A call from its tool's name and its parameters; the error says which parameter is of the wrong kind.
pub fn call(tool: &str, with: serde_json::Map<String, Json>) -> Result<Call, String> {
    let mut with = with;
    for name in ["product", "budget", "asked"] {
        if tool == "recommend" {
            with.entry(name).or_insert(Json::Null);
        }
    }
    with.insert("tool".into(), Json::from(tool));
    serde_json::from_value(Json::Object(with)).map_err(|error| format!("call {tool}: {error}"))
}

/// An action from its name and its parameters.
pub fn action(name: &str, with: serde_json::Map<String, Json>) -> Result<Action, String> {
    let mut with = with;
    for list in ["pictures"] {
        if matches!(name, "return_items" | "report_problem") && with.get(list).is_none_or(Json::is_null) {
            with.insert(list.into(), Json::Array(Vec::new()));
        }
    }
    with.insert("action".into(), Json::from(name));
    serde_json::from_value(Json::Object(with)).map_err(|error| format!("action {name}: {error}"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_action_can_be_made_from_its_parameters() {
        for (name, list) in ACTIONS {
            let sample = |parameter: &str| match parameter {
                "changes" => json!([{ "from": "a", "to": "b" }]),
                "items" => json!(["a"]),
                "address" => json!({ "recipient": "a", "country": "CN", "street": "b" }),
                "invoice" => json!({ "kind": "personal", "title": "a" }),
                "problem" => json!("damaged"),
                _ => json!("a"),
            };
            let with = parameters(list).filter(|it| it.is_needed).map(|it| (it.name.to_owned(), sample(it.name)));
            let made = action(name, with.collect()).unwrap_or_else(|fault| panic!("{fault}"));
            assert_eq!(made.name(), *name);
        }
    }

    #[test]
    fn every_tool_can_be_called_with_its_parameters() {
        for (name, list, _) in TOOLS {
            let sample = |parameter: &str| if parameter == "products" { json!(["a"]) } else { json!("a") };
            let with = parameters(list).filter(|it| it.is_needed).map(|it| (it.name.to_owned(), sample(it.name)));
            assert_eq!(call(name, with.collect()).map(|call| call.name()), Ok(*name));
        }
    }
}
