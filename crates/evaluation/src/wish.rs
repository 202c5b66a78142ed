//! What may be measured, as arguments of a command. One variant for each form of `tandem eval`.

use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, Subcommand};
use models::Embedder;

use crate::{answers::answers, pairs::pairs};

#[derive(Debug, Subcommand)]
pub enum Wish {
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

/// Measures and prints the report to standard output.
pub async fn run(wish: Wish, embedder: &Embedder) -> Result<()> {
    let (report, json) = match wish {
        Wish::Match(wish) => (pairs(&wish.data, embedder).await?, wish.json),
        Wish::Answers(wish) => (answers(&wish.data, embedder).await?, wish.json),
    };
    let text = if json { serde_json::to_string(&report)? } else { serde_json::to_string_pretty(&report)? };
    println!("{text}");
    Ok(())
}
