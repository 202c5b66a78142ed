//! `answers`: each article's last alias is held out and asked, and so are questions that no article answers.
//! Tells, for each threshold and margin, what would be answered, offered as a choice, and wrong.

use std::{collections::HashMap, path::Path, sync::Arc, time::Instant};

use anyhow::{Context, Result};
use domain::{
    article::Article,
    id::{ArticleId, ShopId},
    language::Language,
    time::Timestamp,
};
use engine::{
    bot::{DEFAULT_ANSWER_CHANCE, DEFAULT_CHOICE_CHANCE, language_of, would},
    library::Would,
    settings::ShopSettings,
};
use knowledge::{
    Basis, Entry, Hit, Index, Query, Ranker, TextRole, Trial, WordingVectors,
    exchange::{Conventions, Format, import},
    texts_to_embed, vectors_from,
};
use models::{Embedder, TextKind};
use serde_json::{Value, json};

use super::{Report, rounded};

const OUT_OF_SCOPE: &str = include_str!("../../../content/evaluation/out_of_scope.txt");
const SHOP: ShopId = ShopId::from_bits(1);
/// A day on which the articles without dates hold.
const NOW: Timestamp = Timestamp(1_790_000_000_000);
const ANSWER_CHANCES: [f32; 6] = [0.8, 0.7, 0.6, 0.5, 0.4, 0.3];
const CHOICE_CHANCES: [f32; 3] = [0.25, 0.35, 0.5];

struct Asked {
    /// `None`: no article answers it.
    answer: Option<ArticleId>,
    language: Language,
    text: String,
}

/// `folder` holds YAML articles.
pub async fn answers(folder: &Path, embedder: &Embedder) -> Result<Report> {
    let begun = Instant::now();
    let mut asked = Vec::new();
    let mut trials: HashMap<Language, Vec<Trial>> = HashMap::new();
    let index = Index::with_dimension(embedder.dims())?;
    let mut entries = Vec::new();
    for mut article in read(folder)? {
        asked.extend(hold_out(&mut article));
        let entry = entry(embedder, article).await?;
        for language in Language::ALL {
            let wording = entry.vectors.as_ref().and_then(|vectors| vectors.wording(language));
            let queries = wording.map(WordingVectors::queries).unwrap_or_default();
            let article = entry.article.id;
            let trial = |(phrasing, vector)| Trial { article, phrasing, vector };
            trials.entry(language).or_default().extend(queries.into_iter().enumerate().map(trial));
        }
        entries.push(entry);
    }
    let articles = entries.len();
    index.upsert(entries)?;
    let learning = Instant::now();
    let mut rankers: HashMap<Language, Ranker> = HashMap::new();
    for (language, trials) in &trials {
        rankers.extend(index.learn_ranker(SHOP, *language, NOW, trials)?.map(|ranker| (*language, ranker)));
    }
    let learned_seconds = learning.elapsed().as_secs_f64();
    for line in OUT_OF_SCOPE.lines().filter(|line| !line.trim().is_empty()) {
        let language = language_of(line).unwrap_or_default();
        asked.push(Asked { answer: None, language, text: line.to_owned() });
    }
    let mut found = Vec::with_capacity(asked.len());
    for question in &asked {
        found.push(search(&index, embedder, question, rankers.get(&question.language)).await?);
    }
    let mut metrics = measure(&asked, &found, articles);
    metrics["learned_seconds"] = json!(rounded(learned_seconds));
    Ok(Report::new("answers", folder, asked.len(), begun, metrics, json!({})))
}

fn hold_out(article: &mut Article) -> Vec<Asked> {
    let id = article.id;
    let wordings = [(Language::Zh, &mut article.draft.zh), (Language::En, &mut article.draft.en)];
    wordings
        .into_iter()
        .filter_map(|(language, wording)| {
            let text = wording.as_mut()?.aliases.pop()?;
            Some(Asked { answer: Some(id), language, text })
        })
        .collect()
}

async fn search(index: &Index, embedder: &Embedder, asked: &Asked, ranker: Option<&Ranker>) -> Result<Vec<Hit>> {
    let vectors = embedder.embed(TextKind::Query, std::slice::from_ref(&asked.text)).await?;
    Ok(index.search(&Query {
        shop: SHOP,
        text: &asked.text,
        vector: vectors.first().map(Vec::as_slice),
        language: Some(asked.language),
        now: NOW,
        product: None,
        category: None,
        limit: 3,
        ranker,
    })?)
}

fn read(folder: &Path) -> Result<Vec<Article>> {
    let mut drafts = Vec::new();
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .with_context(|| format!("{} can't be read", folder.display()))?
        .map(|file| Ok(file?.path()))
        .collect::<Result<_>>()?;
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

async fn entry(embedder: &Embedder, article: Article) -> Result<Entry> {
    let mut embedded = Vec::new();
    for text in texts_to_embed(&article) {
        let kind = if text.role == TextRole::Query { TextKind::Query } else { TextKind::Passage };
        embedded.extend(embedder.embed(kind, &[text.text]).await?);
    }
    let vectors = vectors_from(&article, &embedded)?;
    Ok(Entry { article: Arc::new(article), vectors: Some(Arc::new(vectors)) })
}

fn measure(asked: &[Asked], found: &[Vec<Hit>], articles: usize) -> Value {
    let is_right = |(asked, hits): &(&Asked, &Vec<Hit>), depth: usize| {
        hits.iter().take(depth).any(|hit| Some(hit.article.id) == asked.answer)
    };
    let right_at = |depth: usize, language: Language| {
        let pairs = asked.iter().zip(found);
        let of_language: Vec<_> =
            pairs.filter(|(asked, _)| asked.answer.is_some() && asked.language == language).collect();
        share(of_language.iter().filter(|pair| is_right(pair, depth)).count(), of_language.len())
    };
    let policies: Vec<Value> = ANSWER_CHANCES
        .into_iter()
        .flat_map(|answer| CHOICE_CHANCES.map(|choice| (answer, choice)))
        .map(|(answer, choice)| policy(asked, found, answer, choice))
        .collect();
    json!({
        "articles": articles,
        "held_out": asked.iter().filter(|asked| asked.answer.is_some()).count(),
        "out_of_scope": asked.iter().filter(|asked| asked.answer.is_none()).count(),
        "hit_at_1_zh": right_at(1, Language::Zh), "hit_at_3_zh": right_at(3, Language::Zh),
        "hit_at_1_en": right_at(1, Language::En), "hit_at_3_en": right_at(3, Language::En),
        "default": policy(asked, found, DEFAULT_ANSWER_CHANCE, DEFAULT_CHOICE_CHANCE),
        "policies": policies,
    })
}

/// What the bot would do with these chances.
fn policy(asked: &[Asked], found: &[Vec<Hit>], answer_chance: f32, choice_chance: f32) -> Value {
    let settings = ShopSettings { answer_chance, choice_chance, ..ShopSettings::default() };
    let (mut right, mut wrong, mut offered, mut missed) = (0, 0, 0, 0);
    let (mut outside_answered, mut outside_offered) = (0, 0);
    for (asked, hits) in asked.iter().zip(found) {
        match (would(hits, Basis::Hybrid, &settings, settings.answer_chance).0, asked.answer) {
            (Would::Answer { article }, Some(answer)) if article == answer => right += 1,
            (Would::Answer { .. }, Some(_)) => wrong += 1,
            (Would::Answer { .. }, None) => outside_answered += 1,
            (Would::Clarify { articles }, Some(answer)) if articles.contains(&answer) => offered += 1,
            (Would::Clarify { .. }, Some(_)) => missed += 1,
            (Would::Clarify { .. }, None) => outside_offered += 1,
            (Would::Abstain, _) => {}
        }
    }
    let inside = asked.iter().filter(|asked| asked.answer.is_some()).count();
    let outside = asked.len() - inside;
    json!({
        "answer_chance": rounded(answer_chance.into()), "choice_chance": rounded(choice_chance.into()),
        "answered_right": share(right, inside), "answered_wrong": share(wrong, inside),
        "choice_with_answer": share(offered, inside), "choice_without": share(missed, inside),
        "out_of_scope_answered": share(outside_answered, outside),
        "out_of_scope_choice": share(outside_offered, outside),
    })
}

fn share(part: usize, whole: usize) -> f64 {
    rounded(part as f64 / whole.max(1) as f64)
}
