//! Keeping on: a round after every hint that may have changed something, and a sweep for hints that were lost.

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use domain::id::ShopId;
use tokio::sync::{broadcast::error::RecvError, watch};

use super::{presence, reclaim, round, turns};
use crate::{bus::Hint, desk::Desk, error::Result};

/// Hints come in bursts; a round looks at everything, so one is enough for all of them.
const SETTLE: Duration = Duration::from_millis(50);
/// How often everything is looked at whether or not a hint came.
const SWEEP: Duration = Duration::from_secs(5);

/// Until `stop` turns true.
pub(crate) async fn keep(desk: Arc<Desk>, mut stop: watch::Receiver<bool>) {
    let mut hints = desk.bus.subscribe();
    let mut sweeps = tokio::time::interval(SWEEP);
    sweeps.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    while !*stop.borrow() {
        let outcome = tokio::select! {
            _ = sweeps.tick() => sweep(&desk).await,
            hint = hints.recv() => match hint {
                Ok(hint) => {
                    let mut changed = BTreeSet::from_iter(concerns(&hint));
                    if changed.is_empty() {
                        continue;
                    }
                    tokio::time::sleep(SETTLE).await;
                    while let Ok(more) = hints.try_recv() {
                        changed.extend(concerns(&more));
                    }
                    rounds(&desk, changed).await
                }
                Err(RecvError::Lagged(_)) => sweep(&desk).await,
                Err(RecvError::Closed) => return,
            },
            _ = stop.changed() => return,
        };
        if let Err(error) = outcome {
            tracing::warn!(%error, "conversations were not assigned");
        }
    }
}

/// The shops in which something may have to be given to somebody; `None` in it is any shop.
fn concerns(hint: &Hint) -> Option<Option<ShopId>> {
    match hint {
        Hint::Inbox { shop } => Some(Some(*shop)),
        Hint::Presence { .. } => Some(None),
        _ => None,
    }
}

async fn rounds(desk: &Desk, changed: BTreeSet<Option<ShopId>>) -> Result<()> {
    if changed.contains(&None) {
        for shop in desk.store.shops().await? {
            look(desk, shop.id).await?;
        }
        return Ok(());
    }
    for shop in changed.into_iter().flatten() {
        look(desk, shop).await?;
    }
    Ok(())
}

async fn look(desk: &Desk, shop: ShopId) -> Result<()> {
    round(desk, shop).await?;
    turns::tell(desk, shop).await
}

/// Everything, in every shop.
pub(crate) async fn sweep(desk: &Desk) -> Result<()> {
    presence::sweep(desk).await?;
    for shop in desk.store.shops().await? {
        reclaim::sweep(desk, shop.id).await?;
        look(desk, shop.id).await?;
    }
    Ok(())
}
