//! What to do about what was understood. Pure; the hard rules come first and never bend.

use domain::{
    handoff::{Emotion, HandoffReason},
    id::ArticleId,
};
use serde::Serialize;

use super::{
    memory::{Memory, Target},
    understand::{Social, Understanding},
};

/// Longer lists are never shown, so nobody points further.
const MAX_LISTED: usize = 5;

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Plan {
    HandOff(HandoffReason),
    Social(Social),
    /// The skill under way hears the message first.
    Continue,
    /// These skills, in the order of the wishes.
    Begin(Vec<String>),
    /// The article the shopper picked from a choice.
    Tell {
        article: ArticleId,
        question: String,
    },
    /// 「第二个」 with nothing listed before it.
    WhichOne,
    /// From the articles.
    Search {
        question: String,
    },
}

/// `wanted` are the skills the message asks for, surest first.
pub fn decide(understood: &Understanding, memory: &Memory, has_flow: bool, wanted: &[String]) -> Plan {
    if let Some(reason) = hard_rule(understood, has_flow) {
        return Plan::HandOff(reason);
    }
    if let Some(plan) = picked(understood, memory) {
        return plan;
    }
    if has_flow {
        return Plan::Continue;
    }
    if memory.shown.is_empty() && skills::words::ordinal(&understood.said, MAX_LISTED).is_some() {
        return Plan::WhichOne;
    }
    if let Some(social) = understood.social {
        return Plan::Social(social);
    }
    if wanted.is_empty() { Plan::Search { question: understood.text.clone() } } else { Plan::Begin(wanted.to_vec()) }
}

fn hard_rule(understood: &Understanding, has_flow: bool) -> Option<HandoffReason> {
    if understood.wants_human {
        Some(HandoffReason::Asked)
    } else if understood.risk.is_some() {
        Some(HandoffReason::Risk)
    } else if understood.foreign.is_some() {
        Some(HandoffReason::UnsupportedLanguage)
    } else if understood.emotion >= Emotion::Angry {
        Some(HandoffReason::Upset)
    // Within a flow the same answer may come twice; the flow counts its own tries.
    } else if understood.is_repeated && understood.social.is_none() && !has_flow {
        Some(HandoffReason::Repeated)
    } else {
        None
    }
}

/// The shopper answered the question the bot asked.
fn picked(understood: &Understanding, memory: &Memory) -> Option<Plan> {
    let choice = memory.choice.as_ref()?;
    let agreed = || match &choice.options[..] {
        // 「要看详细的物流吗？」 「好的」
        [only] if skills::words::agrees(&understood.said) == Some(true) => Some(only),
        _ => None,
    };
    let option = choice.picked(&understood.said).or_else(agreed)?;
    Some(match &option.target {
        Target::Article(article) => Plan::Tell { article: *article, question: choice.question.clone() },
        Target::Skill(skill) => Plan::Begin(vec![skill.clone()]),
    })
}
