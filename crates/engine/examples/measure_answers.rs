//! Measures answering from articles: each article's last alias is held out and asked, and questions no article
//! answers are asked too. Prints accuracy and, for thresholds, what is answered, wrongly, and what should not be.
//!
//! `cargo run --release -p tandem-engine --example measure_answers -- content/articles crates/engine/evaluation/out_of_scope.txt`

use std::{path::Path, sync::Arc};

use anyhow::{Context, Result};
use domain::{
    article::Article,
    id::{ArticleId, ShopId},
    language::Language,
    time::Timestamp,
};
use engine::bot::language_of;
use knowledge::{
    Entry, Hit, Index, Query, TextRole,
    exchange::{Conventions, Format, import},
    texts_to_embed, vectors_from,
};
use models::{Embedder, TextKind};
use serde_json::json;

const SHOP: ShopId = ShopId::from_bits(1);
/// A day on which the articles without dates hold.
const NOW: Timestamp = Timestamp(1_790_000_000_000);

struct Asked {
    /// `None`: no article answers it.
    answer: Option<ArticleId>,
    language: Language,
    text: String,
}

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let articles = arguments.next().context("the folder of articles")?;
    let out_of_scope = arguments.next().context("the file of questions nobody answers")?;
    let embedder = Embedder::Local(models::LocalE5::load(&models::fetch::model_path()?)?.into());
    let mut asked = Vec::new();
    let index = Index::with_dimension(embedder.dims())?;
    let mut entries = Vec::new();
    for mut article in read(Path::new(&articles))? {
        for language in Language::ALL {
            let wording = match language {
                Language::Zh => &mut article.draft.zh,
                Language::En => &mut article.draft.en,
            };
            if let Some(text) = wording.as_mut().and_then(|wording| wording.aliases.pop()) {
                asked.push(Asked { answer: Some(article.id), language, text });
            }
        }
        entries.push(entry(&embedder, article)?);
    }
    let articles = entries.len();
    index.upsert(entries)?;
    for line in std::fs::read_to_string(out_of_scope)?.lines().filter(|line| !line.trim().is_empty()) {
        let language = language_of(line).unwrap_or_default();
        asked.push(Asked { answer: None, language, text: line.to_owned() });
    }
    let mut results = Vec::new();
    for question in &asked {
        let vector = embedder.embed_now(TextKind::Query, std::slice::from_ref(&question.text))?.remove(0);
        let query = Query {
            shop: SHOP,
            text: &question.text,
            vector: Some(&vector),
            language: Some(question.language),
            now: NOW,
            product: None,
            category: None,
            limit: 3,
        };
        results.push(index.search(&query)?);
    }
    println!("{:#}", report(&asked, &results, articles));
    Ok(())
}

fn read(folder: &Path) -> Result<Vec<Article>> {
    let mut drafts = Vec::new();
    let mut files: Vec<_> = std::fs::read_dir(folder)?.map(|file| Ok(file?.path())).collect::<Result<_>>()?;
    files.sort();
    for file in files.iter().filter(|file| file.extension().is_some_and(|end| end == "yaml")) {
        let report = import(Format::Yaml, &std::fs::read(file)?, &Conventions::default())?;
        drafts.extend(report.accepted.into_iter().map(|accepted| accepted.draft));
    }
    let numbered = drafts.into_iter().enumerate().map(|(number, draft)| Article {
        id: ArticleId::from_bits(number as u128 + 1),
        shop: SHOP,
        version: 1,
        draft,
        archived: false,
        updated_at: NOW,
        updated_by: String::new(),
    });
    Ok(numbered.collect())
}

fn entry(embedder: &Embedder, article: Article) -> Result<Entry> {
    let mut embedded = Vec::new();
    for text in texts_to_embed(&article) {
        let kind = if text.role == TextRole::Query { TextKind::Query } else { TextKind::Passage };
        embedded.push(embedder.embed_now(kind, &[text.text])?.remove(0));
    }
    let vectors = vectors_from(&article, &embedded)?;
    Ok(Entry { article: Arc::new(article), vectors: Some(Arc::new(vectors)) })
}

fn report(asked: &[Asked], results: &[Vec<Hit>], articles: usize) -> serde_json::Value {
    let pairs = || asked.iter().zip(results);
    let in_scope = pairs().filter(|(asked, _)| asked.answer.is_some()).count();
    let outside = asked.len() - in_scope;
    let hit = |asked: &Asked, hits: &[Hit], depth: usize| {
        hits.iter().take(depth).any(|hit| Some(hit.article.id) == asked.answer)
    };
    let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
    let right_at = |depth: usize, language: Language| {
        let of_language = pairs().filter(|(asked, _)| asked.answer.is_some() && asked.language == language);
        let (right, all) = of_language.fold((0, 0), |(right, all), (asked, hits)| (right + usize::from(hit(asked, hits, depth)), all + 1));
        share(right, all)
    };
    let thresholds: Vec<_> = (0..14)
        .map(|step| {
            let threshold = 0.83 + 0.01 * step as f32;
            let sure = |hits: &[Hit]| hits.first().and_then(|hit| hit.cosine).is_some_and(|cosine| cosine >= threshold);
            let answered = pairs().filter(|(asked, hits)| asked.answer.is_some() && sure(hits)).count();
            let wrong = pairs().filter(|(asked, hits)| asked.answer.is_some() && sure(hits) && !hit(asked, hits, 1)).count();
            let accepted = pairs().filter(|(asked, hits)| asked.answer.is_none() && sure(hits)).count();
            json!({
                "threshold": (f64::from(threshold) * 1000.0).round() / 1000.0,
                "answered": share(answered, in_scope), "wrong_of_answered": share(wrong, answered),
                "out_of_scope_accepted": share(accepted, outside),
            })
        })
        .collect();
    json!({
        "articles": articles, "held_out": in_scope, "out_of_scope": outside,
        "hit_at_1_zh": right_at(1, Language::Zh), "hit_at_3_zh": right_at(3, Language::Zh),
        "hit_at_1_en": right_at(1, Language::En), "hit_at_3_en": right_at(3, Language::En),
        "thresholds": thresholds,
    })
}
