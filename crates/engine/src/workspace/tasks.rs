//! Follow-ups with a due time: made by anybody who serves, for themselves or a colleague, or by the desk for a shopper
//! who asked to be called; reminded of once.

use domain::{
    id::{ConversationId, NoticeId, QueueId, ShopId, StaffId, TaskId},
    routing::Queue,
    staff::Permission,
    time::{DAY_MS, Timestamp},
};
use store::{NewNotice, NoticeKind, Staff, Task, TaskFilter, TaskKind};

use crate::{
    bus::Hint,
    conversations,
    desk::Desk,
    error::{DeskError, Fault, Result},
    routing,
    staff::{can, shops_with},
    workspace::notices,
};

pub const MAX_TASK_CHARS: usize = 300;
/// What is due later than this belongs in a calendar.
const MAX_AHEAD_MS: i64 = 366 * DAY_MS;
const MAX_TASKS: i64 = 200;
const REMIND_LIMIT: i64 = 100;

/// A task as somebody wants it.
#[derive(Debug, Clone)]
pub struct TaskDraft {
    pub conversation: Option<ConversationId>,
    /// Without a conversation: which shop it is about.
    pub shop: Option<ShopId>,
    /// `None`: one's own.
    pub owner: Option<StaffId>,
    pub text: String,
    pub due_at: Timestamp,
}

pub async fn create_task(desk: &Desk, staff: &Staff, draft: TaskDraft) -> Result<Task> {
    let shop = match (draft.conversation, draft.shop) {
        (Some(id), _) => conversations::served_by(desk, id, staff).await?.conversation.shop,
        (None, Some(shop)) if can(staff, Some(shop), Permission::Serve) => shop,
        (None, None) => *shops_with(staff, Permission::Serve).first().ok_or(DeskError::Forbidden)?,
        _ => return Err(DeskError::NotFound),
    };
    let now = desk.now();
    check(&draft.text, !draft.text.trim().is_empty(), draft.due_at, now)?;
    let owner = owner_of(desk, staff, shop, draft.owner).await?;
    let task = Task {
        id: TaskId::from_bits(desk.ids.bits()),
        shop,
        conversation: draft.conversation,
        kind: TaskKind::FollowUp,
        owner: Some(owner.id),
        queue: None,
        by: Some(staff.id),
        text: draft.text.trim().to_owned(),
        due_at: draft.due_at,
        reminded_at: None,
        done_at: None,
        created_at: now,
        owner_name: Some(owner.name),
        shopper_name: None,
        contact: None,
    };
    desk.store.create_task(&task).await?;
    look(desk, &task);
    known(desk, task.id).await
}

/// Its text, owner and time; a time in the future is reminded of again.
pub async fn update_task(desk: &Desk, staff: &Staff, id: TaskId, draft: TaskDraft) -> Result<Task> {
    let mut task = changeable(desk, staff, id).await?;
    let now = desk.now();
    // What the desk asks for says itself what it is.
    let is_named = task.kind == TaskKind::CallBack || !draft.text.trim().is_empty();
    if draft.due_at != task.due_at || draft.text.trim() != task.text {
        check(&draft.text, is_named, draft.due_at, now)?;
    }
    if let Some(owner) = draft.owner.or(task.owner) {
        task.owner = Some(owner_of(desk, staff, task.shop, Some(owner)).await?.id);
    }
    task.text = draft.text.trim().to_owned();
    if draft.due_at > now {
        task.reminded_at = None;
    }
    task.due_at = draft.due_at;
    desk.store.update_task(&task).await?;
    look(desk, &task);
    known(desk, id).await
}

pub async fn finish_task(desk: &Desk, staff: &Staff, id: TaskId, is_done: bool) -> Result<Task> {
    let mut task = changeable(desk, staff, id).await?;
    task.done_at = is_done.then(|| task.done_at.unwrap_or(desk.now()));
    desk.store.update_task(&task).await?;
    look(desk, &task);
    known(desk, id).await
}

/// One's own, those of a conversation, or for supervisors everybody's.
pub async fn tasks(
    desk: &Desk,
    staff: &Staff,
    of_all: bool,
    conversation: Option<ConversationId>,
    is_done: bool,
) -> Result<Vec<Task>> {
    if let Some(id) = conversation {
        conversations::of_staff(desk, id, staff).await?;
    }
    let permission = if of_all { Permission::Supervise } else { Permission::ReadConversations };
    let shops = shops_with(staff, permission);
    let queues = queues_of(desk, staff, &shops).await?;
    let of = (conversation.is_none() && !of_all).then_some((staff.id, queues.as_slice()));
    let filter = TaskFilter { shops: &shops, of, conversation, is_done, limit: MAX_TASKS };
    Ok(desk.store.tasks(&filter).await?)
}

/// Reminds of what is due; another process may have done it.
pub(crate) async fn remind(desk: &Desk) -> Result<()> {
    for task in desk.store.due_tasks(desk.now(), REMIND_LIMIT).await? {
        let now = desk.now();
        let notice = |to| NewNotice {
            id: NoticeId::from_bits(desk.ids.bits()),
            to,
            shop: task.shop,
            conversation: task.conversation,
            seq: None,
            task: Some(task.id),
            kind: NoticeKind::TaskDue,
            by: None,
            at: now,
        };
        let told: Vec<NewNotice> = holders(desk, &task).await?.into_iter().map(notice).collect();
        if desk.store.remind_of_task(task.id, now, &told).await? {
            notices::announce(desk, &told);
        }
    }
    Ok(())
}

/// The owner, or all of the group it lies with.
async fn holders(desk: &Desk, task: &Task) -> Result<Vec<StaffId>> {
    if let Some(owner) = task.owner {
        return Ok(vec![owner]);
    }
    let plan = routing::plan(desk, task.shop).await?;
    let members = task.queue.and_then(|queue| plan.queue(queue)).map(|queue| queue.members.clone()).unwrap_or_default();
    let seats = desk.store.seats(task.shop).await?;
    let serves = |staff: &StaffId| members.is_empty() || members.contains(staff);
    Ok(seats.into_iter().map(|seat| seat.staff).filter(serves).collect())
}

/// The queues somebody serves.
async fn queues_of(desk: &Desk, staff: &Staff, shops: &[ShopId]) -> Result<Vec<QueueId>> {
    let mut queues = Vec::new();
    for shop in shops {
        let plan = routing::plan(desk, *shop).await?;
        let is_theirs = |queue: &&Queue| queue.members.is_empty() || queue.members.contains(&staff.id);
        queues.extend(plan.queues.iter().filter(is_theirs).map(|queue| queue.id));
    }
    Ok(queues)
}

fn look(desk: &Desk, task: &Task) {
    if let Some(staff) = task.owner {
        desk.bus.send(Hint::Notice { staff });
    }
}

async fn known(desk: &Desk, id: TaskId) -> Result<Task> {
    desk.store.task(id).await?.ok_or(DeskError::NotFound)
}

/// The owner, whoever made it, and supervisors may change it, and what nobody owns everybody who serves; for others of
/// the shop it is there to be read.
async fn changeable(desk: &Desk, staff: &Staff, id: TaskId) -> Result<Task> {
    let task = known(desk, id).await?;
    if !can(staff, Some(task.shop), Permission::ReadConversations) {
        return Err(DeskError::NotFound);
    }
    let is_free = task.owner.is_none() && can(staff, Some(task.shop), Permission::Serve);
    let is_theirs = is_free || task.owner == Some(staff.id) || task.by == Some(staff.id);
    if is_theirs || can(staff, Some(task.shop), Permission::Supervise) { Ok(task) } else { Err(DeskError::Forbidden) }
}

async fn owner_of(desk: &Desk, staff: &Staff, shop: ShopId, owner: Option<StaffId>) -> Result<Staff> {
    match owner {
        Some(id) if id != staff.id => {
            let owner = desk.store.staff(id).await?;
            owner
                .filter(|owner| can(owner, Some(shop), Permission::Serve))
                .ok_or_else(|| DeskError::invalid("owner", "unknown"))
        }
        _ => Ok(staff.clone()),
    }
}

fn check(text: &str, is_named: bool, due_at: Timestamp, now: Timestamp) -> Result<()> {
    let mut faults = Vec::new();
    if !is_named {
        faults.push(Fault { field: "text", code: "empty" });
    }
    if text.chars().count() > MAX_TASK_CHARS {
        faults.push(Fault { field: "text", code: "too_long" });
    }
    if due_at <= now || due_at > now.plus_ms(MAX_AHEAD_MS) {
        faults.push(Fault { field: "due_at", code: "range" });
    }
    if faults.is_empty() { Ok(()) } else { Err(DeskError::Invalid(faults)) }
}
