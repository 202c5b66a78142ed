//! A plan with its rules compiled: from the facts of a conversation to queue, skills, priority and weight.

use domain::{
    calendar::Calendar,
    id::QueueId,
    routing::{Plan, Skill},
};
use skills::{Expression, Scope};

use super::facts::NAMES;
use crate::error::Fault;

pub struct Compiled {
    pub version: i64,
    pub plan: Plan,
    pub calendar: Calendar,
    conditions: Vec<Expression>,
}

/// What the rules say of one conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    pub queue: QueueId,
    pub skills: Vec<Skill>,
    pub priority: u8,
    pub weight: Option<u32>,
    /// The rules that applied, by their places.
    pub applied: Vec<usize>,
}

impl Compiled {
    pub fn new(version: i64, plan: Plan) -> Result<Self, Fault> {
        let calendar = plan.hours.calendar().map_err(|_| Fault { field: "hours", code: "malformed" })?;
        if plan.queues.is_empty() {
            return Err(Fault { field: "queues", code: "no_default" });
        }
        let conditions = plan.rules.iter().map(|rule| condition(&rule.when)).collect::<Result<_, _>>()?;
        Ok(Self { version, plan, calendar, conditions })
    }

    /// The first rule that applies decides each thing it says; skills add up. A rule that can't be computed for a
    /// conversation doesn't apply.
    pub fn needs(&self, scope: &Scope) -> Outcome {
        let mut queue = None;
        let (mut priority, mut weight) = (None, None);
        let mut skills: Vec<Skill> = Vec::new();
        let mut applied = Vec::new();
        for (place, (rule, condition)) in self.plan.rules.iter().zip(&self.conditions).enumerate() {
            if !condition.holds(scope).unwrap_or(false) {
                continue;
            }
            applied.push(place);
            queue = queue.or(rule.queue);
            priority = priority.or(rule.priority);
            weight = weight.or(rule.weight);
            for skill in &rule.skills {
                if !skills.contains(skill) {
                    skills.push(skill.clone());
                }
            }
        }
        let queue = queue.unwrap_or(self.plan.queues[0].id);
        Outcome { queue, skills, priority: priority.unwrap_or(0), weight, applied }
    }
}

/// A condition that reads only what there is to read.
fn condition(source: &str) -> Result<Expression, Fault> {
    let expression = Expression::compile(source).map_err(|_| Fault { field: "rules.when", code: "malformed" })?;
    let unknown = expression.paths().into_iter().any(|path| !NAMES.contains(&path[0].as_str()));
    if unknown { Err(Fault { field: "rules.when", code: "unknown_name" }) } else { Ok(expression) }
}
