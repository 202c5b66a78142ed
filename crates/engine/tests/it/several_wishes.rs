//! Messages with several wishes, by words alone: the list written before reading was tuned, and the one it was tuned on.
//! `TANDEM_TUNING=1` shows what the pieces of the latter are read as, and leaves the former alone.

use domain::language::Language;
use engine::bot::{
    language_of,
    skill::{
        Next, Would,
        rehearse::{Stage, Theatre},
    },
};
use serde::Deserialize;
use understanding::reading::pieces_of;

use crate::skills::articles;

/// Of the messages tuned on, so many are heard whole by words alone; below it something broke.
const LEAST: f64 = 0.5;

#[derive(Deserialize)]
struct Lists {
    tuning: Vec<Asked>,
    held_out: Vec<Asked>,
}

#[derive(Deserialize)]
struct Asked {
    says: String,
    wants: Vec<String>,
}

fn found_in(would: &Would) -> Vec<String> {
    let mut found: Vec<String> = match &would.next {
        Next::Begin(skills) => skills.iter().map(|skill| skill.name.clone()).collect(),
        Next::Search if would.rest.is_empty() => vec!["article".to_owned()],
        Next::Search | Next::HandOff(_) | Next::Social => Vec::new(),
    };
    found.extend(would.rest.iter().map(|_| "article".to_owned()));
    found
}

/// The messages of which not all wishes were found, and the share of the others.
async fn measure<'a>(theatre: &Theatre, list: &'a [Asked], language: Language) -> (Vec<(&'a Asked, Would)>, f64) {
    let chosen: Vec<&Asked> = list.iter().filter(|asked| language_of(&asked.says) == Some(language)).collect();
    let says: Vec<String> = chosen.iter().map(|asked| asked.says.clone()).collect();
    let would = theatre.would(&says).await.expect("read");
    let is_missed = |(asked, would): &(&Asked, Would)| {
        let found = found_in(would);
        !asked.wants.iter().all(|wish| found.contains(wish))
    };
    let all = chosen.len();
    let missed: Vec<(&Asked, Would)> = chosen.into_iter().zip(would).filter(is_missed).collect();
    let share = (all - missed.len()) as f64 / all as f64;
    (missed, share)
}

async fn show(theatre: &Theatre, missed: &[(&Asked, Would)]) {
    for (asked, would) in missed {
        println!("{}\n  {:?}, found {:?}, rest {:?}", asked.says, asked.wants, found_in(would), would.rest);
        let pieces = pieces_of(&asked.says);
        for (piece, would) in pieces.iter().zip(theatre.would(&pieces).await.expect("read")) {
            let reading = would.reading.unwrap_or_default();
            let intents: Vec<_> = reading
                .intents
                .iter()
                .take(2)
                .map(|it| (it.skill.as_deref().unwrap_or("article"), it.chance))
                .collect();
            println!("    {piece}: {:.2} {intents:?}", reading.reliability);
        }
    }
}

#[tokio::test]
async fn messages_with_several_wishes_are_heard_whole() {
    let lists = include_str!("../../../../content/evaluation/several_wishes.yaml");
    let lists: Lists = serde_yaml_ng::from_str(lists).expect("the lists");
    let theatre = Theatre::open(Stage { articles: articles(), skills: None }).await.expect("a stage");
    let is_tuning = std::env::var("TANDEM_TUNING").is_ok();
    for language in Language::ALL {
        let (missed, share) = measure(&theatre, &lists.tuning, language).await;
        println!("tuning {language:?}: {share:.3}");
        assert!(share >= LEAST, "{language:?}: {share}");
        if is_tuning {
            show(&theatre, &missed).await;
            continue;
        }
        let (_, share) = measure(&theatre, &lists.held_out, language).await;
        println!("held out {language:?}: {share:.3}");
    }
}
