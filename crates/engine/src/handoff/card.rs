//! Composing the card from the log. Pure: everything it needs is handed in.

use domain::{
    conversation::{Conversation, Event, Fact, ReplyKind, Seq},
    handoff::{
        CardAction, CardDraft, CardEmotion, CardIdentity, CardIntent, CardLine, CardOrder, CardProduct, CardSlot,
        Emotion, HandoffCard, HandoffReason,
    },
    language::Language,
    message::Body,
    shop::{Order, Product},
    time::{MINUTE_MS, Timestamp},
};
use skills::policy::{Offer, Verdict};
use understanding::ask::{Message, Part, parts_of, statement};

use super::texts;
use crate::{
    actions::{Record, State},
    bot::{action_text, has_any, is_stuck, lexicon, mood, normal, order_state_text, topic_text, topics_in},
};

/// Lines of each list; the rest is in the conversation.
const MAX_LINES: usize = 4;
const LINE_CHARS: usize = 140;
/// Conditions of an action told on the card.
const MAX_LIMITS: usize = 2;

pub struct CardSources<'a> {
    pub now: Timestamp,
    pub reason: HandoffReason,
    pub conversation: &'a Conversation,
    /// The log, with the bodies of its messages.
    pub events: &'a [(Event, Option<Body>)],
    /// What carries the ask.
    pub ask: &'a [Part],
    /// What the reader made of it; topics stand in while there is no reader.
    pub intents: Vec<CardIntent>,
    pub slots: Vec<CardSlot>,
    pub shopper_name: Option<String>,
    pub order: Option<&'a Order>,
    pub product: Option<&'a Product>,
    pub actions: &'a [Record],
    pub allowed: &'a [Offer],
    pub drafts: Vec<CardDraft>,
    /// Within which a human should answer.
    pub reply_within_minutes: i64,
}

/// What the shopper wrote, oldest first.
pub fn said(events: &[(Event, Option<Body>)]) -> Vec<(Seq, String)> {
    texts_of(events, |fact| matches!(fact, Fact::ShopperSaid { .. } | Fact::ContactLeft { .. }))
}

/// The parts of the ask. What was said since the last human answered counts, if anything was asked since.
pub fn ask_of(events: &[(Event, Option<Body>)], said: &[(Seq, String)]) -> Vec<Part> {
    let answered = events.iter().rev().find(|(event, _)| matches!(event.fact, Fact::AgentReplied { .. }));
    let since = answered.map_or(0, |(event, _)| event.seq);
    let told = texts_of(events, |fact| matches!(fact, Fact::BotReplied { .. } | Fact::AgentReplied { .. }));
    let replies: Vec<&str> = told.iter().map(|(_, text)| text.as_str()).collect();
    let stated = |from: Seq| {
        let messages: Vec<Message<'_>> =
            said.iter().filter(|(seq, _)| *seq > from).map(|(seq, text)| Message { seq: *seq, text }).collect();
        parts_of(&messages, &replies)
    };
    let fresh = stated(since);
    if fresh.is_empty() { stated(0) } else { fresh }
}

pub fn compose(sources: CardSources<'_>) -> HandoffCard {
    let conversation = sources.conversation;
    let language = conversation.language;
    let said = said(sources.events);
    let ask = match sources.ask.first() {
        Some(part) => CardLine::at(part.seq, statement(sources.ask, language)),
        None => CardLine { text: texts::no_ask(language).to_owned(), seq: None },
    };
    let intents = if sources.intents.is_empty() { topics(&said, language) } else { sources.intents.clone() };
    HandoffCard {
        version: HandoffCard::VERSION,
        language,
        reason: sources.reason,
        reason_text: texts::reason_text(sources.reason, language).to_owned(),
        ask,
        intents,
        identity: CardIdentity {
            verified: conversation.customer.is_some(),
            customer: conversation.customer.clone(),
            name: sources.shopper_name.clone(),
            seq: sources.identified_at(),
        },
        order: sources.order.map(|order| order_line(order, &said, language)),
        product: sources.product.map(|product| product_line(product, &said, language)),
        slots: sources.slots.clone(),
        tried: sources.bot_lines(|reply| matches!(reply, ReplyKind::Answered | ReplyKind::Clarified)),
        done: sources.done(language),
        failed: sources.failures(language),
        promises: sources.promises(),
        emotion: strongest(&said),
        allowed: sources.allowed.iter().map(|it| action_line(it, language)).collect(),
        suggested: suggestions(&sources, language),
        drafts: sources.drafts.clone(),
        due_at: Some(sources.now.plus_ms(sources.reply_within_minutes * MINUTE_MS)),
        written_at: sources.now,
    }
}

fn texts_of(events: &[(Event, Option<Body>)], wanted: impl Fn(&Fact) -> bool) -> Vec<(Seq, String)> {
    events
        .iter()
        .filter(|(event, _)| wanted(&event.fact))
        .filter_map(|(event, body)| Some((event.seq, body.as_ref()?.text.clone())))
        .filter(|(_, text)| !text.trim().is_empty())
        .collect()
}

/// The action, what it would pay back, and under which conditions.
fn action_line(offer: &Offer, language: Language) -> CardAction {
    let refund = offer.sums.refund.clone().filter(|money| money.minor > 0);
    let limits = offer.conditions.iter().map(|condition| condition.text.in_language(language));
    let limits: Vec<&str> = limits.take(MAX_LIMITS).collect();
    let between = if language == Language::Zh { "；" } else { "; " };
    CardAction {
        name: offer.name.to_owned(),
        text: action_text(offer.name, language).to_owned(),
        limits: limits.join(between),
        needs_approval: matches!(offer.verdict, Verdict::NeedsApproval { .. }),
        refund,
    }
}

impl CardSources<'_> {
    /// Where it became known who the shopper is.
    fn identified_at(&self) -> Option<Seq> {
        let known = |event: &&(Event, Option<Body>)| {
            matches!(event.0.fact, Fact::Identified { .. } | Fact::Started { customer: Some(_), .. })
        };
        self.events.iter().rev().find(known).map(|(event, _)| event.seq)
    }

    /// Actions on orders, each with the reply that told of it.
    fn done(&self, language: Language) -> Vec<CardLine> {
        let lines = self.actions.iter().rev().map(|record| {
            let told = self.events.iter().find(|(event, _)| {
                event.at >= record.created_at
                    && matches!(event.fact, Fact::BotReplied { .. } | Fact::AgentReplied { .. })
            });
            let name = action_text(&record.name, language);
            let order = record.order.as_ref().map_or(String::new(), |order| format!(" · {order}"));
            let text = format!("{name}{order} · {}", state_text(record.state, language));
            CardLine { text, seq: told.map(|(event, _)| event.seq) }
        });
        let lines: Vec<CardLine> = lines.collect();
        let surplus = lines.len().saturating_sub(MAX_LINES);
        lines.into_iter().skip(surplus).collect()
    }

    fn bot_lines(&self, wanted: impl Fn(ReplyKind) -> bool) -> Vec<CardLine> {
        let lines = texts_of(self.events, |fact| matches!(fact, Fact::BotReplied { reply, .. } if wanted(*reply)));
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
        let spoken = texts_of(self.events, |fact| matches!(fact, Fact::AgentReplied { .. }));
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

/// What it is about by words alone.
fn topics(said: &[(i64, String)], language: Language) -> Vec<CardIntent> {
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
    let step = texts::next_step(sources.reason);
    lines.push(text(&step.zh, &step.en));
    lines
}

const fn state_text(state: State, language: Language) -> &'static str {
    let (zh, en) = match state {
        State::Done => ("已完成", "done"),
        State::AwaitingApproval => ("等待批准", "waiting for approval"),
        State::Running => ("处理中", "under way"),
        State::Refused => ("未获允许", "refused"),
        State::Undone => ("已撤销", "undone"),
        State::Failed => ("未成功", "failed"),
    };
    match language {
        Language::Zh => zh,
        Language::En => en,
    }
}
