//! docs/topics.md says which article answers which topic, and each article says its topics. They must agree.

use std::collections::{BTreeMap, BTreeSet};

use serde_yaml_ng::Value;

use super::{Finding, Source};

const RULE: &str = "topics";
const TABLE: &str = "docs/topics.md";
const ARTICLES: &str = "content/articles/";

type Articles = BTreeMap<String, BTreeSet<String>>;

pub fn check(sources: &[Source]) -> Vec<Finding> {
    let Some(table) = sources.iter().find(|source| source.path == TABLE) else { return Vec::new() };
    let mut by_topic = Articles::new();
    for source in sources.iter().filter(|source| source.path.starts_with(ARTICLES) && source.has_extension(&["yaml"])) {
        match serde_yaml_ng::from_str::<Vec<Value>>(&source.text) {
            Ok(articles) => articles.iter().for_each(|article| note_topics(article, &mut by_topic)),
            Err(error) => {
                let line = error.location().map_or(1, |location| location.line());
                return vec![Finding::new(&source.path, line, RULE, format!("not a list of articles: {error}"))];
            }
        }
    }
    compare(&table.text, &by_topic)
}

fn note_topics(article: &Value, by_topic: &mut Articles) {
    let Some(key) = article["key"].as_str() else { return };
    for topic in article["topics"].as_sequence().into_iter().flatten().filter_map(Value::as_str) {
        by_topic.entry(topic.to_owned()).or_default().insert(key.to_owned());
    }
}

fn compare(table: &str, by_topic: &Articles) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut stale = |line, topic: &str, what: &str| {
        findings.push(Finding::new(
            TABLE,
            line,
            RULE,
            format!("{topic}: {what}; write it anew with content/articles/check.py"),
        ));
    };
    let mut seen = BTreeSet::new();
    for (line, text) in (1..).zip(table.lines()) {
        let cells: Vec<&str> = text.split('|').map(str::trim).collect();
        let [_, place, topic, _, _, keys, ..] = cells[..] else { continue };
        if place.parse::<u32>().is_err() {
            continue;
        }
        seen.insert(topic.to_owned());
        let listed: BTreeSet<String> = keys.split('`').skip(1).step_by(2).map(String::from).collect();
        if listed != by_topic.get(topic).cloned().unwrap_or_default() {
            stale(line, topic, "other articles name this topic");
        }
    }
    for topic in by_topic.keys().filter(|topic| !seen.contains(*topic)) {
        stale(1, topic, "not in the table");
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    const ARTICLE: &str = "- key: return-policy\n  topics: [退货, 换货]\n- key: exchange\n  topics: [换货]\n";
    const FRESH: &str = "| # | topic | n | % | articles | also |\n|---|---|---|---|---|---|\n\
        | 1 | 退货 | 9 | 1% | `return-policy` |  |\n| 2 | 换货 | 3 | 2% | `return-policy`, `exchange` |  |\n";

    fn lines(table: &str) -> Vec<usize> {
        let source = |path: &str, text: &str| Source { path: path.into(), text: text.into() };
        let found = check(&[source(TABLE, table), source("content/articles/returns.yaml", ARTICLE)]);
        found.iter().map(|finding| finding.line).collect()
    }

    #[test]
    fn a_fresh_table_is_fine() {
        assert!(lines(FRESH).is_empty());
    }

    #[test]
    fn stale_rows_and_missing_topics_are_found() {
        assert_eq!(lines(&FRESH.replace(", `exchange`", "")), [4]);
        assert_eq!(lines(FRESH.split("| 2 |").next().unwrap_or_default()), [1]);
    }
}
