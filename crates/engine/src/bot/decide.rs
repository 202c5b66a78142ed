//! What to do about what was understood. Pure; the hard rules come first and never bend.

use domain::{
    handoff::{Emotion, HandoffReason},
    id::ArticleId,
};
use serde::Serialize;
use understanding::reading::Risk;

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
    /// The flow that was left for another wish, from where it stands.
    TakeUp,
    /// These skills, in the order of the wishes.
    Begin(Vec<String>),
    /// The article the shopper picked from a choice.
    Tell {
        article: ArticleId,
        question: String,
    },
    /// 「第二个」 with nothing listed before it.
    WhichOne,
    /// 「？？？」 or 。。。: nothing is said that could be understood.
    SayMore,
    /// From the articles.
    Search {
        question: String,
    },
}

/// `wanted` are the skills the message asks for, surest first.
pub fn decide(
    understood: &Understanding,
    memory: &Memory,
    has_flow: bool,
    wanted: &[String],
    is_above_limit: bool,
) -> Plan {
    if let Some(reason) = hard_rule(understood, has_flow, is_above_limit) {
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
    if understood.says_nothing() {
        let is_doubt = skills::words::is_question(&understood.said);
        return if is_doubt { Plan::SayMore } else { Plan::Social(Social::Confirm) };
    }
    if let Some(social) = understood.social {
        return Plan::Social(social);
    }
    if wanted.is_empty() { Plan::Search { question: understood.text.clone() } } else { Plan::Begin(wanted.to_vec()) }
}

/// What no setting and no model bends. Two abstentions are counted where the reply is known, in the turn.
fn hard_rule(understood: &Understanding, has_flow: bool, is_above_limit: bool) -> Option<HandoffReason> {
    // Danger comes before a wish: the card and the first words differ.
    if let Some((risk, _)) = understood.understood.risk {
        return Some(reason_of(risk));
    }
    if understood.wants_human {
        Some(HandoffReason::Asked)
    } else if understood.foreign.is_some() {
        Some(HandoffReason::UnsupportedLanguage)
    } else if understood.emotion >= Emotion::Angry {
        Some(HandoffReason::Upset)
    } else if is_above_limit {
        Some(HandoffReason::AmountLimit)
    // Within a flow the same answer may come twice; the flow counts its own tries.
    } else if understood.is_repeated && understood.social.is_none() && !has_flow {
        Some(HandoffReason::Repeated)
    } else {
        None
    }
}

const fn reason_of(risk: Risk) -> HandoffReason {
    match risk {
        Risk::Threat | Risk::SelfHarm => HandoffReason::Threat,
        Risk::PaymentDispute | Risk::Fraud => HandoffReason::PaymentDispute,
        Risk::Legal | Risk::Safety | Risk::Medical | Risk::Minor => HandoffReason::Risk,
    }
}

/// The shopper answered the question the bot asked.
fn picked(understood: &Understanding, memory: &Memory) -> Option<Plan> {
    let choice = memory.choice.as_ref()?;
    let (nothing, real): (Vec<_>, Vec<_>) = choice.options.iter().partition(|it| it.target == Target::Nothing);
    let agreed = || match (&real[..], skills::words::agrees(&understood.said)) {
        // 「要看详细的物流吗？」 「好的」
        ([only], Some(true)) => Some(*only),
        (_, Some(false)) => nothing.first().copied(),
        _ => None,
    };
    let option = choice.picked(&understood.said).or_else(agreed)?;
    Some(match &option.target {
        Target::Article(article) => Plan::Tell { article: *article, question: choice.question.clone() },
        Target::Skill(skill) => Plan::Begin(vec![skill.clone()]),
        Target::Paused => Plan::TakeUp,
        Target::Nothing => Plan::Social(Social::Confirm),
    })
}

#[cfg(test)]
mod tests {
    use domain::language::Language;

    use super::*;
    use crate::bot::{memory::Asked, understand::understand};

    fn reason(text: &str, before: &[Asked], is_above_limit: bool) -> Option<HandoffReason> {
        let understood = understand(&[text.to_owned()], Language::Zh, before);
        match decide(&understood, &Memory::default(), false, &[], is_above_limit) {
            Plan::HandOff(reason) => Some(reason),
            _ => None,
        }
    }

    #[test]
    fn hard_rules_hand_over_in_both_languages_with_their_own_reason() {
        use HandoffReason::*;
        let cases = [
            ("转人工", Asked),
            ("I want to speak to a human", Asked),
            ("我要找律师起诉你们", Risk),
            ("My lawyer will hear about this", Risk),
            ("充电宝着火了把手烫伤了", Risk),
            ("The charger caught fire and I was injured", Risk),
            ("吃了过敏进医院了", Risk),
            ("我未成年，不是我想买的", Risk),
            ("再不处理我就上门找你们，弄死你", Threat),
            ("I'll kill whoever packed this", Threat),
            ("我不想活了", Threat),
            ("I want to end my life", Threat),
            ("卡被盗刷了，这不是我付的", PaymentDispute),
            ("I was charged twice, I'll file a chargeback", PaymentDispute),
            ("有人冒充客服让我转账到安全账户", PaymentDispute),
            ("This looks like fraud, I'm calling the police", PaymentDispute),
            ("什么垃圾质量，气死人了", Upset),
            ("I am furious!", Upset),
            ("お届けはいつですか", UnsupportedLanguage),
            ("배송은 언제 되나요?", UnsupportedLanguage),
        ];
        for (text, expected) in cases {
            assert_eq!(reason(text, &[], false), Some(expected), "{text}");
        }
        for calm in ["怎么申请退货", "Where is my parcel?", "谢谢", "不要转人工", "发票怎么开"] {
            assert_eq!(reason(calm, &[], false), None, "{calm}");
        }
    }

    #[test]
    fn danger_comes_before_a_wish() {
        assert_eq!(reason("转人工，我要报警", &[], false), Some(HandoffReason::PaymentDispute));
        assert_eq!(reason("get me a human or I'll kill you", &[], false), Some(HandoffReason::Threat));
    }

    #[test]
    fn the_same_question_after_two_answers_and_an_amount_above_the_limit() {
        for question in ["怎么申请退货呢", "how do I return this tent"] {
            let before: Vec<Asked> = (1..=2).map(|seq| Asked { seq, text: question.into(), meaning: None }).collect();
            assert_eq!(reason(question, &before, false), Some(HandoffReason::Repeated), "{question}");
            assert_eq!(reason(question, &before[..1], false), None, "{question}");
            assert_eq!(reason(question, &[], true), Some(HandoffReason::AmountLimit), "{question}");
        }
    }
}
