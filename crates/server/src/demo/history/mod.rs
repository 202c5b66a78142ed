//! The days the demo shop has behind it: its invented conversations, played through the real desk on a clock that
//! starts in the past, so that reports, lists and suggestions have something to show. Only on a folder that is new.

mod times;
mod visits;

use std::{collections::HashMap, sync::Arc};

use anyhow::Context;
use domain::{id::ShopId, time::DAY_MS};
use engine::{clock::Clock, desk::Desk, jobs, library, reader, shop::Connector};
use indicatif::{ProgressBar, ProgressStyle};
use rand::{SeedableRng, rngs::StdRng};
use store::{Shop, Store};
use tokio::sync::watch;

use super::{SEED, articles};
use crate::{config::Config, start};
use visits::Visits;

/// Enough for a week's report and the week before it to begin.
const DAYS: i64 = 10;
/// A day's visits: few enough that the first start stays short.
const VISITS: std::ops::Range<usize> = 16..26;

/// Plays them when the shop has no articles yet.
pub async fn ensure(
    config: &Config,
    store: &Store,
    shop: &Shop,
    connectors: HashMap<ShopId, Arc<Connector>>,
) -> anyhow::Result<()> {
    let now = Clock::default().now();
    if articles::any(store, shop, now).await? {
        return Ok(());
    }
    let clock = Clock::manual(now.minus_ms(DAYS * DAY_MS));
    let desk = start::open_desk_at(config, store.clone(), connectors, clock).await?;
    super::furnish(&desk, shop, &config.data_dir).await?;
    let bar =
        ProgressBar::new(0).with_message("preparing the articles and ten days of conversations (first start only)");
    bar.set_style(ProgressStyle::with_template("  {msg} {bar:30} {pos}/{len}").unwrap_or(ProgressStyle::default_bar()));
    index(&desk, &bar).await?;
    let mut random = StdRng::seed_from_u64(SEED);
    let times = times::draw(desk.now(), now, DAYS, VISITS, &mut random);
    bar.inc_length(times.len() as u64);
    let visits = Visits::read()?;
    for time in times {
        visits.play(&desk, shop, time, &mut random).await.context("playing the demo's past")?;
        bar.inc(1);
    }
    bar.finish_and_clear();
    Ok(())
}

/// Vectors first: without them the bot of those days would have been worse than it is.
async fn index(desk: &Arc<Desk>, bar: &ProgressBar) -> anyhow::Result<()> {
    if desk.library.model().is_some() {
        bar.set_length(desk.library.pending() as u64);
        let (stop, stopping) = watch::channel(false);
        let workers = jobs::start(desk.clone(), stopping);
        while desk.library.pending() > 0 {
            bar.set_position(bar.length().unwrap_or(0).saturating_sub(desk.library.pending() as u64));
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
        let _ = stop.send(true);
        workers.await.context("making the articles' vectors")?;
    }
    library::learn(desk).await?;
    reader::learn(desk).await?;
    Ok(())
}
