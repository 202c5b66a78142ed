//! Somebody of the team agrees to what a policy doesn't let happen alone, or doesn't.

use domain::{id::ActionId, language::Bilingual, staff::Permission};
use skills::policy::{ActorKind, Approver, Verdict};
use store::Staff;

use super::{
    look::{self, Place},
    record::{Record, State},
    settle::{advance, decide_again_and_carry_out, job, refuse, sums_changed},
};
use crate::{
    desk::Desk,
    error::{DeskError, Result},
    staff::can,
};

/// Decided again on the order as it is now; what has changed since it was confirmed is not done.
pub async fn approve(desk: &Desk, staff: &Staff, id: ActionId) -> Result<Record> {
    let mut record = waiting(desk, staff, id).await?;
    let action = record.action.clone().ok_or(DeskError::NotFound)?;
    let place = place_of(&record);
    let look = look::look(desk, &place, &action, Some(&record.id.to_string())).await?;
    let judgement = look.judge(&action, place.actor, desk.now());
    record.decided_by = Some(staff.id);
    match judgement.verdict {
        Verdict::Refused { rule, text } => {
            refuse(&mut record, State::Refused, rule, text);
            advance(desk, Some(staff), &mut record, State::AwaitingApproval, None).await?;
            return Ok(record);
        }
        // It has become something this person may not agree to alone.
        Verdict::NeedsApproval { role, .. } if !may(staff, &record, role) => return Err(DeskError::Forbidden),
        _ if judgement.sums != record.shown.sums => {
            refuse(&mut record, State::Refused, "sums_changed".to_owned(), sums_changed());
            advance(desk, Some(staff), &mut record, State::AwaitingApproval, None).await?;
            return Ok(record);
        }
        _ => {}
    }
    record.state = State::Running;
    let job = job(desk, record.id, desk.now());
    advance(desk, Some(staff), &mut record, State::AwaitingApproval, Some(&job)).await?;
    decide_again_and_carry_out(desk, &place, record).await
}

/// Whether this person may agree to it, or refuse.
pub fn may_decide(staff: &Staff, record: &Record) -> bool {
    record.state == State::AwaitingApproval && record.approver.is_some_and(|needed| may(staff, record, needed))
}

/// `text` is for the shopper.
pub async fn refuse_approval(desk: &Desk, staff: &Staff, id: ActionId, text: Option<Bilingual>) -> Result<Record> {
    let mut record = waiting(desk, staff, id).await?;
    record.decided_by = Some(staff.id);
    let usual = || Bilingual::new("客服没有同意这项操作。", "The team did not agree to this.");
    refuse(&mut record, State::Refused, "not_approved".to_owned(), text.unwrap_or_else(usual));
    advance(desk, Some(staff), &mut record, State::AwaitingApproval, None).await?;
    Ok(record)
}

/// One that waits, and that this person may decide on. What one may not see doesn't exist.
async fn waiting(desk: &Desk, staff: &Staff, id: ActionId) -> Result<Record> {
    let record = desk.store.action(id).await?.map(Record::of).ok_or(DeskError::NotFound)?;
    if !can(staff, Some(record.shop), Permission::ReadConversations) {
        return Err(DeskError::NotFound);
    }
    if !record.approver.is_some_and(|needed| may(staff, &record, needed)) {
        return Err(DeskError::Forbidden);
    }
    if record.state == State::AwaitingApproval { Ok(record) } else { Err(DeskError::Conflict) }
}

fn may(staff: &Staff, record: &Record, needed: Approver) -> bool {
    // Nobody agrees to their own wish.
    let is_own = record.by_id.as_deref() == Some(staff.id.to_string().as_str());
    let permission = match needed {
        Approver::Agent => Permission::Serve,
        Approver::Supervisor => Permission::Supervise,
    };
    !is_own && can(staff, Some(record.shop), permission)
}

fn place_of(record: &Record) -> Place {
    Place {
        shop: record.shop,
        conversation: record.conversation,
        customer: record.customer.clone(),
        actor: ActorKind::ALL.into_iter().find(|kind| kind.as_str() == record.by).unwrap_or(ActorKind::Bot),
    }
}
