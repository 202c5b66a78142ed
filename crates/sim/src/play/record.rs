//! What people were told during the service, and what was seen to be wrong.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    actor::Actor,
    conversation::{Refusal, Seq},
    id::{ConversationId, MessageId, ShopperId},
};
use engine::{conversations::Sent, error::DeskError};

use super::{Act, Came, Deed, Done, Service, deed};
use crate::plan::{LINES, REPLIES, Saying, ShopperDoes, StaffDoes};

/// By conversation, kind of event and actor.
pub type Promises = BTreeMap<(ConversationId, &'static str, String), usize>;

#[derive(Default)]
pub struct Record {
    /// Everybody the shop has met, as visitor or as customer.
    pub shoppers: BTreeSet<ShopperId>,
    pub acks: Vec<Ack>,
    /// How often somebody was told that what they did is done, by the kind of event it leaves.
    pub promises: Promises,
    pub faults: Vec<Fault>,
    /// Turns that were in flight while control passed.
    pub races: u64,
}

/// The desk told a sender that it has the message.
pub struct Ack {
    pub conversation: ConversationId,
    /// As it stands in the log.
    pub client: String,
    pub seq: Seq,
    pub message: MessageId,
    pub text: &'static str,
}

#[derive(Debug, Clone)]
pub struct Fault {
    pub kind: FaultKind,
    pub what: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    WrongSpeaker,
    Lost,
    Doubled,
    Unanswered,
    /// A reply that lost against a change of control isn't recorded as withheld.
    NotRecorded,
    /// The row isn't the fold of the log, or the log is no log.
    Damaged,
    RefusedButChanged,
    /// Signing in left the shopper without the conversation there was.
    EndedBySigningIn,
    HintAheadOfLog,
    /// A screen that follows hints and polls doesn't show the whole log.
    ScreenBehind,
    /// Work is left although all is quiet.
    WorkLeft,
    /// Something failed that only could have been refused.
    Failed,
}

impl Record {
    pub fn fault(&mut self, kind: FaultKind, what: String) {
        self.faults.push(Fault { kind, what });
    }

    fn acknowledged(&mut self, conversation: ConversationId, client: String, sent: Sent, text: &'static str) {
        self.acks.push(Ack { conversation, client, seq: sent.seq, message: sent.message, text });
    }
}

impl Service<'_> {
    /// Takes in what a person was told, and says it in a word.
    pub(super) fn note(&mut self, act: &Act, done: Done, was_alone: bool) -> String {
        if let Deed::Shopper { shopper, .. } = &act.deed
            && done.conversation.is_some()
        {
            self.visits[*shopper].conversation = done.conversation;
        }
        match done.result {
            Ok(came) => self.note_success(act, done.conversation, came),
            Err(error) => self.note_failure(act, &error, was_alone),
        }
    }

    fn note_success(&mut self, act: &Act, conversation: Option<ConversationId>, came: Came) -> String {
        match came {
            Came::Said(sent) => {
                if let (Some(conversation), Some((client, text))) = (conversation, said(act)) {
                    self.record.acknowledged(conversation, client, sent, text);
                }
                format!("at {}{}", sent.seq, if sent.duplicate { ", already there" } else { "" })
            }
            Came::SignedIn(person) => {
                self.record.shoppers.insert(person.id);
                if let Deed::Shopper { shopper, .. } = &act.deed {
                    // The page asks again which conversation is open now.
                    self.visits[*shopper] = deed::Visit { shopper: *person, conversation: None };
                }
                "signed in".into()
            }
            Came::Worked(jobs) => format!("{jobs} jobs"),
            Came::Opened => "open".into(),
            Came::Changed => {
                if let (Some(conversation), Some((by, kind))) = (conversation, self.promise(act)) {
                    *self.record.promises.entry((conversation, kind, format!("{by:?}"))).or_default() += 1;
                }
                "done".into()
            }
            Came::Nothing => "no conversation".into(),
        }
    }

    /// The event an act leaves when it is done, and by whom.
    fn promise(&self, act: &Act) -> Option<(Actor, &'static str)> {
        Some(match &act.deed {
            Deed::Work | Deed::Sweep | Deed::Route | Deed::Presence { .. } => return None,
            Deed::Shopper { shopper, does } => {
                let kind = match does {
                    ShopperDoes::AskHuman | ShopperDoes::ChooseBot => "control_passed",
                    ShopperDoes::LeaveContact { .. } => "contact_left",
                    ShopperDoes::Rate { .. } => "rated",
                    _ => return None,
                };
                (Actor::Shopper(self.visits[*shopper].shopper.id), kind)
            }
            Deed::Staff { staff, does, .. } => {
                let kind = match does {
                    StaffDoes::TakeOver | StaffDoes::HandBack { .. } | StaffDoes::Release { .. } => "control_passed",
                    StaffDoes::Resolve => "resolved",
                    StaffDoes::Reopen => "reopened",
                    StaffDoes::Note => "note_added",
                    StaffDoes::Reply(_) | StaffDoes::Read => return None,
                };
                (Actor::Agent(self.team[*staff].id), kind)
            }
        })
    }

    fn note_failure(&mut self, act: &Act, error: &DeskError, was_alone: bool) -> String {
        if !may_happen(act, error, was_alone) {
            self.record.fault(FaultKind::Failed, format!("{act:?}: {error:?}"));
        }
        if let Deed::Shopper { shopper, .. } = &act.deed
            && leads_to_a_new_one(error)
        {
            self.visits[*shopper].conversation = None;
        }
        format!("{error}")
    }
}

/// The client id and the words of a message, as they stand in the log.
fn said(act: &Act) -> Option<(String, &'static str)> {
    let (side, Saying { client, .. }, text) = match &act.deed {
        Deed::Shopper { does: ShopperDoes::Say(saying), .. } => ("shopper", saying, LINES[saying.line]),
        Deed::Staff { does: StaffDoes::Reply(saying), .. } => ("agent", saying, REPLIES[saying.line]),
        _ => return None,
    };
    Some((format!("{side}:c{client}"), text))
}

fn may_happen(act: &Act, error: &DeskError, was_alone: bool) -> bool {
    match error {
        DeskError::Refused(_) => !act.is_signing_in(),
        // Somebody else has become this conversation's shopper by signing in.
        DeskError::NotFound => true,
        // A shopper has one open conversation: another can't be opened again beside it.
        DeskError::Conflict => !was_alone || reopens(act),
        _ => false,
    }
}

const fn reopens(act: &Act) -> bool {
    matches!(act.deed, Deed::Staff { does: StaffDoes::Reopen, .. } | Deed::Shopper { does: ShopperDoes::Say(_), .. })
}

/// What makes a widget ask for the shopper's open conversation, or begin one.
const fn leads_to_a_new_one(error: &DeskError) -> bool {
    matches!(
        error,
        DeskError::NotFound | DeskError::Conflict | DeskError::Refused(Refusal::Resolved | Refusal::NotForActor)
    )
}
