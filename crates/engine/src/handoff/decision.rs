//! Whether to go on or to hand over when no hard rule decides: what going on is expected to cost against a human now,
//! given the queue. Pure; the chance comes from the model.

use domain::time::MINUTE_MS;
use serde::Serialize;

use super::Terms;

/// A wait nobody knows counts as this long: nobody is on duty.
const UNKNOWN_WAIT_MS: i64 = 120 * MINUTE_MS;
/// However long the queue, a chance as high as this is a human's.
const HIGHEST: f64 = 0.95;
/// However empty, one as low as this isn't.
const LOWEST: f64 = 0.05;

/// How people stand at the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Wait {
    pub agents_online: i64,
    /// How long somebody who joins now waits; `None` when nobody can say.
    pub expected_ms: Option<i64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Course {
    GoOn,
    /// A human would be better but for the wait: the shopper is told and chooses.
    Offer,
    HandOver,
}

/// The numbers of a decision, as the trace shows them.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Weighed {
    pub course: Course,
    /// The chance that the bot's going on fails.
    pub chance: f64,
    /// What going on, and what a human, is expected to cost.
    pub going_on: f64,
    pub human: f64,
    /// The chance from which a human is cheaper now.
    pub threshold: f64,
    /// The threshold that judgements certify, if they do: it is never exceeded.
    pub certified: Option<f64>,
    pub wait: Wait,
}

pub fn weigh(chance: f64, wait: Wait, terms: &Terms, certified: Option<f64>) -> Weighed {
    let minutes = wait.expected_ms.unwrap_or(UNKNOWN_WAIT_MS) as f64 / MINUTE_MS as f64;
    let human = terms.human_cost + terms.wait_cost_per_minute * minutes.max(0.0);
    let by_cost = |cost: f64| (cost / terms.failure_cost).clamp(LOWEST, HIGHEST);
    let most = certified.unwrap_or(HIGHEST);
    let threshold = by_cost(human).min(most);
    let without_wait = by_cost(terms.human_cost).min(most);
    let course = if !terms.is_on || chance < without_wait {
        Course::GoOn
    } else if chance >= threshold {
        Course::HandOver
    } else {
        Course::Offer
    };
    Weighed { course, chance, going_on: chance * terms.failure_cost, human, threshold, certified, wait }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn course(chance: f64, minutes: Option<i64>, certified: Option<f64>) -> Course {
        let wait = Wait { agents_online: 1, expected_ms: minutes.map(|it| it * MINUTE_MS) };
        weigh(chance, wait, &Terms::default(), certified).course
    }

    #[test]
    fn the_threshold_moves_with_the_queue() {
        assert_eq!(course(0.6, Some(0), None), Course::HandOver);
        assert_eq!(course(0.6, Some(5), None), Course::Offer, "five minutes of waiting make the bot's try worth it");
        assert_eq!(course(0.8, Some(5), None), Course::HandOver);
        assert_eq!(course(0.6, None, None), Course::Offer, "nobody is there");
        assert_eq!(course(0.97, None, None), Course::HandOver, "hopeless is hopeless");
        assert_eq!(course(0.3, Some(0), None), Course::GoOn);
    }

    #[test]
    fn a_certified_threshold_is_never_exceeded_whatever_the_queue() {
        assert_eq!(course(0.3, Some(60), Some(0.2)), Course::HandOver);
        assert_eq!(course(0.15, Some(0), Some(0.2)), Course::GoOn);
    }

    #[test]
    fn it_hands_over_exactly_when_going_on_costs_more() {
        for minutes in 0..12 {
            for chance in 1..20 {
                let chance = f64::from(chance) / 20.0;
                let wait = Wait { agents_online: 2, expected_ms: Some(minutes * MINUTE_MS) };
                let weighed = weigh(chance, wait, &Terms::default(), None);
                let is_dearer = weighed.going_on >= weighed.human;
                assert_eq!(weighed.course == Course::HandOver, is_dearer || chance >= HIGHEST, "{weighed:?}");
            }
        }
        let off = Terms { is_on: false, ..Terms::default() };
        assert_eq!(weigh(1.0, Wait::default(), &off, None).course, Course::GoOn);
    }
}
