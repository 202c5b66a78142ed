//! `selective`: how much may be answered alone under a promise, and how often the promise is broken. A classifier is
//! trained on `train`; the test texts are split again and again into turns that were labelled and turns to come.

use std::{path::Path, time::Instant};

use anyhow::{Result, bail};
use models::Embedder;
use rand::{SeedableRng, rngs::StdRng, seq::SliceRandom};
use serde_json::{Value, json};
use understanding::selective::{Promise, areas, certify, curve};

use super::{Report, Texts, intent::trained, intent_data::IntentData, rounded};

const SPLITS: u64 = 200;
const LABELLED: usize = 2_000;
const DOUBT: f64 = 0.05;
const ERRORS: [(&str, f64); 3] = [("2", 0.02), ("5", 0.05), ("10", 0.10)];
/// Points of the risk-coverage curve that are printed.
const COVERAGES: [f64; 7] = [0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9];

pub async fn selective(folder: &Path, embedder: &Embedder) -> Result<Report> {
    let begun = Instant::now();
    let data = IntentData::read(folder, &Texts::new(embedder)).await?;
    let classifier = trained(&data);
    let scored: Vec<(f32, bool)> = data
        .test
        .iter()
        .chain(&data.outside_test)
        .map(|sample| sample.predicted(&classifier))
        .map(|predicted| (predicted.reliability, predicted.is_right))
        .collect();
    if scored.len() <= LABELLED {
        bail!("{} texts are too few: {LABELLED} are labelled and the rest is tested", scored.len());
    }
    let metrics = measure(&scored, data.outside_test.len());
    let floors = json!({ "clinc150, TF-IDF alone": { "coverage_at_5": 0.695, "violation_rate_at_5": 0.04 } });
    Ok(Report::new("selective", folder, scored.len(), begun, metrics, floors))
}

fn measure(scored: &[(f32, bool)], outside: usize) -> Value {
    let (aurc, augrc) = areas(scored);
    let mut metrics = json!({
        "augrc": rounded(augrc), "aurc": rounded(aurc), "splits": SPLITS, "labelled": LABELLED,
        "outside_share": rounded(outside as f64 / scored.len() as f64),
        "error_of_all": rounded(scored.iter().filter(|(_, right)| !right).count() as f64 / scored.len() as f64),
    });
    let curve = curve(scored);
    for coverage in COVERAGES {
        let at = curve.partition_point(|point| point.coverage < coverage);
        if let Some(point) = curve.get(at) {
            metrics[format!("risk_at_coverage_{:.0}", coverage * 100.0)] = json!(rounded(point.risk));
        }
    }
    for (name, error) in ERRORS {
        let splits: Vec<(f64, f64)> =
            (1..=SPLITS).map(|seed| split(scored, Promise { error, doubt: DOUBT }, seed)).collect();
        let share = |value: &dyn Fn(&(f64, f64)) -> f64| rounded(splits.iter().map(value).sum::<f64>() / SPLITS as f64);
        metrics[format!("coverage_at_{name}")] = json!(share(&|split| split.0));
        metrics[format!("violation_rate_at_{name}")] = json!(share(&|split| f64::from(u8::from(split.1 > error))));
        metrics[format!("not_certified_at_{name}")] = json!(share(&|split| f64::from(u8::from(split.0 == 0.0))));
    }
    metrics
}

/// Coverage and error among the turns to come, under the threshold certified on the labelled.
fn split(scored: &[(f32, bool)], promise: Promise, seed: u64) -> (f64, f64) {
    let mut shuffled = scored.to_vec();
    shuffled.shuffle(&mut StdRng::seed_from_u64(seed));
    let (labelled, later) = shuffled.split_at(LABELLED);
    let verdict = certify(labelled, promise);
    let Some(certificate) = verdict.certificate() else { return (0.0, 0.0) };
    let answered: Vec<_> = later.iter().filter(|(score, _)| *score >= certificate.threshold).collect();
    let wrong = answered.iter().filter(|(_, right)| !right).count();
    (answered.len() as f64 / later.len() as f64, wrong as f64 / answered.len().max(1) as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_error_that_can_be_promised_has_its_coverage_and_its_broken_promises() {
        // Wrong only where the score is low.
        let scored: Vec<(f32, bool)> = (0..2_600).map(|place| (place as f32, place % 10 != 0 || place > 900)).collect();
        let metrics = measure(&scored, 100);
        for key in ["coverage_at_2", "violation_rate_at_2", "coverage_at_5", "violation_rate_at_5", "coverage_at_10"] {
            assert!(metrics[key].is_number(), "{key}");
        }
        let coverage = |key: &str| metrics[key].as_f64().unwrap_or_default();
        assert!(coverage("coverage_at_2") > 0.5 && coverage("coverage_at_2") <= coverage("coverage_at_10"));
        assert!(coverage("violation_rate_at_5") <= 0.05, "{metrics}");
        assert!(metrics["augrc"].is_number());
    }
}
