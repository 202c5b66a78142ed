//! Everything that is read from the shopper's unanswered messages without a model: language, act, entities, mood,
//! risks, the question completed, and the several things asked. Intents are added by whoever has the classifier.

mod asks;
mod pieces;
// Word lists read better in rows than one to a line.
#[rustfmt::skip]
mod words;
#[cfg(test)]
mod tests;

use domain::language::Language;
use serde::Serialize;

pub use asks::asks_of;
pub use pieces::pieces_of;

use crate::{
    acts::{Act, act_of},
    context::{Completed, Earlier, Focus, asked_before, complete},
    emotion::{self, Mood},
    entities::{Entity, Found, Moment, entities},
    text::{first_of, foreign_language, has_any, language_of, normal},
};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Risk {
    Legal,
    Safety,
    Medical,
    SelfHarm,
    Minor,
    Threat,
    PaymentDispute,
    Fraud,
}

/// What a reading depends on besides the messages.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// The unanswered messages, oldest first.
    pub messages: &'a [String],
    /// The language of the conversation, for texts that tell none.
    pub fallback: Language,
    /// Questions asked and answered before in this conversation.
    pub earlier: &'a [Earlier<'a>],
    /// The vector of the whole text, when there is a model.
    pub vector: Option<&'a [f32]>,
    pub focus: Focus<'a>,
    pub moment: &'a Moment,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Understood {
    pub language: Language,
    /// A language the desk doesn't speak, by its English name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub foreign: Option<String>,
    /// Of the last message.
    pub act: Act,
    /// Every message is politeness only, or a plain yes or no.
    pub is_social: bool,
    pub entities: Vec<Found>,
    pub mood: Mood,
    pub wants_human: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub risk: Option<(Risk, &'static str)>,
    /// The same question was asked and answered so often before.
    pub asked_before: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub completed: Option<Completed>,
    /// The several things asked, each as a text of its own; one for a plain message, none for politeness.
    pub asks: Vec<String>,
}

impl Understood {
    /// The order numbers given, in the order of the text.
    pub fn order_numbers(&self) -> impl Iterator<Item = &str> {
        self.entities.iter().filter_map(|found| match &found.entity {
            Entity::OrderNumber(number) => Some(number.as_str()),
            _ => None,
        })
    }
}

pub fn read(input: &Input<'_>) -> Understood {
    let text = input.messages.join("\n");
    let folded = normal(&text);
    let last = input.messages.last().map_or("", String::as_str);
    let foreign = foreign_language(&text);
    let language = match foreign {
        Some(_) => input.fallback,
        None => language_of(&text).unwrap_or(input.fallback),
    };
    let found = entities(&text, input.moment);
    let asks = asks_of(&text);
    // Several questions at once are complete enough; which of them the focus belongs to nobody knows.
    let completed = match asks.as_slice() {
        [_] | [] => complete(&text, language, &found, &input.focus),
        _ => None,
    };
    let before = |text: &str| asked_before(text, input.vector, input.earlier);
    let again = completed.as_ref().map_or(0, |completed| before(&completed.text)).max(before(&text));
    let act = act_of(last);
    // 「？？」 and 。。。 are no politeness: nothing is said.
    let is_polite = !matches!(act, Act::Question | Act::Statement);
    Understood {
        language,
        foreign,
        act,
        is_social: asks.is_empty() && is_polite,
        mood: emotion::read(&text),
        wants_human: wants_human(&folded),
        risk: risk_of(&folded),
        asked_before: again,
        entities: found,
        completed,
        asks,
    }
}

/// Whether a person is asked for (normalised text); 「不要转人工」 asks for none.
pub fn wants_human(folded: &str) -> bool {
    has_any(folded, words::WANTS_HUMAN) && !has_any(folded, words::WANTS_NO_HUMAN)
}

/// The first risk in a normalised text, and the word it was told by.
pub fn risk_of(folded: &str) -> Option<(Risk, &'static str)> {
    let lists = [
        (Risk::SelfHarm, words::SELF_HARM),
        (Risk::Medical, words::MEDICAL),
        (Risk::Safety, words::SAFETY),
        (Risk::Threat, words::THREAT),
        (Risk::Legal, words::LEGAL),
        (Risk::Fraud, words::FRAUD),
        (Risk::PaymentDispute, words::PAYMENT),
        (Risk::Minor, words::MINOR),
    ];
    lists.into_iter().find_map(|(risk, signs)| Some((risk, first_of(folded, signs)?)))
}
