//! The history of an article.

use axum::{
    Json,
    extract::{Path, State},
};
use domain::id::ArticleId;
use engine::library;

use super::{indexed, readable};
use crate::{
    api::{console::SignedIn, extract::Id},
    app::App,
    problem::{Problem, Result},
    wire::{
        articles::{Article, ArticleVersion},
        problems::{ReadProblems, WriteProblems},
    },
};

/// All versions, the latest first.
#[utoipa::path(
    get, path = "/api/console/articles/{id}/versions", tag = "knowledge", operation_id = "list_article_versions",
    params(("id" = String, Path, description = "`art_…`")), security(("console" = [])),
    responses((status = 200, description = "Versions", body = Vec<ArticleVersion>), ReadProblems)
)]
pub async fn list_versions(
    State(app): State<App>,
    me: SignedIn,
    Id(id): Id<ArticleId>,
) -> Result<Json<Vec<ArticleVersion>>> {
    readable(&app, &me, id).await?;
    let versions = app.desk.store.article_versions(id).await?;
    Ok(Json(versions.into_iter().map(Into::into).collect()))
}

/// Makes an old version the newest one.
#[utoipa::path(
    post, path = "/api/console/articles/{id}/versions/{version}/restore", tag = "knowledge",
    operation_id = "restore_article_version",
    params(("id" = String, Path, description = "`art_…`"), ("version" = i64, Path, description = "From 1")),
    security(("console" = [])),
    responses((status = 200, description = "Restored as a new version", body = Article), WriteProblems)
)]
pub async fn restore_version(
    State(app): State<App>,
    me: SignedIn,
    Path((id, version)): Path<(String, String)>,
) -> Result<Json<Article>> {
    let id: ArticleId = id.parse().map_err(|_| Problem::not_found())?;
    let version: i64 = version.parse().map_err(|_| Problem::not_found())?;
    let article = library::restore_version(&app.desk, &me.staff, id, version).await?;
    Ok(Json(Article::new(article, indexed(&app, id))))
}
