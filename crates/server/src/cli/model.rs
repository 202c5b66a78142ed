//! `tandem model`: gets the embedding model once, or says whether it is there.

use anyhow::Context;
use clap::Subcommand;
use indicatif::{ProgressBar, ProgressStyle};
use models::fetch::{self, FetchOptions, MULTILINGUAL_E5_SMALL};

use crate::{config::Config, start::embedder};

#[derive(Debug, Subcommand)]
pub enum Model {
    /// Download the embedding model (91 MB, once) into the user's cache.
    Fetch,
    /// Say whether the model is there and whole.
    Status,
}

pub async fn run(config: Config, command: Model) -> anyhow::Result<()> {
    match command {
        Model::Fetch => get(&config).await,
        Model::Status => status(&config).await,
    }
}

async fn get(config: &Config) -> anyhow::Result<()> {
    let bar = ProgressBar::new(0);
    let style = ProgressStyle::with_template("{bar:32} {bytes}/{total_bytes} {bytes_per_sec}")?;
    bar.set_style(style);
    let path = embedder::path(&config.embedding)?;
    let dir = path.parent().map(std::path::Path::to_path_buf);
    let fetched = fetch::fetch(&FetchOptions { dir, index: None }, &mut |progress| {
        bar.set_length(progress.total.unwrap_or(progress.bytes));
        bar.set_position(progress.bytes);
    })
    .await;
    bar.finish_and_clear();
    let fetched = fetched.context("getting the embedding model")?;
    if fetched != path {
        println!("The model is at {}; set embedding.path to it.", fetched.display());
    } else {
        println!("The model is at {}.", path.display());
    }
    Ok(())
}

async fn status(config: &Config) -> anyhow::Result<()> {
    let path = embedder::path(&config.embedding)?;
    if !path.exists() {
        println!("Not there ({}). Run `tandem model fetch`; until then search is by words only.", path.display());
        return Ok(());
    }
    let checked = path.clone();
    tokio::task::spawn_blocking(move || fetch::verify(&MULTILINGUAL_E5_SMALL, &checked))
        .await?
        .context("the model file is damaged: delete it and run `tandem model fetch`")?;
    println!("There and whole: {}", path.display());
    Ok(())
}
