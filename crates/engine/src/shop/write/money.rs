//! Money that moves with an action: written to the order, and to gift cards at once.

use domain::{
    language::Bilingual,
    shop::{Money, Payment, PaymentDirection, PaymentKey, PaymentKind, Refund, RefundKey, RefundState},
    time::DAY_MS,
};

use super::{super::ShopError, Work};

/// Three working days of a wallet, with a weekend between them.
const WALLET_WITHIN_MS: i64 = 5 * DAY_MS;
/// Seven working days of a bank, with a weekend between them.
const CARD_WITHIN_MS: i64 = 9 * DAY_MS;
/// What the demo shop's storefront calls them.
const CARD_WORDS: [&str; 3] = ["信用卡", "储蓄卡", "对公转账"];

impl Work<'_> {
    /// Writes a payment or a refund beside the order's others, and moves the gift card it concerns.
    pub(super) fn move_money(
        &mut self,
        direction: PaymentDirection,
        minor: i64,
        method: &PaymentKey,
    ) -> Result<(), ShopError> {
        let customer = self.customer.as_mut().ok_or(ShopError::NotFound)?;
        let known = customer.payment_methods.iter_mut().find(|own| own.key == *method);
        if let Some(balance) = known.and_then(|own| own.balance.as_mut()) {
            match direction {
                PaymentDirection::Payment if balance.minor < minor => {
                    return Err(ShopError::refused("insufficient_balance"));
                }
                PaymentDirection::Payment => balance.minor -= minor,
                PaymentDirection::Refund => balance.minor += minor,
            }
        }
        let order = self.order()?;
        let amount = Money::new(minor, order.total.currency.clone());
        order.payments.push(Payment { direction, amount, method: method.clone() });
        Ok(())
    }

    /// The refund as the customer sees it. Gift cards have their money at once.
    pub(super) fn promise_refund(
        &mut self,
        minor: i64,
        method: Option<&PaymentKey>,
        state: RefundState,
        reason: Bilingual,
    ) -> Result<(), ShopError> {
        let now = self.errand.now;
        let kind = self.kind_of(method);
        let order = self.order()?;
        let method = method.map(|key| key.0.clone()).or_else(|| order.payment_method.clone());
        let is_card = match kind {
            Some(kind) => matches!(kind, PaymentKind::CreditCard | PaymentKind::BankTransfer),
            None => method.as_deref().is_some_and(|words| CARD_WORDS.contains(&words)),
        };
        let is_moving = state == RefundState::Processing;
        let state = if is_moving && kind == Some(PaymentKind::GiftCard) { RefundState::Paid } else { state };
        let key = RefundKey(format!("{}-R{}", order.key, order.refunds.len() + 1));
        order.refunds.push(Refund {
            key: key.clone(),
            state,
            amount: Money::new(minor, order.total.currency.clone()),
            reason,
            requested_at: now,
            updated_at: is_moving.then_some(now),
            due_at: is_moving.then(|| now.plus_ms(if is_card { CARD_WITHIN_MS } else { WALLET_WITHIN_MS })),
            method,
        });
        self.reference = Some(key.0);
        Ok(())
    }

    fn kind_of(&self, method: Option<&PaymentKey>) -> Option<PaymentKind> {
        let customer = self.customer.as_ref()?;
        customer.payment_method(method?).map(|own| own.kind)
    }
}
