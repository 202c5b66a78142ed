//! Which of the team has to look where. Notices follow from events and are written with them, in one transaction.

use domain::{
    actor::{Actor, Controller},
    conversation::{Conversation, Event, Fact, NoteKind, PassReason, Seq},
    id::{ConversationId, NoticeId, StaffId},
    staff::Permission,
};
use store::{NewNotice, Notice, NoticeKind, Staff};

use crate::{bus::Hint, desk::Desk, error::Result, staff::shops_with};

/// A page of notices: who has more unseen ones than this reads the inbox instead.
pub const MAX_NOTICES: i64 = 100;

/// What follows from some events of one append.
pub(crate) fn follow(
    desk: &Desk,
    before: &Conversation,
    after: &Conversation,
    events: &[Event],
    supervisors: &[StaffId],
) -> Vec<NewNotice> {
    let mut notices = Vec::new();
    let mut sleeper = before.snoozed.map(|snooze| snooze.by);
    for event in events {
        let by = match event.by {
            Actor::Agent(agent) => Some(agent),
            _ => None,
        };
        let mut tell = |to: StaffId, kind| {
            if Some(to) != by {
                notices.push(new_notice(desk, after, event.seq, to, kind, by));
            }
        };
        match &event.fact {
            Fact::NoteAdded { note, to, .. } => to.iter().for_each(|to| tell(*to, kind_of(*note))),
            Fact::ControlPassed { to: Controller::Agent(agent), .. } => tell(*agent, NoticeKind::Assigned),
            Fact::ControlPassed { why: PassReason::Reclaimed(_), .. } => {
                supervisors.iter().for_each(|to| tell(*to, NoticeKind::Reclaimed));
            }
            Fact::Snoozed { .. } => sleeper = by,
            Fact::Woken { .. } | Fact::ShopperSaid { .. } | Fact::ContactLeft { .. } => {
                if let Some(sleeper) = sleeper.take() {
                    tell(sleeper, NoticeKind::Woken);
                }
            }
            _ => {}
        }
    }
    notices
}

const fn kind_of(note: NoteKind) -> NoticeKind {
    match note {
        NoteKind::Note => NoticeKind::Mention,
        NoteKind::Whisper => NoticeKind::Whisper,
        NoteKind::Question => NoticeKind::Question,
        NoteKind::Answer => NoticeKind::Answer,
        NoteKind::Invitation => NoticeKind::Invitation,
    }
}

fn new_notice(
    desk: &Desk,
    conversation: &Conversation,
    seq: Seq,
    to: StaffId,
    kind: NoticeKind,
    by: Option<StaffId>,
) -> NewNotice {
    NewNotice {
        id: NoticeId::from_bits(desk.ids.bits()),
        to,
        shop: conversation.shop,
        conversation: Some(conversation.id),
        seq: Some(seq),
        task: None,
        kind,
        by,
        at: desk.now(),
    }
}

/// After the commit: whoever is there looks at once.
pub(crate) fn announce(desk: &Desk, notices: &[NewNotice]) {
    for notice in notices {
        desk.bus.send(Hint::Notice { staff: notice.to });
    }
}

/// One's own, of the shops one still serves.
pub async fn notices(desk: &Desk, staff: &Staff, seen: bool) -> Result<Vec<Notice>> {
    let shops = shops_with(staff, Permission::ReadConversations);
    Ok(desk.store.notices(staff.id, &shops, seen, MAX_NOTICES).await?)
}

/// Marks one's own as seen: those named, or all about a conversation.
pub async fn see(desk: &Desk, staff: &Staff, ids: &[NoticeId], about: Option<ConversationId>) -> Result<()> {
    if desk.store.see_notices(staff.id, ids, about, desk.now()).await? > 0 {
        // One's other screens.
        desk.bus.send(Hint::Notice { staff: staff.id });
    }
    Ok(())
}
