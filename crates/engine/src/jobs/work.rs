//! The workers: claim, do, finish; retry what may pass, and give to a human what may not be lost.

use std::{sync::Arc, time::Duration};

use domain::{handoff::HandoffReason, id::ConversationId};
use store::Job;
use tokio::{sync::watch, task::JoinSet};

use super::follow::{TURN_JOB, read_turn};
use crate::{
    actions::{self, ACTION_JOB},
    bot, conversations,
    deadlines::{self, DEADLINE_JOB},
    desk::Desk,
    error::{DeskError, Result},
    handoff::{self, Asker},
    library::{self, INDEX_JOB},
    reader, review, routing,
    suggest::{self, LEARN_JOB},
    workspace,
};

/// Lost bells are healed by looking this often.
const POLL: Duration = Duration::from_millis(200);
/// How often the safety net looks for shoppers nobody answered, and the index for what other processes wrote.
const SWEEP: Duration = Duration::from_secs(5);
/// Finished jobs keep their keys this long, so that a repeated event doesn't repeat its work.
const KEEP_DONE_MS: i64 = domain::time::DAY_MS;
/// How often it is looked whether articles changed and there is something to learn.
const LEARN: Duration = Duration::from_secs(2);
const ROUNDS_PER_REVIEW: u64 = 30;
const SWEEP_LIMIT: i64 = 100;
const RETRY_BASE_MS: i64 = 500;
const KINDS: [&str; 5] = [TURN_JOB, DEADLINE_JOB, ACTION_JOB, INDEX_JOB, LEARN_JOB];

/// Starts this process's workers. They finish what they hold when `stop` turns true.
pub fn start(desk: Arc<Desk>, mut stop: watch::Receiver<bool>) -> tokio::task::JoinHandle<()> {
    tokio::spawn(async move {
        let learning = tokio::spawn(keep_learning(desk.clone(), stop.clone()));
        let routing = tokio::spawn(routing::keep(desk.clone(), stop.clone()));
        let worker = format!("worker-{:x}", desk.ids.bits());
        let mut running = JoinSet::new();
        let mut next_sweep = tokio::time::Instant::now();
        while !*stop.borrow() {
            if tokio::time::Instant::now() >= next_sweep {
                if let Err(error) = sweep(&desk).await {
                    tracing::warn!(%error, "sweep failed");
                }
                next_sweep = tokio::time::Instant::now() + SWEEP;
            }
            let free = desk.limits.turns_at_once.saturating_sub(running.len());
            let claimed = if free == 0 { Ok(Vec::new()) } else { claim(&desk, &worker, free).await };
            match claimed {
                Ok(jobs) => {
                    for job in jobs {
                        let (desk, worker) = (desk.clone(), worker.clone());
                        running.spawn(async move { perform(&desk, &worker, job).await });
                    }
                }
                Err(error) => tracing::warn!(%error, "no jobs could be claimed"),
            }
            tokio::select! {
                _ = desk.job_bell.notified() => {}
                _ = running.join_next(), if !running.is_empty() => {}
                _ = tokio::time::sleep(POLL) => {}
                _ = stop.changed() => {}
            }
            while running.try_join_next().is_some() {}
        }
        while running.join_next().await.is_some() {}
        let _ = learning.await;
        let _ = routing.await;
    })
}

/// Learns from articles after they changed, apart from the workers: it computes for seconds.
async fn keep_learning(desk: Arc<Desk>, mut stop: watch::Receiver<bool>) {
    for round in 0_u64.. {
        if *stop.borrow() {
            break;
        }
        if let Err(error) = library::learn(&desk).await {
            tracing::warn!(%error, "nothing learned from the articles");
        }
        if let Err(error) = reader::learn(&desk).await {
            tracing::warn!(%error, "the reader of intents was not trained");
        }
        if let Err(error) = handoff::learn(&desk).await {
            tracing::warn!(%error, "the model of handing over was not trained");
        }
        // One's own judgements are taken in at once; this is for those of other processes, and for the start.
        let due = if round % ROUNDS_PER_REVIEW == 0 { Some(desk.shops.keys()) } else { None };
        for shop in due.into_iter().flatten() {
            if let Err(error) = review::refresh(&desk, *shop).await {
                tracing::warn!(%error, %shop, "the guarantee was not looked up");
            }
        }
        tokio::select! {
            _ = tokio::time::sleep(LEARN) => {}
            _ = stop.changed() => {}
        }
    }
}

async fn claim(desk: &Desk, worker: &str, limit: usize) -> Result<Vec<Job>> {
    let lease = desk.limits.turn_lease_ms;
    // Answers before indexing: a large import must not keep shoppers waiting.
    for kind in KINDS {
        let jobs = desk.store.claim_jobs(&[kind], worker, desk.now(), lease, limit as i64).await?;
        if !jobs.is_empty() {
            return Ok(jobs);
        }
    }
    Ok(Vec::new())
}

/// Does the due jobs of one round, one after another; for tests and the simulator. Returns how many.
pub async fn run_once(desk: &Desk, worker: &str) -> Result<usize> {
    let jobs = claim(desk, worker, desk.limits.turns_at_once).await?;
    let count = jobs.len();
    for job in jobs {
        perform(desk, worker, job).await;
    }
    Ok(count)
}

/// Until nothing is due any more.
pub async fn drain(desk: &Desk, worker: &str) -> Result<usize> {
    let mut done = 0;
    loop {
        match run_once(desk, worker).await? {
            0 => return Ok(done),
            count => done += count,
        }
    }
}

async fn perform(desk: &Desk, worker: &str, job: Job) {
    let outcome = match job.kind.as_str() {
        TURN_JOB => turn(desk, &job).await,
        ACTION_JOB => actions::resume(desk, &job.payload).await,
        DEADLINE_JOB => deadlines::perform(desk, &job.payload).await,
        INDEX_JOB => index(desk, &job).await,
        LEARN_JOB => suggest::learn(desk, &job.payload).await,
        _ => Err(DeskError::Internal("a job of unknown kind")),
    };
    let told = match outcome {
        Ok(()) => desk.store.finish_job(job.id, worker).await.map(|_| ()),
        Err(error) => {
            tracing::warn!(job = %job.id, kind = %job.kind, attempt = job.attempts, %error, "job failed");
            let backoff_ms = RETRY_BASE_MS << job.attempts.clamp(0, 8);
            let fate =
                desk.store.fail_job(job.id, worker, error_code(&error), Some(desk.now().plus_ms(backoff_ms))).await;
            if matches!(fate, Ok(store::JobFate::Dead)) {
                bury(desk, &job).await;
            }
            fate.map(|_| ())
        }
    };
    if let Err(error) = told {
        // The lease runs out, and the job is done again: doing it twice is harmless.
        tracing::warn!(job = %job.id, %error, "the end of a job was not stored");
    }
}

/// Without texts of shoppers.
fn error_code(error: &DeskError) -> &'static str {
    match error {
        DeskError::Store(_) => "store",
        DeskError::Shop(_) => "shop",
        DeskError::Embedding(_) => "embedding",
        DeskError::Refused(refusal) => refusal.code(),
        DeskError::Conflict => "conflict",
        _ => "internal",
    }
}

async fn turn(desk: &Desk, job: &Job) -> Result<()> {
    let (conversation, seq) = read_turn(&job.payload).ok_or(DeskError::Internal("a turn without a message"))?;
    match bot::run(desk, conversation, seq).await {
        Ok(outcome) => {
            metrics::counter!("tandem_bot_turns_total", "outcome" => outcome.label()).increment(1);
            Ok(())
        }
        // Control passed while it was composing, or everything was erased: nothing is left to do.
        Err(DeskError::Refused(_) | DeskError::NotFound) => Ok(()),
        Err(error) => Err(error),
    }
}

async fn index(desk: &Desk, job: &Job) -> Result<()> {
    let id = job.payload.parse().map_err(|_| DeskError::Internal("an index job without an article"))?;
    library::embed_article(desk, id).await
}

/// A turn nobody could finish: the shopper gets a human. An action the shop never answered: people have to look.
async fn bury(desk: &Desk, job: &Job) {
    match (job.kind.as_str(), read_turn(&job.payload)) {
        (TURN_JOB, Some((conversation, _))) => rescue(desk, conversation).await,
        (ACTION_JOB, _) => {
            if let Err(error) = actions::give_up(desk, &job.payload).await {
                tracing::error!(job = %job.id, %error, "an action without an answer was not closed");
            }
        }
        _ => {}
    }
}

async fn rescue(desk: &Desk, conversation: ConversationId) {
    match handoff::to_queue(desk, conversation, Asker::System(HandoffReason::BotFailed)).await {
        Ok(_) | Err(DeskError::Refused(_)) => {}
        Err(error) => tracing::error!(%conversation, %error, "a lost turn could not be handed to a human"),
    }
}

/// The safety net: whoever waits too long for the bot gets a human, whatever became of the turn.
pub async fn sweep(desk: &Desk) -> Result<()> {
    library::refresh(desk).await?;
    let now = desk.now();
    let before = now.minus_ms(desk.limits.silent_bot_ms);
    for conversation in desk.store.waiting_with_bot(before, SWEEP_LIMIT).await? {
        tracing::warn!(%conversation, "the bot stayed silent");
        rescue(desk, conversation).await;
    }
    let quiet_since = now.minus_ms(desk.limits.idle_bot_ms);
    for conversation in desk.store.idle_with_bot(quiet_since, SWEEP_LIMIT).await? {
        match conversations::resolve_idle(desk, conversation).await {
            Ok(()) | Err(DeskError::Refused(_)) => {}
            Err(error) => tracing::warn!(%conversation, %error, "an idle conversation was not resolved"),
        }
    }
    workspace::wake_due(desk).await?;
    workspace::remind(desk).await?;
    desk.store.prune_jobs(now.minus_ms(KEEP_DONE_MS)).await?;
    routing::sweep(desk).await
}
