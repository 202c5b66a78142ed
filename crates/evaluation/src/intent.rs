//! `intent`: which of many intents a text has, and whether it has any.

use std::{path::Path, time::Instant};

use anyhow::{Result, bail};
use models::Embedder;
use rand::{SeedableRng, rngs::StdRng, seq::SliceRandom};
use serde_json::{Value, json};
use understanding::classifier::{Classifier, Example, Outside, Settings};

use super::{
    Report, Texts,
    intent_data::{IntentData, Predicted, Sample},
    rounded,
    scores::auc,
};

/// Few examples are drawn this often, and the mean is reported.
const DRAWS: u64 = 5;
/// Of the texts with an intent, so many are to be answered rightly at the threshold; it is chosen on `val`.
const KEPT: f64 = 0.95;
/// Standard deviations that nine of ten draws of a normal distribution stay above, downwards.
const NINE_OF_TEN: f64 = 1.2816;

pub async fn intent(folder: &Path, shots: Option<usize>, embedder: &Embedder) -> Result<Report> {
    let begun = Instant::now();
    let data = IntentData::read(folder, &Texts::new(embedder)).await?;
    let metrics = match shots {
        Some(0) => bail!("nothing can be learned from no examples"),
        Some(shots) => few(&data, shots),
        None => all(&data),
    };
    let floors = json!({
        "banking77": { "TF-IDF and e5 regressions": 0.938, "USE + ConveRT": 0.934, "10 shots": 0.844 },
        "clinc150": { "in scope": 0.95, "oos recall": 0.655, "oos auroc": 0.966 },
    });
    Ok(Report::new("intent", folder, data.test.len() + data.outside_test.len(), begun, metrics, floors))
}

fn all(data: &IntentData) -> Value {
    let begun = Instant::now();
    let classifier = trained(data);
    let training_seconds = rounded(begun.elapsed().as_secs_f64());
    let begun = Instant::now();
    let test: Vec<Predicted> = predicted(&data.test, &classifier);
    let predict_ms = begun.elapsed().as_secs_f64() * 1_000.0 / data.test.len().max(1) as f64;
    let mut metrics = json!({
        "accuracy": rounded(right(&test, f32::NEG_INFINITY)),
        "training_seconds": training_seconds, "predict_ms": rounded(predict_ms),
        "labels": data.names.len(), "examples": data.train.len(),
    });
    if data.has_outside() && !data.val.is_empty() {
        let val = predicted(&data.val, &classifier);
        let outside_test = predicted(&data.outside_test, &classifier);
        let threshold = threshold(&val, test.len());
        metrics["in_scope_accuracy"] = json!(rounded(right(&test, threshold)));
        metrics["oos_recall"] = json!(rounded(refused(&outside_test, threshold)));
        metrics["oos_auroc"] = json!(rounded(area(&test, &outside_test, |one| one.familiarity)));
        metrics["oos_auroc_reliability"] = json!(rounded(area(&test, &outside_test, |one| one.reliability)));
        metrics["val_in_scope_accuracy"] = json!(rounded(right(&val, threshold)));
        metrics["threshold"] = json!(rounded(threshold.into()));
    }
    metrics
}

/// On `train`, the names of the intents, and all texts without one that aren't for testing: a threshold is chosen on
/// the texts of `val` that have one.
pub fn trained(data: &IntentData) -> Classifier {
    let examples: Vec<Example<'_>> = data.train.iter().chain(&data.names).map(Sample::example).collect();
    let outside: Vec<Outside<'_>> = data.outside_train.iter().chain(&data.outside_val).map(Sample::outside).collect();
    Classifier::train_with_outside(data.names.len(), &examples, &outside, &Settings::default())
}

fn few(data: &IntentData, shots: usize) -> Value {
    let accuracies: Vec<f64> = (1..=DRAWS)
        .map(|seed| {
            let drawn = draw(&data.train, data.names.len(), shots, seed);
            let examples: Vec<Example<'_>> = drawn.into_iter().chain(&data.names).map(Sample::example).collect();
            let classifier = Classifier::train(data.names.len(), &examples, &Settings::default());
            right(&predicted(&data.test, &classifier), f32::NEG_INFINITY)
        })
        .collect();
    let mean = accuracies.iter().sum::<f64>() / accuracies.len() as f64;
    let each: Vec<f64> = accuracies.into_iter().map(rounded).collect();
    json!({ "accuracy": rounded(mean), "shots": shots, "seeds": DRAWS, "accuracy_by_seed": each })
}

/// `shots` examples of every label.
fn draw(train: &[Sample], labels: usize, shots: usize, seed: u64) -> Vec<&Sample> {
    let mut random = StdRng::seed_from_u64(seed);
    let mut order: Vec<&Sample> = train.iter().collect();
    order.shuffle(&mut random);
    let mut drawn = vec![0; labels];
    order.retain(|sample| {
        drawn[sample.label] += 1;
        drawn[sample.label] <= shots
    });
    order
}

fn predicted(samples: &[Sample], by: &Classifier) -> Vec<Predicted> {
    samples.iter().map(|sample| sample.predicted(by)).collect()
}

/// The share that is answered, and rightly.
fn right(predicted: &[Predicted], threshold: f32) -> f64 {
    let right = predicted.iter().filter(|one| one.is_right && one.familiarity >= threshold).count();
    right as f64 / predicted.len().max(1) as f64
}

fn refused(predicted: &[Predicted], threshold: f32) -> f64 {
    predicted.iter().filter(|one| one.familiarity < threshold).count() as f64 / predicted.len().max(1) as f64
}

/// The highest threshold at which enough is kept, with so much to spare that nine of ten sets of `later` texts keep
/// enough too.
fn threshold(val: &[Predicted], later: usize) -> f32 {
    let spread = KEPT * (1.0 - KEPT) * (1.0 / val.len() as f64 + 1.0 / later.max(1) as f64);
    let spare = NINE_OF_TEN * spread.sqrt();
    let mut scores: Vec<f32> = val.iter().filter(|one| one.is_right).map(|one| one.familiarity).collect();
    scores.sort_by(|a, b| b.total_cmp(a));
    let needed = ((KEPT + spare) * val.len() as f64).ceil() as usize;
    scores.get(needed.saturating_sub(1)).copied().unwrap_or(f32::NEG_INFINITY)
}

fn area(inside: &[Predicted], outside: &[Predicted], score: impl Fn(&Predicted) -> f32) -> f64 {
    let inside = inside.iter().map(|one| (f64::from(score(one)), true));
    let outside = outside.iter().map(|one| (f64::from(score(one)), false));
    auc(&inside.chain(outside).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intent_data::OUTSIDE;

    /// Two intents and texts of none, with vectors that tell them apart.
    fn data() -> IntentData {
        let sample = |text: String, label: usize| {
            let turn = (text.len() % 5) as f32 / 50.0;
            let vector = match label {
                0 => vec![1.0, turn, 0.0],
                1 => vec![turn, 1.0, 0.0],
                _ => vec![0.0, turn, 1.0],
            };
            Sample { text, vector, label }
        };
        let texts = |words: &'static str, count: usize, label: usize| -> Vec<Sample> {
            (0..count).map(|number| sample(format!("{words} {}", "x".repeat(number)), label)).collect()
        };
        let both = |count: usize| [texts("refund my money", count, 0), texts("ship it faster", count, 1)].concat();
        IntentData {
            names: vec![sample("refund".to_owned(), 0), sample("ship".to_owned(), 1)],
            train: both(30),
            val: both(12),
            test: both(10),
            outside_train: texts("sing a song", 20, OUTSIDE),
            outside_val: texts("tell a joke", 12, OUTSIDE),
            outside_test: texts("tell a tale", 10, OUTSIDE),
        }
    }

    #[test]
    fn all_examples_give_the_keys_of_the_contract() {
        let metrics = all(&data());
        for key in ["accuracy", "in_scope_accuracy", "oos_recall", "oos_auroc"] {
            assert!(metrics[key].is_number(), "{key}");
        }
        assert!(metrics["accuracy"].as_f64() > Some(0.9), "{metrics}");
    }

    #[test]
    fn few_examples_are_drawn_several_times_and_each_of_every_label() {
        let data = data();
        let metrics = few(&data, 3);
        assert_eq!(metrics["accuracy_by_seed"].as_array().map(Vec::len), Some(5), "{metrics}");
        let drawn = draw(&data.train, 2, 3, 1);
        assert_eq!(drawn.iter().filter(|sample| sample.label == 0).count(), 3);
        assert_eq!(drawn.len(), 6);
    }
}
