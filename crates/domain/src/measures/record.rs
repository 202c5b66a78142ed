//! The fold of a log for measuring: event by event it yields the rounds and episodes that changed. Kept between
//! appends, so that rows are written with the events; folding the whole log again gives the same rows.

use serde::{Deserialize, Serialize};

use super::{
    Answer, AnswerBy, Ask, Episode, EpisodeEnd, Round,
    episode::{EndedBy, GAP_MS, LONG_RETURN_MS, Return, is_long_matter},
};
use crate::{
    actor::{Actor, Controller},
    conversation::{Event, Fact, PassReason},
    handoff::HandoffReason,
    id::ConversationId,
    time::Timestamp,
};

/// Answered turns an episode remembers for comparing; people don't repeat themselves across more.
const MOST_ASKS: usize = 8;
/// Earlier episodes of the same log that are compared with.
const MOST_PAST: usize = 4;

/// What one earlier episode was about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Past {
    pub conversation: ConversationId,
    pub episode: u32,
    pub last_at: Timestamp,
    pub asks: Vec<Ask>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    conversation: ConversationId,
    controller: Controller,
    episode: Episode,
    /// The turn that is open or was answered last.
    round: Option<Round>,
    /// What the open turn says.
    ask: Ask,
    /// What was asked in this episode and answered.
    asks: Vec<Ask>,
    past: Vec<Past>,
}

/// Rows that an event made or changed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Records {
    pub rounds: Vec<Round>,
    pub episodes: Vec<Episode>,
}

impl Records {
    fn add(&mut self, record: &Record) {
        if let Some(round) = &record.round {
            put(&mut self.rounds, round, |each| each.seq == round.seq);
        }
        put(&mut self.episodes, &record.episode, |each| each.no == record.episode.no);
    }
}

fn put<T: Clone>(rows: &mut Vec<T>, row: &T, is_same: impl Fn(&T) -> bool) {
    match rows.iter_mut().find(|each| is_same(each)) {
        Some(known) => *known = row.clone(),
        None => rows.push(row.clone()),
    }
}

/// Whether anything is measured by what happened; the rest changes no row, and nothing has to be read for it.
pub const fn is_measured(fact: &Fact) -> bool {
    matches!(
        fact,
        Fact::Started { .. }
            | Fact::ShopperSaid { .. }
            | Fact::ContactLeft { .. }
            | Fact::BotReplied { .. }
            | Fact::AgentReplied { .. }
            | Fact::ControlPassed { .. }
            | Fact::Resolved
            | Fact::Reopened
            | Fact::Rated { .. }
    )
}

/// An event and, for what the shopper said, its text if it still exists.
pub type Told<'a> = (&'a Event, Option<&'a str>);

impl Record {
    /// `None` when the event starts no conversation.
    pub fn begin(event: &Event) -> Option<Self> {
        let Fact::Started { controller, .. } = &event.fact else { return None };
        let mut episode = Episode::begin(1, event.seq, event.at);
        if let Controller::Queue(queue) = controller {
            episode.queue = Some(*queue);
            episode.human_asked_at = Some(event.at);
        }
        Some(Self {
            conversation: event.conversation,
            controller: *controller,
            episode,
            round: None,
            ask: Ask::default(),
            asks: Vec::new(),
            past: Vec::new(),
        })
    }

    /// Folds a stretch of the log in. `elsewhere` are the same shopper's episodes in other conversations.
    pub fn take(&mut self, told: &[Told<'_>], elsewhere: &[Past]) -> Records {
        let mut records = Records::default();
        for (at, (event, text)) in told.iter().enumerate() {
            let next = told.get(at + 1).map(|(next, _)| *next);
            self.apply(event, *text, is_word_of_handing_over(event, next), elsewhere, &mut records);
            records.add(self);
        }
        records
    }

    /// What a later episode of the shopper compares with: this one and those before.
    pub fn pasts(&self) -> Vec<Past> {
        self.past.iter().cloned().chain([self.as_past()]).collect()
    }

    /// Drops all that is left of what was said.
    pub fn forget_words(&mut self) {
        self.ask = Ask::default();
        self.asks.clear();
        self.past.clear();
    }

    fn as_past(&self) -> Past {
        let mut asks = self.asks.clone();
        if self.round.as_ref().is_some_and(Round::is_open) {
            asks.push(self.ask.clone());
        }
        Past { conversation: self.conversation, episode: self.episode.no, last_at: self.episode.last_at, asks }
    }

    fn apply(&mut self, event: &Event, text: Option<&str>, is_notice: bool, elsewhere: &[Past], out: &mut Records) {
        if !is_measured(&event.fact) {
            return;
        }
        match &event.fact {
            Fact::ShopperSaid { .. } | Fact::ContactLeft { .. } => {
                if !self.has_open_round() && event.at.since_ms(self.episode.last_at) > GAP_MS {
                    self.next_episode(event);
                    out.add(self);
                }
                self.said(event, text, elsewhere);
            }
            Fact::BotReplied { .. } if is_notice => self.episode.last_at = event.at,
            Fact::BotReplied { .. } => self.answered(event, AnswerBy::Bot),
            Fact::AgentReplied { .. } => {
                if let Actor::Agent(agent) = event.by {
                    self.answered(event, AnswerBy::Agent(agent));
                }
            }
            Fact::ControlPassed { to, why, .. } => self.passed(event.at, *to, *why),
            Fact::Resolved => self.resolved(event),
            Fact::Reopened => self.episode.end = None,
            Fact::Rated { stars, .. } => self.episode.stars = Some(*stars),
            _ => {}
        }
    }

    fn has_open_round(&self) -> bool {
        self.round.as_ref().is_some_and(Round::is_open)
    }

    fn next_episode(&mut self, event: &Event) {
        self.past.push(self.as_past());
        if self.past.len() > MOST_PAST {
            self.past.remove(0);
        }
        self.asks.clear();
        let agent = self.controller.agent();
        self.episode = Episode { agent, ..Episode::begin(self.episode.no + 1, event.seq, event.at) };
        self.round = None;
        if agent.is_some() {
            self.episode.human_asked_at = Some(event.at);
        }
    }

    fn said(&mut self, event: &Event, text: Option<&str>, elsewhere: &[Past]) {
        let ask = text.map(Ask::of);
        if self.episode.questions == 0 {
            self.episode.at = event.at;
        }
        self.episode.questions += 1;
        self.episode.last_at = event.at;
        self.episode.is_waiting = true;
        self.episode.met_bot |= self.controller == Controller::Bot;
        self.episode.is_long_matter |= text.is_some_and(is_long_matter);
        if self.episode.returns_to.is_none() {
            self.episode.returns_to = ask.as_ref().and_then(|ask| self.returning(event.at, ask, elsewhere));
        }
        if let Some(round) = self.round.as_mut().filter(|round| round.is_open()) {
            round.messages += 1;
            self.ask.and(&ask.unwrap_or_default());
            return;
        }
        let repeats = match &ask {
            Some(ask) if !self.asks.is_empty() => Some(self.asks.iter().any(|asked| asked.is_same(ask))),
            _ => None,
        };
        self.episode.repeats += u32::from(repeats == Some(true));
        self.ask = ask.unwrap_or_default();
        self.round = Some(Round {
            seq: event.seq,
            episode: self.episode.no,
            at: event.at,
            messages: 1,
            asked_of: self.controller.into(),
            human_from: self.controller.is_human().then_some(event.at),
            agent_from: self.controller.agent().map(|_| event.at),
            agent: self.controller.agent(),
            answer: None,
            left_at: None,
            repeats,
        });
    }

    fn returning(&self, at: Timestamp, ask: &Ask, elsewhere: &[Past]) -> Option<Return> {
        self.past
            .iter()
            .chain(elsewhere.iter().filter(|past| past.conversation != self.conversation))
            .filter(|past| (0..=LONG_RETURN_MS).contains(&at.since_ms(past.last_at)))
            .filter(|past| past.asks.iter().any(|asked| asked.is_same(ask)))
            .max_by_key(|past| past.last_at)
            .map(|past| Return {
                conversation: past.conversation,
                episode: past.episode,
                after_ms: at.since_ms(past.last_at),
            })
    }

    fn answered(&mut self, event: &Event, by: AnswerBy) {
        let episode = &mut self.episode;
        episode.last_at = event.at;
        episode.last_reply_by = Some(by);
        match by {
            AnswerBy::Bot => episode.bot_replies += 1,
            AnswerBy::Agent(agent) => {
                episode.agent_replies += 1;
                episode.agent = Some(agent);
                if episode.human_asked_at.is_some() && episode.human_left_at.is_none() {
                    episode.human_replied_at.get_or_insert(event.at);
                }
            }
        }
        if let Some(round) = self.round.as_mut().filter(|round| round.is_open()) {
            round.answer = Some(Answer { seq: event.seq, at: event.at, by });
            episode.first_reply_at.get_or_insert(event.at);
            episode.is_waiting = false;
            self.asks.push(std::mem::take(&mut self.ask));
            if self.asks.len() > MOST_ASKS {
                self.asks.remove(0);
            }
        }
    }

    fn passed(&mut self, at: Timestamp, to: Controller, why: PassReason) {
        self.controller = to;
        let episode = &mut self.episode;
        if let Controller::Queue(queue) = to {
            episode.queue = Some(queue);
        }
        if let Some(agent) = to.agent() {
            episode.agent = Some(agent);
        }
        // Who leaves a message while nobody is there doesn't wait for somebody to come.
        let is_offline = matches!(why, PassReason::HandedOff(HandoffReason::OfflineMessage));
        if to.is_human() && !is_offline {
            episode.human_asked_at.get_or_insert(at);
        }
        let gives_up = why == PassReason::ShopperChoseBot;
        if gives_up && episode.human_asked_at.is_some() && episode.human_replied_at.is_none() {
            episode.human_left_at.get_or_insert(at);
        }
        let Some(round) = self.round.as_mut().filter(|round| round.is_open()) else { return };
        round.agent_from = to.agent().map(|_| at);
        match to {
            // The bot starts afresh and leaves alone what was asked before.
            Controller::Bot => {
                round.left_at = Some(at);
                episode.is_waiting = false;
            }
            Controller::Queue(_) | Controller::Agent(_) => {
                round.human_from.get_or_insert(at);
                round.agent = to.agent().or(round.agent);
            }
        }
    }

    fn resolved(&mut self, event: &Event) {
        let by = match event.by {
            Actor::Shopper(_) => EndedBy::Shopper,
            Actor::Agent(_) => EndedBy::Agent,
            Actor::Bot | Actor::System => EndedBy::Desk,
        };
        let episode = &mut self.episode;
        episode.end = Some(EpisodeEnd { at: event.at, by });
        if episode.human_asked_at.is_some() && episode.human_replied_at.is_none() {
            episode.human_left_at.get_or_insert(event.at);
        }
        if let Some(round) = self.round.as_mut().filter(|round| round.is_open()) {
            round.left_at = Some(event.at);
        }
    }
}

/// The bot's word with which it hands over answers nothing: a person still owes the answer.
fn is_word_of_handing_over(event: &Event, next: Option<&Event>) -> bool {
    matches!(event.fact, Fact::BotReplied { .. })
        && next.is_some_and(|next| {
            next.at == event.at
                && next.by == Actor::Bot
                && matches!(next.fact, Fact::ControlPassed { why: PassReason::HandedOff(_), .. })
        })
}
