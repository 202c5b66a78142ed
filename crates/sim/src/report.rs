//! Running many seeds and adding up what was found.

use std::time::Instant;

use serde::Serialize;

use crate::{
    check::{Findings, check},
    plan::draw,
    play::{FaultKind, Manner, Service},
    premises::Premises,
};

/// Shown of a failing seed; the rest is seen by replaying it.
const FAULTS_SHOWN: usize = 6;

#[derive(Debug, Default, Serialize)]
pub struct Report {
    pub seeds: u64,
    pub failed: u64,
    /// Bot turns that were in flight while control passed.
    pub races: u64,
    /// Replies that lost such a race, recorded and not delivered.
    pub withheld: u64,
    pub wrong_speaker: u64,
    pub lost: u64,
    pub doubled: u64,
    pub unanswered: u64,
    /// Faults of all other kinds.
    pub other: u64,
    /// Not a fault: questions without an answer when control went back to the bot, which begins afresh.
    pub set_aside: u64,
    /// Conversations the desk gave to agents.
    pub assigned: u64,
    pub events: u64,
    pub seconds: f64,
    pub failing_seeds: Vec<u64>,
}

/// One seed, from an empty shop to the last check.
pub async fn run_seed(premises: &Premises, seed: u64, manner: Manner) -> anyhow::Result<(Findings, u64)> {
    let plan = draw(seed);
    let lot = premises.lot(seed, plan.has_articles).await?;
    let mut service = Service::begin(&lot, &plan, manner).await?;
    service.play(&plan).await?;
    let findings = check(&mut service).await?;
    Ok((findings, service.record.races))
}

/// Seeds `from` and those after it. A seed that can't be played to its end has failed, too.
pub async fn run(premises: &Premises, from: u64, seeds: u64, manner: Manner) -> Report {
    let began = Instant::now();
    let mut report = Report { seeds, ..Report::default() };
    for seed in from..from.saturating_add(seeds) {
        match run_seed(premises, seed, manner).await {
            Ok((findings, races)) => report.add(seed, &findings, races),
            Err(error) => {
                eprintln!("seed {seed}: {error:#}");
                report.other += 1;
                report.fail(seed);
            }
        }
    }
    report.seconds = (began.elapsed().as_secs_f64() * 1e3).round() / 1e3;
    report
}

impl Report {
    fn add(&mut self, seed: u64, findings: &Findings, races: u64) {
        let counts = [
            (&mut self.wrong_speaker, FaultKind::WrongSpeaker),
            (&mut self.lost, FaultKind::Lost),
            (&mut self.doubled, FaultKind::Doubled),
            (&mut self.unanswered, FaultKind::Unanswered),
        ];
        let mut named = 0;
        for (count, kind) in counts {
            *count += findings.count(kind);
            named += findings.count(kind);
        }
        self.other += findings.faults.len() as u64 - named;
        self.races += races;
        self.withheld += findings.withheld;
        self.set_aside += findings.set_aside;
        self.events += findings.events;
        self.assigned += findings.assigned;
        if !findings.faults.is_empty() {
            self.fail(seed);
            for fault in findings.faults.iter().take(FAULTS_SHOWN) {
                eprintln!("seed {seed}: {:?}: {}", fault.kind, fault.what);
            }
        }
    }

    fn fail(&mut self, seed: u64) {
        self.failed += 1;
        self.failing_seeds.push(seed);
    }
}
