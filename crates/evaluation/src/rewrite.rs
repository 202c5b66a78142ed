//! `rewrite`: an utterance that leaves something out is completed from the two turns before it. Measured twice: with
//! the weights the desk ships, and with weights learned from other parts of the same file, which are never shipped.

use std::{
    collections::HashMap,
    io::{BufRead, BufReader},
    path::Path,
    time::Instant,
};

use anyhow::{Context, Result, bail};
use indicatif::ProgressBar;
use rand::{SeedableRng, rngs::StdRng, seq::SliceRandom};
use serde::Deserialize;
use serde_json::{Value, json};
use understanding::context::{Completer, Weights};

use crate::{Report, rounded};

const FOLDS: usize = 5;
const SEED: u64 = 3;
const ROUNDS: usize = 4;

#[derive(Debug, Deserialize)]
struct Row {
    ctx: Vec<String>,
    utt: String,
    rewrite: String,
}

impl Row {
    fn completer(&self) -> Completer {
        let turns: Vec<&str> = self.ctx.iter().map(String::as_str).collect();
        Completer::new(&self.utt, &turns)
    }
}

/// Sums over the rows that were tested.
#[derive(Debug, Default)]
struct Sums {
    rows: usize,
    exact: usize,
    rouge_l: f64,
    /// Characters (and Latin words) missing, given back, and put in that were not missing.
    missing: usize,
    restored: usize,
    surplus: usize,
}

pub fn rewrite(data: &Path) -> Result<Report> {
    let begun = Instant::now();
    let mut rows = read(data)?;
    if rows.len() < FOLDS {
        bail!("{} has too few rows", data.display());
    }
    rows.shuffle(&mut StdRng::seed_from_u64(SEED));
    let bar = ProgressBar::new((rows.len() * (FOLDS - 1) * ROUNDS + 2 * rows.len()) as u64);
    let (mut learned, mut shipped, mut unchanged) = (Sums::default(), Sums::default(), Sums::default());
    let by_hand = Weights::shipped();
    for fold in 0..FOLDS {
        let (tested, others): (Vec<_>, Vec<_>) = rows.iter().enumerate().partition(|(place, _)| place % FOLDS == fold);
        let others: Vec<&Row> = others.into_iter().map(|(_, row)| row).collect();
        let weights = learn(&others, &bar);
        for (_, row) in tested {
            bar.inc(2);
            let completer = row.completer();
            learned.add(row, &completed(&completer, &weights, &row.utt));
            shipped.add(row, &completed(&completer, &by_hand, &row.utt));
            unchanged.add(row, &row.utt);
        }
    }
    bar.finish_and_clear();
    let mut metrics = learned.metrics();
    if let Some(fields) = metrics.as_object_mut() {
        fields.insert("trained_on".into(), json!("the other four fifths of this file; these weights are not shipped"));
        fields.insert("folds".into(), json!(FOLDS));
        fields.insert("seed".into(), json!(SEED));
        fields.insert("shipped".into(), shipped.metrics());
        fields.insert("unchanged".into(), unchanged.metrics());
    }
    Ok(Report::new("rewrite", data, rows.len(), begun, metrics, json!({})))
}

fn read(data: &Path) -> Result<Vec<Row>> {
    let file = std::fs::File::open(data).with_context(|| format!("{} can't be opened", data.display()))?;
    let mut rows = Vec::new();
    for (number, line) in BufReader::new(file).lines().enumerate() {
        let line = line?;
        if !line.trim().is_empty() {
            rows.push(serde_json::from_str(&line).with_context(|| format!("line {}", number + 1))?);
        }
    }
    Ok(rows)
}

fn completed(completer: &Completer, weights: &Weights, utterance: &str) -> String {
    match completer.best(weights, |_| true) {
        Some(best) => completer.text(best.span, best.place),
        None => utterance.to_owned(),
    }
}

/// An averaged perceptron over pairs of a piece and a place. Of the pairs that make the right text the one that scores
/// best is the lesson.
fn learn(rows: &[&Row], bar: &ProgressBar) -> Weights {
    let mut order: Vec<&Row> = rows.to_vec();
    let mut chance = StdRng::seed_from_u64(SEED);
    let (mut weights, mut sums) = (Weights::empty(), Weights::empty());
    let mut step = 1.0_f32;
    for _ in 0..ROUNDS {
        order.shuffle(&mut chance);
        for row in &order {
            bar.inc(1);
            let completer = row.completer();
            let right = completer.making(&row.rewrite);
            let score = |pair: &(_, _)| weights.sum(&completer.features(pair.0, pair.1));
            let Some(goal) = right.iter().copied().max_by(|a, b| score(a).total_cmp(&score(b))) else { continue };
            let Some(best) = completer.best(&weights, |_| true) else { continue };
            step += 1.0;
            if right.contains(&(best.span, best.place)) {
                continue;
            }
            let (wanted, taken) = (completer.features(goal.0, goal.1), completer.features(best.span, best.place));
            weights.add(&wanted, 1.0);
            weights.add(&taken, -1.0);
            sums.add(&wanted, step);
            sums.add(&taken, -step);
        }
    }
    weights.less(&sums, 1.0 / step)
}

impl Sums {
    fn add(&mut self, row: &Row, made: &str) {
        let (wanted, said, made) = (words(&row.rewrite), words(&row.utt), words(made));
        self.rows += 1;
        self.exact += usize::from(made == wanted);
        self.rouge_l += rouge_l(&made, &wanted);
        let missing = surplus(&wanted, &said);
        let put_in = surplus(&made, &said);
        let restored: usize =
            missing.iter().map(|(word, count)| (*count).min(put_in.get(word).copied().unwrap_or_default())).sum();
        self.missing += missing.values().sum::<usize>();
        self.restored += restored;
        self.surplus += put_in.values().sum::<usize>() - restored;
    }

    fn metrics(&self) -> Value {
        let share = |part: f64, whole: usize| rounded(part / whole.max(1) as f64);
        json!({
            "exact": share(self.exact as f64, self.rows),
            "rouge_l": share(self.rouge_l, self.rows),
            "restored_share": share(self.restored as f64, self.missing),
            "put_in_wrongly_share": share(self.surplus as f64, self.surplus + self.restored),
        })
    }
}

/// Chinese characters one by one, Latin words and numbers whole.
fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut joins = false;
    for symbol in text.chars() {
        let is_latin = symbol.is_ascii_alphanumeric();
        match words.last_mut() {
            Some(last) if is_latin && joins => last.push(symbol.to_ascii_lowercase()),
            _ if symbol.is_alphanumeric() => words.push(symbol.to_lowercase().collect()),
            _ => {}
        }
        joins = is_latin;
    }
    words
}

/// The words of `text` that `other` doesn't have, with how often.
fn surplus<'a>(text: &'a [String], other: &[String]) -> HashMap<&'a str, usize> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for word in text {
        *counts.entry(word).or_default() += 1;
    }
    for word in other {
        if let Some(count) = counts.get_mut(word.as_str()) {
            *count = count.saturating_sub(1);
        }
    }
    counts
}

/// F1 of the longest common subsequence.
fn rouge_l(made: &[String], wanted: &[String]) -> f64 {
    let mut lengths = vec![0_usize; wanted.len() + 1];
    for one in made {
        let mut diagonal = 0;
        for (place, other) in wanted.iter().enumerate() {
            let above = lengths[place + 1];
            lengths[place + 1] = if one == other { diagonal + 1 } else { above.max(lengths[place]) };
            diagonal = above;
        }
    }
    let common = lengths[wanted.len()] as f64;
    if common == 0.0 { 0.0 } else { 2.0 * common / (made.len() + wanted.len()) as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures() {
        let [made, wanted] = ["姚明多高", "姚明有多高"].map(words);
        assert!((rouge_l(&made, &wanted) - 8.0 / 9.0).abs() < 1e-9);
        assert_eq!(rouge_l(&words("abc"), &words("姚明")), 0.0);
        assert_eq!(words("看iPhone 15吗"), ["看", "iphone", "15", "吗"]);
    }

    #[test]
    fn what_was_missing_is_counted() {
        let row = Row { ctx: vec!["姚明啊".into()], utt: "他多高".into(), rewrite: "姚明多高".into() };
        let mut sums = Sums::default();
        sums.add(&row, "姚明多高");
        sums.add(&row, "他多高");
        sums.add(&row, "姚啊多高");
        assert_eq!((sums.rows, sums.exact, sums.missing, sums.restored, sums.surplus), (3, 1, 6, 3, 1));
    }

    #[test]
    fn learns_what_is_missing() {
        let row = |name: &str, utt: &str, rewrite: &str| Row {
            ctx: vec![format!("你知道{name}吗"), "知道呀".into()],
            utt: utt.into(),
            rewrite: rewrite.into(),
        };
        let rows: Vec<Row> = ["姚明", "刘翔", "李娜", "王菲", "成龙", "周迅"]
            .iter()
            .map(|name| row(name, "他多高", &format!("{name}多高")))
            .collect();
        let weights = learn(&rows.iter().collect::<Vec<_>>(), &ProgressBar::hidden());
        let unseen = row("孙杨", "他多高", "孙杨多高");
        assert_eq!(completed(&unseen.completer(), &weights, &unseen.utt), "孙杨多高");
    }
}
