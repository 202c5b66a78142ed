//! Bringing a desk up: data folder, database, shops, embedding model, and finally the processes around it.

mod chat_model;
pub mod data_dir;
pub mod embedder;
mod serve;
pub mod shops;

use std::{collections::HashMap, sync::Arc};

use anyhow::Context;
use domain::id::ShopId;
use domain::time::MINUTE_MS;
use engine::{
    bus::Bus,
    clock::{Clock, Ids},
    desk::{Desk, DeskParts, Limits},
    shop::Connector,
};
use store::{OpenOptions, Store};

pub use serve::{Running, StopSignals, serve};

use crate::config::Config;

/// Below the data folder: `<shop key>.yaml` for each shop with a policy of its own.
const POLICIES: &str = "policies";

/// The data folder and the database, migrated. What most commands need.
pub async fn open_store(config: &Config) -> anyhow::Result<Store> {
    data_dir::prepare(&config.data_dir)?;
    let options = OpenOptions {
        max_connections: config.database.max_connections,
        busy_timeout_ms: config.database.busy_timeout_ms,
    };
    let store = Store::open(&config.database_address(), options).await.context("opening the database")?;
    store.migrate().await.context("bringing the database schema up to date")?;
    Ok(store)
}

/// A desk over an open store. `connectors` are those the settings don't name, such as the demo's.
pub async fn open_desk(
    config: &Config,
    store: Store,
    connectors: HashMap<ShopId, Arc<Connector>>,
) -> anyhow::Result<Arc<Desk>> {
    open_desk_at(config, store, connectors, Clock::default()).await
}

/// The same with a clock of one's own, for days that are played rather than lived.
pub async fn open_desk_at(
    config: &Config,
    store: Store,
    connectors: HashMap<ShopId, Arc<Connector>>,
    clock: Clock,
) -> anyhow::Result<Arc<Desk>> {
    let mut all = shops::connect(config, &store, &clock).await?;
    all.extend(connectors);
    let limits = Limits {
        file_bytes: config.limits.file_bytes,
        turns_at_once: config.assistant.turns_at_once.max(1),
        settle_ms: config.assistant.settle_ms.max(0),
        turn_attempts: config.assistant.turn_attempts.max(1),
        silent_bot_ms: config.assistant.silent_ms.max(1_000),
        idle_bot_ms: config.assistant.idle_minutes.max(1) * MINUTE_MS,
        visits_kept: config.limits.visits_kept.into(),
        ..Limits::default()
    };
    let parts = DeskParts {
        store,
        bus: Bus::local(),
        ids: Ids::timed_by(&clock),
        clock,
        embedder: embedder::open(&config.embedding).await?,
        shops: all,
        limits,
        files_dir: config.data_dir.join("files"),
    };
    let desk = Desk::open(parts).await.context("loading the knowledge index")?;
    if let Some(connected) = chat_model::open(&config.chat_model)? {
        desk.chat.connect(connected);
    }
    read_skills(&desk, config);
    read_policies(&desk, config).await?;
    Ok(desk)
}

/// The merchant's policies. A faulty one stops the start: the default may allow what it forbids.
async fn read_policies(desk: &Desk, config: &Config) -> anyhow::Result<()> {
    let shops: Vec<(ShopId, String)> = desk.store.shops().await?.into_iter().map(|shop| (shop.id, shop.key)).collect();
    let own = desk.policies.load_folder(&config.data_dir.join(POLICIES), &shops).context("reading the policies")?;
    if !own.is_empty() {
        tracing::info!(shops = own.len(), "shops with a policy of their own");
    }
    Ok(())
}

/// The merchant's skills; a faulty file is told and left out, and the shipped skill of that name stays.
fn read_skills(desk: &Desk, config: &Config) {
    let report = desk.skills.read_folder(&config.skills_folder());
    for fault in &report.faults {
        tracing::warn!(file = fault.file, line = fault.line, column = fault.column, fault.message, "a skill is faulty");
    }
    if !report.taken.is_empty() {
        tracing::info!(skills = ?report.taken, "the shop's own skills are used");
    }
}
