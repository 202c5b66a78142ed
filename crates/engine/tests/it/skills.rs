//! Every conversation test of the shipped skills, through the bot's real turn on the demo shop.

use std::path::PathBuf;

use engine::bot::skill::{
    files_in,
    rehearse::{Stage, Theatre, Verdict, plays},
};

fn content(folder: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../content").join(folder)
}

pub fn articles() -> Vec<Vec<u8>> {
    let (files, faults) = files_in(&content("articles"));
    assert!(faults.is_empty(), "{faults:?}");
    files.into_iter().map(|file| file.text.into_bytes()).collect()
}

fn told(verdict: &Verdict) -> String {
    let file = verdict.file.rsplit('/').next().unwrap_or_default();
    let mut text = format!("{file}: {}\n", verdict.name);
    for (says, observed) in &verdict.turns {
        text.push_str(&format!(
            "    > {says}\n    < {} [{}]\n",
            observed.text.replace('\n', " / "),
            observed.skills.join(",")
        ));
    }
    for (turn, difference) in &verdict.differences {
        text.push_str(&format!("    turn {turn}: {difference}\n"));
    }
    text
}

/// `TANDEM_PLAYS=name` plays only the files and tests whose name has it.
#[tokio::test]
async fn the_shipped_skills_do_what_their_conversation_tests_say() {
    let (files, faults) = files_in(&content("skills/tests"));
    assert!(faults.is_empty(), "{faults:?}");
    let only = std::env::var("TANDEM_PLAYS").unwrap_or_default();
    let plays = plays(&files).unwrap_or_else(|faults| panic!("{faults:#?}"));
    let theatre = Theatre::open(Stage { articles: articles(), skills: None }).await.expect("a stage");
    let (mut played, mut failed) = (0, Vec::new());
    for (file, play) in plays.iter().filter(|(file, play)| file.contains(&only) || play.name.contains(&only)) {
        let verdict = theatre.play(file, play).await.unwrap_or_else(|error| panic!("{file}: {}: {error}", play.name));
        played += 1;
        if !verdict.passed() {
            failed.push(told(&verdict));
        }
    }
    assert!(failed.is_empty(), "{} of {played} plays failed:\n{}", failed.len(), failed.join("\n"));
}
