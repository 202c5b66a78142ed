//! Drafts for a reply, what becomes of them, and the check of what is about to be said.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use domain::{
    id::{ConversationId, SuggestionId},
    staff::Permission,
    time::DAY_MS,
};
use engine::{suggest, workspace};
use serde::Deserialize;
use store::SuggestionFilter;
use utoipa::ToSchema;

use super::{super::SignedIn, sort::OfShop};
use crate::{
    api::{
        extract::{Asked, Id, JsonBody},
        widget::control::Nothing,
    },
    app::App,
    problem::{Problem, Result},
    wire::{
        compliance::Slip,
        problems::{ReadProblems, WriteProblems},
        workspace::{Suggestion, SuggestionUse},
    },
};

const COUNTED_DAYS: i64 = 30;

/// Up to three drafts for what the shopper said last, the best first. Offering is remembered.
#[utoipa::path(
    get, path = "/api/console/conversations/{id}/suggestions", tag = "conversations",
    params(("id" = String, Path, description = "`cnv_…`")), security(("console" = [])),
    responses((status = 200, description = "Drafts", body = Vec<Suggestion>), ReadProblems)
)]
pub async fn list_suggestions(
    State(app): State<App>,
    me: SignedIn,
    Id(id): Id<ConversationId>,
) -> Result<Json<Vec<Suggestion>>> {
    let made = suggest::suggest(&app.desk, id, &me.staff).await?;
    Ok(Json(made.into_iter().map(Into::into).collect()))
}

fn both(id: &str, suggestion: &str) -> Result<(ConversationId, SuggestionId)> {
    let id = id.parse().map_err(|_| Problem::not_found())?;
    Ok((id, suggestion.parse().map_err(|_| Problem::not_found())?))
}

/// The draft was taken into the reply.
#[utoipa::path(
    post, path = "/api/console/conversations/{id}/suggestions/{suggestion}/used", tag = "conversations",
    params(("id" = String, Path, description = "`cnv_…`"), ("suggestion" = String, Path, description = "`sug_…`")),
    request_body = Nothing, security(("console" = [])),
    responses((status = 204, description = "Noted"), WriteProblems)
)]
pub async fn use_suggestion(
    State(app): State<App>,
    me: SignedIn,
    Path((id, suggestion)): Path<(String, String)>,
    _nothing: JsonBody<Nothing>,
) -> Result<StatusCode> {
    let (id, suggestion) = both(&id, &suggestion)?;
    suggest::used(&app.desk, id, &me.staff, suggestion).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Edited {
    /// Characters put in, taken out or changed before it was sent.
    pub edits: i64,
}

/// The reply made from it went out.
#[utoipa::path(
    post, path = "/api/console/conversations/{id}/suggestions/{suggestion}/sent", tag = "conversations",
    params(("id" = String, Path, description = "`cnv_…`"), ("suggestion" = String, Path, description = "`sug_…`")),
    request_body = Edited, security(("console" = [])),
    responses((status = 204, description = "Noted"), WriteProblems)
)]
pub async fn sent_suggestion(
    State(app): State<App>,
    me: SignedIn,
    Path((id, suggestion)): Path<(String, String)>,
    JsonBody(edited): JsonBody<Edited>,
) -> Result<StatusCode> {
    let (id, suggestion) = both(&id, &suggestion)?;
    suggest::sent(&app.desk, id, &me.staff, suggestion, edited.edits).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// How drafts fared in the last 30 days, by what they were made from.
#[utoipa::path(
    get, path = "/api/console/suggestions/use", tag = "overview", params(OfShop), security(("console" = [])),
    responses((status = 200, description = "Numbers", body = Vec<SuggestionUse>), ReadProblems)
)]
pub async fn count_suggestions(
    State(app): State<App>,
    me: SignedIn,
    Asked(of): Asked<OfShop>,
) -> Result<Json<Vec<SuggestionUse>>> {
    let shops = me.shops(of.shop.as_deref(), Permission::ReadConversations)?;
    let until = app.desk.now().plus_ms(1);
    let from = until.minus_ms(COUNTED_DAYS * DAY_MS);
    let counted = SuggestionFilter { shops: &shops, from, until, agent: None, queue: None };
    let counts = app.desk.store.suggestion_counts(&counted).await?;
    Ok(Json(counts.into_iter().map(Into::into).collect()))
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DraftText {
    pub text: String,
}

/// What in a draft had better not be said. Nothing is stored, and nothing is refused here: sending is.
#[utoipa::path(
    post, path = "/api/console/conversations/{id}/check", tag = "conversations",
    params(("id" = String, Path, description = "`cnv_…`")), request_body = DraftText, security(("console" = [])),
    responses((status = 200, description = "What was found", body = Vec<Slip>), WriteProblems)
)]
pub async fn check_draft(
    State(app): State<App>,
    me: SignedIn,
    Id(id): Id<ConversationId>,
    JsonBody(draft): JsonBody<DraftText>,
) -> Result<Json<Vec<Slip>>> {
    let checked = workspace::check_words(&app.desk, id, &me.staff, &draft.text).await?;
    Ok(Json(checked.findings.into_iter().map(|finding| Slip::of(finding, &draft.text)).collect()))
}
