//! What a source file must look like: how long it may be, how it opens, and what must not be left in it.

use super::{Finding, Source};
use crate::generated::SCHEMA;

/// The only rule that warns.
pub const LONG: &str = "long-file";
const LINES_MAX: usize = 600;
const LINES_WARN: usize = 400;

const PROGRAMS: [&str; 5] = ["rs", "ts", "tsx", "js", "mjs"];
const WRITTEN_BY_HAND: [&str; 12] = ["rs", "ts", "tsx", "js", "mjs", "css", "sql", "sh", "py", "toml", "html", "yaml"];
/// The only place for unsafe code: the kernel that multiplies matrices.
const UNSAFE_HOME: &str = "crates/models/src/kernel/";

pub fn check(source: &Source) -> Vec<Finding> {
    if source.path == SCHEMA {
        return Vec::new();
    }
    let mut findings = Vec::new();
    if source.has_extension(&PROGRAMS) {
        findings.extend(length(source));
    }
    if source.has_extension(&["rs"]) {
        findings.extend(opening(source));
        findings.extend(unsafe_code(source));
    }
    if source.has_extension(&WRITTEN_BY_HAND) {
        findings.extend(left_undone(source));
    }
    findings
}

fn length(source: &Source) -> Option<Finding> {
    let lines = source.text.lines().count();
    let found = |rule, limit| {
        Finding::new(&source.path, lines, rule, format!("{lines} lines, {limit}: split it by what it does"))
    };
    if lines > LINES_MAX {
        Some(found("file-length", format!("at most {LINES_MAX}")))
    } else if lines > LINES_WARN {
        Some(found(LONG, "about 300 are wanted".to_owned()))
    } else {
        None
    }
}

fn opening(source: &Source) -> Option<Finding> {
    let first = source.text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let what = "open the file with `//!` and one or two sentences: what it is for, what it must not do";
    (!first.starts_with("//!")).then(|| Finding::new(&source.path, 1, "opening", what))
}

fn left_undone(source: &Source) -> Vec<Finding> {
    // Put together here, so that this file doesn't find itself.
    let words = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X")];
    let macros = [concat!("to", "do!"), concat!("unimple", "mented!")];
    let mut findings = Vec::new();
    for (line, text) in (1..).zip(source.text.lines()) {
        let word = words.iter().find(|word| has_word(text, word));
        let left = word.or_else(|| macros.iter().find(|name| text.contains(**name)));
        if let Some(left) = left {
            findings.push(Finding::new(
                &source.path,
                line,
                "left-undone",
                format!("`{left}`: do it, or drop it and say so where people look"),
            ));
        }
    }
    findings
}

fn unsafe_code(source: &Source) -> Vec<Finding> {
    if source.path.starts_with(UNSAFE_HOME) {
        return Vec::new();
    }
    let lines = (1..).zip(source.text.lines());
    lines
        .filter(|(_, text)| has_word(&code_of(text), "unsafe"))
        .map(|(line, _)| Finding::new(&source.path, line, "unsafe", format!("only {UNSAFE_HOME} may: find a safe way")))
        .collect()
}

/// A line without its comment and its strings. Knows one line at a time, which is enough for a keyword.
fn code_of(line: &str) -> String {
    let mut code = String::new();
    let mut rest = line;
    loop {
        let comment = rest.find("//").unwrap_or(rest.len());
        let quote = rest.find('"').unwrap_or(rest.len());
        if comment <= quote {
            code.push_str(&rest[..comment]);
            return code;
        }
        code.push_str(&rest[..quote]);
        rest = after_string(&rest[quote + 1..]);
    }
}

fn after_string(text: &str) -> &str {
    let mut is_escaped = false;
    for (at, symbol) in text.char_indices() {
        match symbol {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '"' => return &text[at + 1..],
            _ => {}
        }
    }
    ""
}

fn has_word(text: &str, word: &str) -> bool {
    let is_part = |symbol: char| symbol.is_alphanumeric() || symbol == '_';
    text.match_indices(word)
        .any(|(at, _)| !text[..at].ends_with(is_part) && !text[at + word.len()..].starts_with(is_part))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(path: &str, text: &str) -> Vec<(&'static str, usize)> {
        let source = Source { path: path.into(), text: text.into() };
        check(&source).into_iter().map(|finding| (finding.rule, finding.line)).collect()
    }

    #[test]
    fn length_warns_and_then_fails() {
        let lines = |count: usize| format!("//! A.\n{}", "let a = 1;\n".repeat(count - 1));
        assert_eq!(rules("a.rs", &lines(400)), []);
        assert_eq!(rules("a.rs", &lines(401)), [(LONG, 401)]);
        assert_eq!(rules("web/a.tsx", &lines(601)), [("file-length", 601)]);
        assert_eq!(rules(SCHEMA, &lines(5_000)), []);
        assert_eq!(rules("a.md", &lines(5_000)), []);
    }

    #[test]
    fn rust_opens_with_what_it_is_for() {
        assert_eq!(rules("build.rs", "fn main() {}\n"), [("opening", 1)]);
        assert_eq!(rules("a.rs", ""), [("opening", 1)]);
        assert_eq!(rules("a.ts", "const a = 1;\n"), []);
    }

    #[test]
    fn nothing_is_left_undone() {
        assert_eq!(rules("a.rs", concat!("//! A.\n// TO", "DO: more\n")), [("left-undone", 2)]);
        assert_eq!(rules("a.sql", concat!("-- FIX", "ME\n")), [("left-undone", 1)]);
        assert_eq!(rules("a.rs", concat!("//! A.\nfn a() { unimple", "mented!() }\n")), [("left-undone", 2)]);
        assert_eq!(rules("a.ts", concat!("const TO", "DOS = 1;\n")), []);
    }

    #[test]
    fn unsafe_stays_in_the_kernel() {
        let text = "//! A.\nunsafe { a() }\n";
        assert_eq!(rules("crates/store/src/a.rs", text), [("unsafe", 2)]);
        assert_eq!(rules("crates/models/src/kernel/a.rs", text), []);
        for fine in ["// unsafe\n", "let a = \"an \\\"unsafe\\\" word\"; // unsafe\n", "#![deny(unsafe_code)]\n"] {
            assert_eq!(rules("a.rs", &format!("//! A.\n{fine}")), [], "{fine}");
        }
        assert_eq!(rules("a.rs", "//! A.\nlet a = \"//\"; unsafe { b() }\n"), [("unsafe", 2)]);
    }
}
