//! A few simulated shoppers at a calm pace, so that a demo's inbox is alive. They use the public API like everybody.

use std::{sync::Arc, time::Duration};

use anyhow::{Context, Result};
use rand::{Rng, SeedableRng, rngs::StdRng, seq::IndexedRandom};
use serde::Deserialize;
use tokio::{sync::watch, task::JoinSet};

use crate::rehearse::Client;

const SCRIPTS: &str = include_str!("../../../../content/simulated_shoppers.yaml");
/// Visits at the same time: lively, not busy.
const AT_ONCE: usize = 3;
/// The first visits come sooner, so that nothing is empty when the page is first opened.
const QUICK_VISITS: u32 = 6;
const QUICK_PAUSE: Duration = Duration::from_secs(2);
const PAUSE_S: std::ops::Range<u64> = 25..70;
const TYPING_S: std::ops::Range<u64> = 3..9;
const PATIENCE: Duration = Duration::from_secs(30);
/// Shoppers who wait for a person at the same time; beyond that the scripts end with the bot.
const WAITING_AT_MOST: usize = 4;

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Script {
    #[serde(default)]
    customer: Option<String>,
    lines: Vec<String>,
    #[serde(default)]
    human: bool,
}

/// What the visits need to know of the desk they visit.
pub struct Visits {
    /// Base address, such as `http://127.0.0.1:8787`.
    pub url: String,
    pub shop: String,
    /// Vouches for a demo customer, as the shop's backend would.
    pub vouch: Arc<dyn Fn(&str) -> Option<String> + Send + Sync>,
}

/// Visits go on until `stop` turns true.
pub async fn visit(visits: Arc<Visits>, mut stop: watch::Receiver<bool>) -> Result<()> {
    let scripts: Vec<Script> = serde_yaml_ng::from_str(SCRIPTS).context("content/simulated_shoppers.yaml")?;
    let http = reqwest::Client::builder().build()?;
    let mut random = StdRng::from_os_rng();
    let mut running = JoinSet::new();
    let mut waiting = 0usize;
    let mut count = 0;
    while !*stop.borrow() {
        while let Some(ended) = running.try_join_next() {
            waiting += usize::from(matches!(ended, Ok(Ok(true))));
        }
        if running.len() < AT_ONCE
            && let Some(script) = scripts.choose(&mut random).cloned()
        {
            let asks_human = script.human && waiting < WAITING_AT_MOST;
            let script = Script { human: asks_human, ..script };
            let (visits, http, seed) = (visits.clone(), http.clone(), random.random());
            running.spawn(async move { play(&visits, http, script, seed).await });
            count += 1;
        }
        let pause = if count < QUICK_VISITS { QUICK_PAUSE } else { Duration::from_secs(random.random_range(PAUSE_S)) };
        tokio::select! {
            _ = tokio::time::sleep(pause) => {}
            _ = stop.changed() => {}
        }
    }
    Ok(())
}

/// One visit; whether the shopper ends up waiting for a person.
async fn play(visits: &Visits, http: reqwest::Client, script: Script, seed: u64) -> Result<bool> {
    let mut random = StdRng::seed_from_u64(seed);
    let identity = script.customer.as_deref().and_then(|customer| (visits.vouch)(customer));
    let mut client = Client::open(http, &visits.url, &visits.shop, identity.as_deref()).await?;
    for (number, line) in script.lines.iter().enumerate() {
        tokio::time::sleep(Duration::from_secs(random.random_range(TYPING_S))).await;
        let client_id = format!("s{seed:x}-{number}");
        let seq = client.say(&client_id, line, PATIENCE).await?;
        client.await_answer(seq, PATIENCE).await?;
        if client.controller != "bot" {
            return Ok(true);
        }
    }
    if script.human {
        client.ask_human().await?;
    }
    Ok(script.human)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_are_readable() {
        let scripts: Vec<Script> = serde_yaml_ng::from_str(SCRIPTS).unwrap();
        assert!(scripts.len() >= 20);
        assert!(scripts.iter().all(|script| !script.lines.is_empty()));
        assert!(scripts.iter().any(|script| script.human) && scripts.iter().any(|script| script.customer.is_some()));
    }
}
