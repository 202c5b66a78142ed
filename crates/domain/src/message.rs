//! What a message says. Bodies live apart from the log, so that erasing a person is an update.

use serde::{Deserialize, Serialize};

use crate::{
    id::{ArticleId, FileId},
    shop::{Money, OrderKey, OrderState, ProductKey, ShipmentState},
    time::Timestamp,
};

/// Longer than any honest question, short enough to read, store and embed.
pub const MAX_MESSAGE_CHARS: usize = 2_000;
pub const MAX_ATTACHMENTS: usize = 5;

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Body {
    pub text: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cards: Vec<Card>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub quick_replies: Vec<QuickReply>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Source>,
    /// The person asked to be forgotten; everything else is empty.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub erased: bool,
}

impl Body {
    pub fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    pub fn erased() -> Self {
        Self { erased: true, ..Self::default() }
    }

    /// A one-line extract for lists: the text, or a mark for what is attached.
    pub fn preview(&self, max_chars: usize) -> String {
        let line = self.text.split_whitespace().collect::<Vec<_>>().join(" ");
        if line.is_empty() {
            return self.attachments.first().map(|file| format!("[{}]", file.name)).unwrap_or_default();
        }
        match line.char_indices().nth(max_chars) {
            Some((end, _)) => format!("{}…", &line[..end]),
            None => line,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    pub file: FileId,
    pub name: String,
    pub media_type: String,
    pub bytes: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
}

/// What an answer rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    pub article: ArticleId,
    pub version: i64,
    pub title: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Card {
    Order(OrderCard),
    Product(ProductCard),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderCard {
    pub order: OrderKey,
    pub state: OrderState,
    /// The state in the shopper's words.
    pub state_text: String,
    pub placed_at: Timestamp,
    pub total: Money,
    pub lines: Vec<OrderCardLine>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shipment: Option<ShipmentCard>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refund: Option<RefundCard>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderCardLine {
    pub title: String,
    pub options: String,
    pub quantity: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShipmentCard {
    pub carrier: String,
    pub tracking_number: String,
    pub state: ShipmentState,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub latest: Option<ScanCard>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected_at: Option<Timestamp>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScanCard {
    pub at: Timestamp,
    pub place: String,
    pub what: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundCard {
    pub state: crate::shop::RefundState,
    pub state_text: String,
    pub amount: Money,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_at: Option<Timestamp>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductCard {
    pub product: ProductKey,
    pub title: String,
    pub price_from: Money,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub list_price: Option<Money>,
    pub stock: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub options: Option<String>,
}

/// An answer the shopper can give by one tap.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuickReply {
    pub text: String,
    /// Sent instead of `text` when present.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub say: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub action: Option<QuickAction>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuickAction {
    Human,
    Bot,
    SignIn,
}

impl QuickReply {
    pub fn say(text: impl Into<String>) -> Self {
        Self { text: text.into(), say: None, action: None }
    }

    pub fn action(text: impl Into<String>, action: QuickAction) -> Self {
        Self { text: text.into(), say: None, action: Some(action) }
    }
}
