//! Measuring what the desk can do, on files it has never seen. Nothing is chosen on the rows it is tested on.

mod answers;
mod card;
mod compliance;
mod ellipsis;
mod embedding;
mod emotion;
mod emotion_anger;
mod handoff;
mod injection;
mod intent;
mod intent_data;
mod languages;
mod need;
mod pairs;
mod reading;
mod replies;
mod rewrite;
mod scores;
mod selective;
pub mod tools;
mod topics;
mod uplift;
mod wish;

use std::{path::Path, time::Instant};

use serde::Serialize;
use serde_json::Value;

pub use embedding::Texts;
pub use wish::{Wish, run};

/// What an evaluation prints.
#[derive(Debug, Serialize)]
pub struct Report {
    pub eval: &'static str,
    pub data: String,
    pub n: usize,
    pub metrics: Value,
    /// Figures to compare with, and where they are from.
    pub floors: Value,
    pub seconds: f64,
}

impl Report {
    fn new(eval: &'static str, data: &Path, n: usize, begun: Instant, metrics: Value, floors: Value) -> Self {
        let seconds = (begun.elapsed().as_secs_f64() * 10.0).round() / 10.0;
        Self { eval, data: data.display().to_string(), n, metrics, floors, seconds }
    }
}

/// Four digits are more than any of these samples can tell.
fn rounded(value: f64) -> f64 {
    (value * 10_000.0).round() / 10_000.0
}
