//! Bringing a written-down action to its end: the shop is asked under the action's id, and what it says is kept. A
//! process that dies in between leaves a job behind, which asks again under the same id.

use domain::{
    id::{ActionId, JobId},
    language::Bilingual,
    time::{SECOND_MS, Timestamp},
};
use skills::policy::{ActorKind, Verdict};
use store::{NewAudit, NewJob, Staff};

use super::{
    Doer,
    look::{self, Place},
    record::{Record, State},
};
use crate::{
    bus::Hint,
    desk::Desk,
    error::{DeskError, Result},
    shop::{Errand, ShopError},
    staff::audit_of,
};

pub(crate) const ACTION_JOB: &str = "action";
/// Longer than a shop may take twice; then whoever was at it is gone.
const RESUME_AFTER_MS: i64 = 30 * SECOND_MS;
const RESUME_ATTEMPTS: i64 = 6;

/// Writes a new action down, with the job that finishes it should this process not.
pub async fn write_down(desk: &Desk, doer: &Doer, record: &Record) -> Result<()> {
    let job = (record.state == State::Running).then(|| job(desk, record.id, desk.now()));
    let audit = audit(desk, doer.staff(), record);
    desk.store.create_action(&record.stored()?, &audit, job.as_ref()).await?;
    hint(desk, record, record.state);
    Ok(())
}

/// Decides once more now that nobody else can be at work on the order, then asks the shop.
pub async fn decide_again_and_carry_out(desk: &Desk, place: &Place, mut record: Record) -> Result<Record> {
    let action = record.action.clone().ok_or(DeskError::Internal("an action without a wish"))?;
    let look = look::look(desk, place, &action, Some(&record.id.to_string())).await?;
    let judgement = look.judge(&action, place.actor, desk.now());
    match judgement.verdict {
        Verdict::Refused { rule, text } => {
            refuse(&mut record, State::Refused, rule, text);
            advance(desk, None, &mut record, State::Running, None).await?;
            return Ok(record);
        }
        // Whoever approved it has done so for these sums.
        Verdict::Allowed | Verdict::NeedsApproval { .. } if judgement.sums == record.shown.sums => {}
        _ => {
            refuse(&mut record, State::Failed, "sums_changed".to_owned(), sums_changed());
            advance(desk, None, &mut record, State::Running, None).await?;
            return Ok(record);
        }
    }
    carry_out(desk, record, judgement.undo_ms).await
}

/// Asks the shop, and again later when it can't be known what it did.
async fn carry_out(desk: &Desk, mut record: Record, undo_ms: Option<i64>) -> Result<Record> {
    let action = record.action.clone().ok_or(DeskError::Internal("an action without a wish"))?;
    let key = record.id.to_string();
    let errand = Errand {
        key: &key,
        customer: record.customer.as_ref(),
        action: &action,
        sums: &record.shown.sums,
        now: desk.now(),
    };
    match look::connector(desk, record.shop)?.carry_out(&errand).await {
        Ok(done) => {
            record.state = State::Done;
            record.outcome = Some(done);
            record.undo_until = undo_ms.map(|ms| desk.now().plus_ms(ms));
        }
        Err(failure) if failure.is_passing() => {
            tracing::warn!(action = %record.id, error = &failure as &dyn std::error::Error, "the shop is asked again later");
            return Ok(record);
        }
        Err(failure) => {
            let text = Bilingual::new("店铺系统没有办理这项操作。", "The shop's system did not do this.");
            refuse(&mut record, State::Failed, shop_rule(&failure), text);
        }
    }
    advance(desk, None, &mut record, State::Running, None).await?;
    Ok(record)
}

pub fn shop_rule(failure: &ShopError) -> String {
    match failure {
        ShopError::Refused { rule } => format!("shop_{rule}"),
        other => format!("shop_{}", other.code()),
    }
}

pub fn refuse(record: &mut Record, state: State, rule: String, text: Bilingual) {
    record.state = state;
    record.rule = Some(rule);
    record.shown.text = Some(text);
}

pub fn sums_changed() -> Bilingual {
    Bilingual::new(
        "金额和确认时不同了，请重新确认。",
        "The amount is no longer the one confirmed; please confirm again.",
    )
}

/// Moves a record on from `from`, with its audit entry.
pub async fn advance(
    desk: &Desk,
    by: Option<&Staff>,
    record: &mut Record,
    from: State,
    job: Option<&NewJob>,
) -> Result<()> {
    record.updated_at = desk.now();
    let audit = audit(desk, by, record);
    match desk.store.advance_action(&record.stored()?, from.as_str(), &audit, job).await {
        Err(store::StoreError::Conflict) => return Err(DeskError::Conflict),
        other => other?,
    }
    hint(desk, record, from);
    Ok(())
}

/// Whoever approves looks again.
fn hint(desk: &Desk, record: &Record, from: State) {
    if [record.state, from].contains(&State::AwaitingApproval) {
        desk.bus.send(Hint::Inbox { shop: record.shop });
    }
}

pub fn job(desk: &Desk, action: ActionId, now: Timestamp) -> NewJob {
    NewJob {
        id: JobId::from_bits(desk.ids.bits()),
        kind: ACTION_JOB,
        key: action.to_string(),
        payload: action.to_string(),
        run_at: now.plus_ms(RESUME_AFTER_MS),
        max_attempts: RESUME_ATTEMPTS,
    }
}

/// Without words of the shopper: names, keys and rules only.
fn audit(desk: &Desk, by: Option<&Staff>, record: &Record) -> NewAudit {
    let detail = serde_json::json!({
        "action": record.name, "order": record.order, "by": record.by, "rule": record.rule, "sums": record.shown.sums,
    });
    audit_of(desk, by, &format!("action.{}", record.state.as_str()), &record.id.to_string(), detail)
}

/// The job: an action still running is nobody's any more.
pub(crate) async fn resume(desk: &Desk, payload: &str) -> Result<()> {
    let id: ActionId = payload.parse().map_err(|_| DeskError::Internal("a job without an action"))?;
    let Some(stored) = desk.store.action(id).await? else { return Ok(()) };
    let record = Record::of(stored);
    if record.state != State::Running {
        return Ok(());
    }
    let place = Place {
        shop: record.shop,
        conversation: record.conversation,
        customer: record.customer.clone(),
        actor: ActorKind::ALL.into_iter().find(|kind| kind.as_str() == record.by).unwrap_or(ActorKind::Bot),
    };
    // Not decided again: the shop may have done it already, and then everything speaks against doing it.
    let undo_ms = desk.policies.of(place.shop).actions.get(&record.name).and_then(|own| own.undo_ms);
    match carry_out(desk, record, undo_ms).await {
        Ok(record) if record.state == State::Running => Err(DeskError::Internal("the shop did not answer")),
        Ok(_) | Err(DeskError::Conflict) => Ok(()),
        Err(other) => Err(other),
    }
}

/// The shop never answered: people have to look.
pub(crate) async fn give_up(desk: &Desk, payload: &str) -> Result<()> {
    let Ok(id) = payload.parse::<ActionId>() else { return Ok(()) };
    let Some(stored) = desk.store.action(id).await? else { return Ok(()) };
    let mut record = Record::of(stored);
    if record.state != State::Running {
        return Ok(());
    }
    let text =
        Bilingual::new("店铺系统没有回应，请人工核实。", "The shop's system did not answer; a person has to check.");
    refuse(&mut record, State::Failed, "shop_unavailable".to_owned(), text);
    advance(desk, None, &mut record, State::Running, None).await
}
