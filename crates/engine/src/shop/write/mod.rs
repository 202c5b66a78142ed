//! Carrying actions out: what every connector is asked, and how the shops in memory do it. A key is carried out once;
//! whatever can't be done whole is not done at all. What may be done is decided before, by policies.

mod after_sales;
mod changes;
mod ledger;
mod money;
mod stock;

use domain::{
    action::{Action, Deed, Sums},
    shop::{Customer, CustomerKey, Order, Product, VariantKey},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

pub use self::ledger::{Entry, Ledger, undo};
use super::{Connector, Records, ShopError};

/// An allowed action on its way to the shop.
#[derive(Debug, Clone)]
pub struct Errand<'a> {
    /// The shop carries it out at most once under this key.
    pub key: &'a str,
    /// Whose order it is, as the desk knows it; the shop holds it against its own records.
    pub customer: Option<&'a CustomerKey>,
    pub action: &'a Action,
    /// The money that was shown and confirmed. A shop that comes to another sum refuses.
    pub sums: &'a Sums,
    pub now: Timestamp,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    #[serde(default)]
    pub sums: Sums,
    /// The shop's own number for it, such as that of a refund or a return.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
}

impl Connector {
    /// Carries an action out, or says that it was carried out before under this key.
    pub async fn carry_out(&self, errand: &Errand<'_>) -> Result<Done, ShopError> {
        match self {
            Self::Demo(shop) => shop.carry_out(errand).await,
            Self::File(shop) => shop.carry_out(errand).await,
            Self::Http(shop) => shop.carry_out(errand).await,
        }
    }

    /// Takes back what was carried out under a key, as long as nothing else has happened to the order since.
    pub async fn undo(&self, key: &str, now: Timestamp) -> Result<(), ShopError> {
        match self {
            Self::Demo(shop) => shop.undo(key).await,
            Self::File(shop) => shop.undo(key).await,
            Self::Http(shop) => shop.undo(key, now).await,
        }
    }

    /// The product that has this variant, where the shop can be asked so.
    pub async fn product_with(&self, variant: &VariantKey) -> Option<Product> {
        let records = self.held().await?;
        let has = |product: &&Product| product.variants.iter().any(|own| own.key == *variant);
        records.all_products().find(has).cloned()
    }
}

/// What one action changes, gathered before anything is put back.
struct Work<'a> {
    errand: &'a Errand<'a>,
    records: &'a mut Records,
    /// The order in question, changed as the work goes on.
    order: Option<Order>,
    customer: Option<Customer>,
    /// By how much the stock of variants moved.
    stock: Vec<(VariantKey, i64)>,
    reference: Option<String>,
    counts_stock: bool,
}

/// Does it on records in memory. They are only right when this succeeds, so callers pass a copy. `counts_stock`: the
/// shop keeps its stock here; else it is the merchant's count, which their next export brings.
pub(super) fn carry_out(records: &mut Records, errand: &Errand<'_>, counts_stock: bool) -> Result<Done, ShopError> {
    if let Some(entry) = records.ledger().get(errand.key) {
        return entry.answer(errand.action);
    }
    let order = errand.action.order().map(|key| records.order(key)).transpose()?;
    let owner = order.as_ref().map(|order| &order.customer).or(errand.customer);
    if errand.customer.is_some() && owner != errand.customer {
        return Err(ShopError::NotFound);
    }
    let customer = owner.map(|key| records.customer(key)).transpose()?;
    let before = (order.clone(), customer.clone());
    let mut work = Work { errand, records, order, customer, stock: Vec::new(), reference: None, counts_stock };
    let sums = work.sums()?;
    work.do_it(&sums)?;
    let Work { records, mut order, customer, stock, reference, .. } = work;
    let done = Done { sums: sums.clone(), reference };
    if let Some(order) = &mut order {
        let (key, at, action) = (errand.key.to_owned(), errand.now, errand.action.clone());
        order.deeds.push(Deed { key, at, action, sums });
        records.put_order(order.clone());
    }
    if let Some(customer) = &customer {
        records.put_customer(customer.clone());
    }
    let entry = Entry::new(errand, done.clone(), before, (order, customer), stock);
    records.keep(errand.key, entry);
    Ok(done)
}

impl Work<'_> {
    /// Worked out again from the shop's own records.
    fn sums(&self) -> Result<Sums, ShopError> {
        let products = self.products();
        let items = skills::policy::items(self.errand.action, self.order.as_ref(), &products);
        let sums = skills::policy::sums(self.errand.action, self.order.as_ref(), &items);
        if sums == *self.errand.sums { Ok(sums) } else { Err(ShopError::refused("sums_changed")) }
    }

    fn products(&self) -> Vec<Product> {
        let keys = self.order.iter().flat_map(|order| &order.lines).map(|line| &line.product);
        keys.filter_map(|key| self.records.product(key).ok()).collect()
    }

    fn do_it(&mut self, sums: &Sums) -> Result<(), ShopError> {
        match self.errand.action {
            Action::CancelOrder { reason, .. } => self.cancel(reason),
            Action::ChangeAddress { address, .. } => self.change_address(address),
            Action::ChangeItems { changes, payment, .. } => self.change_items(changes, payment.as_ref(), sums),
            Action::ChangePayment { payment, .. } => self.change_payment(payment),
            Action::ScheduleDelivery { day, part, .. } => self.schedule(day, part.as_ref()),
            Action::ReturnItems { items, reason, payment, .. } => {
                self.return_items(items, reason, payment.as_ref(), sums)
            }
            Action::ExchangeItems { changes, .. } => self.exchange_items(changes),
            Action::ProtectPrice { .. } => self.protect_price(sums),
            Action::IssueInvoice { invoice, .. } => self.invoice(invoice, false),
            Action::ChangeInvoice { invoice, .. } => self.invoice(invoice, true),
            Action::ChangeHomeAddress { address } => self.change_home(address),
            // Noted with the order, for the merchant's people and the warehouse.
            Action::UrgeShipment { .. }
            | Action::ReportProblem { .. }
            | Action::RequestRepair { .. }
            | Action::RemindRestock { .. }
            | Action::FileComplaint { .. } => Ok(()),
        }
    }

    fn order(&mut self) -> Result<&mut Order, ShopError> {
        self.order.as_mut().ok_or(ShopError::NotFound)
    }
}
