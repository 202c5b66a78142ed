//! One of the processes that serve together: a desk that can be dropped and opened again on the same database.

use std::sync::Arc;

use engine::{
    bus::Hint,
    clock::{Clock, Ids},
    desk::Desk,
};
use tokio::sync::broadcast;

use crate::premises::Lot;

pub struct Node {
    pub desk: Arc<Desk>,
    /// What this node's bus carries.
    pub heard: broadcast::Receiver<Hint>,
    /// Another one after a restart, as with real processes.
    pub worker: String,
    number: usize,
    lives: usize,
}

impl Node {
    pub async fn open(lot: &Lot, number: usize, clock: &Clock, seed: u64) -> anyhow::Result<Self> {
        let ids = Ids::seeded(clock.clone(), lot.salt ^ seed.wrapping_mul(16).wrapping_add(number as u64 + 1));
        Self::start(lot, number, 1, clock, &ids).await
    }

    /// What was under way is gone; what was stored is not.
    pub async fn restart(&mut self, lot: &Lot) -> anyhow::Result<()> {
        let (clock, ids) = (self.desk.clock.clone(), self.desk.ids.clone());
        *self = Self::start(lot, self.number, self.lives + 1, &clock, &ids).await?;
        Ok(())
    }

    async fn start(lot: &Lot, number: usize, lives: usize, clock: &Clock, ids: &Ids) -> anyhow::Result<Self> {
        let desk = lot.open_desk(clock, ids).await?;
        let heard = desk.bus.subscribe();
        Ok(Self { desk, heard, worker: format!("node-{number}-life-{lives}"), number, lives })
    }
}
