//! Passing a conversation on to a colleague, a queue or the bot.

use axum::{Json, extract::State};
use domain::{id::ConversationId, staff::Presence as StoredPresence};
use engine::conversations::{self, Target};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::super::SignedIn;
use crate::{
    api::{
        extract::{Id, JsonBody},
        view::console_conversation,
    },
    app::App,
    problem::Result,
    wire::{
        basics::{Bilingual, Controller, Presence},
        conversations::ConsoleConversation,
        problems::{ReadProblems, WriteProblems},
    },
};

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Transfer {
    pub to: Controller,
    /// Becomes an internal note for whoever comes next.
    #[serde(default)]
    pub note: Option<String>,
}

/// Where a conversation can be passed on to.
#[derive(Debug, Serialize, ToSchema)]
pub struct TransferTargets {
    /// Colleagues who are there, by name.
    pub agents: Vec<AgentTarget>,
    pub queues: Vec<QueueTarget>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct AgentTarget {
    /// `stf_…`
    pub id: String,
    pub name: String,
    #[schema(value_type = Presence)]
    pub presence: StoredPresence,
    /// Conversations under their control.
    pub open: i64,
    /// Usual conversations they serve at the same time.
    pub capacity: u32,
    pub skills: Vec<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct QueueTarget {
    /// `que_…`
    pub id: String,
    pub name: Bilingual,
    /// Members who are online.
    pub online: i64,
    pub waiting: i64,
}

/// Passes the conversation on. The controlling agent may, and a supervisor whoever is in control.
#[utoipa::path(
    post, path = "/api/console/conversations/{id}/transfer", tag = "conversations",
    params(("id" = String, Path, description = "`cnv_…`")), request_body = Transfer, security(("console" = [])),
    responses((status = 200, description = "Passed on", body = ConsoleConversation), WriteProblems)
)]
pub async fn transfer(
    State(app): State<App>,
    me: SignedIn,
    Id(id): Id<ConversationId>,
    JsonBody(wanted): JsonBody<Transfer>,
) -> Result<Json<ConsoleConversation>> {
    let target = match wanted.to {
        Controller::Bot => Target::Bot,
        Controller::Queue { queue } => Target::Queue(queue),
        Controller::Agent { agent } => Target::Agent(agent),
    };
    let stored = conversations::transfer(&app.desk, id, &me.staff, target, wanted.note).await?;
    Ok(Json(console_conversation(&app, &stored, &me.staff).await?))
}

/// Colleagues and queues the conversation can be passed on to.
#[utoipa::path(
    get, path = "/api/console/conversations/{id}/transfer", tag = "conversations",
    params(("id" = String, Path, description = "`cnv_…`")), security(("console" = [])),
    responses((status = 200, description = "Where to", body = TransferTargets), ReadProblems)
)]
pub async fn transfer_targets(
    State(app): State<App>,
    me: SignedIn,
    Id(id): Id<ConversationId>,
) -> Result<Json<TransferTargets>> {
    let targets = conversations::targets(&app.desk, id, &me.staff).await?;
    let agents = targets.agents.into_iter().map(|agent| AgentTarget {
        id: agent.id.to_string(),
        name: agent.name,
        presence: agent.presence,
        open: agent.open,
        capacity: agent.capacity,
        skills: agent.skills,
    });
    let queues = targets.queues.into_iter().map(|queue| QueueTarget {
        id: queue.id.to_string(),
        name: queue.name.into(),
        online: queue.online,
        waiting: queue.waiting,
    });
    Ok(Json(TransferTargets { agents: agents.collect(), queues: queues.collect() }))
}
