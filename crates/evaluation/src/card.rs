//! `card`: the ask as the handoff card states it, against what people wrote of the same conversations (csds form).

use std::{
    io::{BufRead, BufReader},
    path::Path,
    time::Instant,
};

use anyhow::{Context, Result, bail};
use domain::language::Language;
use serde::Deserialize;
use serde_json::json;
use understanding::ask::{Message, parts_of, statement};

use super::{Report, rounded};

#[derive(Deserialize)]
struct Line {
    turns: Vec<Turn>,
    segments: Vec<Segment>,
}

#[derive(Deserialize)]
struct Turn {
    role: String,
    text: String,
}

#[derive(Deserialize)]
struct Segment {
    summary: String,
}

/// The summaries call the shopper 用户, the card 买家.
const OF_CARD: &str = "买家";
const OF_SUMMARY: &str = "用户";

pub fn card(data: &Path) -> Result<Report> {
    let begun = Instant::now();
    let file = std::fs::File::open(data).with_context(|| format!("{} can't be opened", data.display()))?;
    let mut scores: Vec<(f64, f64)> = Vec::new();
    let (mut lengths, mut without) = (0, 0);
    for (number, line) in BufReader::new(file).lines().enumerate() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        let line: Line = serde_json::from_str(&line).with_context(|| format!("line {}", number + 1))?;
        let summary = of_shopper(&line.segments);
        if summary.is_empty() {
            without += 1;
            continue;
        }
        let replies: Vec<&str> = line.turns.iter().filter(|it| it.role != "user").map(|it| it.text.as_str()).collect();
        let parts = parts_of(&messages(&line.turns), &replies);
        let ask = statement(&parts, Language::Zh).replace(OF_CARD, OF_SUMMARY).replace('；', "。");
        let words: Vec<&str> = parts.iter().map(|part| part.text.as_str()).collect();
        lengths += ask.chars().count();
        scores.push((rouge_l(&ask, &summary), rouge_l(&words.join("。"), &summary)));
    }
    if scores.is_empty() {
        bail!("no summary tells what the shopper asked");
    }
    let mean = |scores: &[(f64, f64)], of: fn(&(f64, f64)) -> f64| {
        rounded(scores.iter().map(of).sum::<f64>() / scores.len().max(1) as f64)
    };
    let (first, second) = scores.split_at(scores.len() / 2);
    let metrics = json!({
        "rouge_l_ask": mean(&scores, |it| it.0),
        "rouge_l_ask_first_half": mean(first, |it| it.0),
        "rouge_l_ask_second_half": mean(second, |it| it.0),
        "rouge_l_without_the_verbs": mean(&scores, |it| it.1),
        "mean_chars": rounded(lengths as f64 / scores.len() as f64),
        "without_summary": without,
    });
    let floors = json!({ "LexPageRank on the sister test set": 0.338 });
    Ok(Report::new("card", data, scores.len(), begun, metrics, floors))
}

fn messages(turns: &[Turn]) -> Vec<Message<'_>> {
    let said = turns.iter().enumerate().filter(|(_, turn)| turn.role == "user");
    said.map(|(seq, turn)| Message { seq: seq as i64, text: &turn.text }).collect()
}

/// The sentences of the summaries that tell what the shopper asked, wanted or said.
fn of_shopper(segments: &[Segment]) -> String {
    let sentences = segments.iter().flat_map(|segment| segment.summary.split(['。', ';', '；']));
    let told: Vec<&str> = sentences.map(str::trim).filter(|sentence| sentence.starts_with(OF_SUMMARY)).collect();
    told.join("。")
}

/// The F-measure of the longest common subsequence of characters.
fn rouge_l(told: &str, summary: &str) -> f64 {
    let symbols = |text: &str| text.chars().filter(|symbol| !symbol.is_whitespace()).collect::<Vec<char>>();
    let (told, summary) = (symbols(told), symbols(summary));
    let mut row = vec![0usize; summary.len() + 1];
    for symbol in &told {
        let mut diagonal = 0;
        for (place, other) in summary.iter().enumerate() {
            let above = row[place + 1];
            row[place + 1] = if symbol == other { diagonal + 1 } else { above.max(row[place]) };
            diagonal = above;
        }
    }
    2.0 * row[summary.len()] as f64 / (told.len() + summary.len()).max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::rouge_l;

    #[test]
    fn rouge_is_the_f_measure_of_the_common_subsequence() {
        assert_eq!(rouge_l("用户询问退款", "用户询问退款"), 1.0);
        assert_eq!(rouge_l("", "用户"), 0.0);
        // 用户退款 of 6 and 5.
        assert!((rouge_l("用户询问退款", "用户要退款") - 8.0 / 11.0).abs() < 1e-9);
    }
}
