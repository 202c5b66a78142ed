//! What a shop sells and owes: products, customers, orders, shipments, refunds. These are the shop's own
//! records, read through a connector; the desk never keeps a second truth of them. Ids are the shop's own text.

use serde::{Deserialize, Serialize};

use crate::{
    action::{Deed, Invoice},
    language::Bilingual,
    time::Timestamp,
};

macro_rules! shop_keys {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
}

shop_keys! {
    ProductKey;
    VariantKey;
    CustomerKey;
    /// The order number the shopper sees.
    OrderKey;
    ShipmentKey;
    RefundKey;
    /// A product category such as `outdoor`.
    CategoryKey;
    /// A way to pay that a customer has with the shop, such as `gift_card_4190576`.
    PaymentKey;
}

/// An amount in the currency's smallest unit (分, cents).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Money {
    pub minor: i64,
    /// ISO 4217, such as `CNY`.
    pub currency: String,
}

impl Money {
    pub fn new(minor: i64, currency: impl Into<String>) -> Self {
        Self { minor, currency: currency.into() }
    }

    /// Decimal digits without a sign or unit: `12990` CNY is `129.90`, `1299` JPY is `1299`.
    pub fn decimal(&self) -> String {
        match self.currency.as_str() {
            "JPY" | "KRW" | "VND" => self.minor.to_string(),
            _ => {
                let sign = if self.minor < 0 { "-" } else { "" };
                let minor = self.minor.unsigned_abs();
                format!("{sign}{}.{:02}", minor / 100, minor % 100)
            }
        }
    }
}

/// A named property: `{name: 容量/Capacity, value: 1.7 L}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attribute {
    /// Language-free key such as `capacity`.
    pub key: String,
    pub name: Bilingual,
    pub value: Bilingual,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Product {
    pub key: ProductKey,
    pub title: Bilingual,
    pub category: CategoryKey,
    #[serde(default)]
    pub brand: String,
    pub description: Bilingual,
    #[serde(default)]
    pub attributes: Vec<Attribute>,
    pub variants: Vec<Variant>,
    /// Other names shoppers use for it, in any language.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Path below the shop's pictures, or an absolute URL.
    #[serde(default)]
    pub picture: Option<String>,
    /// Path of the product page in the storefront.
    #[serde(default)]
    pub page: Option<String>,
    #[serde(default = "yes")]
    pub on_sale: bool,
}

fn yes() -> bool {
    true
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Variant {
    pub key: VariantKey,
    /// What makes it differ from its siblings: colour, size, …
    #[serde(default)]
    pub options: Vec<Attribute>,
    pub price: Money,
    /// Price before a reduction, when there is one.
    #[serde(default)]
    pub list_price: Option<Money>,
    pub stock: i64,
    #[serde(default)]
    pub restock_at: Option<Timestamp>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Customer {
    pub key: CustomerKey,
    pub name: String,
    #[serde(default)]
    pub email: Option<String>,
    #[serde(default)]
    pub phone: Option<String>,
    /// `0` is an ordinary customer; higher is better served.
    #[serde(default)]
    pub level: u8,
    #[serde(default)]
    pub addresses: Vec<Address>,
    pub since: Timestamp,
    /// The ways to pay that the shop knows of this customer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub payment_methods: Vec<PaymentMethod>,
}

impl Customer {
    pub fn payment_method(&self, key: &PaymentKey) -> Option<&PaymentMethod> {
        self.payment_methods.iter().find(|method| method.key == *key)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaymentKind {
    GiftCard,
    CreditCard,
    Paypal,
    /// 微信支付, 支付宝 and other wallets.
    Wallet,
    BankTransfer,
    Other,
}

impl PaymentKind {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::GiftCard => "gift_card",
            Self::CreditCard => "credit_card",
            Self::Paypal => "paypal",
            Self::Wallet => "wallet",
            Self::BankTransfer => "bank_transfer",
            Self::Other => "other",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentMethod {
    pub key: PaymentKey,
    pub kind: PaymentKind,
    /// Such as `mastercard`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brand: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_four: Option<String>,
    /// What is left on a gift card.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub balance: Option<Money>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
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

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderState {
    Unpaid,
    /// Paid, not yet packed.
    Paid,
    /// Being packed: the address can no longer be changed without a person.
    Packing,
    Shipped,
    Delivered,
    Completed,
    Cancelled,
    /// A return or an exchange is under way; see the refunds.
    AfterSales,
}

impl OrderState {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unpaid => "unpaid",
            Self::Paid => "paid",
            Self::Packing => "packing",
            Self::Shipped => "shipped",
            Self::Delivered => "delivered",
            Self::Completed => "completed",
            Self::Cancelled => "cancelled",
            Self::AfterSales => "after_sales",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    pub key: OrderKey,
    pub customer: CustomerKey,
    pub state: OrderState,
    pub lines: Vec<OrderLine>,
    pub total: Money,
    #[serde(default)]
    pub shipping_fee: Option<Money>,
    pub address: Address,
    pub placed_at: Timestamp,
    #[serde(default)]
    pub paid_at: Option<Timestamp>,
    /// When an unpaid order closes by itself.
    #[serde(default)]
    pub closes_at: Option<Timestamp>,
    /// The shipping time promised to the shopper.
    #[serde(default)]
    pub ship_by: Option<Timestamp>,
    #[serde(default)]
    pub delivered_at: Option<Timestamp>,
    #[serde(default)]
    pub payment_method: Option<String>,
    #[serde(default)]
    pub shipments: Vec<Shipment>,
    #[serde(default)]
    pub refunds: Vec<Refund>,
    #[serde(default)]
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
    /// Fields of the merchant's own system that the desk passes through untouched.
    #[serde(default, skip_serializing_if = "serde_json::Map::is_empty")]
    pub extra: serde_json::Map<String, serde_json::Value>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaymentDirection {
    /// From the customer to the shop.
    Payment,
    Refund,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payment {
    pub direction: PaymentDirection,
    pub amount: Money,
    pub method: PaymentKey,
}

/// When the customer would like the parcel, as told to the carrier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryWish {
    /// As `2026-11-24`.
    pub day: String,
    /// Such as `morning`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderLine {
    pub product: ProductKey,
    pub variant: VariantKey,
    pub title: Bilingual,
    /// The variant's options in words, such as 绿色 / M.
    #[serde(default)]
    pub options: Bilingual,
    pub quantity: u32,
    pub unit_price: Money,
    #[serde(default)]
    pub picture: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ShipmentState {
    /// Label made, not yet with the carrier.
    Created,
    InTransit,
    OutForDelivery,
    Delivered,
    /// A delivery was tried and failed.
    Failed,
    Returning,
    Lost,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shipment {
    pub key: ShipmentKey,
    pub carrier: Bilingual,
    pub tracking_number: String,
    pub state: ShipmentState,
    pub created_at: Timestamp,
    #[serde(default)]
    pub expected_at: Option<Timestamp>,
    /// Oldest first.
    #[serde(default)]
    pub scans: Vec<Scan>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scan {
    pub at: Timestamp,
    pub place: Bilingual,
    pub what: Bilingual,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefundState {
    Requested,
    Approved,
    /// The goods are on their way back.
    Returning,
    /// The money has left the shop and is with the bank or wallet.
    Processing,
    Paid,
    Refused,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refund {
    pub key: RefundKey,
    pub state: RefundState,
    pub amount: Money,
    pub reason: Bilingual,
    pub requested_at: Timestamp,
    #[serde(default)]
    pub updated_at: Option<Timestamp>,
    /// When the money should have arrived.
    #[serde(default)]
    pub due_at: Option<Timestamp>,
    /// Where the money goes, such as 微信支付.
    #[serde(default)]
    pub method: Option<String>,
}
