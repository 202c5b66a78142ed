//! Reads conversations written as lines, `HH:MM:SS who what`, and measures them.

use std::collections::HashMap;

use crate::{
    actor::{Actor, Controller},
    conversation::{Event, Fact, PassReason, ReplyKind},
    handoff::{Emotion, HandoffReason},
    id::{ConversationId, MessageId, QueueId, ShopId, ShopperId, StaffId},
    language::Language,
    measures::{Audit, Episode, Measure, Of, Record, Round, Subjects, Value, measure},
    time::{DAY_MS, Timestamp},
};

pub const LIN: StaffId = StaffId::from_bits(1);
pub const MAY: StaffId = StaffId::from_bits(2);
const QUEUE: QueueId = QueueId::from_bits(1);

/// `1:09:00:30` is on the second day; without a day it is the first.
pub fn at(clock: &str) -> Timestamp {
    let parts: Vec<i64> = clock.split(':').map(|part| part.parse().expect("a number")).collect();
    let (days, rest) = if parts.len() == 4 { (parts[0], &parts[1..]) } else { (0, &parts[..]) };
    Timestamp(days * DAY_MS + (rest[0] * 3600 + rest[1] * 60 + rest[2]) * 1000)
}

#[derive(Default)]
pub struct World {
    pub rounds: Vec<Of<Round>>,
    pub episodes: Vec<Of<Episode>>,
    pub audits: Vec<Audit>,
    pub deadlines: Vec<bool>,
    pub records: Vec<(ShopperId, Record)>,
}

impl World {
    /// Adds a conversation of a shopper; its number is its place, from 1.
    pub fn says(mut self, shopper: u128, lines: &str) -> Self {
        let conversation = ConversationId::from_bits(self.records.len() as u128 + 1);
        let shopper = ShopperId::from_bits(shopper);
        let told = read(conversation, shopper, lines);
        let told: Vec<(&Event, Option<&str>)> = told.iter().map(|(event, text)| (event, text.as_deref())).collect();
        let elsewhere: Vec<_> =
            self.records.iter().filter(|(who, _)| *who == shopper).flat_map(|(_, record)| record.pasts()).collect();
        let mut record = Record::begin(told[0].0).expect("a start");
        let rows = record.take(&told, &elsewhere);
        self.rounds.extend(rows.rounds.into_iter().map(|row| Of { conversation, shopper, row }));
        self.episodes.extend(rows.episodes.into_iter().map(|row| Of { conversation, shopper, row }));
        self.records.push((shopper, record));
        self
    }

    pub fn full(&self, what: Measure, now: &str) -> (Value, Option<i64>) {
        let returns: HashMap<_, _> = self
            .episodes
            .iter()
            .filter_map(|it| it.row.returns_to)
            .map(|back| ((back.conversation, back.episode), back.after_ms))
            .collect();
        let subjects = Subjects {
            now: at(now),
            rounds: &self.rounds,
            episodes: &self.episodes,
            returns: &returns,
            audits: &self.audits,
            deadlines: &self.deadlines,
            minute_of_day: &|at| (at.0.rem_euclid(DAY_MS) / 60_000) as u16,
            // Business from 9 to 18 o'clock.
            open_ms: &|from, to| {
                (from.0..to.0).step_by(1000).filter(|ms| (9..18).contains(&(ms % DAY_MS / 3_600_000))).count() as i64
                    * 1000
            },
            with_intervals: true,
            seed: 7,
        };
        measure(what, &subjects)
    }

    pub fn value(&self, what: Measure, now: &str) -> Value {
        self.full(what, now).0
    }

    /// Hits and cases of a share.
    pub fn share(&self, what: Measure, now: &str) -> (u64, u64) {
        let value = self.value(what, now);
        (value.hits.unwrap_or_default(), value.n)
    }
}

pub fn read(conversation: ConversationId, shopper: ShopperId, lines: &str) -> Vec<(Event, Option<String>)> {
    let mut events = Vec::new();
    let mut epoch = 1;
    for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (clock, line) = line.split_once(' ').expect("a time");
        if events.is_empty() {
            let fact = Fact::Started {
                shop: ShopId::from_bits(1),
                shopper,
                customer: None,
                language: Language::Zh,
                controller: Controller::Bot,
            };
            events.push((Event { conversation, seq: 1, at: at(clock), by: Actor::Shopper(shopper), fact }, None));
        }
        let (who, what) = line.split_once(' ').unwrap_or((line, ""));
        for (by, fact, text) in facts(who, what, shopper, &mut epoch) {
            let seq = events.len() as i64 + 1;
            events.push((Event { conversation, seq, at: at(clock), by, fact }, text));
        }
    }
    events
}

type Said = (Actor, Fact, Option<String>);

fn facts(who: &str, what: &str, shopper: ShopperId, epoch: &mut i64) -> Vec<Said> {
    let message = MessageId::from_bits(1);
    let agent = |name: &str| if name == "lin" { LIN } else { MAY };
    let mut pass = |by, to, why| {
        *epoch += 1;
        (by, Fact::ControlPassed { to, why, epoch: *epoch }, None)
    };
    let person = Actor::Shopper(shopper);
    let asked = PassReason::HandedOff(HandoffReason::Asked);
    match (who, what) {
        ("shopper", "asks for a person") => vec![pass(person, Controller::Queue(QUEUE), asked)],
        ("shopper", "chooses the bot") => vec![pass(person, Controller::Bot, PassReason::ShopperChoseBot)],
        ("shopper", "leaves a message") => vec![
            (person, Fact::ContactLeft { message, call_back_by: None }, Some("13800138000".into())),
            pass(person, Controller::Queue(QUEUE), PassReason::HandedOff(HandoffReason::OfflineMessage)),
        ],
        ("shopper", text) => {
            vec![(person, Fact::ShopperSaid { message, client: text.into() }, Some(text.to_owned()))]
        }
        ("bot", "hands over") => vec![
            (
                Actor::Bot,
                Fact::BotReplied { message, epoch: 1, answers: 2, reply: ReplyKind::Abstained, trace: None },
                None,
            ),
            pass(Actor::Bot, Controller::Queue(QUEUE), PassReason::HandedOff(HandoffReason::Abstained)),
            (Actor::Bot, Fact::CardWritten { card: message, emotion: Emotion::Calm }, None),
        ],
        ("bot", _) => {
            let reply = Fact::BotReplied { message, epoch: 1, answers: 2, reply: ReplyKind::Answered, trace: None };
            vec![(Actor::Bot, reply, None)]
        }
        ("resolved", "by shopper") => vec![(person, Fact::Resolved, None)],
        ("resolved", "by desk") => vec![(Actor::System, Fact::Resolved, None)],
        ("resolved", name) => vec![(Actor::Agent(agent(name)), Fact::Resolved, None)],
        ("reopened", _) => {
            vec![(person, Fact::Reopened, None), pass(person, Controller::Bot, PassReason::Reopened)]
        }
        ("rated", stars) => vec![(person, Fact::Rated { stars: stars.parse().expect("stars"), comment: None }, None)],
        (name, "takes") => vec![pass(Actor::Agent(agent(name)), Controller::Agent(agent(name)), PassReason::TakenOver)],
        (name, "gives back") => vec![pass(Actor::Agent(agent(name)), Controller::Bot, PassReason::HandedBack)],
        (name, _) => vec![(Actor::Agent(agent(name)), Fact::AgentReplied { message, client: what.into() }, None)],
    }
}
