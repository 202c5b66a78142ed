//! Drafts on the server: one's own on every screen, a colleague's when they share it or one takes the conversation over.

use domain::{
    actor::Controller,
    id::{ConversationId, NoticeId, StaffId},
    message::MAX_MESSAGE_CHARS,
    staff::Permission,
};
use store::{Draft, NewNotice, NoticeKind, Staff};

use crate::{
    bus::Hint,
    conversations,
    desk::Desk,
    error::{DeskError, Result},
    staff::can,
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftToSave {
    pub text: String,
    pub is_note: bool,
    pub is_shared: bool,
}

/// Who has begun to write, and what, if one may read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColleagueDraft {
    pub draft: Draft,
    pub name: String,
    /// Otherwise the text is left out, and one can ask for it.
    pub is_readable: bool,
}

pub async fn save_draft(desk: &Desk, id: ConversationId, staff: &Staff, draft: DraftToSave) -> Result<()> {
    conversations::served_by(desk, id, staff).await?;
    if draft.text.chars().count() > MAX_MESSAGE_CHARS {
        return Err(DeskError::invalid("text", "too_long"));
    }
    let DraftToSave { text, is_note, is_shared } = draft;
    let draft = Draft { staff: staff.id, conversation: id, text, is_note, is_shared, at: desk.now() };
    Ok(desk.store.save_draft(&draft).await?)
}

/// All drafts of a conversation, one's own first. Whoever is in control reads what a colleague left behind; notes stay
/// with their writers unless shared.
pub async fn drafts(desk: &Desk, id: ConversationId, staff: &Staff) -> Result<Vec<ColleagueDraft>> {
    let stored = conversations::of_staff(desk, id, staff).await?;
    let conversation = &stored.conversation;
    let is_in_control = conversation.controller() == Some(Controller::Agent(staff.id));
    let supervises = can(staff, Some(conversation.shop), Permission::Supervise);
    let mut known = Vec::new();
    for mut draft in desk.store.drafts(id).await? {
        let is_own = draft.staff == staff.id;
        let is_left_behind = is_in_control && !draft.is_note;
        let is_readable = is_own || draft.is_shared || is_left_behind || supervises;
        if !is_readable {
            draft.text.clear();
        }
        let name = desk.store.staff(draft.staff).await?.map(|staff| staff.name).unwrap_or_default();
        known.push(ColleagueDraft { draft, name, is_readable });
    }
    known.sort_by_key(|known| known.draft.staff != staff.id);
    Ok(known)
}

/// Asks a colleague to share what they have begun.
pub async fn want_draft(desk: &Desk, id: ConversationId, staff: &Staff, of: StaffId) -> Result<()> {
    let stored = conversations::served_by(desk, id, staff).await?;
    let has_one = desk.store.drafts(id).await?.iter().any(|draft| draft.staff == of);
    if !has_one || of == staff.id {
        return Err(DeskError::NotFound);
    }
    let notice = NewNotice {
        id: NoticeId::from_bits(desk.ids.bits()),
        to: of,
        shop: stored.conversation.shop,
        conversation: Some(id),
        seq: None,
        task: None,
        kind: NoticeKind::DraftWanted,
        by: Some(staff.id),
        at: desk.now(),
    };
    desk.store.notify(&notice).await?;
    desk.bus.send(Hint::Notice { staff: of });
    Ok(())
}
