//! `language`: is a message in a language the desk doesn't speak? Our own list of sentences, many of them short; every
//! second one of each language is held out.

use std::{collections::BTreeMap, path::Path, time::Instant};

use anyhow::{Context, Result};
use serde::Deserialize;
use serde_json::{Value, json};
use understanding::text::foreign_language;

use super::{Report, rounded};

const SENTENCES: &str = include_str!("../../../content/evaluation/languages.yaml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists {
    /// By language.
    foreign: BTreeMap<String, Vec<String>>,
    /// In one the desk speaks, or in none.
    spoken: Vec<String>,
}

/// Our own list, or another of its form. With `misses`, what is judged wrongly in the development half is listed too.
pub fn language(data: Option<&Path>, misses: bool) -> Result<Report> {
    let begun = Instant::now();
    let text = match data {
        Some(file) => std::fs::read_to_string(file).with_context(|| format!("{} can't be read", file.display()))?,
        None => SENTENCES.to_owned(),
    };
    let Lists { foreign, spoken } = serde_yaml_ng::from_str(&text)?;
    let n = foreign.values().map(Vec::len).sum::<usize>() + spoken.len();
    let half = |rest: usize| -> Vec<(&str, bool)> {
        let every_second = |list: &'_ [String]| -> Vec<usize> { (rest..list.len()).step_by(2).collect() };
        let of = |list: &'_ [String]| every_second(list).into_iter();
        let others = foreign.values().flat_map(|list| of(list).map(move |at| (list[at].as_str(), true)));
        others.chain(of(&spoken).map(|at| (spoken[at].as_str(), false))).collect()
    };
    let mut metrics = measured(&half(1));
    metrics["development"] = measured(&half(0));
    if misses {
        let wrong = |(text, is_foreign): &(&str, bool)| {
            let said = foreign_language(text);
            (said.is_some() != *is_foreign).then(|| json!({ "text": text, "foreign": is_foreign, "read": said }))
        };
        metrics["development_misses"] = half(0).iter().filter_map(wrong).collect();
    }
    let data = data.unwrap_or_else(|| Path::new("content/evaluation/languages.yaml"));
    Ok(Report::new("language", data, n, begun, metrics, json!({ "precision": 0.97, "recall": 0.97 })))
}

fn measured(sentences: &[(&str, bool)]) -> Value {
    let judged: Vec<(bool, bool)> =
        sentences.iter().map(|(text, is_foreign)| (*is_foreign, foreign_language(text).is_some())).collect();
    let count = |holds: fn(bool, bool) -> bool| judged.iter().filter(|(gold, said)| holds(*gold, *said)).count() as f64;
    let (both, said, gold) = (count(|gold, said| gold && said), count(|_, said| said), count(|gold, _| gold));
    json!({ "precision": rounded(both / said.max(1.0)), "recall": rounded(both / gold.max(1.0)), "n": judged.len() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn foreign_sentences_are_told_from_foreign_names() {
        let report = language(None, true).expect("the list is well formed");
        assert!(report.n >= 240);
        for measure in ["precision", "recall"] {
            assert!(report.metrics["development"][measure].as_f64() >= Some(0.97), "{:?}", report.metrics);
        }
    }
}
