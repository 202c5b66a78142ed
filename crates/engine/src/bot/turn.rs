//! One turn: from the shopper's unanswered messages to a reply, a question back, or a human.

use domain::{
    actor::Controller,
    conversation::{Event, Fact, ReplyKind, Seq},
    handoff::HandoffReason,
    id::{ConversationId, ShopId},
    language::Language,
    message::{Body, QuickAction, Source},
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
    focus::InFocus,
    guard, limit,
    memory::{Memory, Target},
    passages,
    skill::{self, Acted, Hearing, Requested, Wanted},
    texts,
    trace::{Tracing, words},
    understand::{Situation, Social, Understanding, language_of, understand_in},
    vectors::Vectors,
    weigh,
};
use crate::{
    bus::{Hint, TypingBy},
    desk::Desk,
    error::{DeskError, Result},
    handoff::Taken,
    review::Sought,
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
    /// The message names something of the catalogue.
    pub names_product: bool,
    /// What is asked to be done to orders, in plain words.
    pub requested: Vec<Requested>,
    /// Each text of this turn is embedded once.
    pub vectors: Vectors,
    /// The message was left when a person gave control back.
    pub is_left_over: bool,
    /// Articles that skills looked up for this reply.
    pub cited: Vec<Source>,
    /// The message answers a question of a skill, and is no question of its own.
    pub answers_flow: bool,
    /// Things asked that no skill is for.
    pub unmet: Vec<String>,
    /// What the chat model was asked for so far.
    pub(crate) chat: crate::chat::Spent,
    /// The best article that was found, for people to judge.
    pub sought: Option<Sought>,
    /// Whether a human was thought to be needed, for people to judge.
    pub taken: Option<Taken>,
}

impl Turn<'_> {
    pub fn language(&self) -> Language {
        self.understood.language
    }

    pub fn hearing(&self) -> Hearing<'_> {
        Hearing {
            desk: self.desk,
            shop: self.shop.id,
            understood: &self.understood,
            memory: &self.memory,
            vectors: &self.vectors,
            requested: &self.requested,
            names_product: self.names_product,
            is_known: self.stored.conversation.customer.is_some(),
        }
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
    let is_back = |row: &store::StoredEvent| {
        matches!(row.event.fact, Fact::ControlPassed { to: Controller::Bot, .. }) && row.event.seq > seq
    };
    let is_left_over = events.iter().any(is_back);
    let messages: Vec<(Event, Body)> = events
        .into_iter()
        .filter(|row| matches!(row.event.fact, Fact::ShopperSaid { .. }) && row.event.seq <= seq)
        .filter_map(|row| Some((row.event, serde_json::from_str(&row.body?).ok()?)))
        .collect();
    let mut memory = Memory::read(stored.memory.as_deref());
    memory.take_up(conversation.control_epoch);
    let said: Vec<String> = messages.iter().map(|(_, body)| body.text.clone()).collect();
    let settings = ShopSettings::of(&shop)?;
    let spoken = language_of(&said.join("\n")).unwrap_or(conversation.language);
    let in_focus = InFocus::of(desk, &stored, &memory, &said, spoken).await;
    let zone = jiff::tz::TimeZone::get(&settings.time_zone).unwrap_or(jiff::tz::TimeZone::UTC);
    let situation = Situation { moment: Moment::new(desk.now(), zone), focus: in_focus.focus() };
    let mut understood = understand_in(&said, conversation.language, &memory.asked, &situation);
    if !has_words(&said.join(" ")) {
        // A number or a code is in no language.
        understood.language = conversation.language;
    }
    let mut turn = Turn {
        desk,
        shop: &shop,
        settings,
        stored: &stored,
        understood,
        memory,
        now: desk.now(),
        tracing: Tracing::default(),
        names_product: in_focus.focus().names_product,
        requested: Vec::new(),
        vectors: Vectors::default(),
        is_left_over,
        cited: Vec::new(),
        answers_flow: false,
        unmet: Vec::new(),
        chat: crate::chat::Spent::default(),
        sought: None,
        taken: None,
    };
    turn.note_meaning().await;
    turn.trace_understanding();

    let bodies: Vec<&Body> = messages.iter().map(|(_, body)| body).collect();
    let acted = match crate::chat::answered(&mut turn).await? {
        Some(acted) => acted,
        None => {
            crate::chat::split(&mut turn).await;
            let acted = act(&mut turn, &bodies).await?;
            crate::chat::converse(&mut turn, acted).await?
        }
    };
    let draft = if acted.handoff.is_none() { crate::chat::compose(&mut turn, acted.draft).await } else { acted.draft };
    let draft = guard::finish(&mut turn, draft).await;
    let (draft, handoff) = escalate(&turn, draft, acted.handoff);
    let (draft, handoff) = weigh::weigh(&mut turn, draft, handoff).await?;
    if handoff.is_some() {
        turn.memory.flow = None;
        turn.memory.paused = None;
    }
    deliver(turn, seq, draft, handoff).await
}

/// Whether there is anything in it that belongs to a language.
fn has_words(text: &str) -> bool {
    text.split(|symbol: char| !symbol.is_alphanumeric())
        .any(|piece| piece.chars().count() > 1 && piece.chars().all(char::is_alphabetic) || !piece.is_ascii())
}

async fn shop_of(desk: &Desk, id: ShopId) -> Result<Shop> {
    desk.store.shop(id).await?.ok_or(DeskError::NotFound)
}

impl Turn<'_> {
    /// What only the model and the shop's records tell about the message.
    async fn note_meaning(&mut self) {
        let (desk, stored) = (self.desk, self.stored);
        if let (Some(customer), Some(connector)) = (&stored.conversation.customer, desk.connector(self.shop.id)) {
            self.requested = skill::requested(desk, connector, customer, &self.understood.said).await;
        }
        let is_question = self.understood.social.is_none() && !skill::has_flow(self);
        if self.memory.asked.is_empty() || !is_question {
            return;
        }
        if let Some(vector) = self.vectors.of(desk, &self.understood.text).await {
            let times = self.memory.asked_before(&self.understood.text, &vector);
            self.understood.note_meant_before(times);
        }
    }

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
        let (language, emotion) = (words::language(understood.language), words::emotion(understood.emotion));
        self.tracing.step(
            TurnStage::Understand,
            format!("{}；主题：{}；情绪：{}", language.zh, nothing(&topics, "未识别"), emotion.zh),
            format!("{}; topics: {}; mood: {}", language.en, nothing(&topics_en, "none"), emotion.en),
            detail,
        );
    }
}

/// Carries the plan out: a draft, and the reason for a human if there is one.
async fn act(turn: &mut Turn<'_>, bodies: &[&Body]) -> Result<Acted> {
    let has_files = bodies.iter().any(|body| !body.attachments.is_empty());
    let wants = skill::wanted(turn.hearing()).await;
    let wanted = wants.skills;
    let names: Vec<String> = wanted.iter().map(|it| it.skill.name.clone()).collect();
    turn.unmet = wants.rest;
    let has_flow = skill::has_flow(turn);
    let is_above_limit = limit::is_above(turn, &wanted, has_flow).await;
    let plan = if turn.is_left_over && turn.understood.wants_human {
        // They asked for a person, had one, and are here again.
        Plan::Social(Social::Greeting)
    } else {
        decide(&turn.understood, &turn.memory, has_flow, &names, is_above_limit)
    };
    let (zh, en) = describe(turn, &plan);
    let detail = plan_for_trace(&plan, &wanted);
    turn.tracing.step(TurnStage::Decide, zh, en, detail);
    // A choice stands for one turn: whatever comes now answers it or leaves it, and a flow offered with it.
    let choice = turn.memory.choice.take();
    if plan != Plan::TakeUp && choice.is_some_and(|choice| choice.options.iter().any(|it| it.target == Target::Paused))
    {
        turn.memory.paused = None;
    }
    let language = turn.language();
    let draft = match plan {
        Plan::HandOff(reason) => {
            turn.memory.flow = None;
            return Ok(Acted { draft: None, handoff: Some(reason) });
        }
        Plan::Continue => return skill::go_on(turn, &wanted, bodies).await,
        Plan::TakeUp => return skill::take_up(turn).await,
        // A picture says something the bot can't see.
        Plan::Social(_) | Plan::Search { .. } | Plan::Begin(_)
            if has_files && turn.understood.said.trim().is_empty() =>
        {
            None
        }
        Plan::Begin(names) => {
            turn.memory.flow = None;
            turn.memory.point_at(&turn.understood.said);
            let acted = skill::begin(turn, chosen(turn, wanted, &names), bodies).await?;
            if acted.draft.is_some() {
                return Ok(acted);
            }
            passages::answer_all(turn).await?
        }
        Plan::Social(social) => {
            Some(Draft::plain(ReplyKind::Social, turn.settings.tone.usable().social(social, language)))
        }
        Plan::WhichOne => Some(Draft::plain(ReplyKind::Clarified, texts::which_one(language))),
        Plan::Tell { article, question } => match passages::picked(turn, article).await? {
            Some(draft) => Some(draft),
            None => passages::answer(turn, &question).await?,
        },
        Plan::SayMore => Some(
            Draft::plain(ReplyKind::Clarified, texts::say_more(language))
                .with_action(texts::talk_to_human(language), QuickAction::Human),
        ),
        Plan::Search { .. } => passages::answer_all(turn).await?,
    };
    Ok(Acted { draft: draft.map(|draft| skill::with_later(turn, draft)), handoff: None })
}

/// The skills of a plan; one picked from a choice wasn't read from the words.
fn chosen(turn: &Turn<'_>, wanted: Vec<Wanted>, names: &[String]) -> Vec<Wanted> {
    let skills = turn.desk.skills.skills();
    let by_name = |name: &String| {
        let read = wanted.iter().find(|it| it.skill.name == *name).cloned();
        read.or_else(|| {
            let skill = skills.get(name)?.clone();
            Some(Wanted { skill, text: turn.understood.text.clone(), chance: 1.0 })
        })
    };
    names.iter().filter_map(by_name).collect()
}

/// Nothing to send: abstain once, then a human. A reason given earlier stands.
fn escalate(turn: &Turn<'_>, draft: Option<Draft>, handoff: Option<HandoffReason>) -> (Draft, Option<HandoffReason>) {
    let language = turn.language();
    if let Some(reason) = handoff {
        // A skill says itself why a person goes on.
        if let Some(draft) = draft {
            return (draft, Some(reason));
        }
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

fn describe(turn: &Turn<'_>, plan: &Plan) -> (String, String) {
    match plan {
        Plan::HandOff(reason) => {
            let reason = words::reason(*reason);
            (format!("转人工：{}", reason.zh), format!("Hand off: {}", reason.en))
        }
        Plan::Social(_) => ("寒暄".into(), "Small talk".into()),
        Plan::Continue => ("继续进行中的技能".into(), "Go on with the skill under way".into()),
        Plan::Begin(names) => {
            let skills = turn.desk.skills.skills();
            let titles = |language| {
                let titles: Vec<&str> =
                    names.iter().filter_map(|name| skills.get(name)).map(|it| it.title.in_language(language)).collect();
                titles.join(if language == Language::Zh { "、" } else { ", " })
            };
            (format!("技能：{}", titles(Language::Zh)), format!("Skill: {}", titles(Language::En)))
        }
        Plan::TakeUp => ("回到先前的技能".into(), "Back to the skill that was left".into()),
        Plan::SayMore => ("没有说出内容".into(), "Nothing was said".into()),
        Plan::WhichOne => ("没有可以指的列表".into(), "Nothing was listed to point at".into()),
        Plan::Tell { .. } => ("买家选了其中一个".into(), "The shopper picked one".into()),
        Plan::Search { .. } => ("查知识库".into(), "Search the knowledge".into()),
    }
}

/// Without the shopper's words.
fn plan_for_trace(plan: &Plan, wanted: &[Wanted]) -> serde_json::Value {
    let wanted: Vec<_> = wanted.iter().map(|it| json!({ "skill": it.skill.name, "chance": it.chance })).collect();
    match plan {
        Plan::Search { .. } => json!({ "plan": "search", "wanted": wanted }),
        Plan::Tell { article, .. } => json!({ "plan": "tell", "article": article }),
        other => json!({ "plan": other, "wanted": wanted }),
    }
}
