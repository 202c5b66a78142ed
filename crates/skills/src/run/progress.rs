//! Where a flow stands. Kept in the bot's memory between turns.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    shop::{Address, Money, ProductKey, VariantKey},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::{Note, Said};
use crate::{
    skill::Skill,
    tool::{Call, CallResult},
    words,
};

/// Messages kept to fill slots from; older ones are another matter.
const MAX_HEARD: usize = 6;

/// What understanding found in what the shopper said.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Message {
    pub text: String,
    /// Order and tracking numbers.
    pub numbers: Vec<String>,
    /// Products it names, surest first.
    pub products: Vec<ProductKey>,
    /// Those of them that are as likely meant as the surest.
    pub likely: Vec<ProductKey>,
    /// Days, as `2026-11-24`.
    pub days: Vec<String>,
    pub amounts: Vec<Money>,
    /// Every name of the colours it names, in both languages.
    pub colours: Vec<String>,
    pub phones: Vec<String>,
    pub emails: Vec<String>,
    pub address: Option<Address>,
    /// Ids of pictures sent with it.
    pub pictures: Vec<String>,
    pub agrees: Option<bool>,
    pub calls_off: bool,
    pub corrects: bool,
    /// It is clearly about something else than this flow.
    pub is_elsewhere: bool,
    /// It asks something, rather than answering.
    pub asks: bool,
    /// It asks or wishes something: a name in it may belong to that wish and not to what was asked.
    pub wishes: bool,
    /// What an order request was read as: the items it is about, what they shall become, and why.
    pub items: Vec<VariantKey>,
    pub variants: Vec<VariantKey>,
    /// Names a reason may go by, the reader's own first.
    pub reasons: Vec<String>,
}

impl Message {
    /// A text with what the runner itself reads from it; entities are the caller's to add.
    pub fn said(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            agrees: words::agrees(text),
            calls_off: words::calls_off(text),
            corrects: words::corrects(text),
            ..Self::default()
        }
    }
}

/// What the flow waits for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Waiting {
    Slot { slot: String, options: Vec<Offered> },
    Confirmation,
}

/// An answer on a button.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Offered {
    pub label: String,
    /// The record's key, or the value itself.
    pub value: Json,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Progress {
    pub skill: String,
    pub version: String,
    /// Makes the keys of this flow's actions its own.
    pub run: String,
    pub begun_at: Timestamp,
    pub(super) at: usize,
    pub(super) slots: BTreeMap<String, Json>,
    pub(super) results: BTreeMap<String, Json>,
    /// Parts of a slot that is given in several messages.
    pub(super) partial: BTreeMap<String, Json>,
    pub(super) waiting: Option<Waiting>,
    /// Stands for the preview that waits for confirmation.
    pub(super) token: Option<String>,
    pub(super) tries: BTreeMap<String, u32>,
    pub(super) heard: Vec<Message>,
    /// A slot that was corrected: filled by asking only.
    pub(super) must_ask: BTreeSet<String>,
    pub performed: Vec<String>,
    /// How often something else was answered in between since the shopper last gave an answer.
    pub(super) digressions: u32,
    #[serde(skip)]
    pub(super) turn: InTurn,
}

/// What lasts one turn only.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct InTurn {
    pub is_unheard: bool,
    pub is_confirmed: bool,
    /// The question comes after something else was answered: leaving has to be easy.
    pub is_back: bool,
    pub pending: Option<Call>,
    pub answered: Vec<(Call, CallResult)>,
    pub said: Vec<Said>,
    pub notes: Vec<Note>,
}

impl Progress {
    pub fn new(skill: &Skill, run: String, now: Timestamp) -> Self {
        Self { skill: skill.name.clone(), version: skill.version.clone(), run, begun_at: now, ..Self::default() }
    }

    /// Whether it was begun with this very version of the skill.
    pub fn is_of(&self, skill: &Skill) -> bool {
        self.skill == skill.name && self.version == skill.version
    }

    pub fn waiting(&self) -> Option<&Waiting> {
        self.waiting.as_ref()
    }

    /// The slot that was asked for last.
    pub fn asked(&self) -> Option<&str> {
        match self.waiting.as_ref()? {
            Waiting::Slot { slot, .. } => Some(slot),
            Waiting::Confirmation => None,
        }
    }

    /// The step at which it stands.
    pub fn step<'a>(&self, skill: &'a Skill) -> Option<&'a str> {
        let last = skill.steps.len().checked_sub(1)?;
        Some(&skill.steps[self.at.min(last)].id)
    }

    /// Something else was answered while this waited.
    pub fn note_digression(&mut self) {
        self.digressions += 1;
    }

    /// Whether its question was offered again after something else, and not answered since.
    pub fn was_offered_again(&self) -> bool {
        self.digressions > 1
    }

    /// The filled slots.
    pub fn slots(&self) -> impl Iterator<Item = (&str, &Json)> {
        self.slots.iter().filter(|(_, value)| !value.is_null()).map(|(name, value)| (name.as_str(), value))
    }

    /// Whether an answer would be seen as one: after an answer elsewhere the question is asked again.
    pub fn is_waiting(&self) -> bool {
        self.waiting.is_some()
    }

    pub(super) fn hear(&mut self, message: Message) {
        self.heard.push(message);
        let surplus = self.heard.len().saturating_sub(MAX_HEARD);
        self.heard.drain(..surplus);
        self.turn = InTurn { is_unheard: true, ..InTurn::default() };
    }
}
