//! The shop's own records, passed through.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    basics::{Bilingual, Money, OrderState, RefundState, ShipmentState},
    deeds::{Deed, DeliveryWish, Invoice, Payment},
};

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Attribute {
    pub key: String,
    pub name: Bilingual,
    pub value: Bilingual,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Product {
    pub key: String,
    pub title: Bilingual,
    pub category: String,
    pub brand: String,
    pub description: Bilingual,
    pub attributes: Vec<Attribute>,
    pub variants: Vec<Variant>,
    pub aliases: Vec<String>,
    pub picture: Option<String>,
    pub page: Option<String>,
    pub on_sale: bool,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Variant {
    pub key: String,
    pub options: Vec<Attribute>,
    pub price: Money,
    pub list_price: Option<Money>,
    pub stock: i64,
    pub restock_at: Option<i64>,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Address {
    pub recipient: String,
    #[serde(default)]
    pub phone: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    #[serde(default)]
    pub province: String,
    #[serde(default)]
    pub city: String,
    #[serde(default)]
    pub district: String,
    pub street: String,
    #[serde(default)]
    pub postcode: String,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Order {
    pub key: String,
    pub customer: String,
    pub state: OrderState,
    pub lines: Vec<OrderLine>,
    pub total: Money,
    pub shipping_fee: Option<Money>,
    pub address: Address,
    pub placed_at: i64,
    pub paid_at: Option<i64>,
    pub closes_at: Option<i64>,
    pub ship_by: Option<i64>,
    pub delivered_at: Option<i64>,
    pub payment_method: Option<String>,
    pub shipments: Vec<Shipment>,
    pub refunds: Vec<Refund>,
    pub note: Option<String>,
    /// What was paid for it and paid back, oldest first, where the shop tells.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub payments: Vec<Payment>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invoice: Option<Invoice>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivery_wish: Option<DeliveryWish>,
    /// What was done to it after it was placed, oldest first, where the shop tells.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deeds: Vec<Deed>,
    /// Fields of the merchant's own system.
    #[serde(default, skip_serializing_if = "serde_json::Map::is_empty")]
    #[schema(value_type = Object, required = false)]
    pub extra: serde_json::Map<String, serde_json::Value>,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OrderLine {
    pub product: String,
    pub variant: String,
    pub title: Bilingual,
    pub options: Bilingual,
    pub quantity: u32,
    pub unit_price: Money,
    pub picture: Option<String>,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Shipment {
    pub key: String,
    pub carrier: Bilingual,
    pub tracking_number: String,
    pub state: ShipmentState,
    pub created_at: i64,
    pub expected_at: Option<i64>,
    /// Oldest first.
    pub scans: Vec<Scan>,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Scan {
    pub at: i64,
    pub place: Bilingual,
    pub what: Bilingual,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Refund {
    pub key: String,
    pub state: RefundState,
    pub amount: Money,
    pub reason: Bilingual,
    pub requested_at: i64,
    pub updated_at: Option<i64>,
    pub due_at: Option<i64>,
    pub method: Option<String>,
}

/// A customer as agents see one: contact details are masked.
#[derive(Debug, Serialize, ToSchema)]
pub struct Customer {
    pub key: String,
    pub name: String,
    pub level: u8,
    pub since: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "138****5678")]
    pub phone_masked: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "l***@example.com")]
    pub email_masked: Option<String>,
}

impl From<domain::shop::Customer> for Customer {
    fn from(customer: domain::shop::Customer) -> Self {
        Self {
            key: customer.key.0,
            name: customer.name,
            level: customer.level,
            since: customer.since.0,
            phone_masked: customer.phone.as_deref().map(mask_phone),
            email_masked: customer.email.as_deref().map(mask_email),
        }
    }
}

/// Enough to recognise, too little to call.
fn mask_phone(phone: &str) -> String {
    let chars: Vec<char> = phone.chars().collect();
    match chars.len() {
        0..=4 => "*".repeat(chars.len()),
        5..=7 => format!("{}****", chars[..2].iter().collect::<String>()),
        n => format!(
            "{}****{}",
            chars[..3].iter().collect::<String>(),
            chars[n - if n >= 11 { 4 } else { 2 }..].iter().collect::<String>()
        ),
    }
}

fn mask_email(email: &str) -> String {
    match email.split_once('@') {
        Some((name, host)) => format!("{}***@{host}", name.chars().take(1).collect::<String>()),
        None => "***".into(),
    }
}

/// The orders beside a conversation. Of an unverified shopper there are none.
#[derive(Debug, Serialize, ToSchema)]
pub struct ShopperOrders {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer: Option<Customer>,
    #[schema(value_type = Vec<Order>)]
    pub orders: Vec<domain::shop::Order>,
    /// The shop did not answer; what is shown may be incomplete.
    pub unavailable: bool,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ProductPage {
    #[schema(value_type = Vec<Product>)]
    pub items: Vec<domain::shop::Product>,
    pub next: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::{mask_email, mask_phone};

    #[test]
    fn contact_details_are_masked() {
        assert_eq!(mask_phone("13812345678"), "138****5678");
        assert_eq!(mask_phone("55512345"), "555****45");
        assert_eq!(mask_phone("12345"), "12****");
        assert_eq!(mask_phone("110"), "***");
        assert_eq!(mask_email("li.lei@example.com"), "l***@example.com");
        assert_eq!(mask_email("nonsense"), "***");
    }
}
