//! `tandem export`: articles to a file that can be imported again.

use std::{collections::HashMap, path::PathBuf};

use anyhow::Context;
use clap::{Args, Subcommand};
use domain::staff::Permission;
use engine::library;
use knowledge::exchange::Format;

use super::{import::writer, shop_named};
use crate::{
    config::Config,
    start::{open_desk, open_store},
};

#[derive(Debug, Subcommand)]
pub enum Export {
    /// All articles that aren't archived; the file's name says in which form.
    Articles(Articles),
}

#[derive(Debug, Args)]
pub struct Articles {
    file: PathBuf,
    /// The shop's key; needed when there are several.
    #[arg(long)]
    shop: Option<String>,
}

pub async fn run(config: Config, command: Export) -> anyhow::Result<()> {
    let Export::Articles(wish) = command;
    let name = wish.file.to_string_lossy();
    let format =
        Format::from_file_name(&name).context("the file's name must end in .csv, .xlsx, .md, .jsonl or .yaml")?;
    let store = open_store(&config).await?;
    let desk = open_desk(&config, store, HashMap::new()).await?;
    let shop = shop_named(&desk, wish.shop.as_deref()).await?;
    let reader = writer(&desk, &shop, None, Permission::ReadKnowledge).await?;
    let content = library::export(&desk, &reader, shop.id, format).await?;
    tokio::fs::write(&wish.file, content).await.with_context(|| format!("writing {name}"))?;
    println!("Written to {name}.");
    desk.store.close().await;
    Ok(())
}
