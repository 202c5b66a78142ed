//! Writing articles. Each change is a new version; whoever saw an older one is told so.

use axum::{Json, extract::State, http::StatusCode};
use domain::{
    article::ArticleDraft as Draft,
    id::{ArticleId, ShopId},
};
use engine::library;
use serde::Deserialize;
use utoipa::ToSchema;

use super::indexed;
use crate::{
    api::{
        console::SignedIn,
        extract::{Id, JsonBody, parse_id},
    },
    app::App,
    problem::Result,
    wire::{
        articles::{Article, ArticleDraft},
        compliance::Warning,
        problems::WriteProblems,
    },
};

#[derive(Debug, Deserialize, ToSchema)]
pub struct NewArticle {
    /// `shp_…`
    pub shop: String,
    #[serde(flatten)]
    #[schema(value_type = ArticleDraft)]
    pub draft: Draft,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ArticleUpdate {
    #[schema(value_type = ArticleDraft)]
    pub draft: Draft,
    /// The version the writer saw; another one by now is a `conflict`.
    pub version: i64,
}

/// Adds an article; it is found by words at once, by meaning a moment later.
#[utoipa::path(
    post, path = "/api/console/articles", tag = "knowledge", request_body = NewArticle, security(("console" = [])),
    responses((status = 201, description = "Added", body = Article), WriteProblems)
)]
pub async fn create_article(
    State(app): State<App>,
    me: SignedIn,
    JsonBody(new): JsonBody<NewArticle>,
) -> Result<(StatusCode, Json<Article>)> {
    let shop: ShopId = parse_id(&new.shop, "shop")?;
    let article = library::create(&app.desk, &me.staff, shop, new.draft).await?;
    let (indexed, warnings) = (indexed(&app, article.id), warnings(&app, &article).await?);
    Ok((StatusCode::CREATED, Json(Article { warnings, ..Article::new(article, indexed) })))
}

/// Changes an article.
#[utoipa::path(
    put, path = "/api/console/articles/{id}", tag = "knowledge",
    params(("id" = String, Path, description = "`art_…`")), request_body = ArticleUpdate, security(("console" = [])),
    responses((status = 200, description = "Changed", body = Article), WriteProblems)
)]
pub async fn update_article(
    State(app): State<App>,
    me: SignedIn,
    Id(id): Id<ArticleId>,
    JsonBody(update): JsonBody<ArticleUpdate>,
) -> Result<Json<Article>> {
    let article = library::update(&app.desk, &me.staff, id, update.version, update.draft).await?;
    let (indexed, warnings) = (indexed(&app, id), warnings(&app, &article).await?);
    Ok(Json(Article { warnings, ..Article::new(article, indexed) }))
}

/// What in an article had better not be said; it is saved nevertheless.
async fn warnings(app: &App, article: &domain::article::Article) -> Result<Vec<Warning>> {
    let found = library::findings(&app.desk, article.shop, &article.draft).await?;
    Ok(found.into_iter().map(Into::into).collect())
}

/// Takes an article out of use; it is kept.
#[utoipa::path(
    post, path = "/api/console/articles/{id}/archive", tag = "knowledge",
    params(("id" = String, Path, description = "`art_…`")), security(("console" = [])),
    responses((status = 200, description = "Archived", body = Article), WriteProblems)
)]
pub async fn archive_article(State(app): State<App>, me: SignedIn, Id(id): Id<ArticleId>) -> Result<Json<Article>> {
    let article = library::archive(&app.desk, &me.staff, id).await?;
    Ok(Json(Article::new(article, indexed(&app, id))))
}

/// Brings an archived article back into use.
#[utoipa::path(
    post, path = "/api/console/articles/{id}/restore", tag = "knowledge",
    params(("id" = String, Path, description = "`art_…`")), security(("console" = [])),
    responses((status = 200, description = "In use again", body = Article), WriteProblems)
)]
pub async fn restore_article(State(app): State<App>, me: SignedIn, Id(id): Id<ArticleId>) -> Result<Json<Article>> {
    let article = library::restore(&app.desk, &me.staff, id).await?;
    Ok(Json(Article::new(article, indexed(&app, id))))
}
