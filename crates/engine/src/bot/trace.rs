//! Collecting the readable record of a turn while it runs.

use std::time::Instant;

use domain::{
    language::Bilingual,
    trace::{TraceStep, TurnStage},
};
use serde::Serialize;

pub struct Tracing {
    begun: Instant,
    step_begun: Instant,
    pub steps: Vec<TraceStep>,
}

impl Default for Tracing {
    fn default() -> Self {
        let now = Instant::now();
        Self { begun: now, step_begun: now, steps: Vec::new() }
    }
}

impl Tracing {
    /// Closes the step that has been running since the one before.
    pub fn step(&mut self, stage: TurnStage, zh: impl Into<String>, en: impl Into<String>, detail: impl Serialize) {
        let took_ms = self.step_begun.elapsed().as_millis() as i64;
        let detail = serde_json::to_value(detail).unwrap_or_default();
        self.steps.push(TraceStep { stage, took_ms, summary: Bilingual::new(zh, en), detail });
        self.step_begun = Instant::now();
    }

    pub fn took_ms(&self) -> i64 {
        self.begun.elapsed().as_millis() as i64
    }
}
