//! What a message says, with signed links to its files.

use domain::{id::FileId, message as said};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::basics::{Money, OrderState, QuickAction, RefundState, ShipmentState};
use crate::tokens::FileLinks;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Body {
    /// Plain text of people, Markdown of the assistant; never HTML.
    pub text: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub attachments: Vec<Attachment>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false, value_type = Vec<Card>)]
    pub cards: Vec<said::Card>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false, value_type = Vec<QuickReply>)]
    pub quick_replies: Vec<said::QuickReply>,
    /// What the answer rests on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false, value_type = Vec<Source>)]
    pub sources: Vec<said::Source>,
    /// The person asked to be forgotten.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schema(required = false)]
    pub erased: bool,
}

impl Body {
    pub fn new(body: said::Body, links: &FileLinks<'_>) -> Self {
        Self {
            text: body.text,
            attachments: body.attachments.into_iter().map(|file| Attachment::new(file, links)).collect(),
            cards: body.cards,
            quick_replies: body.quick_replies,
            sources: body.sources,
            erased: body.erased,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Attachment {
    #[schema(value_type = String)]
    pub file: FileId,
    pub name: String,
    #[schema(example = "image/png")]
    pub media_type: String,
    pub bytes: u64,
    /// Relative, signed, and good for some hours only.
    pub url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
}

impl Attachment {
    pub fn new(file: said::Attachment, links: &FileLinks<'_>) -> Self {
        Self {
            url: links.link(file.file),
            file: file.file,
            name: file.name,
            media_type: file.media_type,
            bytes: file.bytes,
            width: file.width,
            height: file.height,
        }
    }

    pub fn of_stored(file: store::StoredFile, links: &FileLinks<'_>) -> Self {
        let pixels = |side: Option<i64>| side.and_then(|side| u32::try_from(side).ok());
        Self {
            url: links.link(file.id),
            file: file.id,
            name: file.name,
            media_type: file.media_type,
            bytes: file.bytes.unsigned_abs(),
            width: pixels(file.width),
            height: pixels(file.height),
        }
    }
}

/// What an answer cites.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Source {
    pub article: String,
    pub version: i64,
    pub title: String,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Card {
    Order(OrderCard),
    Product(ProductCard),
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OrderCard {
    pub order: String,
    pub state: OrderState,
    pub state_text: String,
    pub placed_at: i64,
    pub total: Money,
    pub lines: Vec<OrderCardLine>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shipment: Option<ShipmentCard>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refund: Option<RefundCard>,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OrderCardLine {
    pub title: String,
    pub options: String,
    pub quantity: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<String>,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShipmentCard {
    pub carrier: String,
    pub tracking_number: String,
    pub state: ShipmentState,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub latest: Option<ScanCard>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected_at: Option<i64>,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ScanCard {
    pub at: i64,
    pub place: String,
    pub what: String,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RefundCard {
    pub state: RefundState,
    pub state_text: String,
    pub amount: Money,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_at: Option<i64>,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProductCard {
    pub product: String,
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
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QuickReply {
    /// What is shown.
    pub text: String,
    /// Sent instead of `text`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub say: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub action: Option<QuickAction>,
}
