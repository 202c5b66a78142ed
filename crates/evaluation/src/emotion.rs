//! `emotion`: six feelings of short posts, by the classifier that also tells intents apart. For measuring only: what
//! the desk ships reads feelings by words (`understanding::emotion`).

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader},
    path::Path,
    time::Instant,
};

use anyhow::{Context, Result, bail};
use models::{Embedder, TextKind};
use serde::Deserialize;
use serde_json::json;
use understanding::classifier::{Classifier, Example, Settings};

use super::{Report, Texts, rounded};

/// The weights of labels are chosen on rows held out in this many parts of the training data.
const FOLDS: usize = 5;
/// What a label's logarithmic chance may be moved by.
const SHIFTS: std::ops::RangeInclusive<i32> = -6..=10;
const SHIFT_STEP: f64 = 0.25;
const SHIFT_ROUNDS: usize = 3;

#[derive(Deserialize)]
struct Line {
    y: String,
    text: String,
}

struct Row {
    text: String,
    vector: Vec<f32>,
    label: usize,
}

pub async fn emotion(train: &Path, data: &Path, embedder: &Embedder) -> Result<Report> {
    let begun = Instant::now();
    let texts = Texts::new(embedder);
    let (train, test) = (lines(train)?, lines(data)?);
    let mut names: Vec<String> = train.iter().map(|line| line.y.clone()).collect();
    names.sort_unstable();
    names.dedup();
    if names.len() < 2 || train.len() < FOLDS {
        bail!("too few rows or feelings to learn from");
    }
    let (train, test) = (rows(train, &names, &texts).await?, rows(test, &names, &texts).await?);
    let held_out: Vec<(Vec<f64>, usize)> = (0..FOLDS)
        .flat_map(|fold| {
            let (asked, known): (Vec<_>, Vec<_>) =
                train.iter().enumerate().partition(|(place, _)| place % FOLDS == fold);
            let classifier = learn(&names, known.into_iter().map(|(_, row)| row));
            asked.into_iter().map(move |(_, row)| (chances(&classifier, row), row.label)).collect::<Vec<_>>()
        })
        .collect();
    let shifts = choose(&held_out, names.len());
    let classifier = learn(&names, train.iter());
    let tested: Vec<(Vec<f64>, usize)> = test.iter().map(|row| (chances(&classifier, row), row.label)).collect();
    let level = vec![0.0; names.len()];
    let by_name: BTreeMap<&str, f64> =
        names.iter().map(String::as_str).zip(f1s(&tested, &shifts).into_iter().map(rounded)).collect();
    let metrics = json!({
        "macro_f1": rounded(macro_f1(&tested, &shifts)), "accuracy": rounded(accuracy(&tested, &shifts)),
        "macro_f1_unshifted": rounded(macro_f1(&tested, &level)), "accuracy_unshifted": rounded(accuracy(&tested, &level)),
        "macro_f1_cross_validated": rounded(macro_f1(&held_out, &shifts)),
        "f1": by_name, "trained_on": train.len(),
    });
    let floors = json!({ "virus_eval: TF-IDF and e5 regressions": 0.469, "usual_eval": 0.388 });
    Ok(Report::new("emotion", data, test.len(), begun, metrics, floors))
}

fn lines(file: &Path) -> Result<Vec<Line>> {
    let opened = std::fs::File::open(file).with_context(|| format!("{} can't be opened", file.display()))?;
    let mut lines = Vec::new();
    for (number, line) in BufReader::new(opened).lines().enumerate() {
        let line = line?;
        if !line.trim().is_empty() {
            lines.push(serde_json::from_str(&line).with_context(|| format!("line {}", number + 1))?);
        }
    }
    Ok(lines)
}

async fn rows(lines: Vec<Line>, names: &[String], texts: &Texts<'_>) -> Result<Vec<Row>> {
    let own: Vec<String> = lines.iter().map(|line| own_words(&line.text)).collect();
    let vectors = texts.embed(TextKind::Query, &own).await?;
    lines
        .iter()
        .zip(own.iter().zip(vectors))
        .map(|(line, (own, vector))| {
            let label = names.binary_search(&line.y).ok().context("a feeling that the training data lacks")?;
            Ok(Row { text: with_faces(own), vector, label })
        })
        .collect()
}

/// Without what others said before and was passed on.
fn own_words(text: &str) -> String {
    let own = text.split("//@").next().unwrap_or_default();
    let own = if own.trim().is_empty() { text } else { own };
    let words = own.split_inclusive(char::is_whitespace).filter(|word| !word.starts_with("http"));
    words.collect::<String>().trim().to_owned()
}

/// Faces in brackets, such as `[心]`, become words of their own.
fn with_faces(text: &str) -> String {
    const LONGEST_FACE: usize = 8;
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, inside)) = rest.split_once('[') {
        out.push_str(before);
        let face = inside.split_once(']').filter(|(face, _)| (1..=LONGEST_FACE).contains(&face.chars().count()));
        if let Some((face, after)) = face {
            let code: String = face.chars().map(|symbol| format!("{:x}", u32::from(symbol))).collect();
            out.push_str(&format!(" face{code} "));
            rest = after;
        } else {
            out.push('[');
            rest = inside;
        }
    }
    out + rest
}

fn learn<'a>(names: &[String], rows: impl Iterator<Item = &'a Row>) -> Classifier {
    let examples: Vec<Example<'_>> =
        rows.map(|row| Example { text: &row.text, vector: Some(&row.vector), label: row.label, weight: 1.0 }).collect();
    Classifier::train(names.len(), &examples, &Settings::default())
}

/// Logarithms of the labels' chances, in the order of the labels.
fn chances(classifier: &Classifier, row: &Row) -> Vec<f64> {
    let mut chances = vec![0.0; classifier.labels()];
    for (label, chance) in classifier.predict(&row.text, Some(&row.vector)).ranked {
        chances[label] = f64::from(chance.max(1e-9)).ln();
    }
    chances
}

/// Moves one label's chance after the other to where the mean F1 is highest.
fn choose(rows: &[(Vec<f64>, usize)], labels: usize) -> Vec<f64> {
    let mut shifts = vec![0.0; labels];
    let mut best = macro_f1(rows, &shifts);
    for _ in 0..SHIFT_ROUNDS {
        for label in 0..labels {
            for step in SHIFTS {
                let mut tried = shifts.clone();
                tried[label] = f64::from(step) * SHIFT_STEP;
                let value = macro_f1(rows, &tried);
                if value > best {
                    (best, shifts) = (value, tried);
                }
            }
        }
    }
    shifts
}

fn likeliest(chances: &[f64], shifts: &[f64]) -> usize {
    let moved = chances.iter().zip(shifts).map(|(chance, shift)| chance + shift).enumerate();
    moved.max_by(|(_, one), (_, other)| one.total_cmp(other)).map_or(0, |(label, _)| label)
}

fn accuracy(rows: &[(Vec<f64>, usize)], shifts: &[f64]) -> f64 {
    let right = rows.iter().filter(|(chances, label)| likeliest(chances, shifts) == *label).count();
    right as f64 / rows.len().max(1) as f64
}

fn macro_f1(rows: &[(Vec<f64>, usize)], shifts: &[f64]) -> f64 {
    let each = f1s(rows, shifts);
    each.iter().sum::<f64>() / each.len().max(1) as f64
}

fn f1s(rows: &[(Vec<f64>, usize)], shifts: &[f64]) -> Vec<f64> {
    let mut counts = vec![(0u32, 0u32, 0u32); shifts.len()];
    for (chances, label) in rows {
        let said = likeliest(chances, shifts);
        counts[*label].0 += 1;
        counts[said].1 += 1;
        counts[said].2 += u32::from(said == *label);
    }
    counts.iter().map(|(gold, said, right)| f64::from(2 * right) / f64::from((gold + said).max(1))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_own_words_count_and_faces_are_words() {
        assert_eq!(own_words("好[心]//@别人:坏"), "好[心]");
        assert_eq!(own_words("//@别人:坏"), "//@别人:坏");
        assert_eq!(with_faces("好[心]的[不闭合"), "好 face5fc3 的[不闭合");
    }

    #[test]
    fn a_rare_label_is_moved_up() {
        let rows: Vec<(Vec<f64>, usize)> =
            (0..20).map(|place| (vec![-0.1, if place < 4 { -0.4 } else { -3.0 }], usize::from(place < 4))).collect();
        assert_eq!(f1s(&rows, &[0.0, 0.0])[1], 0.0);
        let shifts = choose(&rows, 2);
        assert!((macro_f1(&rows, &shifts) - 1.0).abs() < 1e-9);
    }
}
