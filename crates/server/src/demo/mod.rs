//! The demo: a furnished shop, a team with generated passwords, and articles, so that everything can be tried at
//! once. Touches nothing that exists already.

mod accounts;
pub mod articles;
mod history;
mod shoppers;

use std::{path::Path, sync::Arc};

use anyhow::Context;
use engine::{
    clock::Clock,
    desk::Desk,
    shop::{Connector, demo::DemoShop},
};
use store::{Shop, Store};

pub use accounts::{Account, password};
pub use history::ensure as ensure_history;
pub use shoppers::invite as invite_shoppers;

use crate::{config::Config, start::shops};

pub const SHOP_KEY: &str = "demo";
/// What a demo changes of the default settings.
pub const SETTINGS: &str = include_str!("settings.toml");
/// The same invented customers and orders on every machine.
const SEED: u64 = 20_261_101;

/// The demo's shop in the database, and its records in the data folder.
pub async fn shop(config: &Config, store: &Store) -> anyhow::Result<(Shop, Arc<Connector>)> {
    let clock = Clock::default();
    let records = DemoShop::open(&config.data_dir, SEED, clock.now()).context("opening the demo shop")?;
    let shop = shops::ensure(config, store, &clock, SHOP_KEY, records.name().clone()).await?;
    Ok((shop, Arc::new(Connector::Demo(records))))
}

/// Accounts and articles, once.
pub async fn furnish(desk: &Desk, shop: &Shop, data_dir: &Path) -> anyhow::Result<Vec<Account>> {
    let accounts = accounts::ensure(desk, shop, data_dir).await.context("making the demo's accounts")?;
    articles::ensure(desk, shop).await.context("loading the demo's articles")?;
    Ok(accounts)
}
