//! `tandem rehearse`: plays the shopper's side of real dialogues against a running desk, through the public API,
//! as widgets would, and counts what became of every message.

mod client;
mod dialogue;

use std::{
    collections::HashMap,
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::Result;
use serde::Serialize;
use tokio::{sync::Semaphore, task::JoinSet};

use self::{
    client::Client,
    dialogue::{Dialogue, read},
};

/// An answer later than this counts as none.
const PATIENCE: Duration = Duration::from_secs(60);

#[derive(Debug, Clone)]
pub struct Options {
    pub url: String,
    pub shop: String,
    /// Conversations at the same time.
    pub at_once: usize,
    /// Only so many dialogues of the file.
    pub limit: Option<usize>,
}

#[derive(Debug, Default, Serialize)]
pub struct Report {
    pub conversations: usize,
    /// Turns of both sides in the file.
    pub turns: usize,
    /// Sent by shoppers.
    pub messages: usize,
    pub acknowledged: usize,
    /// Conversations whose last message was answered, and which the bot still holds.
    pub answered: usize,
    /// Conversations that are in the queue or with an agent.
    pub handed_off: usize,
    /// Conversations that are neither.
    pub unanswered: usize,
    /// Messages sent that are not in the log.
    pub lost: usize,
    /// Messages that are in the log more than once.
    pub doubled: usize,
    /// Conversations that could not be played to the end, with the reason on standard error.
    pub failed: usize,
    /// From sending the last message of a burst to the first answer, for bursts the bot answered.
    pub p50_ms: f64,
    pub p99_ms: f64,
    pub seconds: f64,
}

/// Plays all dialogues, several at a time.
pub async fn rehearse(file: &Path, options: &Options) -> Result<Report> {
    let mut dialogues = read(file)?;
    dialogues.truncate(options.limit.unwrap_or(usize::MAX));
    let begun = Instant::now();
    let http = reqwest::Client::builder().build()?;
    let places = Arc::new(Semaphore::new(options.at_once.max(1)));
    let mut running = JoinSet::new();
    for dialogue in dialogues.into_iter().filter(|dialogue| !dialogue.bursts.is_empty()) {
        let (http, options, places) = (http.clone(), options.clone(), places.clone());
        running.spawn(async move {
            let _place = places.acquire_owned().await;
            play(http, &options, &dialogue).await
        });
    }
    let mut report = Report::default();
    let mut latencies = Vec::new();
    let total = running.len();
    while let Some(played) = running.join_next().await {
        add(&mut report, &mut latencies, played?);
        if report.conversations.is_multiple_of(50) || report.conversations == total {
            eprintln!("{} of {total} conversations", report.conversations);
        }
    }
    latencies.sort_by(f64::total_cmp);
    report.p50_ms = percentile(&latencies, 0.50);
    report.p99_ms = percentile(&latencies, 0.99);
    report.seconds = begun.elapsed().as_secs_f64();
    Ok(report)
}

/// What became of one dialogue.
struct Played {
    turns: usize,
    sent: usize,
    acknowledged: usize,
    end: End,
    lost: usize,
    doubled: usize,
    latencies: Vec<f64>,
    failure: Option<anyhow::Error>,
}

enum End {
    Answered,
    HandedOff,
    Unanswered,
}

async fn play(http: reqwest::Client, options: &Options, dialogue: &Dialogue) -> Played {
    let mut played = Played {
        turns: dialogue.turns,
        sent: 0,
        acknowledged: 0,
        end: End::Unanswered,
        lost: 0,
        doubled: 0,
        latencies: Vec::new(),
        failure: None,
    };
    if let Err(error) = converse(http, options, dialogue, &mut played).await {
        played.failure = Some(error);
    }
    played
}

async fn converse(http: reqwest::Client, options: &Options, dialogue: &Dialogue, played: &mut Played) -> Result<()> {
    let mut client = Client::open(http, &options.url, &options.shop).await?;
    let mut sent = Vec::new();
    let mut last = 0;
    for burst in &dialogue.bursts {
        let mut said_at = Instant::now();
        for message in burst {
            let client_id = format!("r{}", sent.len());
            said_at = Instant::now();
            played.sent += 1;
            sent.push(client_id.clone());
            last = client.say(&client_id, message, PATIENCE).await?;
            played.acknowledged += 1;
        }
        let was_with_bot = client.controller == "bot";
        if client.await_answer(last, PATIENCE).await? && was_with_bot && client.answered_seq > last {
            played.latencies.push(said_at.elapsed().as_secs_f64() * 1e3);
        }
    }
    played.end = match client.controller_now().await?.as_str() {
        "bot" if client.answered_seq > last => End::Answered,
        "bot" => End::Unanswered,
        _ => End::HandedOff,
    };
    let mut seen: HashMap<String, usize> = HashMap::new();
    for event in client.log().await? {
        if let Some(id) = event["message"]["client_id"].as_str().filter(|_| event["by"] == "shopper") {
            *seen.entry(id.to_owned()).or_default() += 1;
        }
    }
    played.lost = sent.iter().filter(|id| !seen.contains_key(*id)).count();
    played.doubled = seen.values().filter(|count| **count > 1).count();
    Ok(())
}

fn add(report: &mut Report, latencies: &mut Vec<f64>, played: Played) {
    report.conversations += 1;
    report.turns += played.turns;
    report.messages += played.sent;
    report.acknowledged += played.acknowledged;
    report.lost += played.lost;
    report.doubled += played.doubled;
    match played.end {
        End::Answered => report.answered += 1,
        End::HandedOff => report.handed_off += 1,
        End::Unanswered => report.unanswered += 1,
    }
    latencies.extend(played.latencies);
    if let Some(error) = played.failure {
        report.failed += 1;
        eprintln!("a conversation failed: {error:#}");
    }
}

/// Of sorted values; 0 of none.
fn percentile(sorted: &[f64], share: f64) -> f64 {
    let place = (share * (sorted.len() as f64 - 1.0)).round().max(0.0) as usize;
    sorted.get(place).map_or(0.0, |value| (value * 10.0).round() / 10.0)
}
