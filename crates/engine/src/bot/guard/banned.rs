//! What the bot never says, whoever put it into words: the rules of compliance that are graver than a hint.

use understanding::compliance::{Compliance, Severity, Speaker};

use super::{finding::Finding, folded, known::Known};
use crate::{compliance, settings::ShopSettings};

/// Categories in which the shop's own articles and records may say what nobody else may: its policy promises, its own
/// contacts, a shopper's own data. Their source is asked for.
const SOURCED: [&str; 6] =
    ["over_promise", "price", "personal_data", "diversion.phone", "diversion.link", "diversion.mail"];

pub struct Banned(Compliance);

impl From<Compliance> for Banned {
    fn from(rules: Compliance) -> Self {
        Self(rules)
    }
}

impl Banned {
    pub fn shipped() -> Self {
        Self(compliance::shipped())
    }

    pub fn of(settings: &ShopSettings) -> Self {
        Self(compliance::of(settings))
    }

    /// What must not be said in a text, whatever it rests on.
    pub fn find(&self, text: &str) -> Vec<Finding> {
        self.found(text).map(|(_, finding)| finding).collect()
    }

    /// What must not be said of it where the evidence is known.
    pub(super) fn unfounded(&self, text: &str, known: &Known) -> Vec<Finding> {
        let is_known = |finding: &Finding| {
            let said: String = folded(&finding.text).into_iter().collect();
            known.has_text_without_blanks(&said)
        };
        let kept = self.found(text).filter(|(is_sourced, finding)| !is_sourced || !is_known(finding));
        kept.map(|(_, finding)| finding).collect()
    }

    /// Each with whether a source makes it right.
    fn found(&self, text: &str) -> impl Iterator<Item = (bool, Finding)> {
        let found = self.0.check(text, Speaker::Bot).into_iter().filter(|it| it.severity > Severity::Hint);
        found.map(|it| {
            let is_sourced = SOURCED.contains(&it.category.as_str()) || SOURCED.contains(&it.rule.as_str());
            (is_sourced, Finding::banned(it.matched, &it.category))
        })
    }
}
