//! `tandem demo`: the desk with a furnished shop and a team, for trying everything.

use std::{
    collections::HashMap,
    time::{Duration, Instant},
};

use clap::Args;
use engine::desk::Desk;
use indicatif::{ProgressBar, ProgressStyle};

use super::serve::metrics;
use crate::{
    config::Config,
    demo::{self, Account},
    start::{StopSignals, open_desk, open_store, serve},
    storefront::Storefront,
};

/// A slow machine needs a minute; after this the desk opens and the rest follows.
const VECTORS_PATIENCE: Duration = Duration::from_secs(180);

#[derive(Debug, Args)]
pub struct Demo {
    /// Only you come to the shop; nobody invented does.
    #[arg(long)]
    pub no_simulated_shoppers: bool,
}

pub async fn run(config: Config, wish: Demo) -> anyhow::Result<()> {
    let mut asked = StopSignals::listen()?;
    let metrics = metrics()?;
    let store = open_store(&config).await?;
    let (shop, connector) = demo::shop(&config, &store).await?;
    let connectors = HashMap::from([(shop.id, connector.clone())]);
    if !wish.no_simulated_shoppers {
        demo::ensure_history(&config, &store, &shop, connectors.clone()).await?;
    }
    let desk = open_desk(&config, store, connectors).await?;
    let accounts = demo::furnish(&desk, &shop, &config.data_dir).await?;
    let storefront = Storefront { shop: shop.id, connector };
    let running = serve(config, desk, metrics, Some(storefront)).await?;
    tokio::select! {
        () = wait_for_vectors(running.desk()) => {}
        () = asked.wait() => {
            running.stop().await;
            return Ok(());
        }
    }
    if let Some(address) = running.address {
        welcome(&format!("http://{address}"), &accounts, running.desk().library.model());
    }
    if !wish.no_simulated_shoppers {
        demo::invite_shoppers(running.desk().clone(), shop, running.stopping());
    }
    asked.wait().await;
    running.stop().await;
    Ok(())
}

/// The first start makes the articles' vectors; until they are there the bot would look worse than it is.
async fn wait_for_vectors(desk: &Desk) {
    let total = desk.library.pending() as u64;
    // Without a model there will never be any.
    if total == 0 || desk.library.model().is_none() {
        return;
    }
    let bar = ProgressBar::new(total).with_message("preparing the articles (first start only)");
    bar.set_style(ProgressStyle::with_template("  {msg} {bar:30} {pos}/{len}").unwrap_or(ProgressStyle::default_bar()));
    let deadline = Instant::now() + VECTORS_PATIENCE;
    while desk.library.pending() > 0 && Instant::now() < deadline {
        bar.set_position(total - desk.library.pending() as u64);
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    bar.finish_and_clear();
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
