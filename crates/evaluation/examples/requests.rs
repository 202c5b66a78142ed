//! How well requests are understood, with what was misunderstood; for those who work on the reader.

use std::path::PathBuf;

use anyhow::Context;
use clap::Parser;
use evaluation::tools::{self, phrasing::SETS};

#[derive(Parser)]
struct Arguments {
    /// A folder of the form of retail_tau2.
    #[arg(long, required_unless_present = "chinese")]
    data: Option<PathBuf>,
    /// Read the Chinese requests of this list instead, a file of content/evaluation.
    #[arg(long)]
    chinese: Option<String>,
    /// Print so many that were misunderstood.
    #[arg(long, default_value_t = 0)]
    failed: usize,
    /// Only this way of talking, a file of content/evaluation/requests.
    #[arg(long)]
    set: Option<String>,
    /// Read this text instead, as that of the customer below.
    #[arg(long)]
    text: Option<String>,
    #[arg(long, default_value = "")]
    customer: String,
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    if let Some(name) = &arguments.chinese {
        return chinese(name, arguments.failed);
    }
    let data = arguments.data.context("--data")?;
    if let Some(text) = &arguments.text {
        println!("{:#?}", tools::requests::understood(&data, &arguments.customer, text)?);
        return Ok(());
    }
    let place = |name: &String| SETS.iter().position(|set| set.name == name);
    let sets = match arguments.set.as_ref().map(place) {
        Some(Some(place)) => &SETS[place..=place],
        Some(None) => anyhow::bail!("there is no such set"),
        None => &SETS[..],
    };
    let cases = tools::requests::cases(&data, &tools::records(&data)?, sets)?;
    for case in cases.iter().filter(|case| !case.is_ok).take(arguments.failed) {
        println!("{}\n  known {}\n  wanted {:?}\n  found  {:?}\n", case.text, case.is_known, case.wanted, case.found);
    }
    println!("{}", serde_json::to_string_pretty(&tools::requests::shares(&cases))?);
    Ok(())
}

fn chinese(name: &str, failed: usize) -> anyhow::Result<()> {
    let list = tools::chinese::LISTS.iter().find(|list| list.name == name).context("there is no such list")?;
    let cases = tools::chinese::cases(list)?;
    for case in cases.iter().filter(|case| !case.is_ok()).take(failed) {
        println!("{}\n  wanted {:?}\n  found  {:?}\n", case.text, case.wanted, case.found);
    }
    println!("{}", serde_json::to_string_pretty(&tools::chinese::shares(&cases))?);
    Ok(())
}
