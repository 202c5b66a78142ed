//! `tandem eval`: measures on files, printed as JSON.

use std::path::PathBuf;

use anyhow::Context;
use clap::{Args, Subcommand};

use crate::{config::Config, evaluation, start::embedder};

#[derive(Debug, Subcommand)]
pub enum Eval {
    /// Pairs of questions: do they mean the same? Lines of `{"a": …, "b": …, "y": 0|1}`.
    Match(Data),
    /// Articles: a folder of YAML files, whose last aliases are held out and asked.
    Answers(Data),
}

#[derive(Debug, Args)]
pub struct Data {
    #[arg(long, value_name = "PATH")]
    data: PathBuf,
    /// One line, for programs.
    #[arg(long)]
    json: bool,
}

pub async fn run(config: Config, wish: Eval) -> anyhow::Result<()> {
    let embedder = embedder::open(&config.embedding).await?;
    let embedder = embedder.context("there is no embedding model; run `tandem model fetch`")?;
    let (report, json) = match wish {
        Eval::Match(wish) => (evaluation::pairs(&wish.data, &embedder).await?, wish.json),
        Eval::Answers(wish) => (evaluation::answers(&wish.data, &embedder).await?, wish.json),
    };
    let text = if json { serde_json::to_string(&report)? } else { serde_json::to_string_pretty(&report)? };
    println!("{text}");
    Ok(())
}
