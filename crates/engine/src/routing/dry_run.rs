//! What a plan would have done with the conversations that were handed over lately. Nothing is changed.

use domain::{
    id::{QueueId, ShopId},
    routing::{Plan, Skill},
    time::DAY_MS,
};
use store::Staff;

use super::{
    facts, plan,
    rules::{Compiled, Outcome},
};
use crate::{
    desk::Desk,
    error::{DeskError, Result},
};

pub const DRY_RUN_DAYS: i64 = 7;
/// Enough to see what a rule does; the latest ones.
const MAX_CONVERSATIONS: i64 = 1_000;
/// Shown of what goes elsewhere, to look at.
const MAX_EXAMPLES: usize = 20;

#[derive(Debug, Clone, Default)]
pub struct DryRun {
    pub conversations: usize,
    /// In the plan's order.
    pub rules: Vec<RuleUse>,
    /// Conversations each queue would have had, and had by the plan as it is.
    pub queues: Vec<(QueueId, usize, usize)>,
    /// Conversations nobody of the team could have taken: skills or members are missing.
    pub unservable: usize,
    /// Some that would have gone elsewhere, the latest first.
    pub moved: Vec<Moved>,
}

#[derive(Debug, Clone, Default)]
pub struct RuleUse {
    pub name: String,
    pub applied: usize,
}

#[derive(Debug, Clone)]
pub struct Moved {
    pub conversation: domain::id::ConversationId,
    pub ask: String,
    pub from: QueueId,
    pub to: QueueId,
    pub skills: Vec<Skill>,
}

pub async fn dry_run(desk: &Desk, shop: ShopId, staff: &Staff, wanted: &Plan) -> Result<DryRun> {
    plan::may_plan(staff, shop)?;
    plan::check(desk, shop, wanted).await?;
    let now_valid = plan::compiled(desk, shop).await?;
    let wanted = Compiled::new(0, wanted.clone()).map_err(|fault| DeskError::Invalid(vec![fault]))?;
    let seats: Vec<_> = desk.store.seats(shop).await?.into_iter().map(|seat| seat.staff).collect();
    let since = desk.now().minus_ms(DRY_RUN_DAYS * DAY_MS);
    let mut run = DryRun {
        rules: wanted.plan.rules.iter().map(|rule| RuleUse { name: rule.name.clone(), applied: 0 }).collect(),
        queues: wanted.plan.queues.iter().map(|queue| (queue.id, 0, 0)).collect(),
        ..DryRun::default()
    };
    for conversation in desk.store.handed_off(shop, since, MAX_CONVERSATIONS).await? {
        let scope = facts::of(desk, &wanted, &conversation, None, None).await?;
        let (then, before) = (wanted.needs(&scope), now_valid.needs(&scope));
        run.conversations += 1;
        for place in &then.applied {
            run.rules[*place].applied += 1;
        }
        for (queue, would, had) in &mut run.queues {
            *would += usize::from(*queue == then.queue);
            *had += usize::from(*queue == before.queue);
        }
        run.unservable += usize::from(!seats.iter().any(|staff| can_serve(&wanted.plan, *staff, &then, &conversation)));
        if then.queue != before.queue && run.moved.len() < MAX_EXAMPLES {
            let ask = scope.get("ask").and_then(serde_json::Value::as_str).unwrap_or_default().to_owned();
            let Outcome { queue: to, skills, .. } = then;
            run.moved.push(Moved { conversation: conversation.id, ask, from: before.queue, to, skills });
        }
    }
    Ok(run)
}

fn can_serve(
    plan: &Plan,
    staff: domain::id::StaffId,
    needs: &Outcome,
    conversation: &domain::conversation::Conversation,
) -> bool {
    let seat = plan.seat(staff);
    let is_member = |queue: &domain::routing::Queue| queue.members.is_empty() || queue.members.contains(&staff);
    plan.queue(needs.queue).is_some_and(is_member)
        && (seat.languages.is_empty() || seat.languages.contains(&conversation.language))
        && needs.skills.iter().all(|skill| seat.skills.contains(skill))
}
