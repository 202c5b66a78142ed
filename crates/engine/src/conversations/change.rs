//! The one write path: load, decide, append at the expected `seq`; on conflict reload and decide again.

use domain::{
    actor::{Actor, Controller},
    conversation::{Command, Conversation, Event, Fact, PassReason, decide},
    id::{ConversationId, JobId, MessageId, StaffId},
    message::Body,
    trace::Trace,
};
use serde::Serialize;
use store::{Append, Appended, NewBody, NewJob, Preview, SeatGuard, Stored};

use crate::{
    bus::Hint,
    deadlines,
    desk::Desk,
    error::{DeskError, Result},
    jobs, suggest,
    workspace::notices,
};

/// Somebody else appended first this often in a row: give up and let the caller try again.
const MAX_TRIES: usize = 3;
/// What lists show of the last message.
const PREVIEW_CHARS: usize = 120;

/// What is to be done to a conversation, in one append.
#[derive(Default)]
pub struct Change {
    pub commands: Vec<(Actor, Command)>,
    pub bodies: Vec<NewBody>,
    /// Text of the last visible message among the commands.
    pub preview: Option<Preview>,
    pub trace: Option<Trace>,
    pub memory: Option<String>,
    /// Holds it to the agent's seat it was decided on.
    pub seat: Option<SeatGuard>,
    /// Supervisors who hear of it when it takes a conversation back.
    pub supervisors: Vec<StaffId>,
}

impl Change {
    pub fn one(by: Actor, command: Command) -> Self {
        Self { commands: vec![(by, command)], ..Self::default() }
    }

    pub fn with_body(mut self, id: MessageId, body: &impl Serialize) -> Result<Self> {
        self.bodies.push(NewBody { id, json: to_json(body)? });
        Ok(self)
    }

    /// A message body, which is also what lists show.
    pub fn with_message(mut self, id: MessageId, body: &Body, by: &'static str) -> Result<Self> {
        self.preview = Some(Preview { by, text: body.preview(PREVIEW_CHARS) });
        self.with_body(id, body)
    }
}

/// What came of a change.
#[derive(Debug)]
pub struct Changed {
    pub stored: Stored,
    pub events: Vec<Event>,
    /// The client id was in the log already; nothing was appended.
    pub duplicate: bool,
}

/// Runs `plan` on the current state until its append wins. Refusals come back as they are.
pub async fn change(
    desk: &Desk,
    id: ConversationId,
    mut plan: impl FnMut(&Stored) -> Result<Change>,
) -> Result<Changed> {
    for _ in 0..MAX_TRIES {
        let mut stored = desk.store.conversation(id).await?.ok_or(DeskError::NotFound)?;
        let planned = plan(&stored)?;
        let (state, events) = fold(desk, &stored.conversation, planned.commands)?;
        let (deadlines, mut jobs) = deadlines::plan(desk, &stored.conversation, &state, &events).await?;
        jobs.extend(follow_ups(desk, &state, &events));
        let notices = notices::follow(desk, &stored.conversation, &state, &events, &planned.supervisors);
        let append = Append {
            state: &state,
            expected_seq: stored.conversation.seq,
            events: &events,
            bodies: planned.bodies,
            jobs,
            deadlines,
            trace: planned.trace.map(|trace| with_outcome(trace, &events)),
            memory: planned.memory.clone(),
            preview: planned.preview.filter(|_| has_visible_message(&events)),
            page: None,
            seat: planned.seat,
            notices: notices.clone(),
        };
        match desk.store.append(append).await? {
            Appended::Done => {
                announce(desk, &state, &events);
                notices::announce(desk, &notices);
                stored.conversation = state;
                stored.memory = planned.memory.or(stored.memory);
                return Ok(Changed { stored, events, duplicate: false });
            }
            Appended::Duplicate { .. } => return Ok(Changed { stored, events: Vec::new(), duplicate: true }),
            Appended::Conflict => {}
        }
    }
    Err(DeskError::Conflict)
}

fn fold(desk: &Desk, before: &Conversation, commands: Vec<(Actor, Command)>) -> Result<(Conversation, Vec<Event>)> {
    let now = desk.now();
    let mut state = before.clone();
    let mut events = Vec::new();
    for (by, command) in commands {
        for fact in decide(now, &state, by, command)? {
            let event = Event { conversation: state.id, seq: state.seq + 1, at: now, by, fact };
            state.apply(&event);
            events.push(event);
        }
        // What follows a withheld reply was planned for a conversation that is no longer the bot's.
        if events.iter().any(|event| matches!(event.fact, Fact::ReplyWithheld { .. })) {
            break;
        }
    }
    Ok((state, events))
}

fn has_visible_message(events: &[Event]) -> bool {
    events.iter().any(|event| event.fact.is_for_shopper() && event.fact.message().is_some())
}

/// The trace is written with the reply; whether that reply was delivered is known only now.
fn with_outcome(mut trace: Trace, events: &[Event]) -> Trace {
    if events.iter().any(|event| matches!(event.fact, Fact::ReplyWithheld { .. })) {
        trace.outcome = domain::trace::TurnOutcome::Withheld;
    }
    trace
}

/// The durable jobs that follow from events.
pub(super) fn follow_ups(desk: &Desk, state: &Conversation, events: &[Event]) -> Vec<NewJob> {
    let is_left = |event: &&Event| {
        matches!(event.fact, Fact::ControlPassed { to: Controller::Bot, .. })
            && state.is_waiting()
            && state.last_shopper_seq < event.seq
    };
    let turns =
        events.iter().filter(|event| matches!(event.fact, Fact::ShopperSaid { .. })).map(|event| (event, event.seq));
    // Control that comes back finds the last message unanswered.
    let left = events.iter().filter(is_left).map(|event| (event, state.last_shopper_seq));
    let due = turns.chain(left).filter(|_| state.is_with_bot());
    due.map(|(event, answers)| jobs::turn_job(desk, JobId::from_bits(desk.ids.bits()), event, answers))
        .chain(events.iter().filter_map(|event| suggest::learn_job(desk, event)))
        .collect()
}

pub(super) fn announce(desk: &Desk, state: &Conversation, events: &[Event]) {
    let (id, shop) = (state.id, state.shop);
    desk.bus.send(Hint::Conversation { id, shop, seq: state.seq });
    desk.bus.send(Hint::Inbox { shop });
    for event in events {
        match event.fact {
            Fact::ControlPassed { why: PassReason::HandedOff(reason), .. } => {
                desk.bus.send(Hint::Alert { conversation: id, shop, reason });
            }
            Fact::ShopperSaid { .. } | Fact::ControlPassed { to: Controller::Bot, .. } => desk.job_bell.notify_one(),
            _ => {}
        }
    }
}

pub(crate) fn to_json(value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|source| DeskError::Corrupt { what: "a value to be stored", source })
}
