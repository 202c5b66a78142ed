//! What may be wished for an order, what was done to it, and the money that moved; as the domain writes them.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{basics::Money, shop::Address};

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ItemChange {
    /// The variant in the order.
    pub from: String,
    pub to: String,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ItemProblem {
    Missing,
    Damaged,
    WrongItem,
    Defective,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum InvoiceKind {
    Personal,
    Company,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Invoice {
    pub kind: InvoiceKind,
    pub title: String,
    /// 税号; companies need one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tax_number: Option<String>,
    /// Where the electronic invoice goes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
}

/// What somebody wants done. Items are named by the variant in the order; a variant bought twice is named twice.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(tag = "action", rename_all = "snake_case", deny_unknown_fields)]
pub enum Action {
    CancelOrder {
        order: String,
        reason: String,
    },
    ChangeAddress {
        order: String,
        address: Address,
    },
    ChangeItems {
        order: String,
        changes: Vec<ItemChange>,
        /// Pays or receives the difference in price.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        payment: Option<String>,
    },
    ChangePayment {
        order: String,
        payment: String,
    },
    UrgeShipment {
        order: String,
    },
    ScheduleDelivery {
        order: String,
        /// As `2026-11-24`.
        day: String,
        /// Such as `morning`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        part: Option<String>,
    },
    ReturnItems {
        order: String,
        items: Vec<String>,
        reason: String,
        /// Receives the refund; absent: the way it was paid.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        payment: Option<String>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pictures: Vec<String>,
    },
    ExchangeItems {
        order: String,
        changes: Vec<ItemChange>,
        reason: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        payment: Option<String>,
    },
    /// Pays back what the price fell by.
    ProtectPrice {
        order: String,
        item: String,
    },
    ReportProblem {
        order: String,
        items: Vec<String>,
        problem: ItemProblem,
        description: String,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pictures: Vec<String>,
    },
    IssueInvoice {
        order: String,
        invoice: Invoice,
    },
    ChangeInvoice {
        order: String,
        invoice: Invoice,
    },
    RequestRepair {
        order: String,
        item: String,
        description: String,
    },
    RemindRestock {
        product: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        variant: Option<String>,
    },
    FileComplaint {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        order: Option<String>,
        text: String,
    },
    /// The address new orders go to by default.
    ChangeHomeAddress {
        address: Address,
    },
}

/// The money an action moves, worked out by the desk.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Sums {
    /// Goes back to the customer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refund: Option<Money>,
    /// The customer pays it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub charge: Option<Money>,
}

impl Sums {
    const fn is_empty(&self) -> bool {
        self.refund.is_none() && self.charge.is_none()
    }
}

impl From<domain::action::Sums> for Sums {
    fn from(sums: domain::action::Sums) -> Self {
        let money =
            |money: domain::shop::Money| Money { minor: money.minor, currency: money.currency.as_str().to_owned() };
        Self { refund: sums.refund.map(money), charge: sums.charge.map(money) }
    }
}

/// An action that was carried out, as the shop tells.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Deed {
    pub key: String,
    pub at: i64,
    #[serde(flatten)]
    pub action: Action,
    #[serde(default, skip_serializing_if = "Sums::is_empty")]
    pub sums: Sums,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PaymentDirection {
    /// From the customer to the shop.
    Payment,
    Refund,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Payment {
    pub direction: PaymentDirection,
    pub amount: Money,
    pub method: String,
}

/// When the customer would like the parcel.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeliveryWish {
    /// As `2026-11-24`.
    pub day: String,
    /// Such as `morning`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PaymentKind {
    GiftCard,
    CreditCard,
    Paypal,
    Wallet,
    BankTransfer,
    Other,
}

/// One of the customer's own ways to pay.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PaymentMethod {
    pub key: String,
    pub kind: PaymentKind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brand: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_four: Option<String>,
    /// What is left on a gift card.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub balance: Option<Money>,
}
