//! What the card says in the desk's own words, in both languages.

use domain::{
    handoff::HandoffReason,
    language::{Bilingual, Language},
};

pub const fn no_ask(language: Language) -> &'static str {
    match language {
        Language::Zh => "买家还没有说明问题",
        Language::En => "The shopper hasn't said what it is about yet",
    }
}

pub const fn reason_text(reason: HandoffReason, language: Language) -> &'static str {
    let (zh, en) = match reason {
        HandoffReason::Asked => ("买家要求人工", "The shopper asked for a person"),
        HandoffReason::Abstained => ("智能客服两次没有把握回答", "The bot had no sure answer, twice"),
        HandoffReason::BotFailed => ("智能客服处理失败", "The bot's turn failed"),
        HandoffReason::Upset => ("买家情绪激动", "The shopper is upset"),
        HandoffReason::Repeated => ("买家重复询问同一问题", "The same question came again"),
        HandoffReason::Risk => ("涉及法律、安全、健康或未成年人", "Law, safety, health or a minor"),
        HandoffReason::Threat => ("出现威胁或轻生的话", "A threat, or talk of self-harm"),
        HandoffReason::PaymentDispute => ("支付争议或欺诈", "A payment dispute or fraud"),
        HandoffReason::AmountLimit => ("涉及金额超过智能客服的上限", "More money is at stake than the bot may handle"),
        HandoffReason::Predicted => {
            ("继续由智能客服处理很可能解决不了", "Going on with the bot would probably not help")
        }
        HandoffReason::UnsupportedLanguage => ("买家使用了不支持的语言", "A language the desk doesn't speak"),
        HandoffReason::NeedsPerson => ("流程需要人工处理", "A skill came to what a person has to do"),
        HandoffReason::AgentReleased => ("同事放回队列", "A colleague put it back"),
        HandoffReason::OfflineMessage => ("买家留言", "The shopper left a message"),
        HandoffReason::Transferred => ("同事转接", "A colleague passed it on"),
        HandoffReason::AgentSilent => ("客服长时间未回复", "The agent left the shopper without an answer"),
        HandoffReason::AgentAway => ("客服离线", "The agent went away"),
    };
    match language {
        Language::Zh => zh,
        Language::En => en,
    }
}

/// What to do first, by why it was handed over.
pub fn next_step(reason: HandoffReason) -> Bilingual {
    match reason {
        HandoffReason::Upset => Bilingual::new(
            "先致歉并复述问题，再给出具体处理时间",
            "Apologise, repeat the problem in your words, then give a concrete time",
        ),
        HandoffReason::Risk => Bilingual::new(
            "按风险流程处理，必要时请主管介入",
            "Follow the risk procedure; bring in a supervisor if needed",
        ),
        HandoffReason::Threat => Bilingual::new(
            "先关心买家的人身安全，立即请主管介入；不要争辩",
            "Safety first: bring in a supervisor at once, and don't argue",
        ),
        HandoffReason::PaymentDispute => Bilingual::new(
            "核对付款记录，不要索要验证码或银行卡号；必要时请主管介入",
            "Check the payment records; never ask for a code or a card number; bring in a supervisor if needed",
        ),
        HandoffReason::AmountLimit => Bilingual::new(
            "核实身份和订单，按权限处理或申请主管批准",
            "Verify identity and order; act within your limits or ask a supervisor",
        ),
        HandoffReason::OfflineMessage => {
            Bilingual::new("买家留了联系方式，请主动联系", "The shopper left contact details: get in touch")
        }
        _ => Bilingual::new(
            "直接从诉求开始，不必重复询问卡片上已有的信息",
            "Start from the ask; don't ask again for what is on this card",
        ),
    }
}
