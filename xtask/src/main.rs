//! The project's own tools: `cargo xtask tidy` checks what compilers don't, `cargo xtask generate` writes the
//! generated files anew.

mod generated;
mod tidy;
mod tree;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "The project's own tools")]
struct Arguments {
    #[command(subcommand)]
    tool: Tool,
}

#[derive(Subcommand)]
enum Tool {
    /// Check the rules of the house that no compiler checks
    Tidy {
        /// Leave out the generated files, which need the binary and the web packages
        #[arg(long)]
        quick: bool,
    },
    /// Write the generated files anew: web/api/openapi.json and web/api/src/schema.ts
    Generate,
}

fn main() -> anyhow::Result<ExitCode> {
    match Arguments::parse().tool {
        Tool::Tidy { quick } => tidy::run(quick),
        Tool::Generate => generated::write().map(|()| ExitCode::SUCCESS),
    }
}
