//! Services from seeds: nothing is lost, doubled or left unanswered, and the same seed leaves the same log.

use sim::{Manner, Premises};

const SEEDS: u64 = 60;

#[tokio::test]
async fn services_hold_what_they_promise() {
    let premises = Premises::furnish(None).await.unwrap();
    let report = sim::run(&premises, 1, SEEDS, Manner::default()).await;
    assert_eq!(report.failed, 0, "{report:#?}");
    // Otherwise nothing was tried.
    assert!(report.races > SEEDS / 4 && report.withheld > SEEDS / 8, "{report:#?}");
    assert!(report.assigned > SEEDS / 4, "{report:#?}");
}

#[tokio::test]
async fn the_same_seed_leaves_the_same_log() {
    let premises = Premises::furnish(None).await.unwrap();
    let manner = Manner { exact: true, ..Manner::default() };
    for seed in 1..=8 {
        let (once, races) = sim::run_seed(&premises, seed, manner).await.unwrap();
        let (again, races_again) = sim::run_seed(&premises, seed, manner).await.unwrap();
        assert_eq!(once.logs, again.logs, "seed {seed}");
        assert_eq!(races, races_again, "seed {seed}");
        assert!(once.faults.is_empty(), "seed {seed}: {:?}", once.faults);
    }
}
