//! What may be measured, as arguments of a command. One variant for each form of `tandem eval`.

use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, Subcommand};
use models::Embedder;

use crate::{
    answers::answers,
    card::card,
    compliance::compliance,
    ellipsis::ellipsis,
    emotion::emotion,
    emotion_anger::anger,
    handoff::handoff,
    injection::injection,
    intent::intent,
    languages::language,
    need::need,
    pairs::pairs,
    reading::reading,
    replies::replies,
    rewrite::rewrite,
    selective::selective,
    tools::tools,
    topics::{topics, topics_in_folds},
    uplift::uplift,
};

#[derive(Debug, Subcommand)]
pub enum Wish {
    /// Pairs of questions: do they mean the same? Lines of `{"a": …, "b": …, "y": 0|1}`.
    Match(Data),
    /// Intents: a folder with `train.jsonl`, `test.jsonl` and perhaps `val` and out-of-scope files.
    Intent {
        #[command(flatten)]
        data: Data,
        /// Learn from so many examples of each intent only; the mean of five draws.
        #[arg(long, value_name = "K")]
        shots: Option<usize>,
    },
    /// What dialogues are about, from the shopper's turns alone: csds form. In five folds over dialogues, or learned
    /// from `--train`.
    Topics {
        #[command(flatten)]
        data: Data,
        #[arg(long, value_name = "PATH")]
        train: Option<PathBuf>,
    },
    /// Feelings of posts, learned from `--train`: lines of `{"text": …, "y": …}`.
    Emotion {
        #[command(flatten)]
        data: Data,
        #[arg(long, value_name = "PATH")]
        train: PathBuf,
    },
    /// At which turn is a human needed, learned from `--train`: conversations in the form of MHCH.
    Handoff {
        #[command(flatten)]
        data: Data,
        /// May be given several times; the first file is of the kind that is tested, the others count less.
        #[arg(long, value_name = "PATH", required = true)]
        train: Vec<PathBuf>,
    },
    /// The ask on the handoff card against human summaries: csds form.
    Card(Data),
    /// Is a shopper angry enough for a person? On our own labelled messages, or a list of their form.
    Anger {
        #[arg(long, value_name = "PATH")]
        data: Option<PathBuf>,
        /// One line, for programs.
        #[arg(long)]
        json: bool,
        /// List the messages of the development half that are read wrongly.
        #[arg(long)]
        misses: bool,
    },
    /// What must not be said to shoppers: our own labelled sentences, or a list of `text`, `y` and `category`.
    Compliance {
        #[arg(long, value_name = "PATH")]
        data: Option<PathBuf>,
        /// One line, for programs.
        #[arg(long)]
        json: bool,
        /// List the sentences of the development half that are judged wrongly.
        #[arg(long)]
        misses: bool,
    },
    /// Is a message in a language the desk doesn't speak? On our own sentences, or a list of their form.
    Language {
        #[arg(long, value_name = "PATH")]
        data: Option<PathBuf>,
        /// One line, for programs.
        #[arg(long)]
        json: bool,
        /// List the sentences of the development half that are read wrongly.
        #[arg(long)]
        misses: bool,
    },
    /// Short questions that leave out what was said before, completed: our own list, or one of its form.
    Ellipsis {
        #[arg(long, value_name = "PATH")]
        data: Option<PathBuf>,
        /// One line, for programs.
        #[arg(long)]
        json: bool,
    },
    /// Which skill is wanted: a content folder with `skills` and `articles`, asked the project's held-out list.
    Reading(Data),
    /// How colleagues answered the same question: lines of `{"context": …, "reply": …}`, an index made of `--train`.
    Replies {
        #[command(flatten)]
        data: Data,
        #[arg(long, value_name = "PATH")]
        train: PathBuf,
    },
    /// Elliptic utterances completed from the turns before: lines of `{"ctx": […], "utt": …, "rewrite": …}`.
    Rewrite(Data),
    /// Attempts to make the bot do, say or show what it must not: the shipped list, or one of its form.
    Injection {
        #[arg(long, value_name = "PATH")]
        data: Option<PathBuf>,
        /// One line, for programs.
        #[arg(long)]
        json: bool,
    },
    /// Answering alone under a promise: a folder as for intents, 200 random splits of its test texts.
    Selective(Data),
    /// Work on orders, on a folder of tau2-bench's retail form: expected calls, requests in plain words, and forbidden
    /// wishes.
    Tools(Data),
    /// Will a visit end with an order, from what is known while it lasts: a CSV file of UCI's online shoppers.
    Need(Data),
    /// What a randomised campaign proves, and whom it helped: a CSV file in the form of Hillstrom's.
    Uplift(Data),
    /// Articles: a folder of YAML files, whose last aliases are held out and asked.
    Answers(Data),
}

#[derive(Debug, Args)]
pub struct Data {
    #[arg(long, value_name = "PATH")]
    data: PathBuf,
    /// One line, for programs.
    #[arg(long)]
    json: bool,
}

/// Measures and prints the report to standard output.
pub async fn run(wish: Wish, embedder: &Embedder) -> Result<()> {
    let (report, json) = match wish {
        Wish::Match(wish) => (pairs(&wish.data, embedder).await?, wish.json),
        Wish::Intent { data, shots } => (intent(&data.data, shots, embedder).await?, data.json),
        Wish::Topics { data, train: None } => (topics_in_folds(&data.data, embedder).await?, data.json),
        Wish::Topics { data, train: Some(train) } => (topics(&train, &data.data, embedder).await?, data.json),
        Wish::Emotion { data, train } => (emotion(&train, &data.data, embedder).await?, data.json),
        Wish::Card(wish) => (card(&wish.data)?, wish.json),
        Wish::Handoff { data, train } => (handoff(&train, &data.data)?, data.json),
        Wish::Anger { data, json, misses } => (anger(data.as_deref(), misses)?, json),
        Wish::Compliance { data, json, misses } => (compliance(data.as_deref(), misses)?, json),
        Wish::Language { data, json, misses } => (language(data.as_deref(), misses)?, json),
        Wish::Ellipsis { data, json } => (ellipsis(data.as_deref())?, json),
        Wish::Reading(wish) => (reading(&wish.data, embedder).await?, wish.json),
        Wish::Replies { data, train } => (replies(&train, &data.data, embedder).await?, data.json),
        Wish::Rewrite(wish) => (rewrite(&wish.data)?, wish.json),
        Wish::Injection { data, json } => (injection(data.as_deref()).await?, json),
        Wish::Selective(wish) => (selective(&wish.data, embedder).await?, wish.json),
        Wish::Tools(wish) => (tools(&wish.data).await?, wish.json),
        Wish::Need(wish) => (need(&wish.data)?, wish.json),
        Wish::Uplift(wish) => (uplift(&wish.data)?, wish.json),
        Wish::Answers(wish) => (answers(&wish.data, embedder).await?, wish.json),
    };
    let text = if json { serde_json::to_string(&report)? } else { serde_json::to_string_pretty(&report)? };
    println!("{text}");
    Ok(())
}
