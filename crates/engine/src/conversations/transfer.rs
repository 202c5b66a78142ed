//! Passing a conversation on: to a colleague, to a queue, to the bot; with a note for whoever comes next.

use domain::{
    actor::{Actor, Controller},
    conversation::{Command, NewCard},
    handoff::HandoffReason,
    id::{ConversationId, MessageId, QueueId, StaffId},
    staff::{Permission, Presence},
};
use store::{Staff, Stored};

use super::{control::with_note, see};
use crate::{
    desk::Desk,
    error::{DeskError, Result},
    handoff, routing,
    staff::can,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    Agent(StaffId),
    Queue(QueueId),
    Bot,
}

/// By the controlling agent, or by a supervisor whoever is in control.
pub async fn transfer(
    desk: &Desk,
    id: ConversationId,
    staff: &Staff,
    target: Target,
    note: Option<String>,
) -> Result<Stored> {
    let stored = see::served_by(desk, id, staff).await?;
    let shop = stored.conversation.shop;
    let may_supervise = can(staff, Some(shop), Permission::Supervise);
    let to = match target {
        Target::Bot => Controller::Bot,
        Target::Queue(queue) => {
            routing::plan(desk, shop).await?.queue(queue).ok_or(DeskError::invalid("to", "unknown"))?;
            Controller::Queue(queue)
        }
        Target::Agent(agent) => {
            let colleague = desk.store.staff(agent).await?;
            let colleague = colleague.filter(|colleague| can(colleague, Some(shop), Permission::Serve));
            match colleague.ok_or(DeskError::invalid("to", "unknown"))?.presence {
                Presence::Offline => return Err(DeskError::invalid("to", "offline")),
                Presence::Online | Presence::Paused => Controller::Agent(agent),
            }
        }
    };
    let card = match to {
        Controller::Bot => None,
        _ => Some(handoff::compose(desk, id, HandoffReason::Transferred).await?),
    };
    let body = MessageId::from_bits(desk.ids.bits());
    with_note(desk, id, staff, note, |change| {
        let card_of = |card: &domain::handoff::HandoffCard| NewCard { card: body, emotion: card.emotion.level };
        let command = Command::Transfer { to, card: card.as_ref().map(card_of), may_supervise };
        change.commands.push((Actor::Agent(staff.id), command));
        if let Some(card) = &card {
            change.bodies.push(super::open::body_of(body, card)?);
        }
        Ok(())
    })
    .await
}

/// Where a conversation can be passed on to.
#[derive(Debug, Clone)]
pub struct Targets {
    /// Colleagues who are there, by name.
    pub agents: Vec<AgentTarget>,
    pub queues: Vec<QueueTarget>,
}

#[derive(Debug, Clone)]
pub struct AgentTarget {
    pub id: StaffId,
    pub name: String,
    pub presence: Presence,
    /// Conversations under their control.
    pub open: i64,
    /// Conversations of the usual kind they serve at once.
    pub capacity: u32,
    pub skills: Vec<String>,
}

#[derive(Debug, Clone)]
pub struct QueueTarget {
    pub id: QueueId,
    pub name: domain::language::Bilingual,
    /// Members who are online.
    pub online: i64,
    pub waiting: i64,
}

pub async fn targets(desk: &Desk, id: ConversationId, staff: &Staff) -> Result<Targets> {
    let stored = see::served_by(desk, id, staff).await?;
    let shop = stored.conversation.shop;
    let plan = routing::plan(desk, shop).await?;
    let everybody = desk.store.agents(&[shop]).await?;
    let is_online = |agent: &&store::AgentRow| agent.presence == Presence::Online;
    let mut queues = Vec::new();
    for queue in &plan.queues {
        let is_member = |agent: &&store::AgentRow| queue.members.is_empty() || queue.members.contains(&agent.id);
        queues.push(QueueTarget {
            id: queue.id,
            name: queue.name.clone(),
            online: everybody.iter().filter(is_member).filter(is_online).count() as i64,
            waiting: desk.store.queue_length(queue.id).await?,
        });
    }
    let holder = stored.conversation.controller().and_then(Controller::agent);
    let agents = everybody
        .into_iter()
        .filter(|agent| agent.presence != Presence::Offline && Some(agent.id) != holder)
        .map(|agent| {
            let seat = plan.seat(agent.id);
            AgentTarget {
                id: agent.id,
                name: agent.name,
                presence: agent.presence,
                open: agent.open,
                capacity: seat.capacity / domain::routing::USUAL_WEIGHT,
                skills: seat.skills,
            }
        })
        .collect();
    Ok(Targets { agents, queues })
}
