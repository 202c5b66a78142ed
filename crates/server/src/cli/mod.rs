//! The command line: one file per command.

mod demo;
mod doctor;
mod eval;
mod export;
mod import;
mod measures;
mod migrate;
mod model;
mod openapi;
mod rehearse;
mod serve;
mod shop;
mod skills;
mod staff;

use std::{future::Future, path::PathBuf, process::ExitCode};

use anyhow::Context;
use clap::{Parser, Subcommand};
use engine::desk::Desk;
use store::Shop;

use crate::{
    config::{self, Config},
    observe,
};

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
    /// Run the desk.
    Serve,
    /// Run the desk with a furnished demo shop and a demo team.
    Demo(demo::Demo),
    /// Look at everything the desk needs, and say how to mend what is wrong.
    Doctor,
    /// Bring the database schema up to date (`serve` does it too).
    Migrate,
    /// The embedding model: get it, or see whether it is there.
    #[command(subcommand)]
    Model(model::Model),
    /// Read articles or a shop's records from a file.
    #[command(subcommand)]
    Import(import::Import),
    /// Write articles to a file.
    #[command(subcommand)]
    Export(export::Export),
    /// The team's accounts.
    #[command(subcommand)]
    Staff(staff::StaffCommand),
    /// The desk's shops, and the secrets by which their backends vouch for customers.
    #[command(subcommand)]
    Shop(shop::ShopCommand),
    /// What the bot can carry out: check your own skill files, and play their conversation tests.
    #[command(subcommand)]
    Skills(skills::Skills),
    /// Play the shopper's side of real dialogues against a running desk, and count what became of every message.
    Rehearse(rehearse::Rehearse),
    /// Measure what the desk can do, on your own files.
    #[command(subcommand)]
    Eval(evaluation::Wish),
    /// Hold the rows measures are computed from against the log.
    #[command(subcommand)]
    Measures(measures::Measures),
    /// Print the OpenAPI document.
    Openapi,
    /// Print all settings with their defaults.
    Config,
}

pub fn run() -> anyhow::Result<ExitCode> {
    let line = Line::parse();
    match line.command {
        Command::Openapi => openapi::run(),
        Command::Config => print!("{}", config::DEFAULTS),
        Command::Rehearse(wish) => wait(rehearse::run(wish))?,
        Command::Skills(command) => return wait(skills::run(command)),
        Command::Measures(command) => return wait(measures::run(read_settings(None, &line.config)?, command)),
        Command::Doctor => return wait(doctor::run(read_settings(None, &line.config))),
        command => {
            let occasion = matches!(command, Command::Demo(_)).then_some(crate::demo::SETTINGS);
            let config = read_settings(occasion, &line.config)?;
            observe::log::set_up(&config.log).context("log.filter can't be read")?;
            wait(run_with(command, config))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn run_with(command: Command, config: Config) -> anyhow::Result<()> {
    match command {
        Command::Serve => serve::run(config).await,
        Command::Demo(demo) => demo::run(config, demo).await,
        Command::Migrate => migrate::run(config).await,
        Command::Model(command) => model::run(config, command).await,
        Command::Import(command) => import::run(config, command).await,
        Command::Export(command) => export::run(config, command).await,
        Command::Staff(command) => staff::run(config, command).await,
        Command::Shop(command) => shop::run(config, command).await,
        Command::Eval(command) => eval::run(config, command).await,
        Command::Measures(_)
        | Command::Doctor
        | Command::Openapi
        | Command::Config
        | Command::Rehearse(_)
        | Command::Skills(_) => Ok(()),
    }
}

fn read_settings(occasion: Option<&str>, file: &Option<PathBuf>) -> anyhow::Result<Config> {
    Ok(config::read(occasion, file.as_deref(), std::env::vars())?)
}

fn wait<T>(work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().context("starting the runtime")?.block_on(work)
}

/// The shop a command is about; the only one when none is named.
async fn shop_named(desk: &Desk, key: Option<&str>) -> anyhow::Result<Shop> {
    match key {
        Some(key) => desk.store.shop_by_key(key).await?.with_context(|| format!("there is no shop `{key}`")),
        None => {
            let mut shops = desk.store.shops().await?;
            match (shops.pop(), shops.is_empty()) {
                (Some(only), true) => Ok(only),
                _ => anyhow::bail!("say which shop with --shop KEY (`tandem shop list` names them)"),
            }
        }
    }
}
