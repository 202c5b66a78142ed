//! `replies`: how colleagues answered the same question. Real contexts and replies of agents: the index is made of
//! `--train`, the questions of `--data` are asked, and the drafts are compared with what the agent really wrote. Against
//! it stands the reply to the nearest context by BM25. Measured with what the desk ships, and with values chosen on a
//! held-out part of the training file.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    time::Instant,
};

use anyhow::{Context, Result, bail};
use indicatif::ProgressBar;
use knowledge::{Mix, Near, Recall, SmallVector, by_consensus, overlap};
use models::{Embedder, TextKind};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{Report, Texts, rounded};

/// What is said last, as the desk takes a burst of messages for one question.
const TAIL: usize = 3;
const DRAFTS: usize = 3;
/// A draft that overlaps this far with what was sent would have been edited and not written anew.
const USABLE: f32 = 0.5;
/// Every so many-th row of the training file chooses.
const HELD_OUT: usize = 15;
const LEXICAL: [f32; 4] = [0.0, 0.2, 0.5, 1.0];
const NEAREST: [usize; 3] = [10, 20, 50];
const SHARPNESS: [f32; 4] = [0.5, 1.0, 2.0, 4.0];
/// As in `engine::suggest`.
const SHIPPED: Values = Values { lexical: knowledge::LEXICAL_WEIGHT, nearest: 20, sharpness: 1.0 };

#[derive(Debug, Deserialize)]
struct Row {
    context: String,
    reply: String,
}

#[derive(Debug, Clone, Copy)]
struct Values {
    lexical: f32,
    nearest: usize,
    sharpness: f32,
}

/// A context to be asked or answered from.
struct Pair {
    tail: String,
    whole: String,
    reply: String,
    symbols: Vec<char>,
    vector: Vec<f32>,
}

pub async fn replies(train: &Path, data: &Path, embedder: &Embedder) -> Result<Report> {
    let begun = Instant::now();
    let known = pairs(train, embedder).await?;
    let asked = pairs(data, embedder).await?;
    let chosen = choose(&known);
    let index = Index::new(known.iter().collect());
    let all: Vec<&Pair> = asked.iter().collect();
    let mut metrics = index.measure(&all, Way::Consensus(SHIPPED));
    if let Some(fields) = metrics.as_object_mut() {
        fields.insert("nearest_alone".into(), index.measure(&all, Way::Nearest(SHIPPED.lexical)));
        let Values { lexical, nearest, sharpness } = chosen;
        fields.insert("chosen_on_train".into(), index.measure(&all, Way::Consensus(chosen)));
        fields
            .insert("chosen_values".into(), json!({ "lexical": lexical, "nearest": nearest, "sharpness": sharpness }));
        fields.insert("usable_from".into(), json!(USABLE));
    }
    let floors = json!({
        "bm25_whole_context": index.measure(&all, Way::WholeByWords),
        "bm25_last_messages": index.measure(&all, Way::TailByWords),
    });
    Ok(Report::new("replies", data, asked.len(), begun, metrics, floors))
}

async fn pairs(data: &Path, embedder: &Embedder) -> Result<Vec<Pair>> {
    let file = std::fs::File::open(data).with_context(|| format!("{} can't be opened", data.display()))?;
    let mut rows: Vec<Row> = Vec::new();
    for (number, line) in BufReader::new(file).lines().enumerate() {
        let line = line?;
        if !line.trim().is_empty() {
            rows.push(serde_json::from_str(&line).with_context(|| format!("line {}", number + 1))?);
        }
    }
    if rows.len() < HELD_OUT {
        bail!("{} has too few rows", data.display());
    }
    let tails: Vec<String> = rows.iter().map(|row| tail(&row.context)).collect();
    let vectors = Texts::new(embedder).embed(TextKind::Query, &tails).await?;
    Ok(rows
        .into_iter()
        .zip(tails)
        .zip(vectors)
        .map(|((row, tail), vector)| {
            let symbols = symbols(&row.reply);
            Pair { tail, whole: row.context, reply: row.reply, symbols, vector }
        })
        .collect())
}

/// The last pieces of a context, which are parted by commas.
fn tail(context: &str) -> String {
    let pieces: Vec<&str> = context.split(',').map(str::trim).filter(|piece| !piece.is_empty()).collect();
    pieces[pieces.len().saturating_sub(TAIL)..].join("，")
}

fn symbols(text: &str) -> Vec<char> {
    text.chars().filter(|symbol| symbol.is_alphanumeric()).collect()
}

/// How replies are found.
#[derive(Debug, Clone, Copy)]
enum Way {
    Consensus(Values),
    Nearest(f32),
    WholeByWords,
    TailByWords,
}

struct Index<'a> {
    pairs: Vec<&'a Pair>,
    by_tail: Recall,
    by_whole: Recall,
}

impl<'a> Index<'a> {
    fn new(pairs: Vec<&'a Pair>) -> Self {
        let tails = pairs.iter().map(|pair| (pair.tail.as_str(), Some(SmallVector::new(&pair.vector))));
        let by_tail = Recall::new(tails);
        let by_whole = Recall::new(pairs.iter().map(|pair| (pair.whole.as_str(), None)));
        Self { pairs, by_tail, by_whole }
    }

    /// The places of the replies that are offered, the best first.
    fn drafts(&self, asked: &Pair, way: Way) -> Vec<usize> {
        let first = |near: Vec<Near>| near.into_iter().map(|near| near.place).take(DRAFTS).collect();
        let vector = Some(asked.vector.as_slice());
        match way {
            Way::WholeByWords => first(self.by_whole.near(&asked.whole, None, Mix::default(), DRAFTS)),
            Way::TailByWords => first(self.by_tail.near(&asked.tail, None, Mix::default(), DRAFTS)),
            Way::Nearest(lexical) => first(self.by_tail.near(&asked.tail, vector, Mix { lexical }, DRAFTS)),
            Way::Consensus(values) => {
                let near = self.by_tail.near(&asked.tail, vector, Mix { lexical: values.lexical }, values.nearest);
                let replies: Vec<(&str, f32)> =
                    near.iter().map(|near| (self.pairs[near.place].reply.as_str(), near.score)).collect();
                let ranked = by_consensus(&replies, values.sharpness);
                ranked.into_iter().map(|(place, _)| near[place].place).take(DRAFTS).collect()
            }
        }
    }

    fn measure(&self, asked: &[&Pair], way: Way) -> Value {
        let bar = ProgressBar::new(asked.len() as u64);
        let (mut first, mut best, mut usable, mut usable_of_three) = (0.0, 0.0, 0_usize, 0_usize);
        for pair in asked {
            let shares: Vec<f32> = self
                .drafts(pair, way)
                .iter()
                .map(|place| overlap(&self.pairs[*place].symbols, &pair.symbols))
                .collect();
            let top = shares.first().copied().unwrap_or_default();
            let of_three = shares.iter().copied().fold(0.0_f32, f32::max);
            first += f64::from(top);
            best += f64::from(of_three);
            usable += usize::from(top >= USABLE);
            usable_of_three += usize::from(of_three >= USABLE);
            bar.inc(1);
        }
        bar.finish_and_clear();
        let count = asked.len().max(1) as f64;
        json!({
            "rouge_l": rounded(first / count),
            "rouge_l_best_of_3": rounded(best / count),
            "hit_at_1": rounded(usable as f64 / count),
            "hit_at_3": rounded(usable_of_three as f64 / count),
        })
    }

    fn rouge_l(&self, asked: &[&Pair], values: Values) -> f64 {
        let one = |pair: &&Pair| {
            let draft = self.drafts(pair, Way::Consensus(values)).first().copied();
            draft.map_or(0.0, |place| f64::from(overlap(&self.pairs[place].symbols, &pair.symbols)))
        };
        asked.iter().map(one).sum::<f64>()
    }
}

/// The values that do best on a part of the training file which is then not in the index.
fn choose(known: &[Pair]) -> Values {
    let (held_out, rest): (Vec<_>, Vec<_>) = known.iter().enumerate().partition(|(place, _)| place % HELD_OUT == 0);
    let held_out: Vec<&Pair> = held_out.into_iter().map(|(_, pair)| pair).collect();
    let index = Index::new(rest.into_iter().map(|(_, pair)| pair).collect());
    let mut best = (f64::NEG_INFINITY, SHIPPED);
    for lexical in LEXICAL {
        for nearest in NEAREST {
            for sharpness in SHARPNESS {
                let values = Values { lexical, nearest, sharpness };
                let score = index.rouge_l(&held_out, values);
                if score > best.0 {
                    best = (score, values);
                }
            }
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(question: &str, reply: &str, vector: [f32; 2]) -> Pair {
        Pair {
            tail: tail(question),
            whole: question.into(),
            reply: reply.into(),
            symbols: symbols(reply),
            vector: vector.to_vec(),
        }
    }

    #[test]
    fn the_end_of_a_context_is_the_question() {
        assert_eq!(tail("你好, 在吗,,我的货呢,什么时候到"), "在吗，我的货呢，什么时候到");
        assert_eq!(tail("你好"), "你好");
    }

    #[test]
    fn a_reply_that_was_given_before_is_a_hit() {
        let known = [
            pair("什么时候发货", "48小时内发货", [1.0, 0.0]),
            pair("多久能发货", "亲，48小时内发货的", [0.98, 0.2]),
            pair("发票怎么开", "下单时选择电子发票", [0.0, 1.0]),
        ];
        let index = Index::new(known.iter().collect());
        let asked = pair("何日寄出", "48小时内发货哦", [0.99, 0.1]);
        let found = index.measure(&[&asked], Way::Consensus(SHIPPED));
        assert_eq!(found["hit_at_1"], 1.0);
        assert_eq!(index.measure(&[&asked], Way::TailByWords)["hit_at_3"], 0.0, "no word is shared");
    }
}
