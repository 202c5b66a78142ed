//! What may be done to an order or to a customer's own records. An action is only a wish: policies decide, and
//! `engine::actions` is the one path that carries it out.

use serde::{Deserialize, Serialize};

use crate::{
    id::FileId,
    shop::{Address, OrderKey, ProductKey, VariantKey},
};

/// A way to pay that a customer has with the shop, by the shop's own id, such as `gift_card_4190576`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PaymentKey(pub String);

/// One line of an order to be replaced by another variant of the same product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemChange {
    pub from: VariantKey,
    pub to: VariantKey,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Problem {
    Missing,
    Damaged,
    WrongItem,
    Defective,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvoiceKind {
    Personal,
    Company,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum Action {
    CancelOrder {
        order: OrderKey,
        reason: String,
    },
    ChangeAddress {
        order: OrderKey,
        address: Address,
    },
    ChangeItems {
        order: OrderKey,
        changes: Vec<ItemChange>,
        payment: Option<PaymentKey>,
    },
    ChangePayment {
        order: OrderKey,
        payment: PaymentKey,
    },
    /// 催发货 or 催配送.
    UrgeShipment {
        order: OrderKey,
    },
    /// A wished day, as `2026-11-24`, and part of the day, such as `morning`.
    ScheduleDelivery {
        order: OrderKey,
        day: String,
        part: Option<String>,
    },
    ReturnItems {
        order: OrderKey,
        items: Vec<VariantKey>,
        reason: String,
        payment: Option<PaymentKey>,
        pictures: Vec<FileId>,
    },
    ExchangeItems {
        order: OrderKey,
        changes: Vec<ItemChange>,
        reason: String,
        payment: Option<PaymentKey>,
    },
    /// 价保: pay back what the price fell by.
    ProtectPrice {
        order: OrderKey,
        item: VariantKey,
    },
    ReportProblem {
        order: OrderKey,
        items: Vec<VariantKey>,
        problem: Problem,
        description: String,
        pictures: Vec<FileId>,
    },
    IssueInvoice {
        order: OrderKey,
        invoice: Invoice,
    },
    /// An invoice already issued, replaced by one with other details.
    ChangeInvoice {
        order: OrderKey,
        invoice: Invoice,
    },
    RequestRepair {
        order: OrderKey,
        item: VariantKey,
        description: String,
    },
    RemindRestock {
        product: ProductKey,
        variant: Option<VariantKey>,
    },
    FileComplaint {
        order: Option<OrderKey>,
        text: String,
    },
    /// The address new orders go to by default.
    ChangeHomeAddress {
        address: Address,
    },
}

impl Action {
    /// The stable name, as in policies, the API and the audit.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::CancelOrder { .. } => "cancel_order",
            Self::ChangeAddress { .. } => "change_address",
            Self::ChangeItems { .. } => "change_items",
            Self::ChangePayment { .. } => "change_payment",
            Self::UrgeShipment { .. } => "urge_shipment",
            Self::ScheduleDelivery { .. } => "schedule_delivery",
            Self::ReturnItems { .. } => "return_items",
            Self::ExchangeItems { .. } => "exchange_items",
            Self::ProtectPrice { .. } => "protect_price",
            Self::ReportProblem { .. } => "report_problem",
            Self::IssueInvoice { .. } => "issue_invoice",
            Self::ChangeInvoice { .. } => "change_invoice",
            Self::RequestRepair { .. } => "request_repair",
            Self::RemindRestock { .. } => "remind_restock",
            Self::FileComplaint { .. } => "file_complaint",
            Self::ChangeHomeAddress { .. } => "change_home_address",
        }
    }

    pub const fn order(&self) -> Option<&OrderKey> {
        match self {
            Self::CancelOrder { order, .. }
            | Self::ChangeAddress { order, .. }
            | Self::ChangeItems { order, .. }
            | Self::ChangePayment { order, .. }
            | Self::UrgeShipment { order }
            | Self::ScheduleDelivery { order, .. }
            | Self::ReturnItems { order, .. }
            | Self::ExchangeItems { order, .. }
            | Self::ProtectPrice { order, .. }
            | Self::ReportProblem { order, .. }
            | Self::IssueInvoice { order, .. }
            | Self::ChangeInvoice { order, .. }
            | Self::RequestRepair { order, .. } => Some(order),
            Self::FileComplaint { order, .. } => order.as_ref(),
            Self::RemindRestock { .. } | Self::ChangeHomeAddress { .. } => None,
        }
    }
}
