//! The command line: one file per command.

mod openapi;

use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};

#[derive(Debug, Parser)]
#[command(name = "tandem", version, about = "搭档 Tandem: the customer-service desk where AI and people work together")]
struct Line {
    /// Settings beside the defaults (see config.default.toml); the environment (TANDEM_…) wins over it.
    #[arg(long, env = "TANDEM_CONFIG", global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Print the OpenAPI document.
    Openapi,
}

pub fn run() -> anyhow::Result<ExitCode> {
    let line = Line::parse();
    match line.command {
        Command::Openapi => openapi::run(),
    }
    Ok(ExitCode::SUCCESS)
}
