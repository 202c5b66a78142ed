//! `topics`: what a dialogue is about, told from the shopper's turns alone. Learned from other dialogues, the human
//! summaries of their segments, the topics' names, and the questions of our own articles.

mod examples;
mod model;
mod ridge;
mod words;

use std::{
    collections::{BTreeSet, HashMap},
    path::Path,
    time::Instant,
};

use anyhow::{Context, Result, bail};
use models::{Embedder, TextKind};
use serde_json::{Value, json};

use super::{Report, Texts, rounded};
use examples::{Dialogue, Phrasing, articles, read};
use model::{Asked, Model};

const FOLDS: usize = 5;

/// The vectors of all texts that are learned from or asked about.
type Vectors = HashMap<String, Vec<f32>>;

/// On one file, in five folds over dialogues.
pub async fn topics_in_folds(data: &Path, embedder: &Embedder) -> Result<Report> {
    let begun = Instant::now();
    let dialogues = read(data)?;
    if dialogues.len() < FOLDS {
        bail!("{} has too few dialogues", data.display());
    }
    let phrasings = articles().context("reading the articles")?;
    let vectors = embed(&dialogues, &phrasings, &Texts::new(embedder)).await?;
    let mut tally = Tally::default();
    for fold in 0..FOLDS {
        let part = |tested: bool| {
            let places = dialogues.iter().enumerate().filter(move |(place, _)| (place % FOLDS == fold) == tested);
            places.map(|(_, dialogue)| dialogue.clone()).collect::<Vec<_>>()
        };
        let model = Model::train(&part(false), &phrasings, &vectors)?;
        tally.ask(&model, &part(true), &vectors)?;
    }
    Ok(report(data, begun, &tally, FOLDS))
}

/// Learned on one file, measured on another.
pub async fn topics(train: &Path, data: &Path, embedder: &Embedder) -> Result<Report> {
    let begun = Instant::now();
    let (known, asked) = (read(train)?, read(data)?);
    let phrasings = articles().context("reading the articles")?;
    let texts = Texts::new(embedder);
    let mut vectors = embed(&known, &phrasings, &texts).await?;
    let model = Model::train(&known, &phrasings, &vectors)?;
    vectors.extend(embed(&asked, &[], &texts).await?);
    let mut tally = Tally::default();
    tally.ask(&model, &asked, &vectors)?;
    Ok(report(data, begun, &tally, 1))
}

async fn embed(dialogues: &[Dialogue], phrasings: &[Phrasing], texts: &Texts<'_>) -> Result<Vectors> {
    let mut all = BTreeSet::new();
    for dialogue in dialogues {
        all.insert(dialogue.said());
        all.extend(dialogue.shopper.iter().cloned());
        all.extend(dialogue.segments.iter().flat_map(|segment| [segment.summary.clone(), segment.topic.clone()]));
    }
    for phrasing in phrasings {
        all.insert(phrasing.text.clone());
        all.extend(phrasing.topics.iter().cloned());
    }
    let all: Vec<String> = all.into_iter().collect();
    let vectors = texts.embed(TextKind::Query, &all).await?;
    Ok(all.into_iter().zip(vectors).collect())
}

#[derive(Debug, Default)]
struct Tally {
    dialogues: usize,
    hit_at_1: f64,
    hit_at_3: f64,
    recall_at_5: f64,
}

impl Tally {
    fn ask(&mut self, model: &Model, dialogues: &[Dialogue], vectors: &Vectors) -> Result<()> {
        let of = |text: &str| vectors.get(text).map(Vec::as_slice).context("a text without its vector");
        for dialogue in dialogues {
            let turn_vectors = dialogue.shopper.iter().map(|turn| of(turn)).collect::<Result<Vec<_>>>()?;
            let whole = of(&dialogue.said())?;
            let ranked = model.rank(&Asked { turns: &dialogue.shopper, whole, turn_vectors: &turn_vectors });
            self.count(&ranked, dialogue);
        }
        Ok(())
    }

    /// `ranked` are topics, likeliest first.
    fn count(&mut self, ranked: &[&str], dialogue: &Dialogue) {
        let found =
            |depth: usize| ranked.iter().take(depth).filter(|topic| dialogue.topics().contains(**topic)).count();
        self.dialogues += 1;
        self.hit_at_1 += f64::from(found(1) > 0);
        self.hit_at_3 += f64::from(found(3) > 0);
        self.recall_at_5 += found(5) as f64 / dialogue.topics().len().max(1) as f64;
    }
}

fn report(data: &Path, begun: Instant, tally: &Tally, folds: usize) -> Report {
    let share = |sum: f64| rounded(sum / tally.dialogues.max(1) as f64);
    let metrics: Value = json!({
        "hit_at_1": share(tally.hit_at_1), "hit_at_3": share(tally.hit_at_3), "recall_at_5": share(tally.recall_at_5),
        "folds": folds,
    });
    let floors = json!({
        "character TF-IDF and regression": { "hit_at_1": 0.483, "hit_at_3": 0.657 },
        "with e5 and topic names": { "hit_at_1": 0.489, "hit_at_3": 0.703 },
    });
    Report::new("topics", data, tally.dialogues, begun, metrics, floors)
}
