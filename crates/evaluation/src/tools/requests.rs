//! Requests in plain words, understood into actions without any chat model: as they stand in `requests_v1.jsonl`, and
//! asked again in everyday English.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context, Result};
use domain::{
    action::{Action, ItemChange},
    shop::{Address, Customer, CustomerKey, Order, OrderKey, PaymentKey, Product, VariantKey},
};
use engine::shop::Records;
use rand::{SeedableRng, rngs::StdRng};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use understanding::requests::{Read, Wording, World, identity, read, read_with};

use super::phrasing::{Phrasings, SETS, Set};
use crate::rounded;

/// The sentences drawn are the same on every run.
const SEED: u64 = 17;

#[derive(Deserialize)]
struct Line {
    user_id: String,
    instruction: String,
    actions: Vec<Call>,
}

#[derive(Deserialize)]
struct Call {
    name: String,
    kwargs: BTreeMap<String, Value>,
}

/// One text that was read, and whether it was understood whole.
#[derive(Debug, Clone, Serialize)]
pub struct Case {
    pub text: String,
    /// The way of talking it is asked again in; `None` as it stands.
    #[serde(skip)]
    pub set: Option<&'static Set>,
    /// What the expected actions are, such as `cancel_order+return_items`.
    pub kind: String,
    pub is_ok: bool,
    #[serde(skip)]
    pub wanted: Vec<Action>,
    #[serde(skip)]
    pub found: Vec<Action>,
    pub is_known: bool,
}

/// All requests of the folder, each as it stands and in other words.
pub fn cases(data: &Path, records: &Records, sets: &'static [Set]) -> Result<Vec<Case>> {
    let customers: Vec<&Customer> = records.all_customers().collect();
    let products: Vec<Product> = records.all_products().cloned().collect();
    let orders: Vec<Order> = records.all_orders().cloned().collect();
    let wording = Wording::of(&products);
    let phrasings = sets.iter().map(|set| Ok((set, Phrasings::load(set)?))).collect::<Result<Vec<_>>>()?;
    let mut cases = Vec::new();
    for (number, line) in (0..).zip(lines(data)?) {
        let wanted = line.actions.iter().map(action).collect::<Result<Vec<Action>>>()?;
        let speaker =
            customers.iter().find(|customer| customer.key.0 == line.user_id).context("a user not in db.json")?;
        let own: Vec<Order> = orders.iter().filter(|order| order.customer == speaker.key).cloned().collect();
        let mut random = StdRng::seed_from_u64(SEED + number);
        let again = phrasings
            .iter()
            .map(|(set, phrasings)| (Some(*set), phrasings.phrase(&wanted, speaker, &own, &products, &mut random)));
        for (set, text) in std::iter::once((None, line.instruction)).chain(again) {
            let known = look_up(&text, &customers);
            let is_known = known.is_some_and(|known| known.key == speaker.key);
            let found: Vec<Action> = match known {
                Some(customer) => {
                    let own: Vec<Order> =
                        orders.iter().filter(|order| order.customer == customer.key).cloned().collect();
                    let world = World { customer, orders: &own, products: &products, focus: None };
                    read_with(&text, world, &wording).actions().cloned().collect()
                }
                None => Vec::new(),
            };
            let is_ok = is_known && comparable(&found) == comparable(&wanted);
            let kind = wanted.iter().map(Action::name).collect::<Vec<_>>().join("+");
            cases.push(Case { text, set, kind, is_ok, wanted: wanted.clone(), found, is_known });
        }
    }
    Ok(cases)
}

/// What is understood when this customer says so.
pub fn understood(data: &Path, customer: &str, text: &str) -> Result<Read> {
    let records = super::records(data)?;
    let customer = records.customer(&CustomerKey(customer.to_owned()))?;
    let products: Vec<Product> = records.all_products().cloned().collect();
    let orders: Vec<Order> = records.all_orders().filter(|order| order.customer == customer.key).cloned().collect();
    Ok(read(text, World { customer: &customer, orders: &orders, products: &products, focus: None }))
}

/// Shares understood, of each way of talking and of those that weren't known when the reader was mended, and what was
/// understood worst.
pub fn shares(cases: &[Case]) -> Value {
    #[expect(clippy::cast_precision_loss, reason = "a few thousand cases")]
    let share = |counts: &dyn Fn(&Case) -> bool| {
        let own: Vec<&Case> = cases.iter().filter(|case| counts(case)).collect();
        rounded(own.iter().filter(|case| case.is_ok).count() as f64 / own.len().max(1) as f64)
    };
    let count = |counts: &dyn Fn(&Case) -> bool| cases.iter().filter(|case| counts(case)).count();
    let is_blind = |case: &Case| case.set.is_some_and(|set| set.is_blind);
    let is_known = |case: &Case| case.set.is_some_and(|set| !set.is_blind);
    let by_set: BTreeMap<&str, f64> = SETS
        .iter()
        .map(|set| (set.name, share(&|case: &Case| case.set.is_some_and(|own| own.name == set.name))))
        .collect();
    let mut failed: BTreeMap<&str, usize> = BTreeMap::new();
    for case in cases.iter().filter(|case| !case.is_ok) {
        // Each kind of action of a request that wasn't understood.
        let mut kinds: Vec<&str> = case.kind.split('+').collect();
        kinds.sort_unstable();
        kinds.dedup();
        for kind in kinds {
            *failed.entry(kind).or_default() += 1;
        }
    }
    json!({
        "requests_ok_share": share(&|case: &Case| case.set.is_none()),
        "requests_n": count(&|case: &Case| case.set.is_none()),
        "rephrased_ok_share": share(&is_known),
        "rephrased_n": count(&is_known),
        "blind_ok_share": share(&is_blind),
        "blind_n": count(&is_blind),
        "by_set": by_set,
        "customer_unknown": cases.iter().filter(|case| !case.is_known).count(),
        "failed_by_kind": failed,
    })
}

fn lines(data: &Path) -> Result<Vec<Line>> {
    let file = data.join("requests_v1.jsonl");
    let text = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
    let parse = |(number, line): (usize, &str)| {
        serde_json::from_str(line).with_context(|| format!("{}: line {}", file.display(), number + 1))
    };
    text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()).map(parse).collect()
}

/// By e-mail, else by name and postcode, as the shop's people do.
fn look_up<'a>(text: &str, customers: &[&'a Customer]) -> Option<&'a Customer> {
    let who = identity(text);
    if let Some(email) = who.email {
        return customers.iter().find(|customer| customer.email.as_deref() == Some(email.as_str())).copied();
    }
    let postcode = who.postcode?;
    let is_called = |customer: &Customer, name: &str| customer.name.eq_ignore_ascii_case(name);
    let lives_there = |customer: &Customer| customer.addresses.iter().any(|address| address.postcode == postcode);
    who.names
        .iter()
        .find_map(|name| customers.iter().find(|customer| is_called(customer, name) && lives_there(customer)).copied())
}

/// A call as the action it is here.
fn action(call: &Call) -> Result<Action> {
    let text = |name: &str| -> Result<String> {
        let value = call.kwargs.get(name).and_then(Value::as_str);
        Ok(value.with_context(|| format!("{} without {name}", call.name))?.to_owned())
    };
    let keys = |name: &str| -> Result<Vec<VariantKey>> {
        let value = call.kwargs.get(name).with_context(|| format!("{} without {name}", call.name))?;
        Ok(serde_json::from_value(value.clone())?)
    };
    let changes = || -> Result<Vec<ItemChange>> {
        Ok(keys("item_ids")?.into_iter().zip(keys("new_item_ids")?).map(|(from, to)| ItemChange { from, to }).collect())
    };
    let order = OrderKey(text("order_id")?);
    let payment = || Ok::<_, anyhow::Error>(PaymentKey(text("payment_method_id")?));
    Ok(match call.name.as_str() {
        "cancel_pending_order" => Action::CancelOrder { order, reason: text("reason")?.replace(' ', "_") },
        "return_delivered_order_items" => Action::ReturnItems {
            order,
            items: keys("item_ids")?,
            reason: String::new(),
            payment: Some(payment()?),
            pictures: Vec::new(),
        },
        "exchange_delivered_order_items" => {
            Action::ExchangeItems { order, changes: changes()?, reason: String::new(), payment: Some(payment()?) }
        }
        "modify_pending_order_items" => Action::ChangeItems { order, changes: changes()?, payment: Some(payment()?) },
        "modify_pending_order_payment" => Action::ChangePayment { order, payment: payment()? },
        "modify_pending_order_address" => Action::ChangeAddress {
            order,
            address: Address {
                country: text("country")?.replace("USA", "US"),
                province: text("state")?,
                city: text("city")?,
                street: [text("address1")?, text("address2")?].join(", "),
                postcode: text("zip")?,
                ..Address::default()
            },
        },
        other => anyhow::bail!("{other} is not known"),
    })
}

/// What the calls compare: neither why something is sent back nor in which order its items are named; calls of one
/// order keep their order.
fn comparable(actions: &[Action]) -> Vec<Action> {
    let pairs = |changes: &[ItemChange]| {
        let mut changes = changes.to_vec();
        changes.sort_by(|a, b| (&a.from, &a.to).cmp(&(&b.from, &b.to)));
        changes
    };
    let mut out: Vec<Action> = actions
        .iter()
        .map(|action| match action.clone() {
            Action::ReturnItems { order, mut items, payment, .. } => {
                items.sort();
                Action::ReturnItems { order, items, reason: String::new(), payment, pictures: Vec::new() }
            }
            Action::ExchangeItems { order, changes, payment, .. } => {
                Action::ExchangeItems { order, changes: pairs(&changes), reason: String::new(), payment }
            }
            Action::ChangeItems { order, changes, payment } => {
                Action::ChangeItems { order, changes: pairs(&changes), payment }
            }
            Action::ChangeAddress { order, address } => Action::ChangeAddress {
                order,
                address: Address { recipient: String::new(), phone: String::new(), ..address },
            },
            other => other,
        })
        .collect();
    out.sort_by(|a, b| a.order().cmp(&b.order()));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_is_no_request_is_named() {
        let folder = tempfile::tempdir().expect("a folder");
        let whole = r#"{"user_id": "u", "instruction": "cancel", "actions": []}"#;
        fs::write(folder.path().join("requests_v1.jsonl"), format!("{whole}\n{{}}\n")).expect("written");
        let error = lines(folder.path()).err().map(|error| error.to_string()).unwrap_or_default();
        assert!(error.contains("line 2"), "{error}");
    }

    #[test]
    fn a_call_becomes_the_action_it_is_or_an_error() {
        let call = |text: &str| serde_json::from_str::<Call>(text).expect("a call");
        let cancel =
            call(r##"{"name": "cancel_pending_order", "kwargs": {"order_id": "#W1", "reason": "no longer needed"}}"##);
        let wanted = Action::CancelOrder { order: OrderKey("#W1".into()), reason: "no_longer_needed".into() };
        assert_eq!(action(&cancel).ok(), Some(wanted));
        assert!(action(&call(r#"{"name": "cancel_pending_order", "kwargs": {}}"#)).is_err());
        assert!(action(&call(r##"{"name": "dance", "kwargs": {"order_id": "#W1"}}"##)).is_err());
    }

    #[test]
    fn blind_and_known_ways_of_talking_are_counted_apart() {
        let case = |set: Option<&'static Set>, is_ok: bool| Case {
            text: String::new(),
            set,
            kind: "cancel_order+return_items".to_owned(),
            is_ok,
            wanted: Vec::new(),
            found: Vec::new(),
            is_known: true,
        };
        let known = SETS.iter().find(|set| !set.is_blind);
        let blind = SETS.iter().find(|set| set.is_blind);
        let shares = shares(&[case(None, true), case(known, true), case(known, false), case(blind, false)]);
        for (key, share) in [("requests_ok_share", 1.0), ("rephrased_ok_share", 0.5), ("blind_ok_share", 0.0)] {
            assert_eq!(shares[key].as_f64(), Some(share), "{key}");
        }
        assert_eq!(shares["failed_by_kind"]["return_items"], 2);
    }
}
