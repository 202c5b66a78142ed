//! The tools of the data set, carried out by the desk: reading through the connector, writing through its actions.

use anyhow::{Context, Result, bail};
use domain::{
    action::{Action, ItemChange},
    shop::{Address, CustomerKey, OrderKey, PaymentKey, ProductKey, VariantKey},
};
use engine::shop::{Records, ShopError};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::bench::{Bench, Person};

#[derive(Debug, Clone, Deserialize)]
pub struct Call {
    pub name: String,
    #[serde(alias = "kwargs")]
    pub arguments: Map<String, Value>,
}

/// `Err` says in a word why a call had no result, as the data set's own tools may.
pub type Answer = Result<(), String>;

pub async fn run(bench: &Bench, person: &Person, call: &Call) -> Result<Answer> {
    if let Some(action) = action(call)? {
        return Ok(bench.act(person, action).await?.map_err(|refused| refused.rule));
    }
    let text = |name: &str| call.arguments.get(name).and_then(Value::as_str).unwrap_or_default();
    let shop = bench.connector(person.place);
    let found = match call.name.as_str() {
        "find_user_id_by_email" | "find_user_id_by_name_zip" => {
            found_user(&*bench.records(person.place).await, call).map(drop).ok_or(ShopError::NotFound)
        }
        "get_user_details" => shop.customer(&text("user_id").into()).await.map(drop),
        "get_order_details" => shop.order(&text("order_id").into()).await.map(drop),
        "get_product_details" => shop.product(&ProductKey::from(text("product_id"))).await.map(drop),
        "get_item_details" => {
            shop.product_with(&VariantKey::from(text("item_id"))).await.map(drop).ok_or(ShopError::NotFound)
        }
        "list_all_product_types" | "think" | "transfer_to_human_agents" => Ok(()),
        "calculate" => return Ok(calculate(text("expression"))),
        other => bail!("no tool {other}"),
    };
    Ok(found.map_err(|failure| failure.code().to_owned()))
}

/// Whom a call finds, by e-mail or by name and postcode.
pub fn found_user(records: &Records, call: &Call) -> Option<CustomerKey> {
    let text = |name: &str| call.arguments.get(name).and_then(Value::as_str).unwrap_or_default();
    let (email, first, last, zip) = (text("email"), text("first_name"), text("last_name"), text("zip"));
    let name = format!("{first} {last}").to_lowercase();
    let is_meant = |customer: &&domain::shop::Customer| match call.name.as_str() {
        "find_user_id_by_email" => customer.email.as_deref().is_some_and(|own| own.eq_ignore_ascii_case(email.trim())),
        _ => customer.name.to_lowercase() == name && customer.addresses.iter().any(|own| own.postcode == zip),
    };
    records.all_customers().find(is_meant).map(|customer| customer.key.clone())
}

/// What a writing tool asks for; `None` for one that reads.
pub fn action(call: &Call) -> Result<Option<Action>> {
    let arguments = &call.arguments;
    let text = |name: &str| -> Result<String> {
        let value = arguments.get(name).and_then(Value::as_str);
        Ok(value.with_context(|| format!("{}: no {name}", call.name))?.to_owned())
    };
    let list = |name: &str| -> Result<Vec<VariantKey>> {
        let values = arguments.get(name).and_then(Value::as_array);
        let values = values.with_context(|| format!("{}: no {name}", call.name))?;
        Ok(values.iter().filter_map(Value::as_str).map(VariantKey::from).collect())
    };
    let order = || text("order_id").map(OrderKey);
    let payment = || text("payment_method_id").map(PaymentKey);
    let changes = || -> Result<Vec<ItemChange>> {
        let (from, to) = (list("item_ids")?, list("new_item_ids")?);
        Ok(from.into_iter().zip(to).map(|(from, to)| ItemChange { from, to }).collect())
    };
    let reason = String::new;
    Ok(Some(match call.name.as_str() {
        "cancel_pending_order" => Action::CancelOrder { order: order()?, reason: text("reason")? },
        "modify_pending_order_address" => Action::ChangeAddress { order: order()?, address: address(&text)? },
        "modify_pending_order_items" => {
            Action::ChangeItems { order: order()?, changes: changes()?, payment: Some(payment()?) }
        }
        "modify_pending_order_payment" => Action::ChangePayment { order: order()?, payment: payment()? },
        "modify_user_address" => Action::ChangeHomeAddress { address: address(&text)? },
        "return_delivered_order_items" => Action::ReturnItems {
            order: order()?,
            items: list("item_ids")?,
            reason: reason(),
            payment: Some(payment()?),
            pictures: Vec::new(),
        },
        "exchange_delivered_order_items" => {
            Action::ExchangeItems { order: order()?, changes: changes()?, reason: reason(), payment: Some(payment()?) }
        }
        _ => return Ok(None),
    }))
}

fn address(text: &impl Fn(&str) -> Result<String>) -> Result<Address> {
    let street = [text("address1")?, text("address2")?];
    let country = text("country")?;
    Ok(Address {
        country: if country == "USA" { "US".to_owned() } else { country },
        province: text("state")?,
        city: text("city")?,
        street: street.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join(", "),
        postcode: text("zip")?,
        ..Address::default()
    })
}

/// Sums and products; whole numbers are real ones here.
fn calculate(expression: &str) -> Answer {
    let mut real = String::new();
    let mut number = String::new();
    for letter in expression.chars().chain([' ']) {
        if letter.is_ascii_digit() || letter == '.' {
            number.push(letter);
            continue;
        }
        if !number.is_empty() {
            real.push_str(&number);
            real.push_str(if number.contains('.') { "" } else { ".0" });
            number.clear();
        }
        real.push(letter);
    }
    let expression = skills::Expression::compile(real.trim()).map_err(|_| "not an expression".to_owned())?;
    expression.value(&skills::Scope::new()).map(drop).map_err(|_| "not a number".to_owned())
}
