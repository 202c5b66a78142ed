//! One turn: from the shopper's unanswered messages to a reply, a question back, or a human.

use domain::{
    conversation::{Event, Fact, ReplyKind, Seq},
    handoff::HandoffReason,
    id::{ConversationId, ShopId},
    language::Language,
    message::{Body, QuickAction},
    time::Timestamp,
    trace::TurnStage,
};
use serde_json::json;
use store::{Shop, Stored};
use understanding::entities::Moment;

use super::{
    decide::{Plan, decide},
    deliver::{Outcome, deliver},
    draft::Draft,
    facts::Facts,
    focus::InFocus,
    guard::unsupported,
    lookup,
    memory::Memory,
    passages, texts,
    trace::Tracing,
    understand::{Situation, Topic, Understanding, language_of, understand_in},
};
use crate::{
    bus::{Hint, TypingBy},
    desk::Desk,
    error::{DeskError, Result},
    settings::ShopSettings,
};

/// Unanswered messages read together; more than this is no question any more.
const MAX_UNANSWERED: i64 = 50;
/// After so many turns without an answer a human takes over.
const ABSTENTIONS_UNTIL_HUMAN: u32 = 2;

/// Everything one turn works with.
pub struct Turn<'a> {
    pub desk: &'a Desk,
    pub shop: &'a Shop,
    pub settings: ShopSettings,
    pub stored: &'a Stored,
    pub understood: Understanding,
    pub memory: Memory,
    pub now: Timestamp,
    pub tracing: Tracing,
}

impl Turn<'_> {
    pub fn language(&self) -> Language {
        self.understood.language
    }

    pub fn facts(&self) -> Facts {
        Facts::new(self.language(), &self.settings.time_zone)
    }
}

/// Runs the turn that answers the shopper's message at `seq`. Running it again does nothing more.
pub async fn run(desk: &Desk, id: ConversationId, seq: Seq) -> Result<Outcome> {
    let stored = desk.store.conversation(id).await?.ok_or(DeskError::NotFound)?;
    let conversation = &stored.conversation;
    let is_due = conversation.is_with_bot() && conversation.answered_seq < seq && conversation.last_shopper_seq <= seq;
    if !is_due {
        // Answered, with a human, or a newer message's own turn answers both.
        return Ok(Outcome::Skipped);
    }
    desk.bus.send(Hint::Typing { conversation: id, shop: conversation.shop, by: TypingBy::Bot });
    let shop = shop_of(desk, conversation.shop).await?;
    let after = conversation.answered_seq.max(seq - MAX_UNANSWERED);
    let events = desk.store.events(id, after, MAX_UNANSWERED).await?;
    let messages: Vec<(Event, Body)> = events
        .into_iter()
        .filter(|row| matches!(row.event.fact, Fact::ShopperSaid { .. }) && row.event.seq <= seq)
        .filter_map(|row| Some((row.event, serde_json::from_str(&row.body?).ok()?)))
        .collect();
    let memory = Memory::read(stored.memory.as_deref());
    let said: Vec<String> = messages.iter().map(|(_, body)| body.text.clone()).collect();
    let settings = ShopSettings::of(&shop)?;
    let spoken = language_of(&said.join("\n")).unwrap_or(conversation.language);
    let in_focus = InFocus::of(desk, &stored, &memory, &said, spoken).await;
    let zone = jiff::tz::TimeZone::get(&settings.time_zone).unwrap_or(jiff::tz::TimeZone::UTC);
    let situation = Situation { moment: Moment::new(desk.now(), zone), focus: in_focus.focus(), vector: None };
    let understood = understand_in(&said, conversation.language, &memory.asked, &situation);
    let mut turn = Turn {
        desk,
        shop: &shop,
        settings,
        stored: &stored,
        understood,
        memory,
        now: desk.now(),
        tracing: Tracing::default(),
    };
    turn.trace_understanding();

    let has_files = messages.iter().any(|(_, body)| !body.attachments.is_empty());
    let (draft, handoff) = act(&mut turn, has_files).await?;
    let draft = guarded(&mut turn, draft);
    let (draft, handoff) = escalate(&turn, draft, handoff);
    deliver(turn, seq, draft, handoff).await
}

async fn shop_of(desk: &Desk, id: ShopId) -> Result<Shop> {
    desk.store.shop(id).await?.ok_or(DeskError::NotFound)
}

impl Turn<'_> {
    fn trace_understanding(&mut self) {
        let understood = &self.understood;
        let topics: Vec<_> = understood.topics.iter().map(|topic| super::topic_text(*topic, Language::Zh).1).collect();
        let topics_en: Vec<_> =
            understood.topics.iter().map(|topic| super::topic_text(*topic, Language::En).1).collect();
        // The shopper's words stay in the message; the trace keeps what was made of them.
        let mut detail = json!(understood);
        if let Some(fields) = detail.as_object_mut() {
            fields.remove("text");
            fields.remove("order_numbers");
            fields.insert("order_numbers_given".into(), json!(understood.order_numbers.len()));
        }
        let nothing = |topics: &[&str], none: &str| if topics.is_empty() { none.to_owned() } else { topics.join(", ") };
        self.tracing.step(
            TurnStage::Understand,
            format!(
                "语言 {}；主题：{}；情绪 {}",
                understood.language.as_str(),
                nothing(&topics, "未识别"),
                understood.emotion.as_str()
            ),
            format!(
                "Language {}; topics: {}; mood {}",
                understood.language.as_str(),
                nothing(&topics_en, "none"),
                understood.emotion.as_str()
            ),
            detail,
        );
    }
}

/// Carries the plan out: a draft, and the reason for a human if there is one.
async fn act(turn: &mut Turn<'_>, has_files: bool) -> Result<(Option<Draft>, Option<HandoffReason>)> {
    let plan = decide(&turn.stored.conversation, &turn.understood, &turn.memory);
    let (zh, en) = describe(&plan);
    turn.tracing.step(TurnStage::Decide, zh, en, plan_for_trace(&plan));
    // A choice stands for one turn: whatever comes now answers it or leaves it.
    turn.memory.choice = None;
    let language = turn.language();
    let draft = match plan {
        Plan::HandOff(reason) => return Ok((None, Some(reason))),
        // A picture says something the bot can't see.
        Plan::Social(_) | Plan::Search { .. } if has_files && turn.understood.text.trim().is_empty() => None,
        Plan::Social(social) => Some(Draft::plain(ReplyKind::Social, texts::social(social, language))),
        Plan::Tell { article, question } => match passages::picked(turn, article).await? {
            Some(draft) => Some(draft),
            None => passages::answer(turn, &question).await?,
        },
        Plan::Search { question } => passages::answer(turn, &question).await?,
        Plan::LookUp { topic, order, product } => look_up(turn, topic, order.as_ref(), product.as_ref()).await?,
    };
    Ok((draft, None))
}

async fn look_up(
    turn: &mut Turn<'_>,
    topic: Topic,
    order: Option<&domain::shop::OrderKey>,
    product: Option<&domain::shop::ProductKey>,
) -> Result<Option<Draft>> {
    let question = turn.understood.text.clone();
    let found = if topic.is_about_product() {
        lookup::about_product(turn, topic, product).await?
    } else {
        lookup::about_order(turn, topic, order).await?
    };
    let (zh, en) = (super::topic_text(topic, Language::Zh).1, super::topic_text(topic, Language::En).1);
    turn.tracing.step(
        TurnStage::Act,
        format!("查店铺系统：{zh}{}", if found.is_some() { "" } else { "，没有对应的记录" }),
        format!("Shop look-up: {en}{}", if found.is_some() { "" } else { ", nothing there" }),
        json!({ "topic": topic, "found": found.is_some() }),
    );
    match found {
        // Not signed in: the rules of the shop may still help.
        Some(draft) if turn.stored.conversation.customer.is_none() && !topic.is_about_product() => {
            Ok(Some(with_general_answer(turn, draft, &question).await?))
        }
        Some(draft) => Ok(Some(draft)),
        None => passages::answer(turn, &question).await,
    }
}

async fn with_general_answer(turn: &mut Turn<'_>, mut draft: Draft, question: &str) -> Result<Draft> {
    let Some(general) = passages::answer(turn, question).await?.filter(|it| it.kind == ReplyKind::Answered) else {
        return Ok(draft);
    };
    draft.evidence.add(general.body.text.clone());
    draft.body.text = format!("{}\n\n{}", draft.body.text, general.body.text);
    draft.body.sources = general.body.sources;
    Ok(draft)
}

/// A draft with an unsupported statement is not sent.
fn guarded(turn: &mut Turn<'_>, draft: Option<Draft>) -> Option<Draft> {
    let draft = draft?;
    let faults = unsupported(&draft.body.text, &draft.evidence);
    if faults.is_empty() {
        turn.tracing.step(
            TurnStage::Guard,
            "每个数字和链接都有出处",
            "Every number and address has a source",
            json!({}),
        );
        return Some(draft);
    }
    turn.tracing.step(
        TurnStage::Guard,
        format!("扣下：{} 处没有出处", faults.len()),
        format!("Held back: {} statements without a source", faults.len()),
        &faults,
    );
    None
}

/// Nothing to send: abstain once, then a human. A reason given earlier stands.
fn escalate(turn: &Turn<'_>, draft: Option<Draft>, handoff: Option<HandoffReason>) -> (Draft, Option<HandoffReason>) {
    let language = turn.language();
    if let Some(reason) = handoff {
        return (Draft::plain(ReplyKind::Social, texts::handing_over(reason, language)), Some(reason));
    }
    let draft = draft.unwrap_or_else(|| {
        Draft::plain(ReplyKind::Abstained, texts::abstain(language))
            .with_action(texts::talk_to_human(language), QuickAction::Human)
    });
    let abstains = draft.kind == ReplyKind::Abstained;
    if abstains && turn.stored.conversation.abstentions + 1 >= ABSTENTIONS_UNTIL_HUMAN {
        let reason = HandoffReason::Abstained;
        return (Draft::plain(ReplyKind::Abstained, texts::handing_over(reason, language)), Some(reason));
    }
    (draft, None)
}

fn describe(plan: &Plan) -> (String, String) {
    match plan {
        Plan::HandOff(reason) => (format!("转人工：{}", reason.as_str()), format!("Hand off: {}", reason.as_str())),
        Plan::Social(_) => ("寒暄".into(), "Small talk".into()),
        Plan::LookUp { topic, .. } => (
            format!("查店铺系统：{}", super::topic_text(*topic, Language::Zh).1),
            format!("Look up in the shop: {}", super::topic_text(*topic, Language::En).1),
        ),
        Plan::Tell { .. } => ("买家选了其中一个".into(), "The shopper picked one".into()),
        Plan::Search { .. } => ("查知识库".into(), "Search the knowledge".into()),
    }
}

/// Without the shopper's words.
fn plan_for_trace(plan: &Plan) -> serde_json::Value {
    match plan {
        Plan::Search { .. } => json!({ "plan": "search" }),
        Plan::Tell { article, .. } => json!({ "plan": "tell", "article": article }),
        other => json!({ "plan": other }),
    }
}
