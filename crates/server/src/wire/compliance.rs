//! What may be said, as the console shows and edits it. Places in texts are counted in characters.

use std::collections::BTreeMap;

use engine::compliance;
use serde::{Deserialize, Serialize};
use understanding::compliance as rules;
use utoipa::ToSchema;

use super::basics::Bilingual;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Told while typing.
    Hint,
    /// The text has to be changed, or a supervisor sends it.
    MustChange,
    /// It is never sent.
    Block,
}

impl From<rules::Severity> for Severity {
    fn from(severity: rules::Severity) -> Self {
        match severity {
            rules::Severity::Hint => Self::Hint,
            rules::Severity::MustChange => Self::MustChange,
            rules::Severity::Block => Self::Block,
        }
    }
}

/// A piece of a text that had better not be sent.
#[derive(Debug, Serialize, ToSchema)]
pub struct Slip {
    /// As it stands in the text.
    pub text: String,
    #[schema(example = "absolute")]
    pub category: String,
    pub title: Bilingual,
    #[schema(example = "absolute.rank")]
    pub rule: String,
    pub severity: Severity,
    /// First character, and the one after the last.
    pub start: usize,
    pub end: usize,
    pub reason: Bilingual,
    pub suggestion: Replacement,
}

/// What could stand in place of a piece of the text; empty where leaving it out is best.
#[derive(Debug, Serialize, ToSchema)]
pub struct Replacement {
    pub start: usize,
    pub end: usize,
    pub text: String,
}

impl Slip {
    /// `text` is what was judged.
    pub fn of(finding: rules::Finding, text: &str) -> Self {
        let place = |bytes: usize| text.get(..bytes).map_or(0, |before| before.chars().count());
        let rules::Finding { category, rule, severity, span, matched, title, reason, suggestion } = finding;
        Self {
            text: matched,
            category,
            title: title.into(),
            rule,
            severity: severity.into(),
            start: place(span.start),
            end: place(span.end),
            reason: reason.into(),
            suggestion: Replacement {
                start: place(suggestion.span.start),
                end: place(suggestion.span.end),
                text: suggestion.text,
            },
        }
    }
}

/// What was found in something saved to be sent later.
#[derive(Debug, Serialize, ToSchema)]
pub struct Warning {
    pub text: String,
    #[schema(example = "absolute")]
    pub category: String,
    #[schema(example = "absolute.rank")]
    pub rule: String,
    #[schema(value_type = Severity)]
    pub severity: rules::Severity,
    pub reason: Bilingual,
}

impl From<rules::Finding> for Warning {
    fn from(finding: rules::Finding) -> Self {
        let rules::Finding { category, rule, severity, matched, reason, .. } = finding;
        Self { text: matched, category, rule, severity, reason: reason.into() }
    }
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TextToCheck {
    pub text: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct CheckedText {
    pub findings: Vec<Slip>,
    /// The text put right, if anything was found; it passes.
    pub rewritten: Option<String>,
}

impl CheckedText {
    pub fn of(checked: compliance::Checked, text: &str) -> Self {
        let findings = checked.findings.into_iter().map(|finding| Slip::of(finding, text)).collect();
        Self { findings, rewritten: checked.rewritten }
    }
}

/// What a merchant chooses.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ComplianceSettings {
    /// Where the shop sells: the key of a pack.
    #[schema(example = "taobao")]
    pub platform: String,
    /// Never said, besides the shipped rules; the same list as `banned_words` of the bot's settings.
    pub words: Vec<String>,
    /// Always fine, whatever rule they break.
    pub exceptions: Vec<String>,
    /// Names that aren't named.
    pub competitors: Vec<String>,
}

impl From<compliance::ComplianceSettings> for ComplianceSettings {
    fn from(stored: compliance::ComplianceSettings) -> Self {
        let compliance::ComplianceSettings { platform, words, exceptions, competitors } = stored;
        Self { platform, words, exceptions, competitors }
    }
}

impl From<ComplianceSettings> for compliance::ComplianceSettings {
    fn from(sent: ComplianceSettings) -> Self {
        let ComplianceSettings { platform, words, exceptions, competitors } = sent;
        Self { platform, words, exceptions, competitors }
    }
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ComplianceView {
    pub settings: ComplianceSettings,
    pub platforms: Vec<Platform>,
    pub categories: Vec<Category>,
}

/// A place to sell at, with what each category comes to there; absent: it isn't looked for.
#[derive(Debug, Serialize, ToSchema)]
pub struct Platform {
    pub key: String,
    pub title: Bilingual,
    pub severities: BTreeMap<String, Severity>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ComplianceCategory)]
pub struct Category {
    pub key: String,
    pub title: Bilingual,
}

impl ComplianceView {
    pub fn of(settings: compliance::ComplianceSettings) -> Self {
        let packs = compliance::packs();
        let platforms = packs.platforms().map(|(key, title, severities)| Platform {
            key: key.to_owned(),
            title: title.clone().into(),
            severities: severities.into_iter().filter_map(|(of, it)| Some((of.to_owned(), it?.into()))).collect(),
        });
        let categories =
            packs.categories().map(|(key, title)| Category { key: key.to_owned(), title: title.clone().into() });
        Self { settings: settings.into(), platforms: platforms.collect(), categories: categories.collect() }
    }
}
