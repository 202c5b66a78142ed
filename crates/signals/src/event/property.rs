//! What an event may say: the allow-list of properties, each with its kind and bounds.

use super::limits::{MAX_CODE_CHARS, MAX_COUNT, MAX_ITEMS, MAX_MINOR, MAX_PATH_CHARS, MAX_TEXT_CHARS};

/// What values a property takes. Whatever doesn't fit is not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An id or a code: letters, digits and a few signs, no spaces.
    Code,
    /// A few words.
    Text,
    /// A path without what isn't allowed of its query.
    Path,
    /// ISO 4217.
    Currency,
    Whole {
        from: i64,
        to: i64,
    },
    /// In the currency's smallest unit.
    Money,
    Flag,
    /// Milliseconds since 1970, or RFC 3339.
    Time,
}

const COUNT: Kind = Kind::Whole { from: 0, to: MAX_COUNT };

macro_rules! properties {
    ($($name:ident = $wire:literal, $kind:expr;)*) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum Property { $($name),* }

        impl Property {
            pub const ALL: &[Self] = &[$(Self::$name),*];

            pub const fn wire(self) -> &'static str {
                match self { $(Self::$name => $wire),* }
            }

            pub const fn kind(self) -> Kind {
                match self { $(Self::$name => $kind),* }
            }

            /// By its own name; see [`super::alias`] for those of others.
            pub fn named(wire: &str) -> Option<Self> {
                match wire { $($wire => Some(Self::$name),)* _ => None }
            }
        }
    };
}

properties! {
    ActiveMs = "active_ms", COUNT;
    AgeHours = "age_h", COUNT;
    AmountMinor = "amount_minor", Kind::Money;
    Arm = "arm", Kind::Code;
    Attempt = "attempt", COUNT;
    Carrier = "carrier", Kind::Code;
    CartId = "cart_id", Kind::Code;
    Category = "category", Kind::Code;
    Channel = "channel", Kind::Code;
    CheckoutId = "checkout_id", Kind::Code;
    ClosesAt = "closes_at", Kind::Time;
    ConversationId = "conversation_id", Kind::Code;
    Count = "count", COUNT;
    Coupon = "coupon", Kind::Code;
    Currency = "currency", Kind::Currency;
    DueAt = "due_at", Kind::Time;
    ErrorCode = "error_code", Kind::Code;
    FieldKind = "field_kind", Kind::Code;
    From = "from", Kind::Path;
    Hours = "hours", COUNT;
    InvoiceId = "invoice_id", Kind::Code;
    ListId = "list_id", Kind::Code;
    Ms = "ms", COUNT;
    OrderId = "order_id", Kind::Code;
    OutreachId = "outreach_id", Kind::Code;
    PageType = "page_type", Kind::Code;
    PaidMinor = "paid_minor", Kind::Money;
    PaymentMethod = "payment_method", Kind::Code;
    PolicyId = "policy_id", Kind::Code;
    PolicyVersion = "policy_ver", Kind::Code;
    PriceMinor = "price_minor", Kind::Money;
    ProductId = "product_id", Kind::Code;
    Propensity = "propensity", Kind::Whole { from: 0, to: 10_000 };
    ProtectedUntil = "protected_until", Kind::Time;
    Provider = "provider", Kind::Code;
    Quantity = "quantity", COUNT;
    Query = "query", Kind::Text;
    Rating = "rating", Kind::Whole { from: 1, to: 5 };
    Reason = "reason", Kind::Code;
    RefundId = "refund_id", Kind::Code;
    RepurchaseAt = "repurchase_at", Kind::Time;
    ResultCount = "result_count", COUNT;
    Retriable = "retriable", Kind::Flag;
    ReviewId = "review_id", Kind::Code;
    SelectorHash = "selector_hash", Kind::Code;
    ShipBy = "ship_by", Kind::Time;
    ShipmentId = "shipment_id", Kind::Code;
    SizeChartId = "size_chart_id", Kind::Code;
    Sku = "sku", Kind::Code;
    Stage = "stage", Kind::Code;
    StallAfterHours = "stall_after_h", COUNT;
    Step = "step", Kind::Code;
    Stock = "stock", COUNT;
    To = "to", Kind::Path;
    Topic = "topic", Kind::Code;
    Trigger = "trigger", Kind::Code;
    ValueMinor = "value_minor", Kind::Money;
}

/// What a property holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Held {
    Whole(i64),
    Flag(bool),
    Text(Box<str>),
}

impl Held {
    pub fn whole(&self) -> Option<i64> {
        if let Self::Whole(value) = self { Some(*value) } else { None }
    }

    pub fn text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }
}

/// The properties of one event, in the order of [`Property`]; few, so a list beats a map.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Properties(Vec<(Property, Held)>);

impl Properties {
    pub fn get(&self, property: Property) -> Option<&Held> {
        self.0.iter().find(|(it, _)| *it == property).map(|(_, held)| held)
    }

    pub fn whole(&self, property: Property) -> Option<i64> {
        self.get(property)?.whole()
    }

    pub fn text(&self, property: Property) -> Option<&str> {
        self.get(property)?.text()
    }

    /// The first word about a property counts: an alias doesn't overwrite the property's own name.
    pub fn put(&mut self, property: Property, held: Held) {
        match self.0.binary_search_by_key(&property, |(it, _)| *it) {
            Ok(_) => {}
            Err(place) => self.0.insert(place, (property, held)),
        }
    }

    pub fn with(mut self, property: Property, held: Held) -> Self {
        self.put(property, held);
        self
    }

    pub fn iter(&self) -> impl Iterator<Item = (Property, &Held)> {
        self.0.iter().map(|(property, held)| (*property, held))
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// A line of a cart or an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    pub product: Box<str>,
    pub sku: Option<Box<str>>,
    pub price_minor: Option<i64>,
    pub quantity: u32,
}

/// Fits the allow-list; what doesn't is dropped.
pub fn fits_code(text: &str) -> bool {
    let is_sign = |symbol: char| symbol.is_alphanumeric() || "_-.:/#".contains(symbol);
    !text.is_empty() && text.chars().count() <= MAX_CODE_CHARS && text.chars().all(is_sign)
}

pub fn fits(kind: Kind, whole: i64) -> bool {
    match kind {
        Kind::Whole { from, to } => (from..=to).contains(&whole),
        Kind::Money => (0..=MAX_MINOR).contains(&whole),
        Kind::Time => whole >= 0,
        _ => false,
    }
}

pub fn cut(text: &str, chars: usize) -> &str {
    text.char_indices().nth(chars).map_or(text, |(end, _)| &text[..end])
}

/// The bounds of a kind in words, for the document that lists them.
pub fn bounds(kind: Kind) -> String {
    match kind {
        Kind::Code => format!("code, at most {MAX_CODE_CHARS} characters"),
        Kind::Text => format!("text, cut at {MAX_TEXT_CHARS} characters"),
        Kind::Path => format!("path, cut at {MAX_PATH_CHARS} characters"),
        Kind::Currency => "ISO 4217".to_owned(),
        Kind::Whole { from, to } => format!("whole number, {from} to {to}"),
        Kind::Money => "smallest unit, from 0".to_owned(),
        Kind::Flag => "true or false".to_owned(),
        Kind::Time => "milliseconds since 1970, or RFC 3339".to_owned(),
    }
}

/// At most so many lines are kept of a cart.
pub const ITEMS: usize = MAX_ITEMS;
