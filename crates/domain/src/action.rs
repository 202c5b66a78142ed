//! What may be done to an order or to a customer's own records. An action is only a wish: policies decide, and
//! `engine::actions` is the one path that carries it out.

use serde::{Deserialize, Serialize};

pub use crate::shop::PaymentKey;
use crate::{
    id::FileId,
    shop::{Address, Money, OrderKey, ProductKey, VariantKey},
    time::Timestamp,
};

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
        /// Pays or receives the difference in price.
        #[serde(default, skip_serializing_if = "Option::is_none")]
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
        #[serde(default, skip_serializing_if = "Option::is_none")]
        part: Option<String>,
    },
    ReturnItems {
        order: OrderKey,
        items: Vec<VariantKey>,
        reason: String,
        /// Receives the refund; `None` is the way it was paid.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        payment: Option<PaymentKey>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pictures: Vec<FileId>,
    },
    ExchangeItems {
        order: OrderKey,
        changes: Vec<ItemChange>,
        reason: String,
        /// Pays or receives the difference in price.
        #[serde(default, skip_serializing_if = "Option::is_none")]
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
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
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
        #[serde(default, skip_serializing_if = "Option::is_none")]
        variant: Option<VariantKey>,
    },
    FileComplaint {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        order: Option<OrderKey>,
        text: String,
    },
    /// The address new orders go to by default.
    ChangeHomeAddress {
        address: Address,
    },
}

/// An action that was carried out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deed {
    /// The key under which it was asked for; the same key is never carried out twice.
    pub key: String,
    pub at: Timestamp,
    #[serde(flatten)]
    pub action: Action,
    #[serde(default, skip_serializing_if = "Sums::is_empty")]
    pub sums: Sums,
}

/// The money an action moves, worked out by code.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Sums {
    /// Goes back to the customer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refund: Option<Money>,
    /// The customer pays it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub charge: Option<Money>,
}

impl Sums {
    pub const fn is_empty(&self) -> bool {
        self.refund.is_none() && self.charge.is_none()
    }
}

impl Action {
    /// All names, in the order of the enum.
    pub const NAMES: [&'static str; 16] = [
        "cancel_order",
        "change_address",
        "change_items",
        "change_payment",
        "urge_shipment",
        "schedule_delivery",
        "return_items",
        "exchange_items",
        "protect_price",
        "report_problem",
        "issue_invoice",
        "change_invoice",
        "request_repair",
        "remind_restock",
        "file_complaint",
        "change_home_address",
    ];

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

    /// The items of the order it is about, as often as they are named.
    pub fn items(&self) -> Vec<&VariantKey> {
        match self {
            Self::ChangeItems { changes, .. } | Self::ExchangeItems { changes, .. } => {
                changes.iter().map(|change| &change.from).collect()
            }
            Self::ReturnItems { items, .. } | Self::ReportProblem { items, .. } => items.iter().collect(),
            Self::ProtectPrice { item, .. } | Self::RequestRepair { item, .. } => vec![item],
            _ => Vec::new(),
        }
    }

    /// What items are to be replaced by.
    pub fn changes(&self) -> &[ItemChange] {
        match self {
            Self::ChangeItems { changes, .. } | Self::ExchangeItems { changes, .. } => changes,
            _ => &[],
        }
    }

    /// The way to pay it names.
    pub const fn payment(&self) -> Option<&PaymentKey> {
        match self {
            Self::ChangeItems { payment, .. }
            | Self::ReturnItems { payment, .. }
            | Self::ExchangeItems { payment, .. } => payment.as_ref(),
            Self::ChangePayment { payment, .. } => Some(payment),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is stored and sent must stay readable: fields are only ever added, with defaults.
    #[test]
    fn an_action_says_its_name_in_its_json() {
        let action = Action::ReturnItems {
            order: "SL1".into(),
            items: vec!["a".into(), "a".into()],
            reason: "太大".into(),
            payment: None,
            pictures: Vec::new(),
        };
        let json = serde_json::to_value(&action).unwrap();
        assert_eq!(
            json,
            serde_json::json!({"action": "return_items", "order": "SL1", "items": ["a", "a"], "reason": "太大"})
        );
        assert_eq!(serde_json::from_value::<Action>(json).unwrap(), action);
        assert!(Action::NAMES.contains(&action.name()));
        let deed = Deed { key: "k".into(), at: Timestamp(1), action, sums: Sums::default() };
        let json = serde_json::to_value(&deed).unwrap();
        assert_eq!(json["action"], "return_items");
        assert_eq!(serde_json::from_value::<Deed>(json).unwrap(), deed);
    }
}
