//! What topics are learned from: labelled dialogues, and the articles that answer them.

use std::{
    collections::BTreeSet,
    io::{BufRead, BufReader},
    path::Path,
};

use anyhow::{Context, Result};
use serde::Deserialize;

/// Our own questions, each article with the topics it answers.
const ARTICLES: &[&str] = &[
    include_str!("../../../../content/articles/account.yaml"),
    include_str!("../../../../content/articles/after_sales.yaml"),
    include_str!("../../../../content/articles/delivery.yaml"),
    include_str!("../../../../content/articles/installation.yaml"),
    include_str!("../../../../content/articles/invoice.yaml"),
    include_str!("../../../../content/articles/membership.yaml"),
    include_str!("../../../../content/articles/order_changes.yaml"),
    include_str!("../../../../content/articles/payment.yaml"),
    include_str!("../../../../content/articles/price_protection.yaml"),
    include_str!("../../../../content/articles/product.yaml"),
    include_str!("../../../../content/articles/product_use.yaml"),
    include_str!("../../../../content/articles/promotion.yaml"),
    include_str!("../../../../content/articles/refunds.yaml"),
    include_str!("../../../../content/articles/returns.yaml"),
    include_str!("../../../../content/articles/service.yaml"),
];
/// Who a summary's sentence is about when it tells what was asked.
const ASKERS: [&str; 3] = ["用户", "商家", "客户"];

#[derive(Debug, Clone)]
pub struct Dialogue {
    /// The shopper's turns; the agent's are never read.
    pub shopper: Vec<String>,
    pub segments: Vec<Segment>,
    topics: BTreeSet<String>,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Segment {
    pub topic: String,
    #[serde(default)]
    pub summary: String,
}

/// A question with the topics it belongs to.
pub struct Phrasing {
    pub text: String,
    pub topics: Vec<String>,
}

impl Dialogue {
    pub const fn topics(&self) -> &BTreeSet<String> {
        &self.topics
    }

    pub fn said(&self) -> String {
        self.shopper.join(" ")
    }
}

impl Segment {
    /// What the summary says of the shopper, without the agent's answer.
    pub fn asked(&self) -> String {
        let sentences = self.summary.split('。').filter(|one| ASKERS.iter().any(|asker| one.starts_with(asker)));
        sentences.collect::<Vec<_>>().join("。").replace(ASKERS[0], "")
    }
}

pub fn read(file: &Path) -> Result<Vec<Dialogue>> {
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
    let opened = std::fs::File::open(file).with_context(|| format!("{} can't be opened", file.display()))?;
    let mut dialogues = Vec::new();
    for (number, line) in BufReader::new(opened).lines().enumerate() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        let Line { turns, segments } = serde_json::from_str(&line).with_context(|| format!("line {}", number + 1))?;
        let shopper = turns.into_iter().filter(|turn| turn.role == "user").map(|turn| turn.text).collect();
        let topics = segments.iter().map(|segment| segment.topic.clone()).collect();
        dialogues.push(Dialogue { shopper, segments, topics });
    }
    Ok(dialogues)
}

pub fn articles() -> Result<Vec<Phrasing>> {
    #[derive(Deserialize)]
    struct Article {
        #[serde(default)]
        topics: Vec<String>,
        zh: Wording,
    }
    #[derive(Deserialize)]
    struct Wording {
        question: String,
        #[serde(default)]
        aliases: Vec<String>,
    }
    let mut phrasings = Vec::new();
    for file in ARTICLES {
        for Article { topics, zh } in serde_yaml_ng::from_str::<Vec<Article>>(file)? {
            let texts = std::iter::once(zh.question).chain(zh.aliases);
            phrasings.extend(texts.map(|text| Phrasing { text, topics: topics.clone() }));
        }
    }
    Ok(phrasings)
}

/// A turn without what stands for numbers and product codes.
pub fn plain(turn: &str) -> String {
    let mut out = String::with_capacity(turn.len());
    let mut rest = turn;
    while let Some(open) = rest.find('[') {
        let (before, inside) = rest.split_at(open);
        out.push_str(before);
        match inside.find(']') {
            Some(close) => rest = &inside[close + 1..],
            None => {
                rest = inside.trim_start_matches('[');
                out.push('[');
            }
        }
    }
    out.push_str(rest);
    for code in ["商品ID", "咨询订单号"] {
        while let Some(at) = out.find(code) {
            let tail = &out[at + code.len()..];
            let kept = tail.trim_start_matches([':', '：']).trim_start_matches(|symbol: char| symbol.is_ascii_digit());
            out = format!("{}{kept}", &out[..at]);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_and_codes_say_nothing() {
        assert_eq!(plain("咨询订单号:[订单编号]商品ID:12345 几天到"), " 几天到");
        assert_eq!(plain("[数字]天[能到吗"), "天[能到吗");
    }

    #[test]
    fn every_article_is_read_with_its_topics() {
        let phrasings = articles().expect("articles are well formed");
        assert!(phrasings.len() > 500);
        assert!(phrasings.iter().filter(|phrasing| phrasing.topics.is_empty()).count() * 4 < phrasings.len());
    }

    #[test]
    fn of_a_summary_only_the_question_is_kept() {
        let segment =
            Segment { topic: String::new(), summary: "用户询问何时发货。客服回答明天。".into() };
        assert_eq!(segment.asked(), "询问何时发货");
    }
}
