//! Changes before an order leaves: cancelling, another address, other variants, another way to pay.

use domain::{
    action::{Invoice, ItemChange, Sums},
    language::Bilingual,
    shop::{
        Address, DeliveryWish, Money, OrderLine, OrderState, PaymentDirection, PaymentKey, Product, RefundState,
        Variant, VariantKey,
    },
};

use super::{super::ShopError, Work, stock};

impl Work<'_> {
    pub(super) fn cancel(&mut self, reason: &str) -> Result<(), ShopError> {
        let order = self.order()?;
        if !matches!(order.state, OrderState::Unpaid | OrderState::Paid | OrderState::Packing) {
            return Err(ShopError::refused("already_shipped"));
        }
        let (methods, paid) = (skills::policy::paid_by_method(order), skills::policy::paid(order));
        order.state = OrderState::Cancelled;
        let goods: Vec<(VariantKey, i64)> =
            order.lines.iter().map(|line| (line.variant.clone(), i64::from(line.quantity))).collect();
        for (variant, pieces) in goods {
            self.shift(&variant, pieces);
        }
        let reason = Bilingual::new(reason, reason);
        if methods.is_empty() && paid > 0 {
            return self.promise_refund(paid, None, RefundState::Processing, reason);
        }
        for (method, sum) in methods.into_iter().filter(|(_, sum)| *sum > 0) {
            self.move_money(PaymentDirection::Refund, sum, &method)?;
            self.promise_refund(sum, Some(&method), RefundState::Processing, reason.clone())?;
        }
        Ok(())
    }

    pub(super) fn change_address(&mut self, address: &Address) -> Result<(), ShopError> {
        let order = self.order()?;
        if !matches!(order.state, OrderState::Unpaid | OrderState::Paid | OrderState::Packing) {
            return Err(ShopError::refused("already_shipped"));
        }
        order.address = kept_person(address, &order.address);
        Ok(())
    }

    pub(super) fn change_home(&mut self, address: &Address) -> Result<(), ShopError> {
        let customer = self.customer.as_mut().ok_or(ShopError::NotFound)?;
        match customer.addresses.first_mut() {
            Some(home) => *home = kept_person(address, home),
            None => customer.addresses.push(address.clone()),
        }
        Ok(())
    }

    pub(super) fn change_items(
        &mut self,
        changes: &[ItemChange],
        payment: Option<&PaymentKey>,
        sums: &Sums,
    ) -> Result<(), ShopError> {
        let is_unpaid = self.order()?.state == OrderState::Unpaid;
        for change in changes {
            let (product, variant) = self.variant(&change.to)?;
            self.replace(&change.from, &product, &variant)?;
            self.shift(&change.from, 1);
            self.take(&variant)?;
        }
        let order = self.order()?;
        let goods: i64 = order.lines.iter().map(|line| line.unit_price.minor * i64::from(line.quantity)).sum();
        let fee = order.shipping_fee.as_ref().map_or(0, |fee| fee.minor);
        order.total = Money::new(goods + fee, order.total.currency.clone());
        if is_unpaid {
            return Ok(());
        }
        self.settle_difference(payment, sums)
    }

    /// A shop that tells what was paid is told of an even exchange too.
    fn settle_difference(&mut self, payment: Option<&PaymentKey>, sums: &Sums) -> Result<(), ShopError> {
        let order = self.order()?;
        let original = order.payments.first().map(|payment| payment.method.clone());
        let reason = Bilingual::new("换款差价", "Difference in price");
        match (payment.cloned().or(original), &sums.charge, &sums.refund) {
            (Some(method), Some(charge), _) => self.move_money(PaymentDirection::Payment, charge.minor, &method),
            (Some(method), None, refund) => {
                let minor = refund.as_ref().map_or(0, |refund| refund.minor);
                self.move_money(PaymentDirection::Refund, minor, &method)
            }
            (None, Some(_), _) => Err(ShopError::refused("payment_needed")),
            (None, None, Some(refund)) => self.promise_refund(refund.minor, None, RefundState::Processing, reason),
            (None, None, None) => Ok(()),
        }
    }

    pub(super) fn change_payment(&mut self, payment: &PaymentKey) -> Result<(), ShopError> {
        let order = self.order()?;
        let methods = skills::policy::paid_by_method(order);
        order.payment_method = Some(payment.0.clone());
        let total: i64 = methods.iter().map(|(_, sum)| sum).sum();
        if total > 0 {
            self.move_money(PaymentDirection::Payment, total, payment)?;
        }
        for (method, sum) in methods.into_iter().filter(|(_, sum)| *sum > 0) {
            self.move_money(PaymentDirection::Refund, sum, &method)?;
        }
        Ok(())
    }

    pub(super) fn schedule(&mut self, day: &str, part: Option<&String>) -> Result<(), ShopError> {
        self.order()?.delivery_wish = Some(DeliveryWish { day: day.to_owned(), part: part.cloned() });
        Ok(())
    }

    pub(super) fn invoice(&mut self, invoice: &Invoice, is_change: bool) -> Result<(), ShopError> {
        let order = self.order()?;
        match (order.invoice.is_some(), is_change) {
            (true, false) => return Err(ShopError::refused("has_invoice")),
            (false, true) => return Err(ShopError::refused("no_invoice")),
            _ => order.invoice = Some(invoice.clone()),
        }
        self.reference = Some(format!("{}-I", self.order()?.key));
        Ok(())
    }

    pub(super) fn variant(&self, key: &VariantKey) -> Result<(Product, Variant), ShopError> {
        let find = |product: &Product| {
            let own = product.variants.iter().find(|own| own.key == *key)?;
            Some((product.clone(), own.clone()))
        };
        self.records.all_products().find_map(find).ok_or(ShopError::NotFound)
    }

    /// One piece of `from` becomes one of the new variant, on its line when it is alone there.
    fn replace(&mut self, from: &VariantKey, product: &Product, variant: &Variant) -> Result<(), ShopError> {
        let order = self.order()?;
        let at = order.lines.iter().position(|line| line.variant == *from).ok_or(ShopError::NotFound)?;
        if order.lines[at].product != product.key {
            return Err(ShopError::refused("another_product"));
        }
        let new = line(product, variant, &order.lines[at]);
        if order.lines[at].quantity > 1 {
            order.lines[at].quantity -= 1;
            order.lines.insert(at + 1, new);
        } else {
            order.lines[at] = new;
        }
        Ok(())
    }

    pub(super) fn take(&mut self, variant: &Variant) -> Result<(), ShopError> {
        // Looked at again: the piece before may have been the last one.
        let (_, now) = self.variant(&variant.key)?;
        if now.stock < 1 {
            return Err(ShopError::refused("insufficient_stock"));
        }
        self.shift(&variant.key, -1);
        Ok(())
    }

    pub(super) fn shift(&mut self, variant: &VariantKey, pieces: i64) {
        if self.counts_stock {
            stock::shift(self.records, variant, pieces);
            self.stock.push((variant.clone(), pieces));
        }
    }
}

fn line(product: &Product, variant: &Variant, old: &OrderLine) -> OrderLine {
    let joined = |words: Vec<&str>| words.join(" / ");
    let values = || variant.options.iter().map(|option| &option.value);
    OrderLine {
        variant: variant.key.clone(),
        title: product.title.clone(),
        options: Bilingual::new(
            joined(values().map(|value| value.zh.as_str()).collect()),
            joined(values().map(|value| value.en.as_str()).collect()),
        ),
        quantity: 1,
        unit_price: variant.price.clone(),
        ..old.clone()
    }
}

/// A new place without a name is for the same person.
fn kept_person(new: &Address, old: &Address) -> Address {
    let or_old = |new: &String, old: &String| if new.trim().is_empty() { old.clone() } else { new.clone() };
    Address { recipient: or_old(&new.recipient, &old.recipient), phone: or_old(&new.phone, &old.phone), ..new.clone() }
}
