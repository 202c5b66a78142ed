//! `tandem migrate`: brings the database schema up to date.

use anyhow::Context;
use store::{OpenOptions, Store};

use crate::{config::Config, start::data_dir};

pub async fn run(config: Config) -> anyhow::Result<()> {
    data_dir::prepare(&config.data_dir)?;
    let store =
        Store::open(&config.database_address(), OpenOptions::default()).await.context("opening the database")?;
    let pending = store.pending_migrations().await?;
    store.migrate().await.context("bringing the database schema up to date")?;
    match pending.as_slice() {
        [] => println!("The database schema is up to date."),
        names => println!("Done: {}", names.join(", ")),
    }
    store.close().await;
    Ok(())
}
