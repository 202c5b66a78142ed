//! Packs as they are used: words in one machine, patterns compiled, and what each rule suggests.

use std::collections::BTreeMap;

use domain::language::Bilingual;
use regex::Regex;

use super::{
    Detector, Severity, Speaker,
    pack::{CategoryText, Contexts, Extent, PackError, PackTexts, PlatformText, PlatformsText, RuleText, expanded},
    words::Words,
};

/// Stands in patterns for what was found.
pub(super) const FOUND: char = '◆';

pub(super) struct Category {
    pub key: String,
    pub title: Bilingual,
    pub severity: Severity,
    pub speakers: Vec<Speaker>,
    pub fallback: Bilingual,
}

pub(super) struct Rule {
    /// Index of its category.
    pub category: usize,
    /// With the category's key before it.
    pub id: String,
    pub reason: Bilingual,
    pub severity: Option<Severity>,
    needs: Option<Regex>,
    unless: Option<Regex>,
    pub swap: Vec<(String, String)>,
    pub instead: Option<Bilingual>,
    pub extent: Extent,
}

impl Rule {
    /// `near` is the sentence, with what was found replaced by `FOUND`.
    pub fn holds(&self, near: &str) -> bool {
        self.needs.as_ref().is_none_or(|needs| needs.is_match(near))
            && !self.unless.as_ref().is_some_and(|unless| unless.is_match(near))
    }

    pub fn looks_around(&self) -> bool {
        self.needs.is_some() || self.unless.is_some()
    }
}

/// To whom a word belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Owner {
    Rule(usize),
    /// A harmless word, of a category or of all.
    Harmless(Option<usize>),
}

/// All rules, shared by every merchant.
pub struct Packs {
    pub(super) categories: Vec<Category>,
    pub(super) rules: Vec<Rule>,
    pub(super) plain: Words<Owner>,
    pub(super) contact: Words<Owner>,
    pub(super) detected: Vec<(Detector, usize)>,
    pub(super) platforms: PlatformsText,
}

impl Packs {
    pub fn read(texts: &PackTexts<'_>) -> Result<Self, PackError> {
        let contexts: Contexts = serde_yaml_ng::from_str(texts.contexts)?;
        let platforms: PlatformsText = serde_yaml_ng::from_str(texts.platforms)?;
        let (mut categories, mut rules, mut detected) = (Vec::new(), Vec::new(), Vec::new());
        let (mut plain, mut contact) = (Vec::new(), Vec::new());
        for text in texts.categories {
            let read: CategoryText = serde_yaml_ng::from_str(text)?;
            let category = categories.len();
            let harmless = |words: &[String]| -> Vec<(String, Owner)> {
                let all = words.iter().flat_map(|word| expanded(word));
                all.map(|word| (word, Owner::Harmless(Some(category)))).collect()
            };
            plain.extend(harmless(&read.except));
            contact.extend(harmless(&read.except));
            for rule in &read.rules {
                let index = rules.len();
                let words = rule.words.iter().flat_map(|word| expanded(word)).map(|word| (word, Owner::Rule(index)));
                if rule.is_contact {
                    contact.extend(words)
                } else {
                    plain.extend(words)
                }
                detected.extend(rule.detect.iter().map(|detector| (*detector, index)));
                rules.push(compiled(rule, &read, category, &contexts)?);
            }
            let CategoryText { category: key, title, severity, speakers, fallback, .. } = read;
            categories.push(Category { key, title, severity, speakers, fallback });
        }
        check_platforms(&platforms, &categories, &rules)?;
        let (plain, contact) = (Words::new(plain, false)?, Words::new(contact, true)?);
        Ok(Self { categories, rules, plain, contact, detected, platforms })
    }

    /// Key and title of each category.
    pub fn categories(&self) -> impl Iterator<Item = (&str, &Bilingual)> {
        self.categories.iter().map(|category| (category.key.as_str(), &category.title))
    }

    /// Key, title and what each category comes to, of each platform.
    pub fn platforms(&self) -> impl Iterator<Item = (&str, &Bilingual, BTreeMap<&str, Option<Severity>>)> {
        self.platforms.platforms.iter().map(|platform| {
            let severities = self
                .categories
                .iter()
                .map(|it| (it.key.as_str(), platform.severities.get(&it.key).copied().unwrap_or(Some(it.severity))));
            (platform.key.as_str(), &platform.title, severities.collect())
        })
    }

    /// What a rule's finding comes to; none where the platform doesn't mind.
    pub(super) fn severity(&self, rule: &Rule, platform: &PlatformText) -> Option<Severity> {
        let category = &self.categories[rule.category];
        if let Some(set) = platform.severities.get(&rule.id) {
            return *set;
        }
        match (platform.severities.get(&category.key), rule.severity) {
            (Some(None), _) => None,
            (_, Some(own)) => Some(own),
            (Some(set), None) => *set,
            (None, None) => Some(category.severity),
        }
    }
}

/// What a platform switches exists.
fn check_platforms(platforms: &PlatformsText, categories: &[Category], rules: &[Rule]) -> Result<(), PackError> {
    for platform in &platforms.platforms {
        for name in platform.severities.keys() {
            let is_own = matches!(name.as_str(), "own" | "competitor.named");
            let is_known = categories.iter().any(|it| it.key == *name) || rules.iter().any(|rule| rule.id == *name);
            if !is_own && !is_known {
                return Err(PackError::rule(&platform.key, format!("there is no {name}")));
            }
        }
    }
    Ok(())
}

fn compiled(text: &RuleText, category: &CategoryText, index: usize, contexts: &Contexts) -> Result<Rule, PackError> {
    let id = format!("{}.{}", category.category, text.id);
    let general = category.unless.iter().filter(|name| !text.even_if.contains(name));
    let unless: Vec<&String> = general.chain(&text.unless).collect();
    let needs: Vec<&String> = text.needs.iter().collect();
    Ok(Rule {
        category: index,
        reason: text.reason.clone().unwrap_or_else(|| category.reason.clone()),
        severity: text.severity,
        needs: pattern(&id, &needs, contexts)?,
        unless: pattern(&id, &unless, contexts)?,
        swap: text.swap.clone(),
        instead: text.instead.clone(),
        extent: text.extent,
        id,
    })
}

/// One pattern of several; a name stands for the context of that name.
fn pattern(rule: &str, parts: &[&String], contexts: &Contexts) -> Result<Option<Regex>, PackError> {
    if parts.is_empty() {
        return Ok(None);
    }
    let mut whole = String::new();
    for part in parts {
        let written = match contexts.get(*part) {
            Some(context) => context,
            None if part.contains(FOUND) => part,
            None => return Err(PackError::rule(rule, format!("there is no context {part}"))),
        };
        if !whole.is_empty() {
            whole.push('|');
        }
        whole.push_str("(?:");
        whole.push_str(written.trim());
        whole.push(')');
    }
    // Edges of words and digits as Latin script has them; the machine is many times faster for it.
    let whole = whole.replace(r"\b", r"(?-u:\b)").replace(r"\d", "[0-9]").replace(r"\w", "[a-z0-9]");
    Regex::new(&whole).map(Some).map_err(|fault| PackError::rule(rule, fault))
}
