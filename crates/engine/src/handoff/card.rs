//! Composing the card from the log. Pure: everything it needs is handed in.

use domain::{
    conversation::{Conversation, Event, Fact, ReplyKind},
    handoff::{
        CardEmotion, CardIdentity, CardIntent, CardLine, CardOrder, CardProduct, CardSlot, Emotion, HandoffCard,
        HandoffReason,
    },
    language::Language,
    message::Body,
    shop::{Order, Product},
    time::Timestamp,
};

use super::ask::state_ask;
use crate::bot::{given_slots, has_any, is_stuck, lexicon, mood, normal, order_state_text, topic_text, topics_in};

/// Lines of each list; the rest is in the conversation.
const MAX_LINES: usize = 5;
const LINE_CHARS: usize = 140;

pub struct CardSources<'a> {
    pub now: Timestamp,
    pub reason: HandoffReason,
    pub conversation: &'a Conversation,
    /// The log, with the bodies of its messages.
    pub events: &'a [(Event, Option<Body>)],
    pub shopper_name: Option<String>,
    pub order: Option<&'a Order>,
    pub product: Option<&'a Product>,
}

pub fn compose(sources: CardSources<'_>) -> HandoffCard {
    let conversation = sources.conversation;
    let language = conversation.language;
    let said: Vec<(i64, String)> =
        sources.texts(|fact| matches!(fact, Fact::ShopperSaid { .. } | Fact::ContactLeft { .. }));
    let (ask_seq, ask) = state_ask(&said).map_or((None, no_ask(language).to_owned()), |(seq, text)| (Some(seq), text));
    HandoffCard {
        version: HandoffCard::VERSION,
        language,
        reason: sources.reason,
        reason_text: reason_text(sources.reason, language).to_owned(),
        ask: CardLine { text: ask, seq: ask_seq },
        intents: intents(&said, language),
        identity: CardIdentity {
            verified: conversation.customer.is_some(),
            customer: conversation.customer.clone(),
            name: sources.shopper_name.clone(),
        },
        order: sources.order.map(|order| order_line(order, &said, language)),
        product: sources.product.map(|product| product_line(product, &said, language)),
        slots: slots(&said),
        tried: sources.bot_lines(|reply| matches!(reply, ReplyKind::Answered | ReplyKind::Clarified)),
        failed: sources.failures(language),
        promises: sources.promises(),
        emotion: strongest(&said),
        suggested: suggestions(&sources, language),
        written_at: sources.now,
    }
}

impl CardSources<'_> {
    fn texts(&self, wanted: impl Fn(&Fact) -> bool) -> Vec<(i64, String)> {
        self.events
            .iter()
            .filter(|(event, _)| wanted(&event.fact))
            .filter_map(|(event, body)| Some((event.seq, body.as_ref()?.text.clone())))
            .filter(|(_, text)| !text.trim().is_empty())
            .collect()
    }

    fn bot_lines(&self, wanted: impl Fn(ReplyKind) -> bool) -> Vec<CardLine> {
        let lines = self.texts(|fact| matches!(fact, Fact::BotReplied { reply, .. } if wanted(*reply)));
        last_lines(lines)
    }

    fn failures(&self, language: Language) -> Vec<CardLine> {
        let failed = self.events.iter().filter_map(|(event, _)| {
            let text = match &event.fact {
                Fact::BotReplied { reply: ReplyKind::Abstained, .. } => match language {
                    Language::Zh => "智能客服没有把握回答",
                    Language::En => "The bot was not sure of an answer",
                },
                Fact::ReplyWithheld { .. } => match language {
                    Language::Zh => "智能客服的一条回复因转接而未发出",
                    Language::En => "A reply of the bot was withheld because control had passed",
                },
                _ => return None,
            };
            Some((event.seq, text.to_owned()))
        });
        last_lines(failed.collect())
    }

    /// What people said they would do; the bot only tells what articles and orders say.
    fn promises(&self) -> Vec<CardLine> {
        let spoken = self.texts(|fact| matches!(fact, Fact::AgentReplied { .. }));
        last_lines(spoken.into_iter().filter(|(_, text)| has_any(&normal(text), lexicon::PROMISE)).collect())
    }
}

/// The last few, the same words only once.
fn last_lines(lines: Vec<(i64, String)>) -> Vec<CardLine> {
    let mut lines = lines;
    let mut seen = std::collections::HashSet::new();
    lines.retain(|(_, text)| seen.insert(text.clone()));
    let surplus = lines.len().saturating_sub(MAX_LINES);
    lines.into_iter().skip(surplus).map(|(seq, text)| CardLine::at(seq, clip(&text))).collect()
}

fn clip(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LINE_CHARS) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

fn intents(said: &[(i64, String)], language: Language) -> Vec<CardIntent> {
    let mut intents: Vec<CardIntent> = Vec::new();
    for (seq, text) in said {
        for topic in topics_in(text) {
            let (name, label) = topic_text(topic, language);
            if intents.iter().all(|intent| intent.name != name) {
                intents.push(CardIntent { name: name.to_owned(), text: label.to_owned(), seq: Some(*seq) });
            }
        }
    }
    intents.truncate(MAX_LINES);
    intents
}

fn slots(said: &[(i64, String)]) -> Vec<CardSlot> {
    let mut slots: Vec<CardSlot> = Vec::new();
    for slot in said.iter().flat_map(|(seq, text)| given_slots(text, *seq)) {
        if slots.iter().all(|known| known.value != slot.value) {
            slots.push(slot);
        }
    }
    slots
}

fn order_line(order: &Order, said: &[(i64, String)], language: Language) -> CardOrder {
    let what = order.lines.first().map(|line| line.title.in_language(language)).unwrap_or_default();
    let state = order_state_text(order.state, language);
    let named = said.iter().find(|(_, text)| text.to_ascii_uppercase().contains(order.key.as_str()));
    CardOrder {
        key: order.key.clone(),
        state: order.state,
        line: CardLine { text: format!("{} · {state} · {what}", order.key), seq: named.map(|(seq, _)| *seq) },
    }
}

fn product_line(product: &Product, said: &[(i64, String)], language: Language) -> CardProduct {
    let title = product.title.in_language(language).to_owned();
    let named = said.iter().rev().find(|(_, text)| {
        let text = normal(text);
        product.aliases.iter().chain([&product.title.zh, &product.title.en]).any(|name| text.contains(&normal(name)))
    });
    CardProduct {
        key: product.key.clone(),
        line: CardLine { text: title.clone(), seq: named.map(|(seq, _)| *seq) },
        title,
    }
}

fn strongest(said: &[(i64, String)]) -> CardEmotion {
    let moods = said.iter().map(|(seq, text)| (mood(text), seq, text));
    match moods.max_by_key(|(level, seq, _)| (*level, **seq)) {
        Some((level, seq, text)) if level != Emotion::Calm => {
            CardEmotion { level, quote: Some(CardLine::at(*seq, clip(text))) }
        }
        _ => CardEmotion::default(),
    }
}

fn suggestions(sources: &CardSources<'_>, language: Language) -> Vec<CardLine> {
    let text = |zh: &str, en: &str| CardLine {
        text: if language == Language::Zh { zh.to_owned() } else { en.to_owned() },
        seq: None,
    };
    let mut lines = Vec::new();
    if sources.conversation.customer.is_none() {
        lines.push(text(
            "身份未验证：涉及订单前请先核实买家身份",
            "Not verified: confirm who it is before talking about orders",
        ));
    }
    if let Some(order) = sources.order
        && let Some(shipment) = order.shipments.last()
        && is_stuck(shipment, sources.now)
    {
        lines.push(text(
            "物流长时间未更新：联系快递核实，必要时补发",
            "No scan for a long time: check with the carrier, reship if needed",
        ));
    }
    lines.push(match sources.reason {
        HandoffReason::Upset => text(
            "先致歉并复述问题，再给出具体处理时间",
            "Apologise, repeat the problem in your words, then give a concrete time",
        ),
        HandoffReason::Risk => {
            text("按风险流程处理，必要时请主管介入", "Follow the risk procedure; bring in a supervisor if needed")
        }
        HandoffReason::OfflineMessage => {
            text("买家留了联系方式，请主动联系", "The shopper left contact details: get in touch")
        }
        _ => text(
            "直接从诉求开始，不必重复询问卡片上已有的信息",
            "Start from the ask; don't ask again for what is on this card",
        ),
    });
    lines
}

const fn no_ask(language: Language) -> &'static str {
    match language {
        Language::Zh => "买家还没有说明问题",
        Language::En => "The shopper hasn't said what it is about yet",
    }
}

pub(crate) const fn reason_text(reason: HandoffReason, language: Language) -> &'static str {
    let (zh, en) = match reason {
        HandoffReason::Asked => ("买家要求人工", "The shopper asked for a person"),
        HandoffReason::Abstained => ("智能客服两次没有把握回答", "The bot had no sure answer, twice"),
        HandoffReason::BotFailed => ("智能客服处理失败", "The bot's turn failed"),
        HandoffReason::Upset => ("买家情绪激动", "The shopper is upset"),
        HandoffReason::Repeated => ("买家重复询问同一问题", "The same question came again"),
        HandoffReason::Risk => ("涉及法律、安全或欺诈", "Law, safety or fraud"),
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
