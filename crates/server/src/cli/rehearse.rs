//! `tandem rehearse`: real dialogues played against a running desk, counted as JSON.

use std::path::PathBuf;

use clap::Args;

use crate::rehearse::{Options, rehearse};

#[derive(Debug, Args)]
pub struct Rehearse {
    /// JSON Lines: `{"turns": [{"role": "user"|"agent", "text": …}]}` or `{"context": …, "reply": …}`.
    file: PathBuf,
    /// The desk's address.
    #[arg(long, default_value = "http://127.0.0.1:7080")]
    url: String,
    /// The shop whose widget is used.
    #[arg(long, default_value = "demo")]
    shop: String,
    /// Conversations at the same time.
    #[arg(long, default_value_t = 16)]
    at_once: usize,
    /// Only the first dialogues.
    #[arg(long)]
    limit: Option<usize>,
    /// One line, for programs.
    #[arg(long)]
    json: bool,
}

pub async fn run(wish: Rehearse) -> anyhow::Result<()> {
    let options = Options { url: wish.url, shop: wish.shop, at_once: wish.at_once, limit: wish.limit };
    let report = rehearse(&wish.file, &options).await?;
    if wish.json {
        println!("{}", serde_json::to_string(&report)?);
    } else {
        println!("{}", serde_json::to_string_pretty(&report)?);
    }
    Ok(())
}
