//! `compliance`: does the desk find what must not be said, and nothing else? Our own labelled sentences, or a list of
//! their form; and how much text one core judges in a second.

use std::{collections::BTreeMap, path::Path, time::Instant};

use anyhow::{Context, Result};
use engine::compliance::shipped;
use serde::Deserialize;
use serde_json::{Value, json};
use understanding::compliance::{Compliance, Speaker};

use super::{Report, rounded};

const SENTENCES: &str = include_str!("../../../content/evaluation/compliance.yaml");
/// So much text is judged for the measure of speed.
const MEASURED_BYTES: usize = 4_000_000;
const BYTES_IN_A_MB: f64 = 1e6;

/// Two halves, or one list whose halves nobody told apart.
#[derive(Deserialize)]
#[serde(untagged)]
enum Lists {
    Halves { development: Vec<Sentence>, held_out: Vec<Sentence> },
    One(Vec<Sentence>),
}

#[derive(Debug, Deserialize)]
struct Sentence {
    text: String,
    /// 1 breaks a rule.
    y: u8,
    #[serde(default)]
    category: String,
}

/// With `misses`, the sentences of the development half (or of a list without halves) that are judged wrongly are
/// listed too.
pub fn compliance(data: Option<&Path>, misses: bool) -> Result<Report> {
    let begun = Instant::now();
    let text = match data {
        Some(file) => std::fs::read_to_string(file).with_context(|| format!("{} can't be read", file.display()))?,
        None => SENTENCES.to_owned(),
    };
    let (development, held_out) = match read(&text)? {
        Lists::Halves { development, held_out } => (development, held_out),
        Lists::One(sentences) => (sentences, Vec::new()),
    };
    let rules = shipped();
    let all: Vec<&Sentence> = development.iter().chain(&held_out).collect();
    let mut metrics = measured(&rules, &all);
    metrics["mb_per_second"] = json!(rounded(speed(&rules, &all)));
    metrics["rewrites_that_pass"] = json!(rewrites_that_pass(&rules, &all));
    if !held_out.is_empty() {
        for (name, half) in [("development", &development), ("held_out", &held_out)] {
            metrics[name] = measured(&rules, &half.iter().collect::<Vec<_>>());
        }
    }
    if misses {
        metrics["misses"] = development.iter().filter_map(|sentence| missed(&rules, sentence)).collect();
    }
    let data = data.unwrap_or_else(|| Path::new("content/evaluation/compliance.yaml"));
    Ok(Report::new("compliance", data, all.len(), begun, metrics, json!({ "precision": 0.97, "recall": 0.97 })))
}

/// YAML (and so JSON), or one JSON object in each line.
fn read(text: &str) -> Result<Lists> {
    if text.trim_start().starts_with('{') && text.trim_end().lines().count() > 1 {
        let rows: Result<Vec<Sentence>, _> =
            text.lines().filter(|line| !line.trim().is_empty()).map(serde_json::from_str).collect();
        if let Ok(rows) = rows {
            return Ok(Lists::One(rows));
        }
    }
    serde_yaml_ng::from_str(text).context("the list has another form: text, y, category")
}

fn missed(rules: &Compliance, sentence: &Sentence) -> Option<Value> {
    let found = rules.check(&sentence.text, Speaker::Agent);
    let is_off = found.is_empty() == (sentence.y == 1);
    let said: Vec<String> = found.iter().map(|it| format!("{}: {}", it.rule, it.matched)).collect();
    is_off.then(|| json!({ "text": sentence.text, "y": sentence.y, "category": sentence.category, "found": said }))
}

fn measured(rules: &Compliance, sentences: &[&Sentence]) -> Value {
    let (mut right, mut said, mut gold, mut named) = (0_usize, 0_usize, 0_usize, 0_usize);
    let mut by_category: BTreeMap<&str, [usize; 4]> = BTreeMap::new();
    for sentence in sentences {
        let found = rules.check(&sentence.text, Speaker::Agent);
        let (is_said, is_gold) = (!found.is_empty(), sentence.y == 1);
        said += usize::from(is_said);
        gold += usize::from(is_gold);
        right += usize::from(is_said && is_gold);
        named += usize::from(is_gold && found.iter().any(|it| it.category == sentence.category));
        let counts = by_category.entry(&sentence.category).or_default();
        counts[usize::from(!is_gold) * 2] += 1;
        counts[usize::from(!is_gold) * 2 + 1] += usize::from(is_said);
    }
    let share = |part: usize, whole: usize| if whole == 0 { 1.0 } else { rounded(part as f64 / whole as f64) };
    let by_category: BTreeMap<&str, Value> = by_category
        .into_iter()
        .map(|(category, [broken, found, fine, wrongly])| {
            (category, json!({ "broken": broken, "found": found, "harmless": fine, "found_wrongly": wrongly }))
        })
        .collect();
    json!({
        "precision": share(right, said), "recall": share(right, gold), "category_right": share(named, gold),
        "n": sentences.len(), "harmless": sentences.len() - gold, "categories": by_category,
    })
}

/// Of the sentences in which something was found, those whose rewritten text passes and says something.
fn rewrites_that_pass(rules: &Compliance, sentences: &[&Sentence]) -> f64 {
    let rewritten: Vec<String> = sentences.iter().filter_map(|it| rules.rewritten(&it.text, Speaker::Agent)).collect();
    let passes = |text: &&String| !text.trim().is_empty() && rules.check(text, Speaker::Agent).is_empty();
    rounded(rewritten.iter().filter(passes).count() as f64 / rewritten.len().max(1) as f64)
}

fn speed(rules: &Compliance, sentences: &[&Sentence]) -> f64 {
    let bytes: usize = sentences.iter().map(|it| it.text.len()).sum();
    let rounds = MEASURED_BYTES / bytes.max(1) + 1;
    let begun = Instant::now();
    for _ in 0..rounds {
        for sentence in sentences {
            std::hint::black_box(rules.check(&sentence.text, Speaker::Agent));
        }
    }
    (rounds * bytes) as f64 / BYTES_IN_A_MB / begun.elapsed().as_secs_f64()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_large_and_the_promised_share_is_found() {
        let Lists::Halves { development, held_out } = read(SENTENCES).unwrap() else { panic!("two halves") };
        let all: Vec<&Sentence> = development.iter().chain(&held_out).collect();
        let harmless = all.iter().filter(|it| it.y == 0).count();
        assert!(all.len() >= 400 && harmless * 100 >= all.len() * 45);
        let rules = shipped();
        let metrics = measured(&rules, &all);
        for key in ["precision", "recall"] {
            assert!(metrics[key].as_f64().unwrap() >= 0.97, "{metrics}");
        }
        let lines = "{\"text\": \"加我微信\", \"y\": 1, \"category\": \"diversion\"}\n{\"text\": \"您好\", \"y\": 0}\n";
        assert!(matches!(read(lines).unwrap(), Lists::One(rows) if rows.len() == 2));
        assert!((rewrites_that_pass(&rules, &all) - 1.0).abs() < f64::EPSILON);
    }
}
