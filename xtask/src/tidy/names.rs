//! Names that say nothing: files, folders and modules are named after a word of the product.

use super::{Finding, Source};

const RULE: &str = "name";
const EMPTY_WORDS: [&str; 11] =
    ["manager", "managers", "service", "services", "helper", "helpers", "util", "utils", "common", "session", "ticket"];
const PROGRAMS: [&str; 5] = ["rs", "ts", "tsx", "js", "mjs"];

pub fn check(source: &Source) -> Vec<Finding> {
    if !source.has_extension(&PROGRAMS) {
        return Vec::new();
    }
    let mut findings = Vec::new();
    if let Some(word) = source.path.split('/').find_map(empty_word) {
        findings.push(Finding::new(&source.path, 1, RULE, advice(word)));
    }
    for (line, text) in (1..).zip(source.text.lines()) {
        if let Some(word) = module_in(text).and_then(empty_word) {
            findings.push(Finding::new(&source.path, line, RULE, advice(word)));
        }
    }
    findings
}

fn advice(word: &str) -> String {
    format!("`{word}` says nothing: name it after what it is in the product")
}

/// The word of a name such as `order_utils.rs` that says nothing.
fn empty_word(name: &str) -> Option<&'static str> {
    let mut words = vec![String::new()];
    for symbol in name.chars() {
        if !symbol.is_alphanumeric() {
            words.push(String::new());
            continue;
        }
        // `OrderHelper` has two words.
        if symbol.is_uppercase() && words.last().is_some_and(|word| !word.is_empty()) {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut() {
            word.extend(symbol.to_lowercase());
        }
    }
    EMPTY_WORDS.into_iter().find(|empty| words.iter().any(|word| word == empty))
}

/// The name in `pub mod name;`.
fn module_in(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let declared = line
        .strip_prefix("mod ")
        .or_else(|| line.strip_prefix("pub").and_then(|rest| Some(rest.split_once(" mod ")?.1)))?;
    declared.split(|symbol: char| !symbol.is_alphanumeric() && symbol != '_').next()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(path: &str, text: &str) -> usize {
        check(&Source { path: path.into(), text: text.into() }).len()
    }

    #[test]
    fn finds_empty_words_in_paths() {
        for path in
            ["crates/a/src/utils.rs", "web/a/src/common/list.ts", "web/a/src/OrderHelper.tsx", "a/order_manager.rs"]
        {
            assert_eq!(count(path, ""), 1, "{path}");
        }
        for path in ["crates/a/src/queue.rs", "web/a/src/Outing.tsx", "content/articles/service.yaml", "a/commonly.rs"]
        {
            assert_eq!(count(path, ""), 0, "{path}");
        }
    }

    #[test]
    fn finds_empty_words_in_modules() {
        assert_eq!(count("a.rs", "//! A.\npub(crate) mod util;\n"), 1);
        assert_eq!(count("a.rs", "mod session {\n}\n"), 1);
        assert_eq!(count("a.rs", "mod queue;\n// the model helper\n"), 0);
    }
}
