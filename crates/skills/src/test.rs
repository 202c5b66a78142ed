//! Conversation tests as people write them: what the shopper says, and what the bot is to do. Playing them is the
//! caller's; here they are read, and what happened is held against them.

use std::collections::BTreeMap;

use domain::language::Language;
use serde::{Deserialize, Serialize};

use crate::{Fault, Source};

/// One conversation.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Play {
    pub name: String,
    /// A customer of the demo shop; an anonymous visitor without it.
    #[serde(default)]
    pub shopper: Option<String>,
    #[serde(default)]
    pub language: Option<Language>,
    pub turns: Vec<Turn>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Turn {
    pub says: String,
    #[serde(default)]
    pub pictures: usize,
    #[serde(default)]
    pub bot: Expected,
}

#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Expected {
    pub skill: Option<String>,
    pub step: Option<String>,
    pub asks: Option<String>,
    pub slots: BTreeMap<String, String>,
    pub contains: Vec<String>,
    pub lacks: Vec<String>,
    pub offers: Vec<String>,
    pub performs: Option<String>,
    pub hand_off: Option<bool>,
    pub cards: Option<usize>,
    pub cites: Option<String>,
}

/// What the bot did in a turn.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Observed {
    pub text: String,
    /// The skills that took part, the last to speak last.
    pub skills: Vec<String>,
    pub step: Option<String>,
    /// The slot asked for, or `confirm`.
    pub asks: Option<String>,
    /// Keys and values, while a skill waits.
    pub slots: BTreeMap<String, String>,
    pub offers: Vec<String>,
    pub performed: Vec<String>,
    pub handed_off: bool,
    pub cards: usize,
    pub cited: Vec<String>,
}

const NONE: &str = "none";

/// The plays of a file.
pub fn read(source: &Source) -> Result<Vec<Play>, Fault> {
    serde_yaml_ng::from_str(&source.text).map_err(|error| {
        let (line, column) = error.location().map_or((1, 1), |place| (place.line(), place.column()));
        Fault { file: source.file.clone(), line, column, message: error.to_string() }
    })
}

/// Puts the demo's own numbers in: `{order:90101}` becomes the number of the order that ends so.
pub fn resolve(text: &str, number_of: &impl Fn(&str) -> Option<String>) -> Result<String, String> {
    let (mut out, mut rest) = (String::new(), text);
    while let Some((before, after)) = rest.split_once("{order:") {
        let (digits, tail) = after.split_once('}').ok_or_else(|| format!("`{{order:` isn't closed in `{text}`"))?;
        out.push_str(before);
        out.push_str(&number_of(digits).ok_or_else(|| format!("no order of the demo ends in {digits}"))?);
        rest = tail;
    }
    Ok(out + rest)
}

impl Expected {
    /// What is not as it should be; empty when the turn passes.
    pub fn differences(&self, observed: &Observed, number_of: &impl Fn(&str) -> Option<String>) -> Vec<String> {
        let mut wrong = Vec::new();
        let mut named = |what: &str, expected: Option<&String>, is: Vec<&str>| {
            let Some(expected) = expected else { return };
            let holds = if expected == NONE { is.is_empty() } else { is.contains(&expected.as_str()) };
            if !holds {
                let is = if is.is_empty() { NONE.to_owned() } else { is.join(", ") };
                wrong.push(format!("{what}: {expected} expected, but it was {is}"));
            }
        };
        named("skill", self.skill.as_ref(), observed.skills.iter().map(String::as_str).collect());
        named("step", self.step.as_ref(), observed.step.as_deref().into_iter().collect());
        named("asks", self.asks.as_ref(), observed.asks.as_deref().into_iter().collect());
        named("performs", self.performs.as_ref(), observed.performed.iter().map(String::as_str).collect());
        named("cites", self.cites.as_ref(), observed.cited.iter().map(String::as_str).collect());
        for (slot, value) in &self.slots {
            let is = observed.slots.get(slot).map(String::as_str).unwrap_or_default();
            match resolve(value, number_of) {
                Ok(value) if value == is => {}
                Ok(value) => wrong.push(format!("slot {slot}: {value} expected, but it was `{is}`")),
                Err(fault) => wrong.push(fault),
            }
        }
        for (list, is_wanted) in [(&self.contains, true), (&self.lacks, false)] {
            for text in list {
                match resolve(text, number_of) {
                    Ok(text) if observed.text.contains(&text) == is_wanted => {}
                    Ok(text) => {
                        let fault = if is_wanted { "is missing from" } else { "stands in" };
                        wrong.push(format!("`{text}` {fault} the reply"));
                    }
                    Err(fault) => wrong.push(fault),
                }
            }
        }
        for label in self.offers.iter().filter(|label| !observed.offers.contains(label)) {
            wrong.push(format!("no button `{label}`; there are {}", observed.offers.join(", ")));
        }
        if self.hand_off.is_some_and(|expected| expected != observed.handed_off) {
            wrong.push(format!("hand_off: it was {}", observed.handed_off));
        }
        if self.cards.is_some_and(|expected| expected != observed.cards) {
            wrong.push(format!("cards: there were {}", observed.cards));
        }
        wrong
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turn_is_held_against_what_is_expected() {
        let text = "- name: a\n  turns:\n    - says: hi\n      bot: {skill: x, contains: [\"{order:7}\"], performs: none, hand_off: true}\n";
        let plays = read(&Source { file: "a.yaml".into(), text: text.into() }).unwrap();
        let number_of = |digits: &str| (digits == "7").then(|| "SL007".to_owned());
        let expected = &plays[0].turns[0].bot;
        let right =
            Observed { text: "SL007 ok".into(), skills: vec!["x".into()], handed_off: true, ..Observed::default() };
        assert_eq!(expected.differences(&right, &number_of), Vec::<String>::new());
        assert_eq!(expected.differences(&Observed::default(), &number_of).len(), 3);
        let unknown = "- name: a\n  turns:\n    - says: hi\n      bots: {}\n";
        assert_eq!(read(&Source { file: "a.yaml".into(), text: unknown.into() }).unwrap_err().line, 4);
    }
}
