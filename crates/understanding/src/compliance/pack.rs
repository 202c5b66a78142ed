//! Packs as people write them: one YAML text for each category, one for the contexts, one for the platforms.

use std::collections::BTreeMap;

use domain::language::Bilingual;
use serde::Deserialize;

use super::{Detector, Severity, Speaker};

/// The texts of all packs, as they stand in `content/compliance`.
#[derive(Debug, Clone, Copy)]
pub struct PackTexts<'a> {
    pub contexts: &'a str,
    pub platforms: &'a str,
    pub categories: &'a [&'a str],
}

#[derive(Debug, thiserror::Error)]
pub enum PackError {
    #[error("a pack can't be read")]
    Yaml(#[from] serde_yaml_ng::Error),
    #[error("{rule}: {fault}")]
    Rule { rule: String, fault: String },
    #[error("the words can't be looked for: {0}")]
    Words(String),
}

impl PackError {
    pub(super) fn rule(rule: &str, fault: impl ToString) -> Self {
        Self::Rule { rule: rule.to_owned(), fault: fault.to_string() }
    }
}

/// A name for patterns that many rules share. `◆` stands for what was found, with the rest of its sentence around it.
pub(super) type Contexts = BTreeMap<String, String>;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CategoryText {
    pub category: String,
    pub title: Bilingual,
    pub severity: Severity,
    /// Empty: whoever speaks.
    #[serde(default)]
    pub speakers: Vec<Speaker>,
    pub reason: Bilingual,
    /// What is said where nothing is left of the text.
    pub fallback: Bilingual,
    /// For every rule.
    #[serde(default)]
    pub unless: Vec<String>,
    /// Harmless words that contain a forbidden one; for every rule.
    #[serde(default)]
    pub except: Vec<String>,
    pub rules: Vec<RuleText>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RuleText {
    pub id: String,
    #[serde(default)]
    pub reason: Option<Bilingual>,
    #[serde(default)]
    pub severity: Option<Severity>,
    /// `{a,b}` stands for either.
    #[serde(default)]
    pub words: Vec<String>,
    /// Also where they are split, sound or look alike.
    #[serde(default)]
    pub is_contact: bool,
    #[serde(default)]
    pub detect: Vec<Detector>,
    /// At least one must hold: names of contexts, or patterns.
    #[serde(default)]
    pub needs: Vec<String>,
    /// None may hold.
    #[serde(default)]
    pub unless: Vec<String>,
    /// Not these of the category.
    #[serde(default)]
    pub even_if: Vec<String>,
    /// Pieces of what was found and what stands there instead.
    #[serde(default)]
    pub swap: Vec<(String, String)>,
    #[serde(default)]
    pub instead: Option<Bilingual>,
    #[serde(default)]
    pub extent: Extent,
}

/// How much a suggestion replaces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Extent {
    #[default]
    Word,
    Clause,
    Sentence,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PlatformsText {
    /// Hosts of carriers and offices, which nobody is led away by.
    pub hosts: Vec<String>,
    /// Mailboxes of persons, whatever the platform.
    pub mailboxes: Vec<String>,
    pub platforms: Vec<PlatformText>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PlatformText {
    pub key: String,
    pub title: Bilingual,
    /// Names and links of the platform itself.
    #[serde(default)]
    pub allowed: Vec<String>,
    #[serde(default)]
    pub hosts: Vec<String>,
    /// By category, or by category and rule: `diversion.link`; null switches off.
    #[serde(default)]
    pub severities: BTreeMap<String, Option<Severity>>,
}

/// The words a word with braces stands for.
pub(super) fn expanded(word: &str) -> Vec<String> {
    let Some(open) = word.find('{') else { return vec![word.to_owned()] };
    let Some(close) = word[open..].find('}').map(|at| open + at) else { return vec![word.to_owned()] };
    word[open + 1..close]
        .split(',')
        .flat_map(|choice| expanded(&format!("{}{choice}{}", &word[..open], &word[close + 1..])))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn braces_stand_for_each_of_their_words() {
        assert_eq!(expanded("最{好,佳}的"), ["最好的", "最佳的"]);
        assert_eq!(expanded("{a,}b{c,d}"), ["abc", "abd", "bc", "bd"]);
        assert_eq!(expanded("{a"), ["{a"]);
    }
}
