//! Messages with several wishes, by words alone: the list written before reading was tuned, and the one it was tuned on.

use domain::language::Language;
use engine::bot::{
    language_of,
    skill::{
        Next, Would,
        rehearse::{Stage, Theatre},
    },
};
use serde::Deserialize;

use crate::skills::articles;

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

/// All wishes of the message are found.
fn is_found(asked: &Asked, would: &Would) -> bool {
    let mut found: Vec<String> = match &would.next {
        Next::Begin(skills) => skills.iter().map(|skill| skill.name.clone()).collect(),
        Next::Search if would.rest.is_empty() => vec!["article".to_owned()],
        Next::Search | Next::HandOff(_) | Next::Social => Vec::new(),
    };
    found.extend(would.rest.iter().map(|_| "article".to_owned()));
    let is_all = asked.wants.iter().all(|wish| found.contains(wish));
    if !is_all {
        println!("{}: {:?}, found {found:?} rest {:?}", asked.says, asked.wants, would.rest);
    }
    is_all
}

async fn share(theatre: &Theatre, list: &[Asked], language: Language) -> f64 {
    let chosen: Vec<&Asked> = list.iter().filter(|asked| language_of(&asked.says) == Some(language)).collect();
    let says: Vec<String> = chosen.iter().map(|asked| asked.says.clone()).collect();
    let would = theatre.would(&says).await.expect("read");
    let found = chosen.iter().zip(&would).filter(|(asked, would)| is_found(asked, would)).count();
    found as f64 / chosen.len() as f64
}

#[tokio::test]
async fn messages_with_several_wishes_are_heard_whole() {
    let lists: Lists =
        serde_yaml_ng::from_str(include_str!("../../../../content/evaluation/several_wishes.yaml")).unwrap();
    let theatre = Theatre::open(Stage { articles: articles(), skills: None }).await.expect("a stage");
    for language in Language::ALL {
        println!("tuning {language:?}: {:.3}", share(&theatre, &lists.tuning, language).await);
    }
    if std::env::var("TANDEM_TUNING").is_ok() {
        return;
    }
    for language in Language::ALL {
        let share = share(&theatre, &lists.held_out, language).await;
        println!("held out {language:?}: {share:.3}");
        assert!(share >= 0.9, "{language:?}: {share}");
    }
}
