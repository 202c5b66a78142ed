//! What events there are: Segment's e-commerce names, our own about service, and who may report which.

use super::property::Property::{self, *};

/// Whose word counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// The shopper's browser may say so, and the shop's server too.
    Anybody,
    /// The shop's server or the desk; a browser that says so is refused.
    Server,
}

macro_rules! events {
    ($($name:ident = $text:literal, $source:ident, needs [$($needs:ident),*], may [$($may:ident),*];)*) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum Name { $($name),* }

        impl Name {
            pub const ALL: &[Self] = &[$(Self::$name),*];

            pub const fn text(self) -> &'static str {
                match self { $(Self::$name => $text),* }
            }

            pub const fn source(self) -> Source {
                match self { $(Self::$name => Source::$source),* }
            }

            /// Without these the event says nothing. The first is what the event is about.
            pub const fn needs(self) -> &'static [Property] {
                match self { $(Self::$name => &[$($needs),*]),* }
            }

            /// These it may say besides.
            pub const fn may(self) -> &'static [Property] {
                match self { $(Self::$name => &[$($may),*]),* }
            }

            /// Segment's name or ours, exactly.
            pub fn named(text: &str) -> Option<Self> {
                match text { $($text => Some(Self::$name),)* _ => None }
            }
        }
    };
}

events! {
    // Looking.
    PageViewed = "Page Viewed", Anybody, needs [], may [PageType];
    ProductsSearched = "Products Searched", Anybody, needs [], may [Query, ResultCount];
    ProductListViewed = "Product List Viewed", Anybody, needs [], may [ListId, Category];
    ProductClicked = "Product Clicked", Anybody, needs [ProductId], may [Sku, ListId];
    ProductViewed = "Product Viewed", Anybody, needs [ProductId], may [Sku, PriceMinor, Currency, Stock, Category];
    ProductSaved = "Product Added to Wishlist", Anybody, needs [ProductId], may [Sku, PriceMinor, Currency, Stock];
    ProductUnsaved = "Product Removed from Wishlist", Anybody, needs [ProductId], may [Sku];
    ProductShared = "Product Shared", Anybody, needs [ProductId], may [Sku];
    // The cart.
    ProductAdded = "Product Added", Anybody, needs [ProductId], may [CartId, Sku, PriceMinor, Currency, Quantity, Stock];
    ProductRemoved = "Product Removed", Anybody, needs [ProductId], may [CartId, Sku, PriceMinor, Currency, Quantity];
    CartViewed = "Cart Viewed", Anybody, needs [], may [CartId, ValueMinor, Currency];
    // Checkout.
    CheckoutStarted = "Checkout Started", Anybody, needs [], may [CartId, CheckoutId, ValueMinor, Currency, Coupon];
    CheckoutStepViewed = "Checkout Step Viewed", Anybody, needs [Step], may [CartId, CheckoutId];
    CheckoutStepCompleted = "Checkout Step Completed", Anybody, needs [Step], may [CartId, CheckoutId, PaymentMethod];
    PaymentInfoEntered = "Payment Info Entered", Anybody, needs [], may [CartId, CheckoutId, PaymentMethod, ValueMinor, Currency];
    CheckoutFailed = "Checkout Failed", Anybody, needs [Stage], may [CartId, CheckoutId, ErrorCode, Provider, Retriable, Attempt, ValueMinor, Currency];
    CouponEntered = "Coupon Entered", Anybody, needs [Coupon], may [CartId];
    CouponApplied = "Coupon Applied", Anybody, needs [Coupon], may [CartId];
    CouponDenied = "Coupon Denied", Anybody, needs [Coupon], may [CartId, Reason];
    // Trouble.
    PolicyViewed = "Policy Viewed", Anybody, needs [PolicyId], may [];
    SizeChartViewed = "Size Chart Viewed", Anybody, needs [ProductId], may [SizeChartId];
    PageDwell = "Page Dwell", Anybody, needs [ActiveMs], may [PageType];
    RageClick = "Rage Click", Anybody, needs [SelectorHash], may [Count];
    DeadClick = "Dead Click", Anybody, needs [SelectorHash], may [];
    UTurn = "U-Turn", Anybody, needs [From, To], may [Ms];
    FormError = "Form Error", Anybody, needs [FieldKind], may [ErrorCode];
    SearchNoResult = "Search No Result", Anybody, needs [], may [Query];
    HelpOpened = "Help Opened", Anybody, needs [], may [Topic];
    // Orders: the shop's word alone.
    OrderPlaced = "Order Placed", Server, needs [OrderId], may [CartId, ValueMinor, Currency, ClosesAt];
    OrderCompleted = "Order Completed", Server, needs [OrderId], may [CartId, ValueMinor, Currency, ShipBy, RepurchaseAt, PaymentMethod];
    OrderUpdated = "Order Updated", Server, needs [OrderId], may [ValueMinor, Currency, ClosesAt, ShipBy, Reason];
    OrderRefunded = "Order Refunded", Server, needs [OrderId], may [AmountMinor, Currency];
    OrderCancelled = "Order Cancelled", Server, needs [OrderId], may [Reason];
    InvoiceRequested = "Invoice Requested", Server, needs [OrderId], may [InvoiceId, DueAt];
    InvoiceIssued = "Invoice Issued", Server, needs [OrderId], may [InvoiceId];
    PriceDropped = "Price Dropped", Server, needs [OrderId], may [ProductId, PaidMinor, PriceMinor, Currency, ProtectedUntil];
    BackInStock = "Back In Stock", Server, needs [ProductId], may [Sku, PriceMinor, Currency, Stock];
    ProductReviewed = "Product Reviewed", Server, needs [OrderId, Rating], may [ReviewId, ProductId];
    FeedbackGiven = "Feedback Given", Server, needs [ConversationId, Rating], may [Topic];
    // Parcels and money.
    ShipmentCreated = "Shipment Created", Server, needs [ShipmentId], may [OrderId, Carrier, DueAt, StallAfterHours];
    ShipmentScanned = "Shipment Scanned", Server, needs [ShipmentId], may [OrderId, Carrier, StallAfterHours];
    ShipmentStalled = "Shipment Stalled", Server, needs [ShipmentId], may [OrderId, Carrier, Hours];
    ShipmentException = "Shipment Exception", Server, needs [ShipmentId], may [OrderId, Carrier, Reason];
    ShipmentDelivered = "Shipment Delivered", Server, needs [ShipmentId], may [OrderId, Carrier];
    RefundRequested = "Refund Requested", Server, needs [RefundId], may [OrderId, AmountMinor, Currency, DueAt];
    RefundPending = "Refund Pending", Server, needs [RefundId], may [OrderId, AmountMinor, Currency, DueAt, AgeHours];
    RefundPaid = "Refund Paid", Server, needs [RefundId], may [OrderId, AmountMinor, Currency];
    // The desk.
    ContactMade = "Contact Made", Server, needs [ConversationId], may [Topic, Channel];
    ConversationEnded = "Conversation Ended", Server, needs [ConversationId], may [];
    OutreachEligible = "Outreach Eligible", Server, needs [Trigger], may [OutreachId];
    OutreachAssigned = "Outreach Assigned", Server, needs [Trigger, Arm], may [OutreachId, Propensity, PolicyVersion];
    OutreachSuppressed = "Outreach Suppressed", Server, needs [Trigger, Reason], may [OutreachId];
    OutreachSent = "Outreach Sent", Server, needs [Trigger], may [OutreachId, Channel];
    OutreachSeen = "Outreach Seen", Anybody, needs [OutreachId], may [Trigger];
    OutreachClicked = "Outreach Clicked", Anybody, needs [OutreachId], may [Trigger];
    OutreachDismissed = "Outreach Dismissed", Anybody, needs [OutreachId], may [Trigger];
    OutreachOptedOut = "Outreach Opted Out", Anybody, needs [], may [OutreachId, Trigger, Channel];
}

/// Names of GA4 and what they are here.
const GA4: &[(&str, Name)] = &[
    ("add_payment_info", Name::PaymentInfoEntered),
    ("add_shipping_info", Name::CheckoutStepCompleted),
    ("add_to_cart", Name::ProductAdded),
    ("add_to_wishlist", Name::ProductSaved),
    ("begin_checkout", Name::CheckoutStarted),
    ("page_view", Name::PageViewed),
    ("purchase", Name::OrderCompleted),
    ("refund", Name::OrderRefunded),
    ("remove_from_cart", Name::ProductRemoved),
    ("search", Name::ProductsSearched),
    ("select_item", Name::ProductClicked),
    ("share", Name::ProductShared),
    ("view_cart", Name::CartViewed),
    ("view_item", Name::ProductViewed),
    ("view_item_list", Name::ProductListViewed),
    ("view_search_results", Name::ProductsSearched),
];

impl Name {
    /// By any name it goes by.
    pub fn read(text: &str) -> Option<Self> {
        Self::named(text).or_else(|| {
            let place = GA4.binary_search_by_key(&text, |(name, _)| name).ok()?;
            Some(GA4[place].1)
        })
    }

    pub fn takes(self, property: Property) -> bool {
        self.needs().contains(&property) || self.may().contains(&property)
    }

    /// The property that says what the event is about, such as the policy that was looked at.
    pub fn subject(self) -> Option<Property> {
        self.needs().first().copied().or(match self {
            Self::CartViewed | Self::CheckoutStarted | Self::PaymentInfoEntered => Some(CartId),
            _ => None,
        })
    }

    pub const fn index(self) -> usize {
        self as usize
    }
}

impl serde::Serialize for Name {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.text())
    }
}

impl<'de> serde::Deserialize<'de> for Name {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        crate::written::read(from, |text| Self::read(text).ok_or_else(|| format!("no event is called `{text}`")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn aliases_are_in_order_and_no_name_is_doubled() {
        assert!(GA4.is_sorted_by_key(|(name, _)| *name));
        for name in Name::ALL {
            assert_eq!(Name::read(name.text()), Some(*name));
            assert!(name.needs().iter().all(|it| !name.may().contains(it)), "{}", name.text());
        }
        assert_eq!(Name::read("begin_checkout"), Some(Name::CheckoutStarted));
        assert_eq!(Name::read("Order completed"), None);
    }
}
