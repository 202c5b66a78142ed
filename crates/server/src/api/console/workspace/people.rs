//! Colleagues, the conversation in short, the shopper's earlier conversations and the pages they came from.

use std::collections::HashMap;

use axum::{Json, extract::State};
use domain::{id::ConversationId, staff::Permission};
use engine::{conversations, staff::can, workspace};
use store::{InboxFilter, InboxView};

use super::{super::SignedIn, sort::OfShop};
use crate::{
    api::extract::{Asked, Id},
    app::App,
    problem::Result,
    wire::{
        cards::HandoffCard,
        conversations::InboxRow,
        problems::ReadProblems,
        workspace::{Colleague, Visit},
    },
};

/// Earlier conversations shown beside one.
const PAST: i64 = 20;

/// Who serves in one's shops, by name: to mention, to ask, or to pass a conversation to.
#[utoipa::path(
    get, path = "/api/console/colleagues", tag = "staff", params(OfShop), security(("console" = [])),
    responses((status = 200, description = "Colleagues", body = Vec<Colleague>), ReadProblems)
)]
pub async fn list_colleagues(
    State(app): State<App>,
    me: SignedIn,
    Asked(of): Asked<OfShop>,
) -> Result<Json<Vec<Colleague>>> {
    let shops = me.shops(of.shop.as_deref(), Permission::ReadConversations)?;
    let all = app.desk.store.list_staff().await?;
    let rows = app.desk.store.agents(&shops).await?;
    let supervises = |id| {
        let known = all.iter().find(|staff| staff.id == id);
        known.is_some_and(|staff| shops.iter().any(|shop| can(staff, Some(*shop), Permission::Supervise)))
    };
    Ok(Json(
        rows.into_iter()
            .map(|row| Colleague {
                supervises: supervises(row.id),
                id: row.id,
                name: row.name,
                presence: row.presence.into(),
                open: row.open,
            })
            .collect(),
    ))
}

/// What a handoff card would say now; nothing is written.
#[utoipa::path(
    get, path = "/api/console/conversations/{id}/summary", tag = "conversations",
    params(("id" = String, Path, description = "`cnv_…`")), security(("console" = [])),
    responses((status = 200, description = "The conversation in short", body = HandoffCard), ReadProblems)
)]
pub async fn read_summary(
    State(app): State<App>,
    me: SignedIn,
    Id(id): Id<ConversationId>,
) -> Result<Json<domain::handoff::HandoffCard>> {
    Ok(Json(workspace::summary(&app.desk, id, &me.staff).await?))
}

/// The same shopper's other conversations, the latest first.
#[utoipa::path(
    get, path = "/api/console/conversations/{id}/past", tag = "conversations",
    params(("id" = String, Path, description = "`cnv_…`")), security(("console" = [])),
    responses((status = 200, description = "Other conversations", body = Vec<InboxRow>), ReadProblems)
)]
pub async fn read_past(
    State(app): State<App>,
    me: SignedIn,
    Id(id): Id<ConversationId>,
) -> Result<Json<Vec<InboxRow>>> {
    let stored = conversations::of_staff(&app.desk, id, &me.staff).await?;
    let conversation = &stored.conversation;
    let filter = InboxFilter {
        shops: &[conversation.shop],
        view: InboxView::Of(conversation.shopper),
        text: None,
        tag: None,
        queue: None,
        cursor: None,
        limit: PAST + 1,
    };
    let rows = app.desk.store.inbox(&filter).await?.rows;
    let past = rows.into_iter().filter(|row| row.conversation.id != id);
    // What is past keeps nobody waiting.
    Ok(Json(past.map(|row| InboxRow::with(row, &HashMap::new())).collect()))
}

/// The last pages of the shop the shopper came to while a chat was open, the latest first.
#[utoipa::path(
    get, path = "/api/console/conversations/{id}/visits", tag = "conversations",
    params(("id" = String, Path, description = "`cnv_…`")), security(("console" = [])),
    responses((status = 200, description = "Pages", body = Vec<Visit>), ReadProblems)
)]
pub async fn list_visits(State(app): State<App>, me: SignedIn, Id(id): Id<ConversationId>) -> Result<Json<Vec<Visit>>> {
    let visits = conversations::visits(&app.desk, id, &me.staff).await?;
    Ok(Json(visits.into_iter().map(Into::into).collect()))
}
