//! The model of each shop that says how likely the bot's going on fails: learned from the shipped situations, from what
//! people judged, and from how the shop's own conversations went on.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError, RwLock},
};

use domain::{
    article::Wording,
    conversation::{Event, Fact, PassReason, ReplyKind},
    handoff::HandoffReason,
    id::ShopId,
    language::Language,
    message::Body,
    time::DAY_MS,
};
use serde::Deserialize;
use store::{Sample, SampleKind};
use understanding::handoff::{Dialogue, Model, Said, Settings};

use super::{certificate, history};
use crate::{
    desk::Desk,
    error::{DeskError, Result},
    reader,
};

#[derive(rust_embed::RustEmbed)]
#[folder = "../../content/handoff"]
struct Shipped;

/// A person's judgement against a situation we made up.
const JUDGED_WEIGHT: f32 = 3.0;
/// What only the course of a conversation suggests.
const SUGGESTED_WEIGHT: f32 = 0.5;
/// Far more turns need no human than the shipped situations have it.
const CALM_WEIGHT: f32 = 2.0;
/// What an article answers; there are many, and they are alike.
const TOLD_WEIGHT: f32 = 0.7;
/// Articles learned from.
const MAX_ARTICLES: usize = 150;
/// Samples learned from, the latest first.
const MAX_SAMPLES: i64 = 1_000;
/// Older conversations were about another shop.
const KEPT_DAYS: i64 = 180;
/// Events read of each conversation.
const MAX_EVENTS: i64 = 200;
/// Messages within which asking for a human says that the reply had failed.
const SOON: usize = 2;

/// Situations of one language; parts of a line are what was said, in turn.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Situations {
    human: Vec<String>,
    bot: Vec<String>,
}

/// What is said in one situation, and whether it needs a human.
#[derive(Debug, Clone, PartialEq)]
pub struct Situation {
    pub said: Vec<Line>,
    pub needs_human: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Line {
    Shopper(String),
    Bot(String, ReplyKind),
}

/// The models of one process, with what they were trained on.
#[derive(Debug, Default)]
pub struct Models {
    by_shop: RwLock<HashMap<ShopId, Arc<Model>>>,
    trained: Mutex<HashMap<ShopId, String>>,
    certified: RwLock<HashMap<ShopId, f64>>,
}

impl Models {
    pub fn of(&self, shop: ShopId) -> Option<Arc<Model>> {
        self.by_shop.read().unwrap_or_else(PoisonError::into_inner).get(&shop).cloned()
    }

    /// The threshold that judgements certify for this shop.
    pub fn certified(&self, shop: ShopId) -> Option<f64> {
        self.certified.read().unwrap_or_else(PoisonError::into_inner).get(&shop).copied()
    }

    pub(super) fn certify(&self, shop: ShopId, threshold: Option<f64>) {
        let mut certified = self.certified.write().unwrap_or_else(PoisonError::into_inner);
        match threshold {
            Some(threshold) => certified.insert(shop, threshold),
            None => certified.remove(&shop),
        };
    }
}

/// Trains anew where there is something new to learn from.
pub async fn learn(desk: &Desk) -> Result<()> {
    for shop in desk.shops.keys() {
        let since = desk.now().minus_ms(KEPT_DAYS * DAY_MS);
        let samples = desk.store.samples_since(SampleKind::Handoff, *shop, since, MAX_SAMPLES).await?;
        let judged = samples.iter().filter_map(|sample| sample.judged_at).max();
        let has_vectors = desk.library.embedder.is_some();
        // In steps of some, so that not every turn of the day trains a model.
        let state = format!("{has_vectors} {} {judged:?}", samples.len() / 25);
        let is_known = |known: &HashMap<ShopId, String>| known.get(shop) == Some(&state);
        if is_known(&desk.handoffs.trained.lock().unwrap_or_else(PoisonError::into_inner)) {
            continue;
        }
        let mut dialogues = shipped_dialogues(desk).await?;
        dialogues.extend(told_dialogues(desk, *shop).await?);
        for sample in samples {
            dialogues.extend(lived(desk, sample).await?);
        }
        let model = tokio::task::spawn_blocking(move || Model::train(&dialogues, &settings()))
            .await
            .map_err(|_| DeskError::Internal("training the handoff model stopped"))?;
        if let Some(model) = model {
            desk.handoffs.by_shop.write().unwrap_or_else(PoisonError::into_inner).insert(*shop, Arc::new(model));
        }
        desk.handoffs.trained.lock().unwrap_or_else(PoisonError::into_inner).insert(*shop, state);
        certificate::refresh(desk, *shop).await?;
    }
    Ok(())
}

/// Few situations need few trees, and a quarter of an hour of a merchant's first day isn't for training.
pub fn settings() -> Settings {
    Settings { trees: 150, folds: 5, words_strength: 0.3, least_leaf: 3, ..Settings::default() }
}

/// The situations that are part of the program.
pub fn shipped() -> Vec<Situation> {
    let mut situations = Vec::new();
    for name in Shipped::iter().filter(|name| name.ends_with(".yaml")) {
        let Some(file) = Shipped::get(&name) else { continue };
        match serde_yaml_ng::from_slice::<Situations>(&file.data) {
            Ok(Situations { human, bot }) => {
                situations.extend(human.iter().map(|line| situation(line, true)));
                situations.extend(bot.iter().map(|line| situation(line, false)));
            }
            // A test holds that there are none.
            Err(error) => tracing::error!(%error, file = %name, "the shipped situations are faulty"),
        }
    }
    situations
}

/// `S` is the shopper, `B` an answer, `B~` a question back, `B?` a reply without an answer.
fn situation(line: &str, needs_human: bool) -> Situation {
    let said = line.split(" | ").map(|part| {
        let (who, text) = part.trim().split_once(' ').unwrap_or(("S", part));
        match who {
            "B" => Line::Bot(text.to_owned(), ReplyKind::Answered),
            "B~" => Line::Bot(text.to_owned(), ReplyKind::Clarified),
            "B?" => Line::Bot(text.to_owned(), ReplyKind::Abstained),
            _ => Line::Shopper(text.to_owned()),
        }
    });
    Situation { said: said.collect(), needs_human }
}

/// The verdict is about the last exchange; what comes before is context.
pub fn dialogue(situation: &Situation, meanings: &HashMap<String, Vec<f32>>) -> Dialogue {
    let mut meaning = Vec::new();
    let mut said: Vec<Said> = Vec::new();
    for line in &situation.said {
        said.push(match line {
            Line::Shopper(text) => {
                meaning = meanings.get(text).cloned().unwrap_or_default();
                history::by_shopper(text, meaning.clone())
            }
            Line::Bot(text, kind) => history::by_bot(text, *kind, meaning.clone()),
        });
    }
    let judged = situation.said.iter().rposition(|line| matches!(line, Line::Shopper(_))).unwrap_or(0);
    let needs_human = (0..said.len()).map(|place| (place >= judged).then_some(situation.needs_human)).collect();
    Dialogue { said, needs_human, weight: if situation.needs_human { 1.0 } else { CALM_WEIGHT } }
}

async fn shipped_dialogues(desk: &Desk) -> Result<Vec<Dialogue>> {
    let situations = shipped();
    let texts = situations.iter().flat_map(|situation| &situation.said).filter_map(|line| match line {
        Line::Shopper(text) => Some(text.clone()),
        Line::Bot(..) => None,
    });
    let phrases = reader::phrases(desk, texts.collect()).await?;
    let meanings = phrases.into_iter().map(|phrase| (phrase.text, phrase.vector.unwrap_or_default())).collect();
    Ok(situations.iter().map(|situation| dialogue(situation, &meanings)).collect())
}

/// The shop's own articles: a question that was found its answer needs nobody.
async fn told_dialogues(desk: &Desk, shop: ShopId) -> Result<Vec<Dialogue>> {
    let ids = desk.library.sample().get(&shop).cloned().unwrap_or_default();
    let mut dialogues = Vec::new();
    for id in ids.into_iter().take(MAX_ARTICLES) {
        let Some(article) = desk.store.article(id).await? else { continue };
        for language in Language::ALL {
            dialogues.extend(article.draft.wording(language).map(told));
        }
    }
    Ok(dialogues)
}

/// A phrasing of the article and its answer.
fn told(wording: &Wording) -> Dialogue {
    let said = [wording.aliases.first().unwrap_or(&wording.question), &wording.answer];
    let [question, answer] = said.map(String::as_str);
    let situation = Situation {
        said: vec![Line::Shopper(question.to_owned()), Line::Bot(answer.to_owned(), ReplyKind::Answered)],
        needs_human: false,
    };
    Dialogue { weight: TOLD_WEIGHT, ..dialogue(&situation, &HashMap::new()) }
}

/// A sampled turn of the shop's own, with a person's judgement or else with how it went on; neither: nothing.
async fn lived(desk: &Desk, sample: Sample) -> Result<Option<Dialogue>> {
    let rows = desk.store.events(sample.conversation, 0, MAX_EVENTS).await?;
    let events: Vec<(Event, Option<Body>)> =
        rows.into_iter().map(|row| (row.event, row.body.and_then(|json| serde_json::from_str(&json).ok()))).collect();
    let (verdict, weight) = match sample.verdict {
        Some(verdict) => (verdict, JUDGED_WEIGHT),
        None => match went_on(&events, sample.seq) {
            Some(verdict) => (verdict, SUGGESTED_WEIGHT),
            None => return Ok(None),
        },
    };
    let reply = events.iter().find_map(|(event, _)| match &event.fact {
        Fact::BotReplied { answers, .. } if *answers == sample.seq => Some(event.seq),
        _ => None,
    });
    let said = history::of_events(&events, reply.unwrap_or(sample.seq));
    let is_erased = said.iter().all(|turn| turn.words.is_empty());
    if is_erased {
        return Ok(None);
    }
    let judged = said.iter().rposition(|turn| turn.by_shopper).unwrap_or(0);
    let needs_human = (0..said.len()).map(|place| (place >= judged).then_some(verdict)).collect();
    Ok(Some(Dialogue { said, needs_human, weight }))
}

/// Whether the shopper soon had to go to a human, or was content.
fn went_on(events: &[(Event, Option<Body>)], seq: i64) -> Option<bool> {
    let mut messages = 0;
    for (event, _) in events.iter().filter(|(event, _)| event.seq > seq) {
        match &event.fact {
            Fact::ShopperSaid { .. } => messages += 1,
            Fact::ControlPassed { why: PassReason::HandedOff(reason), .. } => {
                let has_failed = matches!(
                    reason,
                    HandoffReason::Asked | HandoffReason::Upset | HandoffReason::Repeated | HandoffReason::Abstained
                );
                return (messages <= SOON && has_failed).then_some(true);
            }
            Fact::Rated { stars, .. } => return Some(*stars <= 2),
            Fact::Resolved => return (messages <= SOON).then_some(false),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use understanding::handoff::held_out;

    use super::*;

    fn text(situation: &Situation) -> String {
        let lines = situation.said.iter().map(|line| match line {
            Line::Shopper(text) | Line::Bot(text, _) => text.as_str(),
        });
        lines.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn the_shipped_situations_are_many_and_sound_in_both_languages() {
        let all = shipped();
        for language in Language::ALL {
            let own: Vec<_> = all
                .iter()
                .filter(|it| crate::bot::language_of(&text(it)).unwrap_or(Language::En) == language)
                .collect();
            let human = own.iter().filter(|it| it.needs_human).count();
            assert!(
                own.len() >= 150 && human >= 60 && own.len() - human >= 60,
                "{language:?}: {human} of {}",
                own.len()
            );
        }
        for situation in &all {
            assert!(matches!(situation.said.last(), Some(Line::Bot(..))), "{situation:?} ends with the bot's reply");
            assert!(situation.said.iter().any(|line| matches!(line, Line::Shopper(_))), "{situation:?}");
        }
    }

    #[test]
    fn the_shipped_model_tells_situations_apart_that_it_has_not_seen() {
        let dialogues: Vec<Dialogue> = shipped().iter().map(|it| dialogue(it, &HashMap::new())).collect();
        let chances = held_out(&dialogues, 5, &Settings { trees: 60, ..settings() });
        let last = |place: usize| (*chances[place].last().unwrap(), *dialogues[place].needs_human.last().unwrap());
        let judged: Vec<(f32, bool)> =
            (0..dialogues.len()).map(|place| (last(place).0, last(place).1 == Some(true))).collect();
        let mean = |wanted: bool| {
            let of: Vec<f32> = judged.iter().filter(|it| it.1 == wanted).map(|it| it.0).collect();
            of.iter().sum::<f32>() / of.len() as f32
        };
        let right = judged.iter().filter(|(chance, needs)| (*chance >= 0.5) == *needs).count();
        println!("right {right} of {}, mean {:.3} and {:.3}", judged.len(), mean(true), mean(false));
        assert!(right as f64 >= 0.75 * judged.len() as f64, "{right} of {}", judged.len());
        assert!(mean(true) > mean(false) + 0.3);
    }

    #[test]
    fn plain_questions_that_an_article_answers_stay_with_the_bot() {
        #[derive(Deserialize)]
        struct Entry {
            zh: Option<Wording>,
            en: Option<Wording>,
        }
        const FILES: [&str; 2] = [
            include_str!("../../../../content/articles/account.yaml"),
            include_str!("../../../../content/articles/after_sales.yaml"),
        ];
        let entries: Vec<Entry> =
            FILES.iter().flat_map(|file| serde_yaml_ng::from_str::<Vec<Entry>>(file).unwrap()).collect();
        let wordings: Vec<&Wording> = entries.iter().flat_map(|entry| entry.zh.iter().chain(&entry.en)).collect();
        // One half teaches what an answered question looks like, the other asks.
        let (taught, asked): (Vec<_>, Vec<_>) = wordings.iter().enumerate().partition(|(place, _)| place % 4 < 2);
        let mut dialogues: Vec<Dialogue> = shipped().iter().map(|it| dialogue(it, &HashMap::new())).collect();
        dialogues.extend(taught.iter().map(|(_, wording)| told(wording)));
        let model = Model::train(&dialogues, &settings()).unwrap();
        let threshold =
            (super::super::Terms::default().human_cost / super::super::Terms::default().failure_cost) as f32;
        let over: Vec<f32> = asked
            .iter()
            .map(|(_, wording)| model.chance(&told(wording).said))
            .filter(|chance| *chance >= threshold)
            .collect();
        println!("{} of {} handed over: {over:?}", over.len(), asked.len());
        assert!(over.len() * 20 <= asked.len(), "{over:?} of {}", asked.len());
    }
}
