//! `tandem skills`: the skills there are, the faults of a folder, and its conversation tests on the demo shop.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::Context;
use clap::{Args, Subcommand};
use engine::bot::skill::{
    Shelf, files_in,
    rehearse::{Stage, Theatre, Verdict, plays},
};

use crate::demo::articles;

#[derive(Debug, Subcommand)]
pub enum Skills {
    /// Name all skills: the shipped ones, and those of a folder in their place.
    List(Optional),
    /// Tell every fault of every file in a folder, with line and column.
    Check(Folder),
    /// Play the conversation tests in FOLDER/tests against the demo shop, with the skills of the folder.
    Test(Folder),
}

#[derive(Debug, Args)]
pub struct Folder {
    folder: PathBuf,
    /// Only tests whose file or name has this text.
    #[arg(long, default_value = "")]
    only: String,
}

#[derive(Debug, Args)]
pub struct Optional {
    folder: Option<PathBuf>,
}

pub async fn run(command: Skills) -> anyhow::Result<ExitCode> {
    match command {
        Skills::List(wish) => {
            list(wish.folder.as_deref());
            Ok(ExitCode::SUCCESS)
        }
        Skills::Check(wish) => Ok(check(&wish.folder)),
        Skills::Test(wish) => test(&wish.folder, &wish.only).await,
    }
}

fn list(folder: Option<&Path>) {
    let shelf = Shelf::default();
    let own = folder.map(|folder| shelf.read_folder(folder).taken).unwrap_or_default();
    for skill in shelf.skills().iter() {
        let whose = if own.contains(&skill.name) { "own" } else { "shipped" };
        let does: Vec<&str> = skill.actions().collect();
        println!("{:<24} {whose:<8} {} / {}  {}", skill.name, skill.title.zh, skill.title.en, does.join(", "));
    }
}

fn check(folder: &Path) -> ExitCode {
    let report = Shelf::default().read_folder(folder);
    report.faults.iter().for_each(|fault| println!("{fault}"));
    println!("{} files can be used, {} faults", report.taken.len(), report.faults.len());
    if report.faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

async fn test(folder: &Path, only: &str) -> anyhow::Result<ExitCode> {
    if check(folder) == ExitCode::FAILURE {
        return Ok(ExitCode::FAILURE);
    }
    let (files, faults) = files_in(&folder.join("tests"));
    faults.iter().for_each(|fault| println!("{fault}"));
    let plays = match plays(&files) {
        Ok(plays) if faults.is_empty() => plays,
        other => {
            other.err().into_iter().flatten().for_each(|fault| println!("{fault}"));
            return Ok(ExitCode::FAILURE);
        }
    };
    let stage = Stage { articles: articles::files(), skills: Some(folder.to_owned()) };
    let theatre = Theatre::open(stage).await.context("furnishing the demo shop")?;
    let (mut played, mut failed) = (0, 0);
    for (file, play) in plays.iter().filter(|(file, play)| file.contains(only) || play.name.contains(only)) {
        let verdict = theatre.play(file, play).await.with_context(|| format!("playing {}", play.name))?;
        played += 1;
        if !verdict.passed() {
            failed += 1;
            tell(&verdict);
        }
    }
    println!("{played} tests played, {failed} failed");
    Ok(if failed == 0 && played > 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn tell(verdict: &Verdict) {
    println!("FAILED {}: {}", verdict.file, verdict.name);
    for (says, observed) in &verdict.turns {
        println!("  > {says}\n  < {}", observed.text.replace('\n', "\n    "));
    }
    for (turn, difference) in &verdict.differences {
        println!("  turn {turn}: {difference}");
    }
}
