//! Answering from articles: the sure answer with its source, one clarifying question, or nothing.

use domain::{
    article::Article,
    conversation::ReplyKind,
    id::ArticleId,
    language::Language,
    message::Source,
    shop::{CategoryKey, ProductKey},
    trace::TurnStage,
};
use serde_json::json;

use super::{
    draft::Draft,
    guard::Evidence,
    memory::{Choice, ChoiceOption, Target},
    selective::confidence,
    texts,
    turn::Turn,
};
use crate::{
    error::Result,
    library::{self, Ask, Found, Would},
    review::Sought,
};

/// Candidates looked at, and told in the trace.
const CANDIDATES: usize = 5;

/// What is asked, from the articles: several questions at once each from its own, where all of them have one.
pub async fn answer_all(turn: &mut Turn<'_>) -> Result<Option<Draft>> {
    let parts = turn.unmet.clone();
    if parts.len() > 1 {
        let (told, open) = answer_each(turn, &parts).await?;
        if open.is_empty() {
            turn.unmet.clear();
            return Ok(told);
        }
    }
    let question = turn.understood.text.clone();
    answer(turn, &question).await
}

/// The answers to these questions in one reply, and the questions left open. Such a reply is judged as a whole, never as
/// one article's.
pub async fn answer_each(turn: &mut Turn<'_>, questions: &[String]) -> Result<(Option<Draft>, Vec<String>)> {
    let (mut told, mut open) = (None, Vec::new());
    for question in questions {
        match answer(turn, question).await?.filter(|draft| draft.kind == ReplyKind::Answered) {
            Some(draft) => told = Some(Draft::join(told, draft)),
            None => open.push(question.clone()),
        }
    }
    turn.sought = None;
    Ok((told, open))
}

/// `None`: no article the bot can stand for.
pub async fn answer(turn: &mut Turn<'_>, question: &str) -> Result<Option<Draft>> {
    let (product, category) = focus(turn).await;
    let language = turn.language();
    let ask = Ask { shop: turn.shop.id, text: question.to_owned(), language, product, category, limit: CANDIDATES };
    let vector = turn.vectors.of(turn.desk, &ask.text).await;
    let found = library::search_with(turn.desk, &turn.settings, &ask, vector.as_deref())?;
    let candidates: Vec<_> = found
        .hits
        .iter()
        .map(|hit| {
            json!({
                "article": hit.article.id, "version": hit.article.version, "key": hit.article.draft.key,
                "question": hit.wording().map(|wording| &wording.question),
                "confidence": confidence(hit, found.basis), "cosine": hit.cosine, "lexical": hit.lexical,
                "coverage": hit.coverage, "score": hit.score,
            })
        })
        .collect();
    let best = found.hits.first().map_or(0.0, |hit| confidence(hit, found.basis));
    let (zh, en) = match &found.would {
        Would::Answer { .. } => ("有把握", "sure"),
        Would::Clarify { .. } => ("有几个接近的答案", "several are close"),
        Would::Abstain => ("没有把握", "not sure"),
    };
    turn.tracing.step(
        TurnStage::Act,
        format!("查知识库：最接近 {best:.3}，阈值 {:.3}，{zh}", found.threshold),
        format!("Knowledge: nearest {best:.3}, threshold {:.3}, {en}", found.threshold),
        json!({ "basis": found.basis, "threshold": found.threshold, "candidates": candidates, "took_ms": found.took_ms }),
    );
    turn.sought = sought(&found);
    Ok(match found.would {
        Would::Answer { article } => found
            .hits
            .iter()
            .find(|hit| hit.article.id == article)
            .and_then(|hit| tell(turn, &hit.article, hit.language)),
        Would::Clarify { articles } => {
            let options = found
                .hits
                .iter()
                .filter(|hit| articles.contains(&hit.article.id))
                .filter_map(|hit| {
                    let label = hit.wording()?.question.clone();
                    Some(ChoiceOption { label, target: Target::Article(hit.article.id) })
                })
                .collect();
            let choice = Choice { question: question.to_owned(), options };
            Some(Draft::plain(ReplyKind::Clarified, texts::which_question(language)).with_choice(choice))
        }
        Would::Abstain => None,
    })
}

/// What people may be asked to judge: only where the bot's confidence is a chance.
fn sought(found: &Found) -> Option<Sought> {
    let best = found.hits.first()?;
    Some(Sought {
        article: best.article.id,
        version: best.article.version,
        language: best.language,
        chance: best.chance?,
        threshold: found.threshold,
        outcome: match found.would {
            Would::Answer { .. } => "answered",
            Would::Clarify { .. } => "clarified",
            Would::Abstain => "abstained",
        },
    })
}

/// The article the shopper picked; `None` when it no longer holds.
pub async fn picked(turn: &mut Turn<'_>, id: ArticleId) -> Result<Option<Draft>> {
    let article = turn.desk.store.article(id).await?;
    let Some(article) = article.filter(|it| it.shop == turn.shop.id && it.holds_at(turn.now)) else {
        return Ok(None);
    };
    let language = turn.language();
    let language = if article.draft.wording(language).is_some() { language } else { language.other() };
    Ok(tell(turn, &article, language))
}

fn tell(turn: &mut Turn<'_>, article: &Article, language: Language) -> Option<Draft> {
    let wording = article.draft.wording(language)?;
    let mut evidence = Evidence::default();
    evidence.cite(wording.answer.clone());
    let mut draft = Draft::new(ReplyKind::Answered, wording.answer.trim(), evidence);
    draft.body.sources.push(Source { article: article.id, version: article.version, title: wording.question.clone() });
    turn.memory.last_article = Some(article.id);
    Some(draft)
}

/// The product in view, and its category, so that scoped articles rank where they belong.
async fn focus(turn: &Turn<'_>) -> (Option<ProductKey>, Option<CategoryKey>) {
    let Some(connector) = turn.desk.connector(turn.shop.id) else { return (None, None) };
    let mentioned = connector.mentions(&turn.understood.text).await.unwrap_or_default();
    let page = turn.stored.page.as_ref().and_then(|page| page.product.as_deref()).map(ProductKey::from);
    let key = mentioned.into_iter().next().map(|scored| scored.product).or(turn.memory.product.clone()).or(page);
    match key {
        Some(key) => {
            let category = connector.product(&key).await.ok().map(|product| product.category);
            (Some(key), category)
        }
        None => (None, None),
    }
}
