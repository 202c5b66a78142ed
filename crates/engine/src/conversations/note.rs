//! Internal notes: for colleagues, never for the shopper. Some are meant for one of them: a mention, a question, an
//! answer, a whisper, an invitation.

use domain::{
    actor::Actor,
    conversation::{Command, Event, Fact, NoteKind, Refusal, Seq},
    id::{ConversationId, MessageId, ShopId, StaffId},
    message::{Body, MAX_MESSAGE_CHARS},
    staff::Permission,
};
use store::{Staff, Stored};

use super::{Change, change, see};
use crate::{
    desk::Desk,
    error::{DeskError, Result},
    staff::{can, supervisors},
};

/// Whoever has to tell more people at once has a team meeting.
const MAX_MENTIONED: usize = 10;

#[derive(Debug, Clone, Default)]
pub struct NewNote {
    pub text: String,
    pub kind: NoteKind,
    /// Mentioned or asked; of a whisper and an invitation the desk knows whom.
    pub to: Vec<StaffId>,
    /// Of an answer: the question.
    pub answers: Option<Seq>,
}

pub async fn note(desk: &Desk, id: ConversationId, staff: &Staff, note: NewNote) -> Result<Stored> {
    let stored = see::served_by(desk, id, staff).await?;
    check_note(&note.text)?;
    let to = addressees(desk, &stored, staff, &note).await?;
    let message = MessageId::from_bits(desk.ids.bits());
    let body = Body::text(note.text.trim());
    let command = Command::Note { message, note: note.kind, to, answers: note.answers };
    let changed =
        change(desk, id, |_| Change::one(Actor::Agent(staff.id), command.clone()).with_body(message, &body)).await?;
    Ok(changed.stored)
}

/// Whether somebody may read that an event happened: a whisper is for its two ends and for supervisors.
pub fn sees(staff: &Staff, shop: ShopId, event: &Event) -> bool {
    match &event.fact {
        Fact::NoteAdded { note: NoteKind::Whisper, to, .. } => {
            event.by == Actor::Agent(staff.id)
                || to.contains(&staff.id)
                || can(staff, Some(shop), Permission::Supervise)
        }
        _ => true,
    }
}

async fn addressees(desk: &Desk, stored: &Stored, staff: &Staff, note: &NewNote) -> Result<Vec<StaffId>> {
    let conversation = &stored.conversation;
    let shop = conversation.shop;
    match note.kind {
        NoteKind::Note => colleagues(desk, shop, &note.to).await,
        NoteKind::Question if note.to.is_empty() => Err(DeskError::invalid("to", "empty")),
        NoteKind::Question => colleagues(desk, shop, &note.to).await,
        NoteKind::Answer => Ok(vec![asker(desk, conversation.id, note.answers).await?]),
        NoteKind::Whisper => {
            let agent = conversation.controller().and_then(domain::actor::Controller::agent);
            let agent = agent.ok_or(Refusal::NotController)?;
            if agent != staff.id && !can(staff, Some(shop), Permission::Supervise) {
                return Err(DeskError::Forbidden);
            }
            Ok(vec![agent])
        }
        NoteKind::Invitation => {
            let all = supervisors(desk, shop).await?;
            Ok(all.into_iter().filter(|one| *one != staff.id).collect())
        }
    }
}

/// Only people who may read this conversation can be told about it.
async fn colleagues(desk: &Desk, shop: ShopId, to: &[StaffId]) -> Result<Vec<StaffId>> {
    if to.len() > MAX_MENTIONED {
        return Err(DeskError::invalid("to", "too_many"));
    }
    let mut known: Vec<StaffId> = Vec::new();
    for id in to {
        let colleague = desk.store.staff(*id).await?;
        if !colleague.is_some_and(|one| can(&one, Some(shop), Permission::ReadConversations)) {
            return Err(DeskError::invalid("to", "unknown"));
        }
        if !known.contains(id) {
            known.push(*id);
        }
    }
    Ok(known)
}

async fn asker(desk: &Desk, id: ConversationId, question: Option<Seq>) -> Result<StaffId> {
    let seq = question.filter(|seq| *seq > 0).ok_or_else(|| DeskError::invalid("answers", "missing"))?;
    let events = desk.store.events(id, seq - 1, 1).await?;
    match events.first().map(|stored| (&stored.event.fact, stored.event.by)) {
        Some((Fact::NoteAdded { note: NoteKind::Question, .. }, Actor::Agent(asker))) => Ok(asker),
        _ => Err(DeskError::invalid("answers", "unknown")),
    }
}

pub(super) fn check_note(text: &str) -> Result<()> {
    if text.trim().is_empty() {
        return Err(DeskError::invalid("text", "empty"));
    }
    if text.chars().count() > MAX_MESSAGE_CHARS {
        return Err(DeskError::invalid("text", "too_long"));
    }
    Ok(())
}
