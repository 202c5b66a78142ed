//! `tandem measures`: holds the rows measures are computed from against the log, or makes them anew.

use std::process::ExitCode;

use clap::Subcommand;
use store::Store;

use crate::{config::Config, start};

/// Faults told one by one; more of them have one cause.
const MOST_TOLD: usize = 20;

#[derive(Debug, Subcommand)]
pub enum Measures {
    /// Fold every conversation again and tell where its rows differ from its log. Changes nothing.
    Verify,
    /// Write all rows anew from the log.
    Rebuild,
}

pub async fn run(config: Config, command: Measures) -> anyhow::Result<ExitCode> {
    let store = start::open_store(&config).await?;
    let ended = match command {
        Measures::Verify => verify(&store).await,
        Measures::Rebuild => rebuild(&store).await,
    };
    store.close().await;
    ended
}

async fn verify(store: &Store) -> anyhow::Result<ExitCode> {
    let (mut shoppers, mut faults, mut after) = (0, 0, None);
    loop {
        let batch = store.shoppers_with_conversations(after).await?;
        let Some(last) = batch.last() else { break };
        after = Some(*last);
        for shopper in batch {
            shoppers += 1;
            for fault in store.verify_measures(shopper).await? {
                faults += 1;
                if faults <= MOST_TOLD {
                    println!("{}: {} differ from the log", fault.conversation, fault.what);
                }
            }
        }
    }
    println!("{shoppers} shoppers looked at, {faults} differences");
    Ok(if faults == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

async fn rebuild(store: &Store) -> anyhow::Result<ExitCode> {
    let (mut rows, mut after) = (0, None);
    loop {
        let batch = store.shoppers_with_conversations(after).await?;
        let Some(last) = batch.last() else { break };
        after = Some(*last);
        for shopper in batch {
            rows += store.rebuild_measures(shopper).await?;
        }
    }
    println!("{rows} rows written");
    Ok(ExitCode::SUCCESS)
}
