//! `tandem eval` without the server around it, for those who work on what is measured.

use std::sync::Arc;

use clap::Parser;
use evaluation::Wish;
use models::{Embedder, LocalE5};

#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    wish: Wish,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let path = models::fetch::model_path()?;
    let embedder = Embedder::Local(Arc::new(LocalE5::load(&path)?));
    evaluation::run(Arguments::parse().wish, &embedder).await
}
