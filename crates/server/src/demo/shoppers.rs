//! Invented shoppers for the demo: they come now and then, ask, and sometimes want a person, so that lists and
//! numbers live. They act through the same doors as real ones, and never crowd out whoever tries the desk.

use std::{sync::Arc, time::Duration};

use anyhow::Context;
use domain::{
    id::{ConversationId, ShopperId},
    language::Language,
    shop::{CustomerKey, OrderState},
};
use engine::{
    bot::language_of,
    conversations::{self, Outgoing, Wish},
    desk::Desk,
    error::Result,
    shop::{Connector, demo::DEMO_CUSTOMERS},
    shoppers,
};
use rand::seq::{IndexedRandom, IteratorRandom};
use serde::Deserialize;
use store::{InboxCounts, Shop, Shopper};
use tokio::{sync::watch, time::sleep};

const SCRIPTS: &str = include_str!("../../../../content/simulated_shoppers.yaml");
/// Seconds between two visits.
const EVERY: std::ops::Range<u64> = 30..80;
/// The first ones come at once, so that nothing is empty when somebody looks.
const AT_ONCE: usize = 8;
/// Seconds between two messages of one shopper: reading and typing.
const TYPING: std::ops::Range<u64> = 4..10;
/// With so many waiting for an agent nobody new asks for one: an unattended demo must stay readable.
const MOST_WAITING: i64 = 4;
const MOST_OPEN: i64 = 15;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Script {
    /// Comes as a signed-in customer who has an order in this state.
    #[serde(default)]
    pub(super) with_order: Option<OrderState>,
    pub(super) lines: Vec<String>,
    /// Asks for a person at the end.
    #[serde(default)]
    pub(super) human: bool,
}

pub(super) fn scripts() -> anyhow::Result<Vec<Script>> {
    serde_yaml_ng::from_str(SCRIPTS).context("content/simulated_shoppers.yaml")
}

/// Lets them come until the desk stops.
pub fn invite(desk: Arc<Desk>, shop: Shop, mut stopping: watch::Receiver<bool>) {
    tokio::spawn(async move {
        let scripts: Arc<[Script]> = match scripts() {
            Ok(scripts) => scripts.into(),
            Err(error) => return tracing::error!(%error, "no simulated shoppers"),
        };
        let mut visits = 0;
        while !*stopping.borrow() {
            let pause = if visits < AT_ONCE { 1 } else { rand::random_range(EVERY) };
            visits += 1;
            let (desk, shop, scripts) = (desk.clone(), shop.clone(), scripts.clone());
            let number = visits;
            tokio::spawn(async move {
                let script = if number <= AT_ONCE { scripts.get(number - 1) } else { scripts.choose(&mut rand::rng()) };
                if let Some(script) = script
                    && let Err(error) = visit(&desk, &shop, script).await
                {
                    tracing::debug!(%error, "a simulated shopper went away");
                }
            });
            tokio::select! {
                () = sleep(Duration::from_secs(pause)) => {}
                _ = stopping.changed() => return,
            }
        }
    });
}

async fn visit(desk: &Desk, shop: &Shop, script: &Script) -> Result<()> {
    let counts = counts(desk, shop).await?;
    if counts.open >= MOST_OPEN {
        return Ok(());
    }
    let language = script.lines.first().and_then(|line| language_of(line)).unwrap_or_default();
    let shopper = match script.with_order.and_then(|state| owner_of(desk, shop, state, language)) {
        Some(customer) => shoppers::identify(desk, shop, None, &customer, None, language).await?,
        None => shoppers::visitor(desk, shop.id, language).await?,
    };
    let (stored, is_new) =
        conversations::open(desk, &shopper, Wish { language, prefers_human: false, page: None }).await?;
    if !is_new {
        return Ok(());
    }
    talk(desk, shop, script, stored.conversation.id, &shopper).await
}

async fn talk(desk: &Desk, shop: &Shop, script: &Script, id: ConversationId, shopper: &Shopper) -> Result<()> {
    for text in &script.lines {
        say(desk, id, shopper.id, text).await?;
        sleep(Duration::from_secs(rand::random_range(TYPING))).await;
    }
    if script.human && counts(desk, shop).await?.queue < MOST_WAITING {
        conversations::ask_human(desk, id, shopper.id).await?;
    }
    Ok(())
}

async fn counts(desk: &Desk, shop: &Shop) -> Result<InboxCounts> {
    Ok(desk.store.inbox_counts(&[shop.id], domain::id::StaffId::from_bits(0)).await?)
}

/// A customer with such an order who would write in this language, but none of those who are offered to whoever tries
/// the desk.
fn owner_of(desk: &Desk, shop: &Shop, state: OrderState, language: Language) -> Option<CustomerKey> {
    let Connector::Demo(demo) = desk.connector(shop.id)?.as_ref() else { return None };
    let records = demo.records();
    let is_offered = |key: &CustomerKey| DEMO_CUSTOMERS.iter().any(|offered| offered.key == key.as_str());
    let speaks = |key: &CustomerKey| {
        let customer = records.customer(key);
        customer.is_ok_and(|it| language_of(&it.name).unwrap_or(Language::En) == language)
    };
    records
        .all_orders()
        .filter(|order| order.state == state && !is_offered(&order.customer) && speaks(&order.customer))
        .choose(&mut rand::rng())
        .map(|order| order.customer.clone())
}

async fn say(desk: &Desk, id: ConversationId, shopper: ShopperId, text: &str) -> Result<()> {
    let client = format!("sim-{:x}", desk.ids.bits());
    conversations::say(desk, id, shopper, Outgoing { client, text: text.to_owned(), files: Vec::new() }).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_scripts_are_readable() {
        let scripts = super::scripts().unwrap();
        assert!(scripts.len() >= 20);
        assert!(scripts.iter().all(|script| !script.lines.is_empty()));
        assert!(scripts.iter().any(|script| script.human) && scripts.iter().any(|script| script.with_order.is_some()));
    }
}
