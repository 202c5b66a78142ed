//! `tandem import`: articles or a shop's records from a file.

use std::{collections::HashMap, path::PathBuf};

use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use domain::{language::Bilingual, staff::Permission};
use engine::{
    clock::Clock,
    desk::Desk,
    library,
    shop::file::{FileShop, FileSource},
    staff,
};
use knowledge::exchange::Format;
use store::{Shop, Staff};

use super::shop_named;
use crate::{
    config::Config,
    start::{data_dir::write_private, open_desk, open_store, shops},
};

#[derive(Debug, Subcommand)]
pub enum Import {
    /// Articles from a CSV, XLSX, Markdown, JSON Lines or YAML file.
    Articles(Articles),
    /// A shop's products, customers and orders from a JSON file; they become the shop's records.
    Shop(Records),
}

#[derive(Debug, Args)]
pub struct Articles {
    file: PathBuf,
    /// The shop's key; needed when there are several.
    #[arg(long)]
    shop: Option<String>,
    /// Only say what would be done.
    #[arg(long)]
    dry_run: bool,
    /// In whose name (e-mail); by default the first who may write articles.
    #[arg(long, value_name = "EMAIL")]
    r#as: Option<String>,
}

#[derive(Debug, Args)]
pub struct Records {
    file: PathBuf,
    /// The shop's key; the shop is made when there is none.
    #[arg(long)]
    shop: String,
    /// How to read another form of JSON: a mapping file (docs/connectors.md), or the name of one that comes with
    /// Tandem (retail_tau2). Without it the file is in the desk's own form, or in one of those that come along.
    #[arg(long, value_name = "FILE|NAME")]
    mapping: Option<String>,
}

/// Mappings that come with Tandem.
const MAPPINGS: [(&str, &str); 1] = [("retail_tau2", include_str!("../../../../content/mappings/retail_tau2.yaml"))];

pub async fn run(config: Config, command: Import) -> anyhow::Result<()> {
    match command {
        Import::Articles(wish) => articles(config, wish).await,
        Import::Shop(wish) => records(config, wish).await,
    }
}

/// Somebody in whose name the audit list can hold it.
pub async fn writer(desk: &Desk, shop: &Shop, email: Option<&str>, needed: Permission) -> anyhow::Result<Staff> {
    let may = |person: &Staff| staff::can(person, Some(shop.id), needed);
    match email {
        Some(email) => {
            let person = desk.store.staff_by_email(&email.to_lowercase()).await?;
            person.filter(may).with_context(|| format!("`{email}` may not do this in shop `{}`", shop.key))
        }
        None => desk.store.list_staff().await?.into_iter().find(may).with_context(|| {
            format!("nobody may do this in shop `{}`; make an account: tandem staff create --role operator", shop.key)
        }),
    }
}

async fn articles(config: Config, wish: Articles) -> anyhow::Result<()> {
    let name = wish.file.to_string_lossy();
    let format =
        Format::from_file_name(&name).context("the file's name must end in .csv, .xlsx, .md, .jsonl or .yaml")?;
    let content = tokio::fs::read(&wish.file).await.with_context(|| format!("reading {name}"))?;
    let store = open_store(&config).await?;
    let desk = open_desk(&config, store, HashMap::new()).await?;
    let shop = shop_named(&desk, wish.shop.as_deref()).await?;
    let writer = writer(&desk, &shop, wish.r#as.as_deref(), Permission::WriteKnowledge).await?;
    let outcome = library::import(&desk, &writer, shop.id, format, content, wish.dry_run).await?;
    for fault in &outcome.rejected {
        println!("row {}: {} {} / {}", fault.row, fault.field, fault.message_zh, fault.message_en);
    }
    for warning in &outcome.warnings {
        println!("note: {} {} / {}", warning.field, warning.message_zh, warning.message_en);
    }
    let (created, updated, unchanged) = (outcome.created, outcome.updated, outcome.unchanged);
    let done = if wish.dry_run { "would be" } else { "were" };
    println!("{created} articles {done} created, {updated} updated; {unchanged} are unchanged.");
    desk.store.close().await;
    if !outcome.rejected.is_empty() {
        bail!("{} rows were refused", outcome.rejected.len());
    }
    Ok(())
}

async fn records(config: Config, wish: Records) -> anyhow::Result<()> {
    shops::check_key(&wish.shop)?;
    let (read, mapping) = open_records(&wish).await?;
    let health = read.health().await?;
    if let Some(warning) = health.warning {
        println!("note: {warning}");
    }
    let store = open_store(&config).await?;
    let shop = shops::ensure(&config, &store, &Clock::default(), &wish.shop, Bilingual::default()).await?;
    let target = shops::imported_path(&config.data_dir, &shop.key);
    let content = tokio::fs::read(&wish.file).await?;
    write_private(&target, &content).with_context(|| format!("writing {}", target.display()))?;
    let beside = shops::mapping_path(&target);
    match mapping {
        Some(mapping) => write_private(&beside, mapping.as_bytes()).context("writing the mapping")?,
        // One of an earlier import would misread this file.
        None if beside.exists() => std::fs::remove_file(&beside).context("removing the earlier mapping")?,
        None => {}
    }
    println!(
        "Shop `{}`: {} products, {} customers, {} orders. Restart a running desk to connect a new shop; later imports are seen within seconds.",
        shop.key,
        health.products.unwrap_or_default(),
        health.customers.unwrap_or_default(),
        health.orders.unwrap_or_default()
    );
    store.close().await;
    Ok(())
}

/// The records, and the text of the mapping through which they were read.
async fn open_records(wish: &Records) -> anyhow::Result<(FileShop, Option<String>)> {
    let named = wish.mapping.as_deref().map(mapping_text).transpose()?;
    if let Some(text) = named {
        return Ok((open_mapped(wish, &text).await.context("reading the shop file")?, Some(text)));
    }
    let own = match FileShop::open(FileSource::Json(wish.file.clone())).await {
        Ok(read) => return Ok((read, None)),
        Err(error) => error,
    };
    for (name, text) in MAPPINGS {
        if let Ok(read) = open_mapped(wish, text).await
            && read.health().await?.orders.is_some_and(|orders| orders > 0)
        {
            println!("note: read through the mapping `{name}`");
            return Ok((read, Some(text.to_owned())));
        }
    }
    Err(own).context("reading the shop file")
}

fn mapping_text(named: &str) -> anyhow::Result<String> {
    match MAPPINGS.iter().find(|(name, _)| *name == named) {
        Some((_, text)) => Ok((*text).to_owned()),
        None => std::fs::read_to_string(named).with_context(|| format!("reading the mapping {named}")),
    }
}

async fn open_mapped(wish: &Records, text: &str) -> anyhow::Result<FileShop> {
    let folder = tempfile::tempdir()?;
    let mapping = folder.path().join("mapping.yaml");
    std::fs::write(&mapping, text)?;
    Ok(FileShop::open(FileSource::Mapped { file: wish.file.clone(), mapping }).await?)
}
