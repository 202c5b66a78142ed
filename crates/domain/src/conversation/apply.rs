//! Folding events into the state. Events are facts: nothing is checked here, only taken in.

use super::{Conversation, Event, Fact, KeptPlace, Opening, PassReason, ReplyKind, Snooze, Stage};
use crate::{
    actor::{Actor, Controller},
    handoff::{Emotion, HandoffReason},
    id::QueueId,
    time::{MINUTE_MS, Timestamp},
};

/// A shopper who turns to the bot while waiting may take the place in the queue up again within this time.
pub const KEPT_PLACE_MS: i64 = 30 * MINUTE_MS;

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
            kept_place: None,
            placement: None,
            abstentions: 0,
            last_agent: None,
            handoff: None,
            card: None,
            emotion: Emotion::Calm,
            rating: None,
            tags: Vec::new(),
            snoozed: None,
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
                self.snoozed = None;
                self.waiting_since.get_or_insert(event.at);
            }
            Fact::ContactLeft { .. } => {
                self.snoozed = None;
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
                self.kept_place = None;
                self.placement = None;
                self.waiting_since = None;
                self.snoozed = None;
            }
            // The controller follows in the ControlPassed that is appended with it.
            Fact::Reopened => {
                self.stage = Stage::Open { controller: Controller::Bot };
                self.rating = None;
            }
            Fact::Rated { stars, .. } => self.rating = Some(*stars),
            Fact::Tagged { tag } => self.tags.push(tag.clone()),
            Fact::Untagged { tag } => self.tags.retain(|known| known != tag),
            Fact::Snoozed { until } => {
                if let Actor::Agent(by) = event.by {
                    self.snoozed = Some(Snooze { by, until: *until });
                }
            }
            Fact::Woken { .. } => self.snoozed = None,
            Fact::TurnCame => {
                if let Some(place) = &mut self.kept_place {
                    place.is_told = true;
                }
            }
        }
    }

    fn pass(&mut self, at: Timestamp, to: Controller, why: PassReason, epoch: i64) {
        let place = self.place(at);
        self.stage = Stage::Open { controller: to };
        self.control_epoch = epoch;
        self.abstentions = 0;
        self.queued_since = match to {
            Controller::Queue(_) => Some(place.map_or(at, |place| place.since)),
            _ => None,
        };
        self.kept_place = match why {
            PassReason::ShopperKeptPlace => place,
            _ => None,
        };
        self.placement = match why {
            PassReason::Assigned(placement) => Some(placement),
            _ => None,
        };
        self.snoozed = None;
        match to {
            Controller::Agent(agent) => self.last_agent = Some(agent),
            // The bot answers the last message if nobody has, and nothing before it: that belongs to the stretch that
            // ended.
            Controller::Bot => {
                self.handoff = None;
                self.waiting_since = self.is_waiting().then_some(at);
                self.answered_seq = self.answered_seq.max(self.last_shopper_seq - 1);
            }
            Controller::Queue(_) => {
                self.waiting_since.get_or_insert(at);
            }
        }
        match why {
            PassReason::HandedOff(reason) => self.handoff = Some(reason),
            PassReason::Transferred if to.is_human() => self.handoff = Some(HandoffReason::Transferred),
            PassReason::Reclaimed(why) => self.handoff = Some(why.handoff()),
            _ => {}
        }
    }

    /// Where the shopper stands in a queue, or stood before turning to the bot a moment ago.
    fn place(&self, now: Timestamp) -> Option<KeptPlace> {
        let waits =
            |queue: QueueId| self.queued_since.map(|since| KeptPlace { queue, since, kept_at: now, is_told: false });
        match self.controller() {
            Some(Controller::Queue(queue)) => waits(queue),
            Some(Controller::Bot) => self.place_kept_at(now),
            _ => None,
        }
    }
}
