//! `anger`: is a shopper angry enough for a person? Our own labelled messages; the words that anger is read from were
//! chosen on one half, and the other is only measured.

use std::{collections::BTreeMap, path::Path, time::Instant};

use anyhow::{Context, Result};
use serde::Deserialize;
use serde_json::{Value, json};
use understanding::emotion::{HANDOFF_LEVEL, read};

use super::{Report, rounded};

const MESSAGES: &str = include_str!("../../../content/evaluation/anger.yaml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists {
    development: BTreeMap<String, Vec<Message>>,
    held_out: BTreeMap<String, Vec<Message>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Message {
    level: u8,
    text: String,
}

/// Our own list, or another of its form. With `misses`, the messages judged wrongly are listed too.
pub fn anger(data: Option<&Path>, misses: bool) -> Result<Report> {
    let begun = Instant::now();
    let text = match data {
        Some(file) => std::fs::read_to_string(file).with_context(|| format!("{} can't be read", file.display()))?,
        None => MESSAGES.to_owned(),
    };
    let Lists { development, held_out } = serde_yaml_ng::from_str(&text)?;
    let count = |half: &BTreeMap<String, Vec<Message>>| half.values().map(Vec::len).sum::<usize>();
    let n = count(&development) + count(&held_out);
    let mut metrics = measured(&held_out.values().flatten().collect::<Vec<_>>());
    for (half, lists) in [("held_out", &held_out), ("development", &development)] {
        metrics[half] = lists
            .iter()
            .map(|(language, list)| (language.clone(), measured(&list.iter().collect::<Vec<_>>())))
            .collect();
    }
    if misses {
        metrics["development_misses"] = development.values().flatten().filter_map(missed).collect();
    }
    let data = data.unwrap_or_else(|| Path::new("content/evaluation/anger.yaml"));
    Ok(Report::new("anger", data, n, begun, metrics, json!({})))
}

fn missed(message: &Message) -> Option<Value> {
    let mood = read(&message.text);
    let is_off =
        (mood.level >= HANDOFF_LEVEL) != (message.level >= HANDOFF_LEVEL) || mood.level.abs_diff(message.level) > 1;
    is_off.then(|| json!({ "text": message.text, "level": message.level, "read": mood.level, "sign": mood.sign }))
}

fn measured(messages: &[&Message]) -> Value {
    let judged: Vec<(u8, u8)> = messages.iter().map(|message| (message.level, read(&message.text).level)).collect();
    let count = |holds: fn(bool, bool) -> bool| {
        judged.iter().filter(|(gold, said)| holds(*gold >= HANDOFF_LEVEL, *said >= HANDOFF_LEVEL)).count() as f64
    };
    let (both, said, gold) = (count(|gold, said| gold && said), count(|_, said| said), count(|gold, _| gold));
    let share = |part: f64, whole: f64| if whole == 0.0 { 0.0 } else { rounded(part / whole) };
    json!({
        "precision": share(both, said), "recall": share(both, gold), "f1": share(2.0 * both, said + gold),
        "mean_absolute_error": rounded(mean_error(judged.iter())), "macro_absolute_error": rounded(macro_error(&judged)),
        "n": judged.len(),
    })
}

fn mean_error<'a>(judged: impl Iterator<Item = &'a (u8, u8)>) -> f64 {
    let errors: Vec<f64> = judged.map(|(gold, said)| f64::from(gold.abs_diff(*said))).collect();
    errors.iter().sum::<f64>() / errors.len().max(1) as f64
}

/// Each level counts alike, however many messages it has.
fn macro_error(judged: &[(u8, u8)]) -> f64 {
    let levels: std::collections::BTreeSet<u8> = judged.iter().map(|(gold, _)| *gold).collect();
    let sum: f64 = levels.iter().map(|level| mean_error(judged.iter().filter(|(gold, _)| gold == level))).sum();
    sum / levels.len().max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_large_two_halved_and_bilingual() {
        let Lists { development, held_out } = serde_yaml_ng::from_str(MESSAGES).expect("the list is well formed");
        let mut seen = std::collections::HashSet::new();
        for half in [&development, &held_out] {
            for language in ["zh", "en"] {
                let list = &half[language];
                assert!(list.len() >= 60);
                assert!((0..=5).all(|level| list.iter().any(|message| message.level == level)));
                assert!(list.iter().all(|message| message.level <= 5 && seen.insert(message.text.clone())));
            }
        }
    }

    #[test]
    fn an_angry_shopper_seldom_stays_with_the_bot() {
        let report = anger(None, false).expect("the list is well formed");
        assert!(report.metrics["development"]["zh"]["f1"].as_f64() > Some(0.9));
        assert!(report.metrics["development"]["en"]["f1"].as_f64() > Some(0.9));
    }
}
