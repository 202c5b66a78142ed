//! `uplift`: the mathematics of proof on a randomised campaign, a CSV file in the form of Hillstrom's. Effects with
//! intervals, how often looking a hundred times fools us, and whom a model would have written to.

use std::{path::Path, time::Instant};

use anyhow::{Context, Result, ensure};
use rand::{Rng, SeedableRng, rngs::StdRng, seq::SliceRandom};
use serde::Deserialize;
use serde_json::{Value, json};
use signals::{
    experiment::{Counts, fixed, sample_ratio, sequence},
    need::{
        Settings, Table,
        uplift::{Scored, TwoModels, captured, qini, qini_interval},
    },
};

use super::{Report, rounded};

const SEED: u64 = 20_261_122;
const ALPHA: f64 = 0.05;
const LOOKS: usize = 100;
const RUNS: usize = 1_000;
/// Half of an effect of two points, chosen before looking.
const MIXING: f64 = 0.01;
const FOLDS: usize = 5;

#[derive(Deserialize)]
struct Line {
    recency: f32,
    history: f32,
    mens: f32,
    womens: f32,
    zip_code: String,
    newbie: f32,
    channel: String,
    segment: String,
    visit: u8,
    conversion: u8,
    spend: f64,
}

pub fn uplift(data: &Path) -> Result<Report> {
    let begun = Instant::now();
    let mut reader = csv::Reader::from_path(data).with_context(|| format!("{} can't be read", data.display()))?;
    let lines = reader.deserialize().collect::<Result<Vec<Line>, _>>()?;
    let of = |segment: &str| lines.iter().filter(|line| line.segment == segment).collect::<Vec<_>>();
    let (womens, mens, none) = (of("Womens E-Mail"), of("Mens E-Mail"), of("No E-Mail"));
    ensure!(!womens.is_empty() && !mens.is_empty() && !none.is_empty(), "one of the three groups is missing");
    let mut metrics = json!({ "seed": SEED, "looks": LOOKS, "runs": RUNS });
    for (name, treated) in [("womens", &womens), ("mens", &mens)] {
        effects(&mut metrics, name, treated, &none);
        eprintln!("{name}: ranking");
        ranking(&mut metrics, name, treated, &none);
    }
    metrics["qini_top_30_share"] = metrics["womens_top_30_share"].clone();
    let sizes = [womens.len() as u64, mens.len() as u64, none.len() as u64];
    metrics["sample_ratio_p"] = json!(rounded(sample_ratio(&sizes, &[1.0, 1.0, 1.0])));
    eprintln!("looking {LOOKS} times at nothing, {RUNS} times over");
    let (fooled, naive) = fooled(&none);
    metrics["false_positive_rate_100_looks"] = json!(rounded(fooled));
    metrics["false_positive_rate_100_looks_naive"] = json!(rounded(naive));
    let floors = json!({
        "womens_visit_effect_points": 4.52, "womens_visit_half_width_points": 0.63,
        "womens_conversion_effect_points": 0.311, "mens_visit_effect_points": 7.66,
        "top 30 % of a T-learner, women's": 0.485, "ranked by propensity": 0.282, "naive at 100 looks": 0.365,
    });
    Ok(Report::new("uplift", data, lines.len(), begun, metrics, floors))
}

fn counts(lines: &[&Line], is: fn(&Line) -> bool) -> Counts {
    Counts::new(lines.len() as u64, lines.iter().filter(|line| is(line)).count() as u64)
}

fn effects(metrics: &mut Value, name: &str, treated: &[&Line], control: &[&Line]) {
    type Is = fn(&Line) -> bool;
    let outcomes: [(&str, Is); 2] = [("visit", |line| line.visit == 1), ("conversion", |line| line.conversion == 1)];
    for (outcome, is) in outcomes {
        let (one, two) = (counts(treated, is), counts(control, is));
        let variance = |counts: Counts| counts.rate() * (1.0 - counts.rate()) / counts.people as f64;
        let effect = fixed(one.rate() - two.rate(), variance(one) + variance(two), ALPHA);
        let live = sequence(one, two, MIXING, ALPHA);
        metrics[format!("{name}_{outcome}_effect_points")] = json!(rounded(100.0 * effect.difference));
        metrics[format!("{name}_{outcome}_half_width_points")] = json!(rounded(100.0 * effect.half_width()));
        metrics[format!("{name}_{outcome}_sequence_half_width_points")] = json!(rounded(100.0 * live.half_width()));
    }
    let spread = |lines: &[&Line]| {
        let n = lines.len() as f64;
        let mean = lines.iter().map(|line| line.spend).sum::<f64>() / n;
        (mean, lines.iter().map(|line| (line.spend - mean).powi(2)).sum::<f64>() / (n - 1.0) / n)
    };
    let ((one, v1), (two, v0)) = (spread(treated), spread(control));
    let spend = fixed(one - two, v1 + v0, ALPHA);
    metrics[format!("{name}_spend_effect")] = json!(rounded(spend.difference));
    metrics[format!("{name}_spend_half_width")] = json!(rounded(spend.half_width()));
}

fn row(line: &Line) -> Vec<f32> {
    let is = |it: bool| f32::from(u8::from(it));
    let mut row = vec![line.recency, line.history, line.mens, line.womens, line.newbie];
    // The file writes it `Surburban`.
    row.extend(["Rural", "Urban"].map(|zone| is(line.zip_code == zone)));
    row.extend(["Phone", "Web"].map(|channel| is(line.channel == channel)));
    row
}

/// Every person is scored by a model that has seen only others.
fn ranking(metrics: &mut Value, name: &str, treated: &[&Line], control: &[&Line]) {
    let mut all: Vec<(&Line, bool)> =
        treated.iter().map(|line| (*line, true)).chain(control.iter().map(|line| (*line, false))).collect();
    all.shuffle(&mut StdRng::seed_from_u64(SEED));
    let names = ["recency", "history", "mens", "womens", "newbie", "rural", "urban", "phone", "web"];
    let table =
        Table { names: names.map(String::from).to_vec(), rows: all.iter().map(|(line, _)| row(line)).collect() };
    let was: Vec<bool> = all.iter().map(|(_, treated)| *treated).collect();
    let visited: Vec<bool> = all.iter().map(|(line, _)| line.visit == 1).collect();
    let settings = Settings { trees: 60, leaves: 6, rate: 0.08, leaf_rows: 200, features: 0.8, ..Settings::default() };
    let mut scored = vec![Scored { score: 0.0, treated: false, reached: false }; all.len()];
    let mut likely = scored.clone();
    for fold in 0..FOLDS {
        let rows: Vec<usize> = (0..all.len()).filter(|row| row % FOLDS != fold).collect();
        let model = TwoModels::train(&table, &was, &visited, &rows, &settings);
        for row in (fold..all.len()).step_by(FOLDS) {
            let of = |score| Scored { score, treated: was[row], reached: visited[row] };
            scored[row] = of(model.uplift(&table.rows[row]));
            likely[row] = of(model.propensity(&table.rows[row]));
        }
    }
    let (low, high) = qini_interval(&scored, SEED, ALPHA);
    let mut put = |what: &str, value: f64| metrics[format!("{name}_{what}")] = json!(rounded(value));
    put("top_30_share", captured(&scored, 0.3));
    put("top_50_share", captured(&scored, 0.5));
    put("top_30_share_by_propensity", captured(&likely, 0.3));
    put("qini", qini(&scored));
    put("qini_low", low);
    put("qini_high", high);
}

/// People who were left alone, dealt into two arms that differ in nothing: how often does some look find a difference?
fn fooled(none: &[&Line]) -> (f64, f64) {
    let mut rng = StdRng::seed_from_u64(SEED);
    let step = none.len() / LOOKS;
    let (mut by_sequence, mut by_naive) = (0, 0);
    let mut order: Vec<&Line> = none.to_vec();
    for _ in 0..RUNS {
        order.shuffle(&mut rng);
        let mut arms = [Counts::default(), Counts::default()];
        let (mut fooled, mut naive) = (false, false);
        for look in order.chunks(step) {
            for line in look {
                let arm = &mut arms[usize::from(rng.random::<bool>())];
                *arm = Counts::new(arm.people + 1, arm.reached + u64::from(line.visit));
            }
            fooled |= sequence(arms[0], arms[1], MIXING, ALPHA).excludes_zero();
            let variance = arms[0].variance() + arms[1].variance();
            naive |= fixed(arms[0].rate() - arms[1].rate(), variance, ALPHA).excludes_zero();
        }
        by_sequence += u32::from(fooled);
        by_naive += u32::from(naive);
    }
    (f64::from(by_sequence) / RUNS as f64, f64::from(by_naive) / RUNS as f64)
}
