//! A running desk: the database, the bus, the knowledge index, the shops, and nothing global. One process can run many.

use std::{collections::HashMap, path::PathBuf, sync::Arc};

use domain::{id::ShopId, time::Timestamp};
use store::Store;
use tokio::sync::Notify;

use crate::{
    actions::Policies,
    bus::Bus,
    clock::{Clock, Ids},
    error::{DeskError, Result},
    library::Library,
    shop::Connector,
};

/// What a desk is made of.
pub struct DeskParts {
    pub store: Store,
    pub bus: Bus,
    pub clock: Clock,
    pub ids: Ids,
    /// `None`: the model file is missing, and search is by words only.
    pub embedder: Option<models::Embedder>,
    pub shops: HashMap<ShopId, Arc<Connector>>,
    pub limits: Limits,
    /// Where uploaded files are kept.
    pub files_dir: PathBuf,
}

/// Named limits of the desk itself; the server adds those of its protocols.
#[derive(Debug, Clone)]
pub struct Limits {
    pub file_bytes: u64,
    /// Bot turns worked on at the same time in this process.
    pub turns_at_once: usize,
    /// How long a bot waits for a second message of a burst.
    pub settle_ms: i64,
    /// A turn not finished by then is another worker's.
    pub turn_lease_ms: i64,
    /// Tries before a turn counts as lost and goes to a human.
    pub turn_attempts: i64,
    /// A shopper unanswered by the bot for so long goes to a human, whatever happened to the turn.
    pub silent_bot_ms: i64,
    /// An answered conversation with the bot that stays quiet for so long is resolved.
    pub idle_bot_ms: i64,
    /// Pages a shopper came to while chatting that are kept for each conversation; 0 keeps none.
    pub visits_kept: i64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 8 * 1024 * 1024,
            turns_at_once: 4,
            settle_ms: 300,
            turn_lease_ms: 20_000,
            turn_attempts: 3,
            silent_bot_ms: 45_000,
            idle_bot_ms: 30 * 60 * 1_000,
            visits_kept: 20,
        }
    }
}

pub struct Desk {
    pub store: Store,
    pub bus: Bus,
    pub clock: Clock,
    pub ids: Ids,
    pub library: Library,
    pub limits: Limits,
    pub files_dir: PathBuf,
    pub(crate) shops: HashMap<ShopId, Arc<Connector>>,
    /// What the bot can carry out.
    pub skills: crate::bot::skill::Shelf,
    /// Which of them a shopper wants.
    pub readers: crate::reader::Readers,
    /// From which chance on the bot answers alone, where people's judgements certify one.
    pub thresholds: crate::review::Thresholds,
    /// When a human is needed, where no hard rule decides.
    pub handoffs: crate::handoff::Models,
    /// What may be done to orders, shop by shop.
    pub policies: Policies,
    /// Who serves whom.
    pub routing: crate::routing::Memory,
    /// The external chat model, if there is one.
    pub chat: crate::chat::Chat,
    /// How agents answered before, shop by shop.
    pub(crate) replies: crate::suggest::Replies,
    /// Rings when a job was enqueued by this process.
    pub(crate) job_bell: Notify,
}

impl Desk {
    /// Loads the knowledge index; workers are started apart, by `jobs::start`.
    pub async fn open(parts: DeskParts) -> Result<Arc<Self>> {
        let DeskParts { store, bus, clock, ids, embedder, shops, limits, files_dir } = parts;
        let desk = Arc::new(Self {
            store,
            bus,
            clock,
            ids,
            library: Library::new(embedder)?,
            limits,
            files_dir,
            shops,
            skills: crate::bot::skill::Shelf::default(),
            readers: crate::reader::Readers::default(),
            thresholds: crate::review::Thresholds::default(),
            handoffs: crate::handoff::Models::default(),
            policies: Policies::shipped().map_err(|error| {
                tracing::error!(%error, "the shipped policy is unsound");
                DeskError::Internal("the shipped policy is unsound")
            })?,
            routing: crate::routing::Memory::default(),
            chat: crate::chat::Chat::default(),
            replies: crate::suggest::Replies::default(),
            job_bell: Notify::new(),
        });
        crate::library::refresh(&desk).await?;
        crate::bot::warm();
        Ok(desk)
    }

    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The connector of a shop; `None` when none is configured.
    pub fn connector(&self, shop: ShopId) -> Option<&Arc<Connector>> {
        self.shops.get(&shop)
    }
}
