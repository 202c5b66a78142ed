//! Documents must not name what isn't there: the tests behind the invariants, and the files that links lead to.

use std::path::{Component, Path, PathBuf};

use super::{Finding, Source};

const RULE: &str = "documents";
const ARCHITECTURE: &str = "ARCHITECTURE.md";

pub fn check(sources: &[Source], present: &[String]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for document in sources.iter().filter(|source| source.has_extension(&["md"])) {
        for (line, text) in (1..).zip(document.text.lines()) {
            let mut found = |what: String| findings.push(Finding::new(&document.path, line, RULE, what));
            for target in links(text).filter(|target| !leads_somewhere(&document.path, target, present)) {
                found(format!("the link to `{target}` leads nowhere"));
            }
            if document.path != ARCHITECTURE {
                continue;
            }
            for test in tests(text).filter(|test| !exists(test, sources)) {
                found(format!("there is no test `{test}`: name the one that holds this"));
            }
        }
    }
    findings
}

/// Where `[…](target)` leads, if it is in the repository; without the part after `#`.
fn links(line: &str) -> impl Iterator<Item = &str> {
    line.split("](")
        .skip(1)
        .filter_map(|rest| Some(rest.split_once(')')?.0))
        .map(|target| target.split('#').next().unwrap_or(target))
        .filter(|target| !target.is_empty() && !target.contains("://") && !target.starts_with("mailto:"))
}

fn leads_somewhere(document: &str, target: &str, present: &[String]) -> bool {
    let mut path = PathBuf::new();
    for part in Path::new(document).parent().unwrap_or(Path::new("")).join(target).components() {
        match part {
            Component::ParentDir => drop(path.pop()),
            Component::CurDir => {}
            other => path.push(other),
        }
    }
    let path = path.to_string_lossy();
    let folder = format!("{path}/");
    present.iter().any(|file| *file == path || file.starts_with(&folder))
}

/// Names such as `engine::recovery::handing_back_starts_afresh` in backticks.
fn tests(line: &str) -> impl Iterator<Item = &str> {
    let quoted = line.split('`').skip(1).step_by(2);
    quoted.filter(|name| {
        let is_path =
            name.chars().all(|symbol| symbol.is_ascii_lowercase() || symbol.is_ascii_digit() || "_:".contains(symbol));
        // Tests are sentences; modules and functions that a text mentions are a word or two.
        is_path && name.rsplit_once("::").is_some_and(|(_, last)| last.matches('_').count() >= 1)
    })
}

/// Whether the crate has a function of the test's name. Modules may move without the text being wrong.
fn exists(test: &str, sources: &[Source]) -> bool {
    let (owner, name) = (test.split("::").next().unwrap_or_default(), test.rsplit("::").next().unwrap_or_default());
    let folder = format!("crates/{owner}/");
    let function = format!("fn {name}(");
    sources.iter().any(|source| source.path.starts_with(&folder) && source.text.contains(&function))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, text: &str) -> usize {
        let source = |path: &str, text: &str| Source { path: path.into(), text: text.into() };
        let code = source("crates/store/tests/it/jobs.rs", "pub async fn check_leases(world: &World) {}");
        let present = [path.to_owned(), code.path.clone(), "docs/api.md".to_owned()];
        check(&[source(path, text), code], &present).len()
    }

    #[test]
    fn links_lead_somewhere() {
        assert_eq!(
            found("README.md", "[api](docs/api.md#errors), [docs](docs), [web](https://a.example/b), [here](#x)"),
            0
        );
        assert_eq!(found("docs/widget.md", "[api](api.md) and [read](../README.md)"), 1);
        assert_eq!(found("README.md", "![inbox](docs/screenshots/inbox.png)"), 1);
    }

    #[test]
    fn invariants_name_real_tests() {
        assert_eq!(found(ARCHITECTURE, "Test: `store::jobs::check_leases`, called from `engine::clock`."), 0);
        assert_eq!(found(ARCHITECTURE, "Test: `store::jobs::check_nothing`."), 1);
        assert_eq!(found(ARCHITECTURE, "Test: `engine::jobs::check_leases`."), 1);
        assert_eq!(found("STYLE.md", "`store::jobs::check_nothing`"), 0);
    }
}
