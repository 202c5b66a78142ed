//! What the conversation's row holds besides its state, computed from the state and the events alone.

use domain::{
    conversation::{Conversation, Event, Fact, PassReason, ReplyKind},
    time::Timestamp,
};

use crate::database::Value;

/// What `controller` holds when nobody is in control.
const NOBODY: &str = "none";

/// The columns that follow from the state.
pub(super) struct StateColumns {
    pub is_open: bool,
    pub controller: &'static str,
    pub queue: Option<String>,
    pub agent: Option<String>,
    pub stars: Option<i64>,
    pub tags: String,
    pub is_snoozed: bool,
    pub snoozed_until: Option<Timestamp>,
    /// Of a kept place of whose turn nothing was said yet.
    pub kept_since: Option<Timestamp>,
}

impl From<&Conversation> for StateColumns {
    fn from(state: &Conversation) -> Self {
        use domain::actor::Controller;
        let controller = state.controller();
        Self {
            is_open: state.is_open(),
            controller: controller.map_or(NOBODY, Controller::kind),
            queue: match controller {
                Some(Controller::Queue(queue)) => Some(queue.to_string()),
                _ => None,
            },
            agent: controller.and_then(Controller::agent).map(|agent| agent.to_string()),
            stars: state.rating.map(i64::from),
            tags: tag_column(&state.tags),
            is_snoozed: state.snoozed.is_some(),
            snoozed_until: state.snoozed.and_then(|snooze| snooze.until),
            kept_since: state
                .kept_place
                .filter(|place| controller == Some(Controller::Bot) && !place.is_told)
                .map(|place| place.since),
        }
    }
}

/// Between bars, so that one of them can be looked for with `LIKE`; empty without tags.
pub(super) fn tag_column(tags: &[String]) -> String {
    if tags.is_empty() { String::new() } else { format!("|{}|", tags.join("|")) }
}

/// When things last happened among some events; `None` leaves what the row has.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Happened {
    pub last_at: Option<Timestamp>,
    pub answered_by_bot_at: Option<Timestamp>,
    pub handed_off_at: Option<Timestamp>,
    pub resolved_at: Option<Timestamp>,
    pub rated_at: Option<Timestamp>,
    /// How many of them the team has to read.
    pub to_read: i64,
}

impl Happened {
    pub(super) fn among<'a>(events: impl IntoIterator<Item = &'a Event>) -> Self {
        let mut happened = Self::default();
        for event in events {
            let at = Some(event.at);
            happened.last_at = at;
            match &event.fact {
                Fact::BotReplied { reply: ReplyKind::Answered, .. } => happened.answered_by_bot_at = at,
                Fact::ControlPassed { why: PassReason::HandedOff(_), .. } => happened.handed_off_at = at,
                Fact::Resolved => happened.resolved_at = at,
                Fact::Rated { .. } => happened.rated_at = at,
                fact if is_to_read(fact) => happened.to_read += 1,
                _ => {}
            }
        }
        happened
    }
}

/// What a shopper leaves for the team to read. The kinds are named again in `TO_READ_KINDS`.
fn is_to_read(fact: &Fact) -> bool {
    matches!(fact, Fact::ShopperSaid { .. } | Fact::ContactLeft { .. })
}

pub(super) const TO_READ_KINDS: [&str; 2] = ["shopper_said", "contact_left"];

/// The stored kind and id of who did something.
pub(super) fn actor_columns(actor: domain::actor::Actor) -> (&'static str, Value) {
    use domain::actor::Actor;
    match actor {
        Actor::Shopper(shopper) => ("shopper", shopper.into()),
        Actor::Bot => ("bot", Value::Text(None)),
        Actor::Agent(agent) => ("agent", agent.into()),
        Actor::System => ("system", Value::Text(None)),
    }
}
