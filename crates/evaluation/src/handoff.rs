//! `handoff`: at which turn is a human needed? Conversations in the form of MHCH, words as ids. Every turn is judged from
//! its past alone, and the threshold is chosen on training dialogues that were held out. The first training file is of
//! the kind that is tested; further ones, of another trade, teach too and count less.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    time::Instant,
};

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use serde_json::json;
use understanding::handoff::{Dialogue, Model, Said, Settings, held_out};

use super::{Report, rounded, scores::auc};

/// Dialogues are held out in so many parts to choose the threshold.
const PARTS: usize = 5;

/// How much a verdict from another trade counts beside one of the trade that is tested. 0.3 and 1 were as good in
/// cross-validation.
const OTHER_TRADE_WEIGHT: f32 = 0.5;

/// A conversation; `senti` is annotated with hindsight and isn't read.
#[derive(Deserialize)]
struct Line {
    turns: Vec<Turn>,
}

#[derive(Deserialize)]
struct Turn {
    role: String,
    tok: Vec<u64>,
    #[serde(default)]
    pos: Vec<u64>,
    len: usize,
    y: u8,
}

pub fn handoff(train: &[impl AsRef<Path>], data: &Path) -> Result<Report> {
    let begun = Instant::now();
    let (lessons, own) = lessons(train)?;
    let test = dialogues(data, 1.0)?;
    if own < 2 * PARTS {
        bail!("too few conversations to learn from");
    }
    let settings = Settings::default();
    let chances = held_out(&lessons, PARTS, &settings);
    let (own_lessons, own_chances) = (&lessons[..own], &chances[..own]);
    let threshold = best_f1(&flat(own_lessons, own_chances));
    let model = Model::train(&lessons, &settings).context("the training turns are all judged alike")?;
    let asked: Vec<Vec<f32>> = test.iter().map(|it| model.chances(&it.said)).collect();
    let mut metrics = measure(&test, &asked, threshold);
    metrics["threshold"] = json!(rounded(f64::from(threshold)));
    metrics["cross_validated"] = measure(own_lessons, own_chances, threshold);
    metrics["every_bot_turn"] = measure(&test, &bot_turns(&test), 0.5);
    metrics["trained_on"] = json!(lessons.len());
    metrics["of_the_tested_trade"] = json!(own);
    let floors = json!({
        "DAMI, clothing (8 times the data): f1": 0.673, "gt_1": 0.703, "gt_2": 0.791, "gt_3": 0.839,
        "logistic regression, clothing: f1": 0.629, "logistic regression, clothing: gt_1": 0.621,
        "logistic regression, makeup: f1": 0.634, "logistic regression, makeup: gt_1": 0.635,
    });
    Ok(Report::new("handoff", data, test.len(), begun, metrics, floors))
}

/// The dialogues of all files, and how many of them are the first file's.
fn lessons(train: &[impl AsRef<Path>]) -> Result<(Vec<Dialogue>, usize)> {
    let Some((first, others)) = train.split_first() else { bail!("there is nothing to learn from") };
    let mut lessons = dialogues(first.as_ref(), 1.0)?;
    let own = lessons.len();
    for file in others {
        lessons.extend(dialogues(file.as_ref(), OTHER_TRADE_WEIGHT)?);
    }
    Ok((lessons, own))
}

fn dialogues(file: &Path, weight: f32) -> Result<Vec<Dialogue>> {
    let opened = std::fs::File::open(file).with_context(|| format!("{} can't be opened", file.display()))?;
    let mut dialogues = Vec::new();
    for (number, line) in BufReader::new(opened).lines().enumerate() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        let line: Line = serde_json::from_str(&line).with_context(|| format!("line {}", number + 1))?;
        let needs_human = line.turns.iter().map(|turn| Some(turn.y != 0)).collect();
        dialogues.push(Dialogue { said: line.turns.into_iter().map(said).collect(), needs_human, weight });
    }
    Ok(dialogues)
}

fn said(turn: Turn) -> Said {
    Said { by_shopper: turn.role == "customer", words: turn.tok, kinds: turn.pos, length: turn.len, ..Said::default() }
}

/// The baseline that shows what GT-III is worth by itself.
fn bot_turns(dialogues: &[Dialogue]) -> Vec<Vec<f32>> {
    let by_bot = |turn: &Said| if turn.by_shopper { 0.0 } else { 1.0 };
    dialogues.iter().map(|it| it.said.iter().map(by_bot).collect()).collect()
}

fn flat(dialogues: &[Dialogue], chances: &[Vec<f32>]) -> Vec<(f32, bool)> {
    let turns = dialogues.iter().zip(chances).flat_map(|(it, chances)| chances.iter().zip(&it.needs_human));
    turns.filter_map(|(chance, verdict)| Some((*chance, (*verdict)?))).collect()
}

fn measure(dialogues: &[Dialogue], chances: &[Vec<f32>], threshold: f32) -> serde_json::Value {
    let turns = flat(dialogues, chances);
    let (f1, macro_f1) = f1s(&turns, threshold);
    let scored: Vec<(f64, bool)> = turns.iter().map(|(chance, gold)| (f64::from(*chance), *gold)).collect();
    let marks: Vec<Marks> = dialogues.iter().zip(chances).map(|(it, chances)| marks(it, chances, threshold)).collect();
    let gt = |tolerance: f64| rounded(mean(marks.iter().map(|it| golden_transfer(it, tolerance))));
    let delays = marks.iter().filter_map(|it| Some(*it.told.first()? as f64 - *it.gold.first()? as f64));
    let calm = turns.iter().filter(|(_, gold)| !gold).count();
    let falsely = turns.iter().filter(|(chance, gold)| !gold && *chance >= threshold).count();
    let never = marks.iter().filter(|it| it.told.is_empty() && !it.gold.is_empty()).count();
    let unasked = marks.iter().filter(|it| !it.told.is_empty() && it.gold.is_empty()).count();
    json!({
        "f1": rounded(f1), "macro_f1": rounded(macro_f1), "auc": rounded(auc(&scored)),
        "gt_1": gt(1.0), "gt_2": gt(2.0), "gt_3": gt(3.0),
        "first_handoff_delay_turns": rounded(mean(delays)),
        "false_handoffs_per_100": rounded(100.0 * falsely as f64 / calm.max(1) as f64),
        "dialogues_missed": never, "dialogues_handed_over_for_nothing": unasked,
    })
}

/// The turns at which a human was needed, and those at which the model says so.
struct Marks {
    gold: Vec<usize>,
    told: Vec<usize>,
}

fn marks(dialogue: &Dialogue, chances: &[f32], threshold: f32) -> Marks {
    let places = |holds: &dyn Fn(usize) -> bool| (0..dialogue.said.len()).filter(|place| holds(*place)).collect();
    Marks {
        gold: places(&|place| dialogue.needs_human[place] == Some(true)),
        told: places(&|place| chances[place] >= threshold),
    }
}

/// Golden transfer within tolerance, as its authors compute it, with their lambda of 0: how near every predicted turn is
/// to a true one.
fn golden_transfer(marks: &Marks, tolerance: f64) -> f64 {
    const EPSILON: f64 = 1e-7;
    match (marks.gold.is_empty(), marks.told.is_empty()) {
        (true, true) => 1.0,
        (true, false) | (false, true) => 0.0,
        (false, false) => mean(marks.told.iter().map(|told| {
            let near = |gold: &usize| {
                let apart = *told as f64 - *gold as f64;
                (-apart.powi(2) / (2.0 * (tolerance + EPSILON).powi(2))).exp()
            };
            marks.gold.iter().map(near).fold(0.0, f64::max)
        })),
    }
}

fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = values.fold((0.0, 0usize), |(sum, count), value| (sum + value, count + 1));
    sum / count.max(1) as f64
}

/// Of the turns that need a human, and the mean over both kinds.
fn f1s(turns: &[(f32, bool)], threshold: f32) -> (f64, f64) {
    let count = |said: bool, gold: bool| {
        turns.iter().filter(|(chance, is)| (*chance >= threshold) == said && *is == gold).count() as f64
    };
    let f1 = |kind: bool| {
        let right = count(kind, kind);
        2.0 * right / (2.0 * right + count(kind, !kind) + count(!kind, kind)).max(1.0)
    };
    (f1(true), f1(true).midpoint(f1(false)))
}

/// The threshold at which F1 is highest.
fn best_f1(turns: &[(f32, bool)]) -> f32 {
    let mut sorted = turns.to_vec();
    sorted.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    let positives = turns.iter().filter(|(_, gold)| *gold).count() as f64;
    let (mut right, mut best) = (0.0, (0.0, f32::INFINITY));
    for (place, (chance, gold)) in sorted.iter().enumerate() {
        right += f64::from(u8::from(*gold));
        let f1 = 2.0 * right / (positives + place as f64 + 1.0);
        let is_last_of_ties = sorted.get(place + 1).is_none_or(|(next, _)| next != chance);
        if is_last_of_ties && f1 > best.0 {
            best = (f1, *chance);
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn golden_transfer_is_what_its_authors_compute() {
        let of =
            |gold: &[usize], told: &[usize], t| golden_transfer(&Marks { gold: gold.into(), told: told.into() }, t);
        assert_eq!(of(&[], &[], 1.0), 1.0);
        assert_eq!(of(&[], &[3], 1.0), 0.0);
        assert_eq!(of(&[3], &[], 1.0), 0.0);
        assert_eq!(of(&[3, 6], &[6], 1.0), 1.0);
        // One turn off: exp(-1/2), exp(-1/8) and exp(-1/18).
        for (tolerance, value) in [(1.0, 0.6065), (2.0, 0.8825), (3.0, 0.9460)] {
            assert!((of(&[3], &[4], tolerance) - value).abs() < 1e-4);
            assert!((of(&[3], &[2], tolerance) - value).abs() < 1e-4);
        }
        assert!((of(&[3], &[3, 5], 1.0) - 0.5 * (1.0 + (-2.0f64).exp())).abs() < 1e-6);
    }

    #[test]
    fn thresholds_and_f1() {
        let turns = [(0.9, true), (0.8, false), (0.7, true), (0.2, false), (0.1, false)];
        assert_eq!(best_f1(&turns), 0.7);
        let (f1, macro_f1) = f1s(&turns, 0.7);
        assert!((f1 - 0.8).abs() < 1e-9 && (macro_f1 - 0.8).abs() < 1e-9, "{f1} {macro_f1}");
    }

    #[test]
    fn further_files_teach_too_and_count_less() {
        let folder = tempfile::tempdir().expect("a folder");
        let line =
            r#"{"turns":[{"role":"customer","tok":[1,2],"len":2,"y":0},{"role":"agent","tok":[3],"len":1,"y":1}]}"#;
        let file = |name: &str, dialogues: usize| {
            let path = folder.path().join(name);
            std::fs::write(&path, format!("{line}\n").repeat(dialogues)).expect("written");
            path
        };
        let (lessons, own) = lessons(&[file("own", 3), file("other", 2), file("third", 1)]).expect("read");
        assert_eq!((lessons.len(), own), (6, 3));
        assert!(lessons[..own].iter().all(|it| it.weight == 1.0));
        assert!(lessons[own..].iter().all(|it| it.weight < 1.0));
        assert!(super::lessons(&[] as &[std::path::PathBuf]).is_err());
    }
}
