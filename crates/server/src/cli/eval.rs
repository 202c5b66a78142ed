//! `tandem eval`: measures on files, printed as JSON.

use anyhow::Context;

use crate::{config::Config, start::embedder};

pub async fn run(config: Config, wish: evaluation::Wish) -> anyhow::Result<()> {
    let embedder = embedder::open(&config.embedding).await?;
    let embedder = embedder.context("there is no embedding model; run `tandem model fetch`")?;
    evaluation::run(wish, &embedder).await
}
