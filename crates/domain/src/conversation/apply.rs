//! Folding events into the state. Events are facts: nothing is checked here, only taken in.

use super::{Conversation, Event, Fact, Opening, PassReason, ReplyKind, Stage};
use crate::{
    actor::{Actor, Controller},
    handoff::Emotion,
    time::Timestamp,
};

impl Opening {
    /// The state after the first event, and that event.
    pub fn start(self, now: Timestamp) -> (Conversation, Event) {
        let event = Event {
            conversation: self.id,
            seq: 1,
            at: now,
            by: Actor::Shopper(self.shopper),
            fact: Fact::Started {
                shop: self.shop,
                shopper: self.shopper,
                customer: self.customer,
                language: self.language,
                controller: self.controller,
            },
        };
        let conversation = Conversation::begin(&event).expect("the event above starts a conversation");
        (conversation, event)
    }
}

impl Conversation {
    /// `None` when the event isn't the one that starts a conversation.
    pub fn begin(event: &Event) -> Option<Self> {
        let Fact::Started { shop, shopper, customer, language, controller } = &event.fact else { return None };
        Some(Self {
            id: event.conversation,
            shop: *shop,
            shopper: *shopper,
            customer: customer.clone(),
            language: *language,
            stage: Stage::Open { controller: *controller },
            control_epoch: 1,
            seq: event.seq,
            started_at: event.at,
            last_shopper_seq: 0,
            answered_seq: 0,
            waiting_since: None,
            queued_since: matches!(controller, Controller::Queue(_)).then_some(event.at),
            abstentions: 0,
            last_agent: None,
            handoff: None,
            card: None,
            emotion: Emotion::Calm,
            rating: None,
        })
    }

    /// The state of a whole log; `None` for a log without a start.
    pub fn fold<'a>(events: impl IntoIterator<Item = &'a Event>) -> Option<Self> {
        let mut events = events.into_iter();
        let mut conversation = Self::begin(events.next()?)?;
        events.for_each(|event| conversation.apply(event));
        Some(conversation)
    }

    pub fn apply(&mut self, event: &Event) {
        self.seq = event.seq;
        match &event.fact {
            Fact::Started { .. } | Fact::NoteAdded { .. } | Fact::ReplyWithheld { .. } => {}
            Fact::ShopperSaid { .. } => {
                self.last_shopper_seq = event.seq;
                self.waiting_since.get_or_insert(event.at);
            }
            Fact::ContactLeft { .. } => {
                self.waiting_since.get_or_insert(event.at);
            }
            Fact::BotReplied { answers, reply, .. } => {
                self.answered_seq = self.answered_seq.max(*answers);
                if !self.is_waiting() {
                    self.waiting_since = None;
                }
                match reply {
                    ReplyKind::Abstained => self.abstentions += 1,
                    ReplyKind::Answered => self.abstentions = 0,
                    ReplyKind::Clarified | ReplyKind::Social => {}
                }
            }
            Fact::AgentReplied { .. } => {
                self.answered_seq = self.last_shopper_seq;
                self.waiting_since = None;
            }
            Fact::ControlPassed { to, why, epoch } => self.pass(event.at, *to, *why, *epoch),
            Fact::CardWritten { card, emotion } => {
                self.card = Some(*card);
                self.emotion = *emotion;
            }
            Fact::Identified { shopper, customer } => {
                self.shopper = *shopper;
                self.customer = Some(customer.clone());
            }
            Fact::LanguageChosen { language } => self.language = *language,
            Fact::Resolved => {
                self.stage = Stage::Resolved { by: event.by, at: event.at };
                self.queued_since = None;
                self.waiting_since = None;
            }
            // The controller follows in the ControlPassed that is appended with it.
            Fact::Reopened => {
                self.stage = Stage::Open { controller: Controller::Bot };
                self.rating = None;
            }
            Fact::Rated { stars, .. } => self.rating = Some(*stars),
        }
    }

    fn pass(&mut self, at: Timestamp, to: Controller, why: PassReason, epoch: i64) {
        self.stage = Stage::Open { controller: to };
        self.control_epoch = epoch;
        self.abstentions = 0;
        self.queued_since = matches!(to, Controller::Queue(_)).then_some(at);
        match to {
            Controller::Agent(agent) => self.last_agent = Some(agent),
            // The bot starts afresh: what was left unanswered before belongs to the stretch that ended.
            Controller::Bot => {
                self.handoff = None;
                self.answered_seq = self.last_shopper_seq;
                self.waiting_since = None;
            }
            Controller::Queue(_) => {
                self.waiting_since.get_or_insert(at);
            }
        }
        if let PassReason::HandedOff(reason) = why {
            self.handoff = Some(reason);
        }
    }
}
