//! Saying it so that it passes: suggestions are applied until nothing is found any more.

use super::{Finding, Speaker, own::Compliance, view::ENDS};

/// After so many rounds whole sentences give way.
const GENTLE_ROUNDS: usize = 3;
/// After so many nothing of the text is kept.
const ROUNDS: usize = 6;

impl Compliance {
    /// The text with everything found put right, or nothing if nothing was found. It passes by itself.
    pub fn rewritten(&self, text: &str, speaker: Speaker) -> Option<String> {
        let mut findings = self.check(text, speaker);
        let first = findings.first()?.clone();
        let mut now = text.to_owned();
        for round in 0..ROUNDS {
            now = tidied(&applied(&now, &findings, round >= GENTLE_ROUNDS));
            findings = self.check(&now, speaker);
            if findings.is_empty() && now.chars().any(char::is_alphanumeric) {
                return Some(now);
            }
        }
        let fallback = self.fallback(&first);
        Some(if text.chars().any(crate::text::is_han) { fallback.zh.clone() } else { fallback.en.clone() })
    }
}

/// Each suggestion in its place, from the left; one that a former one covers is dropped, and nothing is said twice.
fn applied(text: &str, findings: &[Finding], are_sentences_dropped: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    let mut last: Option<&str> = None;
    for finding in findings {
        let span = if are_sentences_dropped { sentence(text, &finding.span) } else { finding.suggestion.span.clone() };
        if span.start < done {
            done = done.max(if are_sentences_dropped { span.end } else { done });
            continue;
        }
        out.push_str(&text[done..span.start]);
        let said = finding.suggestion.text.as_str();
        if !are_sentences_dropped {
            let is_repeated = last == Some(said) && said.chars().count() > 4;
            let capital =
                out.trim_end().chars().next_back().is_none_or(|symbol| matches!(symbol, '.' | '!' | '?' | '\n'));
            if is_repeated {
                out.truncate(out.trim_end_matches(is_loose).len());
            } else if capital {
                out.extend(capitalised(said));
            } else {
                out.push_str(said);
            }
            last = Some(said);
        }
        done = span.end;
    }
    out.push_str(&text[done..]);
    out
}

fn capitalised(said: &str) -> impl Iterator<Item = char> {
    let mut symbols = said.chars();
    let first = symbols.next().map(|symbol| symbol.to_ascii_uppercase());
    first.into_iter().chain(symbols)
}

fn sentence(text: &str, at: &std::ops::Range<usize>) -> std::ops::Range<usize> {
    let is_end = |symbol: char| ENDS.contains(&symbol) || matches!(symbol, '.' | '!' | '?');
    let start = text[..at.start].rfind(is_end).map_or(0, |it| it + text[it..].chars().next().map_or(0, char::len_utf8));
    start..text[at.end..].find(is_end).map_or(text.len(), |it| at.end + it)
}

const fn is_loose(symbol: char) -> bool {
    matches!(symbol, '，' | ',' | '、' | '；' | ';' | '：' | ':' | ' ')
}

/// Without marks and blanks that nothing stands before.
fn tidied(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for symbol in text.trim_start_matches(|symbol| is_loose(symbol) || ENDS.contains(&symbol)).chars() {
        let last = out.chars().next_back();
        let is_second = is_loose(symbol) && symbol != ' ' && last.is_some_and(|last| is_loose(last) && last != ' ');
        let is_blank = symbol == ' ' && last.is_none_or(|last| last == ' ');
        if is_second || is_blank {
            continue;
        }
        if matches!(symbol, '。' | '！' | '？' | '.' | '!' | ',') {
            out.truncate(out.trim_end_matches(is_loose).len());
        }
        out.push(symbol);
    }
    out.truncate(out.trim_end_matches(is_loose).len());
    out
}
