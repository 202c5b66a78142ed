//! `tandem demo`: the desk with a furnished shop and a team, for trying everything.

use std::collections::HashMap;

use clap::Args;

use super::serve::metrics;
use crate::{
    config::Config,
    demo::{self, Account},
    start::{Running, open_desk, open_store, serve},
    storefront::Storefront,
};

#[derive(Debug, Args)]
pub struct Demo {
    /// Only you come to the shop; nobody invented does.
    #[arg(long)]
    pub no_simulated_shoppers: bool,
}

pub async fn run(config: Config, wish: Demo) -> anyhow::Result<()> {
    let metrics = metrics()?;
    let store = open_store(&config).await?;
    let (shop, connector) = demo::shop(&store, &config.data_dir).await?;
    let connectors = HashMap::from([(shop.id, connector.clone())]);
    let desk = open_desk(&config, store, connectors).await?;
    let accounts = demo::furnish(&desk, &shop, &config.data_dir).await?;
    let storefront = Storefront { shop: shop.id, connector };
    let running = serve(config, desk, metrics, Some(storefront)).await?;
    if let Some(address) = running.address {
        welcome(&format!("http://{address}"), &accounts, running.desk().library.model());
    }
    if !wish.no_simulated_shoppers {
        demo::invite_shoppers(running.desk().clone(), shop, running.stopping());
    }
    Running::asked_to_stop().await?;
    running.stop().await;
    Ok(())
}

/// To the person at the terminal, and nowhere else: not into the log.
fn welcome(address: &str, accounts: &[Account], model: Option<&str>) {
    println!("\n搭档 Tandem demo\n");
    println!("  shop     {address}/shop/");
    println!("  console  {address}/console/");
    println!("  API      {address}/api/docs\n");
    for account in accounts {
        println!("  {:<11} {:<24} {}", account.role.as_str(), account.email, account.password);
    }
    match model {
        Some(name) => println!("\n  search   by meaning and words ({name})\n"),
        None => println!("\n  search   by words only; `tandem model fetch` gets the embedding model (72 MB, once)\n"),
    }
}
