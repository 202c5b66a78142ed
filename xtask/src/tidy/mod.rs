//! The rules of the house. Each file here holds one of them and says what it found; nothing here changes a file.

mod documents;
mod edges;
mod fresh;
mod names;
mod sources;
mod texts;
mod topics;
mod tracked;

use std::{fmt, fs, process::ExitCode};

use anyhow::{Context, Result};

use crate::tree;

/// Something that breaks a rule: where, which rule, and what to do.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    pub path: String,
    pub line: usize,
    pub rule: &'static str,
    pub what: String,
}

impl Finding {
    pub fn new(path: &str, line: usize, rule: &'static str, what: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line, rule, what: what.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}: {}", self.path, self.line, self.rule, self.what)
    }
}

/// A text file of the project.
pub struct Source {
    pub path: String,
    pub text: String,
}

impl Source {
    pub fn has_extension(&self, extensions: &[&str]) -> bool {
        self.path.rsplit_once('.').is_some_and(|(_, extension)| extensions.contains(&extension))
    }
}

pub fn run(quick: bool) -> Result<ExitCode> {
    let present = tree::present()?;
    let sources = read(&present)?;
    let mut findings = edges::check()?;
    findings.extend(sources.iter().flat_map(sources::check));
    findings.extend(sources.iter().flat_map(names::check));
    findings.extend(documents::check(&sources, &present));
    findings.extend(texts::check(&sources));
    findings.extend(topics::check(&sources));
    findings.extend(tracked::check(&tree::tracked()?));
    if !quick {
        findings.extend(fresh::check());
    }
    findings.sort();
    let (warnings, faults): (Vec<_>, Vec<_>) = findings.iter().partition(|finding| finding.rule == sources::LONG);
    warnings.iter().for_each(|warning| println!("warning: {warning}"));
    faults.iter().for_each(|fault| println!("{fault}"));
    println!("tidy: {} files, {} findings, {} warnings", present.len(), faults.len(), warnings.len());
    Ok(if faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The files that are text; pictures and fonts have no lines to look at.
fn read(paths: &[String]) -> Result<Vec<Source>> {
    let mut sources = Vec::new();
    for path in paths {
        let bytes = fs::read(tree::root().join(path)).with_context(|| path.clone())?;
        if let Ok(text) = String::from_utf8(bytes) {
            sources.push(Source { path: path.clone(), text });
        }
    }
    Ok(sources)
}
