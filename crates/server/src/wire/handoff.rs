//! Handing over as the console sees it: its terms, what is promised, turns to judge, and hints for agents.

use engine::handoff::{Terms, asked_again, certificate};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::basics::Bilingual;

/// Costs have no unit; only their proportions count.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HandoffTerms {
    /// Whether the model may hand over besides the hard rules.
    pub is_on: bool,
    pub failure_cost: f64,
    pub human_cost: f64,
    pub wait_cost_per_minute: f64,
    /// Units of the currency above which an order or a claim is a human's; 0 is no limit.
    pub amount_limit: i64,
    pub reply_within_minutes: i64,
    /// The share of turns needing a human that may be missed, 0.001 to 0.5.
    pub misses: f64,
    /// How sure one wants to be of it, 0.5 to 0.999.
    pub confidence: f64,
    /// The share of turns people judge, 0 to 1.
    pub share: f64,
}

impl From<HandoffTerms> for Terms {
    fn from(terms: HandoffTerms) -> Self {
        let HandoffTerms {
            is_on,
            failure_cost,
            human_cost,
            wait_cost_per_minute,
            amount_limit,
            reply_within_minutes,
            misses,
            confidence,
            share,
        } = terms;
        Self {
            is_on,
            failure_cost,
            human_cost,
            wait_cost_per_minute,
            amount_limit,
            reply_within_minutes,
            misses,
            confidence,
            share,
        }
    }
}

impl From<Terms> for HandoffTerms {
    fn from(terms: Terms) -> Self {
        let Terms {
            is_on,
            failure_cost,
            human_cost,
            wait_cost_per_minute,
            amount_limit,
            reply_within_minutes,
            misses,
            confidence,
            share,
        } = terms;
        Self {
            is_on,
            failure_cost,
            human_cost,
            wait_cost_per_minute,
            amount_limit,
            reply_within_minutes,
            misses,
            confidence,
            share,
        }
    }
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HandoffView {
    pub terms: HandoffTerms,
    /// Judged turns that needed a human and are still missing before anything can be promised; 0 once it can.
    pub more: usize,
    /// Whether a certified threshold is in force.
    pub is_certified: bool,
    /// With a certificate: the chance from which a human is asked whatever the queue, the share of misses possible, and
    /// the share of turns needing nobody that would be handed over at it.
    pub threshold: Option<f32>,
    pub upper_bound: Option<f64>,
    pub false_share: Option<f64>,
    pub judged: usize,
    pub open: usize,
    /// Judged turns that needed a human, those of them the bot kept, and the rate that leaves possible.
    pub needed: usize,
    pub missed: usize,
    pub missed_at_most: f64,
    /// Judged turns that were handed over, and those of them that needed nobody.
    pub handed_over: usize,
    pub falsely: usize,
    /// Agents' messages of the last thirty days; those that asked for something; those that asked for what was known.
    pub agent_messages: i64,
    pub agent_asking: i64,
    pub agent_asking_again: i64,
}

impl From<certificate::State> for HandoffView {
    fn from(state: certificate::State) -> Self {
        use understanding::handoff::MissVerdict;
        let bound = state.verdict.bound();
        let more = match state.verdict {
            MissVerdict::Certified(_) => 0,
            MissVerdict::TooFewLabels { more, .. } => more,
        };
        Self {
            terms: state.terms.into(),
            more,
            is_certified: state.is_certified,
            threshold: bound.map(|it| it.threshold),
            upper_bound: bound.map(|it| it.upper_bound),
            false_share: bound.map(|it| it.false_share),
            judged: state.judged,
            open: state.open,
            needed: state.needed,
            missed: state.missed,
            missed_at_most: state.missed_at_most,
            handed_over: state.handed_over,
            falsely: state.falsely,
            agent_messages: state.asked_again.messages,
            agent_asking: state.asked_again.asking,
            agent_asking_again: state.asked_again.again,
        }
    }
}

/// A sampled turn to judge.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HandoffTurn {
    /// `smp_…`
    pub id: String,
    pub conversation: String,
    /// The shopper's message.
    pub seq: i64,
    pub at: i64,
    /// `went_on`, `offered` or `handed_over`.
    pub outcome: String,
    /// Oldest first; empty when it has been erased.
    pub said: Vec<HandoffTurnLine>,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HandoffTurnLine {
    pub by_shopper: bool,
    pub text: String,
}

impl From<certificate::Turn> for HandoffTurn {
    fn from(turn: certificate::Turn) -> Self {
        let line = |(by_shopper, text): (bool, String)| HandoffTurnLine { by_shopper, text };
        Self {
            id: turn.sample.id.to_string(),
            conversation: turn.sample.conversation.to_string(),
            seq: turn.sample.seq,
            at: turn.sample.at.0,
            outcome: turn.sample.outcome,
            said: turn.said.into_iter().map(line).collect(),
        }
    }
}

/// Something a draft asks for although it is known.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AskedAgainHint {
    /// `order`, `phone`, `address`, `name`, `email`, `photo`, `reason`, `product`, `size` or `colour`.
    pub thing: String,
    pub name: Bilingual,
    /// What is known, to be inserted.
    pub value: String,
    /// The event it came from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seq: Option<i64>,
}

impl From<asked_again::Known> for AskedAgainHint {
    fn from(known: asked_again::Known) -> Self {
        use domain::language::Language;
        let name = |language| asked_again::thing_text(known.thing, language).to_owned();
        Self {
            thing: known.thing.as_str().to_owned(),
            name: Bilingual { zh: name(Language::Zh), en: name(Language::En) },
            value: known.value,
            seq: known.seq,
        }
    }
}
