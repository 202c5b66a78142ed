//! The money an action moves. Worked out here, so that preview, policy and shop never differ.

use domain::{
    action::{Action, Sums},
    shop::{Money, Order, OrderState, PaymentDirection, PaymentKey, RefundState},
};

use super::facts::Item;

/// What was paid for an order less what went back, by way of paying, in the order of first use.
pub fn paid_by_method(order: &Order) -> Vec<(PaymentKey, i64)> {
    let mut paid: Vec<(PaymentKey, i64)> = Vec::new();
    for payment in &order.payments {
        let signed = match payment.direction {
            PaymentDirection::Payment => payment.amount.minor,
            PaymentDirection::Refund => -payment.amount.minor,
        };
        match paid.iter_mut().find(|(method, _)| *method == payment.method) {
            Some((_, sum)) => *sum += signed,
            None => paid.push((payment.method.clone(), signed)),
        }
    }
    paid
}

/// What the customer has paid and not got back, nor been promised back.
pub fn paid(order: &Order) -> i64 {
    if order.state == OrderState::Unpaid || (order.paid_at.is_none() && order.payments.is_empty()) {
        return 0;
    }
    if !order.payments.is_empty() {
        return paid_by_method(order).iter().map(|(_, sum)| sum).sum();
    }
    let back = order.refunds.iter().filter(|refund| refund.state != RefundState::Refused);
    order.total.minor - back.map(|refund| refund.amount.minor).sum::<i64>()
}

/// What the new items cost more than the old ones; less when negative.
pub fn difference(items: &[Item]) -> i64 {
    let more = |item: &Item| item.to.as_ref().map_or(0, |to| (to.price - item.unit_price) * item.count);
    items.iter().map(more).sum()
}

/// What the price of the items has fallen by since they were bought.
pub fn price_fall(items: &[Item]) -> i64 {
    let fall = |item: &Item| item.price_now.map_or(0, |now| (item.unit_price - now).max(0) * item.ordered);
    items.iter().map(fall).sum()
}

/// What moves when this action is done.
pub fn sums(action: &Action, order: Option<&Order>, items: &[Item]) -> Sums {
    let Some(order) = order else { return Sums::default() };
    let money = |minor: i64| (minor > 0).then(|| Money::new(minor, order.total.currency.clone()));
    let paid = paid(order);
    match action {
        Action::CancelOrder { .. } => Sums { refund: money(paid), charge: None },
        // An order not yet paid only gets another total.
        Action::ChangeItems { .. } if order.state == OrderState::Unpaid => Sums::default(),
        Action::ChangeItems { .. } | Action::ExchangeItems { .. } => {
            let more = difference(items);
            Sums { refund: money(-more), charge: money(more) }
        }
        Action::ChangePayment { .. } => Sums { refund: money(paid), charge: money(paid) },
        Action::ReturnItems { .. } => {
            let goods: i64 = items.iter().map(|item| item.unit_price * item.count).sum();
            Sums { refund: money(goods.min(paid)), charge: None }
        }
        Action::ProtectPrice { .. } => Sums { refund: money(price_fall(items).min(paid)), charge: None },
        _ => Sums::default(),
    }
}
