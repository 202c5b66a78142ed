//! After the last step: time passes and workers run until nothing is left to do.

use super::{FaultKind, Service};
use crate::plan::{Act, Deed, NODES};

/// Every attempt of a turn may have been taken by a worker that vanished, and the safety net comes after them.
const ROUNDS: usize = 5;

impl Service<'_> {
    pub(super) async fn quiet_down(&mut self) -> anyhow::Result<()> {
        let limits = self.nodes[0].desk.limits.clone();
        for _ in 0..ROUNDS {
            self.clock.advance_ms(limits.turn_lease_ms.max(limits.silent_bot_ms) + 1);
            for node in 0..NODES {
                self.work_off(node).await?;
                self.alone(&Act { node, deed: Deed::Sweep }).await?;
            }
            self.hints.carry(&mut self.nodes).await?;
            let left = self.store().job_counts().await?;
            // What is due later, such as the end of a promise, isn't left over.
            let is_due = left.oldest_due.is_some_and(|due| due <= self.clock.now());
            if left.running == 0 && !is_due {
                return Ok(());
            }
        }
        self.record.fault(FaultKind::WorkLeft, format!("{:?}", self.store().job_counts().await?));
        Ok(())
    }

    async fn work_off(&mut self, node: usize) -> anyhow::Result<()> {
        let worker = self.nodes[node].worker.clone();
        let desk = self.nodes[node].desk.clone();
        if let Err(error) = engine::jobs::drain(&desk, &worker).await {
            self.record.fault(FaultKind::Failed, format!("working off: {error}"));
        }
        Ok(())
    }
}
