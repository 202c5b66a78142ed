//! Running a skill: pure and deterministic. What is needed from outside is asked for by an effect and comes back as
//! an input; the progress in between can be kept anywhere.

mod act;
mod fill;
mod flow;
mod hear;
mod invoice;
mod patience;
mod progress;
mod read;

use domain::message::QuickAction;
use serde_json::Value as Json;

pub use self::{
    fill::base_of,
    invoice::invoice_said,
    progress::{Message, Offered, Progress, Waiting},
    read::address_line,
};
use crate::{
    skill::Skill,
    template::Voice,
    tool::{Call, CallResult},
};

/// What doesn't change during a turn.
#[derive(Debug, Clone)]
pub struct Scene {
    pub voice: Voice,
    /// The verified shopper, in the shape of `customer`.
    pub customer: Option<Json>,
    pub order_in_focus: Option<String>,
    pub product_in_focus: Option<String>,
}

#[derive(Debug, Clone)]
pub enum Input {
    /// The shopper wants this; from here on the flow is under way.
    Begin(Message),
    /// What the shopper said next.
    Message(Message),
    /// What the call of the last effect gave.
    Result(CallResult),
    /// The message was answered otherwise: ask again what was asked.
    Resume,
    /// Nothing else answers the message either.
    Unclear,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Carry this out and come back with [`Input::Result`].
    Call(Call),
    /// The message is no answer to what was asked. Come back with [`Input::Resume`] or [`Input::Unclear`].
    Aside,
    /// The end of the turn.
    Turn(Outcome),
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct Outcome {
    pub said: Vec<Said>,
    pub then: Then,
    pub notes: Vec<Note>,
}

/// A paragraph of the reply.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Said {
    pub text: String,
    /// What it rests on, word for word.
    pub evidence: Vec<String>,
    pub cards: Vec<Card>,
    pub replies: Vec<Button>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Card {
    Order(String),
    Product(String),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Button {
    pub label: String,
    pub action: Option<QuickAction>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Then {
    #[default]
    Finished,
    /// For the shopper's answer; the progress says for which.
    Waits,
    CalledOff,
    Declined,
    Refused,
    /// These skills are on the buttons.
    Offers(Vec<String>),
    HandsOff,
    /// The shop didn't answer.
    Unavailable,
    /// The skill itself is faulty; for the trace.
    Broken(String),
}

/// What happened, for the trace; no words of the shopper.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Note {
    pub step: String,
    pub what: What,
    /// The slot, tool or action.
    pub name: String,
    #[serde(skip_serializing_if = "Json::is_null")]
    pub detail: Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    Filled,
    Asked,
    Emptied,
    Called,
    Previewed,
    Confirming,
    Performed,
    Branched,
}

/// One move of the flow.
pub fn advance(skill: &Skill, progress: &mut Progress, scene: &Scene, input: Input) -> Effect {
    flow::Flow { skill, progress, scene }.advance(input)
}

#[cfg(test)]
mod tests;
