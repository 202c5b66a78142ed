//! What a model wants shown of an action, made into the action itself. Whose order it is and what may be done is decided
//! elsewhere.

use domain::{
    action::Action,
    shop::{Address, Customer},
};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use understanding::entities::{Entity, Moment, entities};

/// Actions a model may preview. The others need details, such as ways to pay or a tax number, that it is never shown.
pub const ACTIONS: [&str; 12] = [
    "cancel_order",
    "change_address",
    "change_items",
    "urge_shipment",
    "schedule_delivery",
    "return_items",
    "exchange_items",
    "protect_price",
    "report_problem",
    "request_repair",
    "remind_restock",
    "file_complaint",
];

/// The arguments as the tool's schema has them.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Intent {
    pub action: String,
    pub order: Option<String>,
    items: Vec<String>,
    to: Vec<String>,
    reason: Option<String>,
    address: Option<String>,
    day: Option<String>,
    part: Option<String>,
    problem: Option<String>,
    text: Option<String>,
    product: Option<String>,
}

impl Intent {
    /// `None`: something it needs is missing or of the wrong kind.
    pub fn action(&self, customer: &Customer, moment: &Moment) -> Option<Action> {
        let text = |value: &Option<String>| value.as_ref().map(|text| json!(text));
        let mut with = Map::new();
        let mut put = |name: &str, value: Option<Value>| {
            if let Some(value) = value {
                with.insert(name.to_owned(), value);
            }
        };
        put("order", text(&self.order));
        match self.action.as_str() {
            "cancel_order" => put("reason", text(&self.reason)),
            "change_address" => put("address", Some(json!(self.address(customer, moment)?))),
            "change_items" => put("changes", Some(self.changes()?)),
            "exchange_items" => {
                put("changes", Some(self.changes()?));
                put("reason", text(&self.reason));
            }
            "schedule_delivery" => {
                put("day", text(&self.day));
                put("part", text(&self.part));
            }
            "return_items" => {
                put("items", Some(json!(self.items)));
                put("reason", text(&self.reason));
            }
            "protect_price" => put("item", self.items.first().map(|item| json!(item))),
            "report_problem" => {
                put("items", Some(json!(self.items)));
                put("problem", text(&self.problem));
                put("description", text(&self.text));
            }
            "request_repair" => {
                put("item", self.items.first().map(|item| json!(item)));
                put("description", text(&self.text));
            }
            "remind_restock" => {
                put("product", text(&self.product));
                put("variant", self.items.first().map(|item| json!(item)));
            }
            "file_complaint" => put("text", text(&self.text)),
            _ => {}
        }
        ACTIONS.contains(&self.action.as_str()).then(|| skills::tool::action(&self.action, with).ok())?
    }

    fn changes(&self) -> Option<Value> {
        let pairs = self.items.iter().zip(&self.to).map(|(from, to)| json!({ "from": from, "to": to }));
        (self.items.len() == self.to.len() && !self.to.is_empty()).then(|| pairs.collect())
    }

    /// As it was written, for the shopper themselves unless it names somebody.
    fn address(&self, customer: &Customer, moment: &Moment) -> Option<Address> {
        let found = entities(self.address.as_deref()?, moment).into_iter().find_map(|found| match found.entity {
            Entity::Address(address) => Some(*address),
            _ => None,
        });
        let mut address = found?;
        if address.recipient.is_empty() {
            address.recipient.clone_from(&customer.name);
        }
        if address.phone.is_empty() {
            address.phone = customer.phone.clone().unwrap_or_default();
        }
        Some(address)
    }
}

#[cfg(test)]
mod tests {
    use domain::time::Timestamp;
    use jiff::tz::TimeZone;

    use super::*;
    use crate::shop::demo::DemoShop;

    #[test]
    fn every_action_can_be_made_and_a_half_one_is_none() {
        let now = Timestamp(1_795_000_000_000);
        let customer = DemoShop::in_memory(1, now).unwrap().records().customer(&"demo-lin".into()).unwrap();
        let moment = Moment::new(now, TimeZone::UTC);
        let made = |arguments: Value| {
            serde_json::from_value::<Intent>(arguments).unwrap().action(&customer, &moment).map(|it| it.name())
        };
        for name in ACTIONS {
            let whole = json!({
                "action": name, "order": "SL1", "items": ["a"], "to": ["b"], "reason": "太大", "day": "2026-11-24",
                "address": "浙江省杭州市西湖区文三路478号", "problem": "damaged", "text": "碎了", "product": "p",
            });
            assert_eq!(made(whole), Some(name));
        }
        for half in [
            json!({ "action": "cancel_order" }),
            json!({ "action": "change_address", "order": "SL1", "address": "那里" }),
            json!({ "action": "exchange_items", "order": "SL1", "items": ["a"], "reason": "x" }),
            json!({ "action": "report_problem", "order": "SL1", "items": ["a"], "problem": "alien", "text": "x" }),
            json!({ "action": "change_payment", "order": "SL1", "payment": "gift_card_1" }),
        ] {
            assert_eq!(made(half.clone()), None, "{half}");
        }
    }
}
