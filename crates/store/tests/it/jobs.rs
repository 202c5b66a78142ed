//! Jobs: unique, claimed by one worker at a time, retried, and finally dead.

use std::collections::BTreeSet;

use domain::{id::JobId, time::Timestamp};
use store::*;

use crate::world::{T0, World, job};

const LEASE_MS: i64 = 1_000;

async fn claim(world: &World, worker: &str, now: Timestamp, limit: i64) -> Vec<Job> {
    world.claim_jobs(&["turn"], worker, now, LEASE_MS, limit).await.unwrap()
}

pub async fn check_enqueue(world: &World) {
    let first = job(world, "turn", "a", T0);
    assert!(world.enqueue(&first).await.unwrap());
    assert!(!world.enqueue(&job(world, "turn", "a", T0)).await.unwrap(), "known");
    assert!(world.enqueue(&job(world, "index", "a", T0)).await.unwrap(), "of another kind");
    assert!(world.enqueue(&job(world, "turn", "later", T0.plus_ms(5))).await.unwrap());
    assert!(claim(world, "w", T0.minus_ms(1), 9).await.is_empty(), "not due yet");
    let claimed = claim(world, "w", T0, 9).await;
    let expected = Job {
        id: first.id,
        kind: "turn".into(),
        key: "a".into(),
        payload: first.payload,
        attempts: 1,
        max_attempts: 3,
    };
    assert_eq!(claimed, [expected]);
    assert!(world.claim_jobs(&[], "w", T0, LEASE_MS, 9).await.unwrap().is_empty());
    let both = world.claim_jobs(&["turn", "index"], "w", T0.plus_ms(5), LEASE_MS, 9).await.unwrap();
    assert_eq!(both.iter().map(|job| job.key.as_str()).collect::<Vec<_>>(), ["a", "later"]);
    assert!(world.finish_job(first.id, "w").await.unwrap());
    assert!(!world.enqueue(&job(world, "turn", "a", T0)).await.unwrap(), "done, and its key is kept");
}

pub async fn check_two_workers(world: &World) {
    const JOBS: usize = 60;
    for n in 0..JOBS {
        world.enqueue(&job(world, "turn", &n.to_string(), T0.plus_ms(n as i64))).await.unwrap();
    }
    let now = T0.plus_ms(JOBS as i64);
    let earliest: Vec<_> = claim(world, "first", now, 3).await.into_iter().map(|job| job.key).collect();
    assert_eq!(earliest, ["0", "1", "2"]);
    let work = async |worker: String| {
        let mut mine = Vec::new();
        loop {
            let jobs = claim(world, &worker, now, 4).await;
            if jobs.is_empty() {
                // Another worker may hold the last ones locked; whoever finds none left is through.
                return mine;
            }
            assert!(jobs.len() <= 4);
            for job in jobs {
                assert!(world.finish_job(job.id, &worker).await.unwrap());
                mine.push(job.id);
            }
        }
    };
    let taken = futures::future::join_all((0..4).map(|n| work(format!("worker-{n}")))).await.concat();
    assert_eq!(taken.len(), taken.iter().collect::<BTreeSet<&JobId>>().len(), "nothing was claimed twice");
    assert_eq!(taken.len(), JOBS - earliest.len());
    assert_eq!(world.job_counts().await.unwrap().done as usize, taken.len());
}

pub async fn check_leases(world: &World) {
    world.enqueue(&job(world, "turn", "a", T0)).await.unwrap();
    let held = claim(world, "one", T0, 1).await.remove(0);
    assert!(claim(world, "two", T0.plus_ms(LEASE_MS - 1), 1).await.is_empty(), "still held");
    assert!(world.extend_job(held.id, "one", T0.plus_ms(LEASE_MS - 1), LEASE_MS).await.unwrap());
    assert!(claim(world, "two", T0.plus_ms(LEASE_MS), 1).await.is_empty(), "held for longer");
    let later = T0.plus_ms(2 * LEASE_MS);
    let again = claim(world, "two", later, 1).await.remove(0);
    assert_eq!((again.id, again.attempts), (held.id, 2));
    // The first worker comes back from wherever it was: the job isn't its own any more.
    assert!(!world.finish_job(held.id, "one").await.unwrap());
    assert!(!world.extend_job(held.id, "one", later, LEASE_MS).await.unwrap());
    assert_eq!(world.fail_job(held.id, "one", "late", None).await.unwrap(), JobFate::Retry);
    assert_eq!(world.job_counts().await.unwrap().running, 1);
    assert!(world.finish_job(held.id, "two").await.unwrap());
    assert!(!world.finish_job(held.id, "two").await.unwrap());
}

pub async fn check_dead(world: &World) {
    world.enqueue(&job(world, "turn", "failing", T0)).await.unwrap();
    let mut now = T0;
    for attempt in 1..=3 {
        let held = claim(world, "w", now, 1).await.remove(0);
        assert_eq!(held.attempts, attempt);
        now = now.plus_ms(10);
        let fate =
            world.fail_job(held.id, "w", &format!("boom {attempt} {}", "x".repeat(5_000)), Some(now)).await.unwrap();
        assert_eq!(fate, if attempt < 3 { JobFate::Retry } else { JobFate::Dead });
        assert!(claim(world, "w", now.minus_ms(1), 1).await.is_empty(), "not before the retry");
    }
    assert!(claim(world, "w", now.plus_ms(99 * LEASE_MS), 1).await.is_empty(), "dead is dead");
    let dead = world.dead_jobs(10).await.unwrap();
    assert_eq!((dead.len(), dead[0].job.key.as_str(), dead[0].tried_at), (1, "failing", Some(T0.plus_ms(20))));
    assert!(dead[0].error.starts_with("boom 3") && dead[0].error.len() <= 1_000);

    let hopeless = job(world, "turn", "hopeless", T0);
    world.enqueue(&hopeless).await.unwrap();
    claim(world, "w", now, 1).await;
    assert_eq!(world.fail_job(hopeless.id, "w", "no", None).await.unwrap(), JobFate::Dead, "no retry was wanted");

    // Workers that vanish with it use attempts up as well.
    world.enqueue(&NewJob { max_attempts: 2, ..job(world, "turn", "crashing", T0) }).await.unwrap();
    for _ in 0..2 {
        now = now.plus_ms(LEASE_MS);
        assert_eq!(claim(world, "w", now, 1).await.len(), 1);
    }
    assert!(claim(world, "w", now.plus_ms(LEASE_MS), 1).await.is_empty());
    let dead = world.dead_jobs(1).await.unwrap();
    assert_eq!((dead.len(), dead[0].job.key.as_str()), (1, "crashing"), "the latest first");
    assert_eq!(world.job_counts().await.unwrap().dead, 3);
}

pub async fn check_counts_and_prune(world: &World) {
    assert_eq!(world.job_counts().await.unwrap(), JobCounts::default());
    for (n, key) in ["a", "b", "c"].into_iter().enumerate() {
        world.enqueue(&job(world, "turn", key, T0.plus_ms(n as i64))).await.unwrap();
    }
    let held = claim(world, "w", T0.plus_ms(1), 2).await;
    world.finish_job(held[0].id, "w").await.unwrap();
    let counts = world.job_counts().await.unwrap();
    assert_eq!(counts, JobCounts { waiting: 1, running: 1, done: 1, dead: 0, oldest_due: Some(T0.plus_ms(2)) });
    assert_eq!(world.prune_jobs(T0.plus_ms(1)).await.unwrap(), 0, "too recent");
    assert_eq!(world.prune_jobs(T0.plus_ms(2)).await.unwrap(), 1);
    assert_eq!(world.job_counts().await.unwrap(), JobCounts { done: 0, ..counts });
    assert!(world.enqueue(&job(world, "turn", "a", T0)).await.unwrap(), "its key is free again");
}
