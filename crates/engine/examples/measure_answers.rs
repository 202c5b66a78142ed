//! Measures answering from articles: each article's last alias is held out and asked, and questions no article
//! answers are asked too. Prints accuracy and, for each threshold and margin, what is answered, offered and wrong.
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
use engine::{
    bot::{Threshold, language_of, would},
    library::Would,
    settings::ShopSettings,
};
use knowledge::{
    Basis, Entry, Hit, Index, Query, TextRole,
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
        let (right, all) = of_language
            .fold((0, 0), |(right, all), (asked, hits)| (right + usize::from(hit(asked, hits, depth)), all + 1));
        share(right, all)
    };
    let settings = |answer_threshold: Threshold, clarify_margin: f32| ShopSettings {
        answer_threshold,
        clarify_margin,
        ..ShopSettings::default()
    };
    let policies = (0..7).map(|step| 0.01 * step as f32).map(|step| Threshold { zh: 0.86 + step, en: 0.825 + step });
    let policies = policies.flat_map(|threshold| [0.0, 0.005, 0.01, 0.015, 0.02].map(|margin| (threshold, margin)));
    let policies: Vec<_> = policies
        .map(|(threshold, margin)| {
            let settings = settings(threshold, margin);
            let outcomes = pairs().map(|(asked, hits)| (asked, would(hits, Basis::Hybrid, &settings).0));
            let count = |wanted: &dyn Fn(&Asked, &Would) -> bool| outcomes.clone().filter(|(asked, would)| wanted(asked, would)).count();
            let right = count(&|asked, would| matches!(would, Would::Answer { article } if asked.answer == Some(*article)));
            let wrong = count(&|asked, would| asked.answer.is_some() && matches!(would, Would::Answer { article } if asked.answer != Some(*article)));
            let offered = count(&|asked, would| matches!((would, asked.answer), (Would::Clarify { articles }, Some(answer)) if articles.contains(&answer)));
            let clarified = count(&|asked, would| asked.answer.is_some() && matches!(would, Would::Clarify { .. }));
            let outside_answered = count(&|asked, would| asked.answer.is_none() && matches!(would, Would::Answer { .. }));
            let outside_clarified = count(&|asked, would| asked.answer.is_none() && matches!(would, Would::Clarify { .. }));
            json!({
                "threshold_zh": round(threshold.zh), "threshold_en": round(threshold.en), "margin": round(margin),
                "answered_right": share(right, in_scope), "answered_wrong": share(wrong, in_scope),
                "choice_with_answer": share(offered, in_scope), "choice_without": share(clarified - offered, in_scope),
                "out_of_scope_answered": share(outside_answered, outside), "out_of_scope_choice": share(outside_clarified, outside),
            })
        })
        .collect();
    json!({
        "articles": articles, "held_out": in_scope, "out_of_scope": outside,
        "hit_at_1_zh": right_at(1, Language::Zh), "hit_at_3_zh": right_at(3, Language::Zh),
        "hit_at_1_en": right_at(1, Language::En), "hit_at_3_en": right_at(3, Language::En),
        "policies": policies,
    })
}

fn round(value: f32) -> f64 {
    (f64::from(value) * 1000.0).round() / 1000.0
}
