//! Judges text: `cargo run -p tandem-understanding --example compliance` judges each line of standard input and prints
//! what was found as JSON; with `--measure` it prints how much text one core judges in a second instead.

use std::{io::Read, path::Path, sync::Arc, time::Instant};

use anyhow::{Context, Result};
use serde_json::json;
use understanding::compliance::{Compliance, PackTexts, Packs, Speaker, Terms};

const MEASURED_BYTES: usize = 1_000_000;

fn main() -> Result<()> {
    let compliance = compliance()?;
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    if !std::env::args().any(|it| it == "--measure") {
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            let findings = compliance.check(line, Speaker::Agent);
            let rewritten = compliance.rewritten(line, Speaker::Agent);
            println!("{}", json!({ "text": line, "findings": findings, "rewritten": rewritten }));
        }
        return Ok(());
    }
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    let (mut bytes, mut found, begun) = (0, 0, Instant::now());
    while bytes < MEASURED_BYTES && !lines.is_empty() {
        for line in &lines {
            found += compliance.check(line, Speaker::Agent).len();
            bytes += line.len();
        }
    }
    let seconds = begun.elapsed().as_secs_f64();
    let mb_per_second = bytes as f64 / 1e6 / seconds;
    println!("{}", json!({ "bytes": bytes, "found": found, "seconds": seconds, "mb_per_second": mb_per_second }));
    Ok(())
}

fn compliance() -> Result<Compliance> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content/compliance");
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).with_context(|| name.to_owned());
    let mut categories = Vec::new();
    for entry in std::fs::read_dir(&folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if !matches!(name.as_str(), "contexts.yaml" | "platforms.yaml") {
            categories.push(read(&name)?);
        }
    }
    categories.sort();
    let categories: Vec<&str> = categories.iter().map(String::as_str).collect();
    let (contexts, platforms) = (read("contexts.yaml")?, read("platforms.yaml")?);
    let texts = PackTexts { contexts: &contexts, platforms: &platforms, categories: &categories };
    Ok(Compliance::new(Arc::new(Packs::read(&texts)?), &Terms::default())?)
}
