//! A place in the list last shown, put into words: 「第二个多少钱」 of the second product.

use super::focus::{Completed, Completion, Focus};
use crate::{
    entities::{Entity, Found},
    text::normal,
};

/// 「第二个多少钱」.
pub(super) fn listed(text: &str, found: &[Found], focus: &Focus<'_>) -> Option<Completed> {
    let mut places: Vec<(usize, &Found)> = Vec::new();
    for found in found {
        let Entity::Ordinal(place) = found.entity else { continue };
        let from_end = usize::try_from(place.unsigned_abs()).ok()?;
        let place = if place < 0 { focus.list.len().checked_sub(from_end)? } else { from_end };
        focus.list.get(place)?;
        places.push((place, found));
    }
    let (place, first) = *places.first()?;
    let label = &focus.list[place];
    let rest = format!("{} {}", text.get(..first.start)?, text.get(first.end..)?);
    if let (true, Some(question)) = (is_only_asked_back(&rest), focus.last_question)
        && let Some(other) = focus.list.iter().find(|other| *other != label && question.contains(other.as_str()))
    {
        return Completed::new(question.replacen(other, label, 1), Completion::Listed { place }, 0.85);
    }
    let mut whole = text.to_owned();
    for (place, found) in places.iter().rev() {
        let (before, after) = (whole.get(..found.start)?, whole.get(found.end..)?);
        let before = before.trim_end_matches(['那', '就', '要', ' ']);
        let after = after.trim_start().trim_start_matches("one").trim_start_matches('的').trim_start();
        whole = joined(before, &focus.list[*place], after);
    }
    Completed::new(whole, Completion::Listed { place }, 0.9)
}

/// Nothing but 「那…呢」, "what about …?".
fn is_only_asked_back(rest: &str) -> bool {
    const WORDS: [&str; 9] = ["那", "呢", "what about", "how about", "and", "the", "one", "then", "?"];
    let rest = WORDS.iter().fold(normal(rest), |rest, word| rest.replace(word, " "));
    !rest.chars().any(char::is_alphanumeric)
}

/// A label in the middle of a sentence, with the spaces and the article it needs in English.
fn joined(before: &str, label: &str, after: &str) -> String {
    if !label.is_ascii() {
        return format!("{before}{label}{after}");
    }
    let has_article = before.ends_with("the") || before.is_empty() && after.is_empty();
    let article = if has_article { "" } else { "the " };
    let gap = if before.is_empty() { "" } else { " " };
    let end = if after.is_empty() || after.starts_with(['?', '!', '.', ',']) { "" } else { " " };
    format!("{before}{gap}{article}{label}{end}{after}")
}
