//! What happens after delivery: returns, exchanges, price protection.

use domain::{
    action::{ItemChange, Sums},
    language::Bilingual,
    shop::{OrderState, PaymentDirection, PaymentKey, RefundState, VariantKey},
};

use super::{super::ShopError, Work};

impl Work<'_> {
    /// The money follows when the goods are back.
    pub(super) fn return_items(
        &mut self,
        items: &[VariantKey],
        reason: &str,
        payment: Option<&PaymentKey>,
        sums: &Sums,
    ) -> Result<(), ShopError> {
        self.is_delivered()?;
        if items.is_empty() {
            return Err(ShopError::refused("nothing_named"));
        }
        self.order()?.state = OrderState::AfterSales;
        let Some(refund) = &sums.refund else { return Ok(()) };
        self.promise_refund(refund.minor, payment, RefundState::Requested, Bilingual::new(reason, reason))
    }

    /// The new pieces are set aside; the difference is settled when the old ones are back.
    pub(super) fn exchange_items(&mut self, changes: &[ItemChange]) -> Result<(), ShopError> {
        self.is_delivered()?;
        for change in changes {
            let (_, variant) = self.variant(&change.to)?;
            self.take(&variant)?;
        }
        self.order()?.state = OrderState::AfterSales;
        self.reference = Some(format!("{}-X", self.order()?.key));
        Ok(())
    }

    pub(super) fn protect_price(&mut self, sums: &Sums) -> Result<(), ShopError> {
        let refund = sums.refund.clone().ok_or_else(|| ShopError::refused("price_not_lower"))?;
        let original = self.order()?.payments.first().map(|payment| payment.method.clone());
        if let Some(method) = &original {
            self.move_money(PaymentDirection::Refund, refund.minor, method)?;
        }
        let reason = Bilingual::new("价格保护", "Price protection");
        self.promise_refund(refund.minor, original.as_ref(), RefundState::Processing, reason)
    }

    fn is_delivered(&mut self) -> Result<(), ShopError> {
        match self.order()?.state {
            OrderState::Delivered | OrderState::Completed => Ok(()),
            _ => Err(ShopError::refused("not_delivered")),
        }
    }
}
